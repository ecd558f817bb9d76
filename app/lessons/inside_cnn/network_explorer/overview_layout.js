// Where the columns of the overview, their tiles and the wires between them lie; all in pixels of the stage.

import { tilePlace } from "./geometry.js";

/** @import { Tiles } from "./geometry.js" */
/**
 * `ratio`: height over width of a map; `vector`: its maps are single numbers.
 * `spread`: it is a step of an unfolded block, whose name needs room.
 * @typedef {{count: number, ratio: number, vector: boolean, spread?: boolean}} ColumnSize
 * `squeeze`: the share of its width that it is drawn with.
 * @typedef {{left: number, width: number, squeeze: number, tiles: Tiles}} ColumnPlace
 * @typedef {{columns: ColumnPlace[], width: number, head: number, panel: {left: number, width: number} | null}} Layout
 */
/** @typedef {{x: number, y: number}} Point */

const REM = {
  head: 3.3,
  under: 1.7,
  touched: 2.9,
  largest: 2.75,
  widest: 3.75,
  number: 1.4,
  spread: 4,
};
const LEAST_DISTANCE_PX = 29; // of two columns; narrower ones are scrolled sideways
const FEW = 4; // columns, between which there is room for the numbers of a vector in rows
const BETWEEN = { least: 8, share: 0.22 }; // between two columns, at least, in pixels and as a share of their distance
const FILLED = 0.62; // of the distance of two columns, where tiles are beside each other
const THIN_PX = 9; // of a column that makes room
const RUN_PX = 22; // that a wire has at least from left to right

/**
 * Lay columns out beside each other, each with as many tiles as there is height for.
 * @param {{columns: ColumnSize[], width: number, height: number, rem: number, open?: number, least?: number,
 *   touch?: boolean}} wanted
 *   `open`: the column beside which there is to be a panel, -1 for none; `least`: pixels of a tile, at least;
 *   `touch`: what is below the columns is pressed with a finger
 * @returns {Layout}
 */
export function overviewLayout({
  columns,
  width,
  height,
  rem,
  open = -1,
  least = 0,
  touch = false,
}) {
  const head = REM.head * rem;
  const free = Math.max(rem, height - head - (touch ? REM.touched : REM.under) * rem);
  const wide = Math.max(
    width,
    columns.length * Math.max(LEAST_DISTANCE_PX, least && least + BETWEEN.least),
  );
  const distance = wide / columns.length;
  const usual = Math.min(
    distance - Math.max(BETWEEN.least, BETWEEN.share * distance),
    Math.max(REM.largest * rem, FILLED * distance),
    REM.widest * rem,
  );
  const side = Math.max(least, Math.floor(usual));
  const tiles = columns.map((column) => {
    const small = column.vector && columns.length <= FEW;
    const tile = small ? Math.min(side, Math.round(REM.number * rem)) : side;
    return tilesIn(column, Math.max(tile, least), free, FILLED * distance);
  });
  const spread = columns.filter((column) => column.spread).length;
  const most = Math.max(distance, spread && REM.spread * rem);
  const others = (wide - spread * most) / (columns.length - spread);
  let end = 0;
  const places = tiles.map((one, at) => {
    const share = spread ? (columns[at].spread ? most : others) : distance;
    const squeeze = Math.min(1, (share - (distance - side)) / one.width);
    end += share;
    return { left: end - (share + one.width * squeeze) / 2, width: one.width, squeeze, tiles: one };
  });
  if (open < 0) return { columns: places, width: wide, head, panel: null };
  return { width, head, ...opened(places, open, width) };
}

/**
 * The tiles of a column: below each other, and beside each other where there is room for that.
 * @param {ColumnSize} column
 * @param {number} side
 * @param {number} height
 * @param {number} width
 * @returns {Tiles}
 */
function tilesIn({ count, ratio }, side, height, width) {
  const gap = side >= 24 ? 4 : 2;
  const tall = Math.max(1, Math.round(side * ratio));
  const most = Math.max(1, Math.floor((height + gap) / (tall + gap)));
  const beside = Math.max(1, Math.floor((width + gap) / (side + gap)));
  const columns = Math.min(beside, Math.ceil(count / most));
  const shown = Math.min(count, most * columns);
  const rows = Math.ceil(shown / columns);
  return {
    side,
    tall,
    below: 0,
    columns,
    rows,
    gap,
    shown,
    width: columns * (side + gap) - gap,
    height: rows * (tall + gap) - gap,
  };
}

/**
 * All columns but one make room for a panel beside that one.
 * @param {ColumnPlace[]} places
 * @param {number} open
 * @param {number} width
 */
function opened(places, open, width) {
  const gap = BETWEEN.least;
  const taken = (places.length - 1) * THIN_PX + places[open].width + 2 * gap;
  const panel = { left: 0, width: Math.max(1, width - taken) };
  let left = 0;
  const columns = places.map((place, at) => {
    const squeeze = at === open ? 1 : (THIN_PX - 2) / place.width;
    const put = { ...place, left, squeeze };
    left += at === open ? place.width + gap : THIN_PX;
    if (at === open) {
      panel.left = left;
      left += panel.width + gap;
    }
    return put;
  });
  return { columns, panel };
}

/**
 * The rectangle of a tile on the stage.
 * @param {Layout} layout
 * @param {number} column
 * @param {number} index of the tile
 */
export function tileBox({ columns, head }, column, index) {
  const { left, squeeze, tiles } = columns[column];
  const { x, y } = tilePlace(tiles, index);
  return { x: left + x * squeeze, y: head + y, width: tiles.side * squeeze, height: tiles.tall };
}

/**
 * The ends of a wire between two tiles: at their edges, or within them where the columns are close together.
 * @param {{x: number, y: number, width: number, height: number}} from the tile on the left
 * @param {{x: number, y: number, width: number, height: number}} to
 * @returns {[Point, Point]}
 */
export function wireEnds(from, to) {
  const run = to.x - (from.x + from.width);
  const inset = Math.max(0, Math.min(from.width / 2, to.width / 2, (RUN_PX - run) / 2));
  return [
    { x: from.x + from.width - inset, y: from.y + from.height / 2 },
    { x: to.x + inset, y: to.y + to.height / 2 },
  ];
}

/**
 * A wire as an SVG path: it leaves and arrives level.
 * @param {Point} from
 * @param {Point} to
 */
export function wirePath(from, to) {
  const middle = (from.x + to.x) / 2;
  const at = (/** @type {number} */ number) => Math.round(number * 10) / 10;
  return `M${at(from.x)} ${at(from.y)}C${at(middle)} ${at(from.y)} ${at(middle)} ${at(to.y)} ${at(to.x)} ${at(to.y)}`;
}
