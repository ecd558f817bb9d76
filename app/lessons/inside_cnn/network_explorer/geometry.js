// Where things lie in the network explorer: tiles on a sheet, cells in a map, receptive fields on the picture.

/** @import { Box, ReceptiveField } from "./types.js" */

/**
 * Tiles in rows, in pixels: `side` is a tile's width and `tall` its height; `below` is left free for words under it;
 * `shown` of them fit.
 * @typedef {{side: number, tall: number, below: number, columns: number, rows: number, gap: number, shown: number,
 *   width: number, height: number}} Tiles
 */

/**
 * Lay `count` tiles out in a box: as large as fits all of them, but never below `smallest`; then some are left out,
 * and the others are as large as so many rows and columns may be.
 * @param {{count: number, width: number, height: number, largest: number, smallest: number, ratio?: number}} wanted
 * @returns {Tiles}
 */
export function fitTiles({ count, width, height, largest, smallest, ratio = 1 }) {
  let side = largest;
  let gap = gapFor(side);
  const fitting = (/** @type {number} */ tile, /** @type {number} */ between) =>
    Math.max(1, Math.floor((width + between) / (tile + between))) *
    Math.max(1, Math.floor((height + between) / (tile * ratio + between)));
  while (side > smallest && fitting(side, gap) < count) {
    side -= 1;
    gap = gapFor(side);
  }
  const columns = Math.min(count, Math.max(1, Math.floor((width + gap) / (side + gap))));
  const most = Math.max(1, Math.floor((height + gap) / (side * ratio + gap)));
  const shown = Math.min(count, most * columns);
  const rows = Math.ceil(shown / columns);
  if (shown < count) {
    const wide = (width + gap) / columns - gap;
    const tall = ((height + gap) / most - gap) / ratio;
    side = Math.max(side, Math.min(largest, Math.floor(Math.min(wide, tall))));
  }
  return tilesOf({ side, ratio, columns, rows, gap, shown });
}

/**
 * The height of a line with which whole lines fill the free height: as many as fit if each is as low as it can be.
 * @param {{free: number, below: number, count: number, height: number, gap: number}} lines `below`: what is to follow
 *   the last line, where there is room for that too; `height`: of the lowest line; all but `count` in pixels
 */
export function wholeLines({ free, below, count, height, gap }) {
  const fitting = (/** @type {number} */ space) => Math.floor((space + gap) / (height + gap));
  const space = fitting(free - below) >= count ? free - below : free;
  const shown = Math.max(1, Math.min(count, fitting(space)));
  return Math.max(height, (space + gap) / shown - gap);
}

/**
 * Lay all `count` tiles of a fixed side out in a width; the height follows.
 * @param {{count: number, width: number, side: number, ratio?: number, below?: number}} wanted
 * @returns {Tiles}
 */
export function flowTiles({ count, width, side, ratio = 1, below = 0 }) {
  const gap = gapFor(side);
  const columns = Math.max(1, Math.min(count, Math.floor((width + gap) / (side + gap))));
  return tilesOf({
    side,
    ratio,
    columns,
    rows: Math.ceil(count / columns),
    gap,
    shown: count,
    below,
  });
}

/**
 * A single map as a sheet of one tile.
 * @param {number} side
 * @param {{height: number, width: number}} map
 * @returns {Tiles}
 */
export function oneTile(side, { height, width }) {
  return tilesOf({ side, ratio: height / width, columns: 1, rows: 1, gap: 0, shown: 1 });
}

/**
 * @param {Pick<Tiles, "side" | "columns" | "rows" | "gap" | "shown"> & {ratio: number, below?: number}} tiles `ratio`: height over width of one
 * @returns {Tiles}
 */
function tilesOf({ side, ratio, columns, rows, gap, shown, below = 0 }) {
  const tall = Math.max(1, Math.round(side * ratio));
  return {
    side,
    tall,
    below,
    columns,
    rows,
    gap,
    shown,
    width: columns * (side + gap) - gap,
    height: rows * (tall + below + gap) - gap,
  };
}

/**
 * Pixels between tiles of this width.
 * @param {number} side
 */
function gapFor(side) {
  return side >= 24 ? 4 : side >= 10 ? 2 : 1;
}

/**
 * Left and top of a tile.
 * @param {Tiles} tiles
 * @param {number} index
 */
export function tilePlace(tiles, index) {
  return {
    x: (index % tiles.columns) * (tiles.side + tiles.gap),
    y: Math.floor(index / tiles.columns) * (tiles.tall + tiles.below + tiles.gap),
  };
}

/**
 * The tile at a point, and where in it (0..1; `down` is larger on the words below it); null in a gap or outside.
 * @param {Tiles} tiles
 * @param {number} x
 * @param {number} y
 */
export function tileAt(tiles, x, y) {
  const column = Math.floor(x / (tiles.side + tiles.gap));
  const pitch = tiles.tall + tiles.below + tiles.gap;
  const row = Math.floor(y / pitch);
  const index = row * tiles.columns + column;
  if (x < 0 || y < 0 || column >= tiles.columns || index >= tiles.shown) return null;
  const across = (x - column * (tiles.side + tiles.gap)) / tiles.side;
  const down = (y - row * pitch) / tiles.tall;
  const isInside = across < 1 && y - row * pitch < tiles.tall + tiles.below;
  return isInside ? { index, across, down } : null;
}

/**
 * The cell of a map of `rows` x `columns` at a share of it.
 * @param {number} across
 * @param {number} down
 * @param {number} rows
 * @param {number} columns
 */
export function cellOf(across, down, rows, columns) {
  return {
    row: Math.min(rows - 1, Math.floor(down * rows)),
    column: Math.min(columns - 1, Math.floor(across * columns)),
  };
}

/**
 * The tile an arrow key, Home or End leads to; null where it would leave the sheet.
 * @param {Tiles} tiles
 * @param {number} index
 * @param {string} key
 */
export function tileBeside(tiles, index, key) {
  if (key === "Home") return 0;
  if (key === "End") return tiles.shown - 1;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -tiles.columns, ArrowDown: tiles.columns }[
    key
  ];
  if (step === undefined) return null;
  const column = index % tiles.columns;
  if (
    (key === "ArrowLeft" && column === 0) ||
    (key === "ArrowRight" && column === tiles.columns - 1)
  )
    return null;
  const next = index + step;
  return next >= 0 && next < tiles.shown ? next : null;
}

/**
 * First and end of a unit's receptive field along one axis, cut to the network's input.
 * @param {ReceptiveField} field of the layer's first unit
 * @param {0 | 1} axis rows or columns
 * @param {number} at the unit's row or column
 * @param {number} length pixels of the input
 */
export function receptiveSpan(field, axis, at, length) {
  const first = field.start[axis] + field.stride[axis] * at;
  return [
    Math.max(0, Math.min(first, length)),
    Math.min(length, Math.max(first + field.size[axis], 0)),
  ];
}

/**
 * A rectangle of the network's input as shares of the picture.
 * @param {number[]} view top, left, height, width of what the network is given, as shares of the picture
 * @param {number[]} size height and width of the network's input
 * @param {number[]} rows first and end
 * @param {number[]} columns first and end
 * @returns {Box}
 */
export function onPicture(view, size, rows, columns) {
  return {
    top: view[0] + (rows[0] / size[0]) * view[2],
    left: view[1] + (columns[0] / size[1]) * view[3],
    height: ((rows[1] - rows[0]) / size[0]) * view[2],
    width: ((columns[1] - columns[0]) / size[1]) * view[3],
  };
}
