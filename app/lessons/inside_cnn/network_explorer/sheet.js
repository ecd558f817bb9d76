// One layer's maps as tiles on a canvas, cut from the one sprite that Python encoded.

import { contextOf, el, setAttributes } from "../../../browser/dom.js";
import { copyTile, tileOrigin } from "../sprite.js";
import { cellOf, tileAt, tileBeside, tilePlace } from "./geometry.js";

/** @import { Tiles } from "./geometry.js" */
/** @import { Layer, SheetLayout, TilePoint } from "./types.js" */

const CROSSED_FROM_PX = 12; // a cross on a smaller tile would hide it
const MOST_DEVICE_PIXELS = 2;
/** @type {[string, number][]} */
const MARK_STROKES = [
  ["rgb(0 0 0 / 55%)", 3],
  ["rgb(255 255 255 / 80%)", 1.25],
];
const LARGEST_CANVAS_PX = 32000; // browsers draw nothing on a longer one

export class MapSheet {
  /**
   * `onedge`: an arrow key led out of the sheet; true if there was something to go to.
   * @param {{onhover: (at: TilePoint | null) => void, onopen: (at: TilePoint) => void,
   *   onedge?: (key: string) => boolean}} on
   */
  constructor({ onhover, onopen, onedge }) {
    this.onhover = onhover;
    this.onopen = onopen;
    this.onedge = onedge;
    // An application: screen readers leave it the arrow keys.
    this.canvas = el("canvas", { tabindex: "0", role: "application", class: "tiles" });
    this.cursor = el("div", { class: "tile-cursor", hidden: true });
    this.unit = el("div", { class: "unit-mark", hidden: true });
    this.element = el("div", { class: "sheet" }, this.canvas, this.cursor, this.unit);
    /** The place of the tile that the keyboard is on. */
    this.at = 0;
    /** @type {number[] | undefined} the maps in the order in which they are shown; undefined: by index */
    this.order = undefined;
    /** @type {Tiles | undefined} */ this.tiles = undefined;
    /** @type {Layer | undefined} */ this.layer = undefined;
    /** @type {SheetLayout | undefined} */ this.sheet = undefined;
    /** @type {ImageBitmap | undefined} */ this.sprite = undefined;
    /** @type {TilePoint | undefined} */ this.held = undefined;
    this.canvas.addEventListener("pointermove", (event) => this.hover(this.pointAt(event)));
    this.canvas.addEventListener("pointerleave", () => this.hover(null));
    this.canvas.addEventListener("click", (event) => {
      const point = this.pointAt(event);
      if (point) {
        this.at = this.placeOf(point.index);
        this.onopen(point);
      }
    });
    this.canvas.addEventListener("focus", () => {
      if (this.canvas.matches(":focus-visible")) this.point(this.at);
    });
    this.canvas.addEventListener("blur", () => this.hover(null));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  /**
   * The map that is shown at a place.
   * @param {number} at
   */
  mapAt(at) {
    return this.order?.[at] ?? at;
  }

  /**
   * The place at which a map is shown.
   * @param {number} index
   */
  placeOf(index) {
    return this.order ? this.order.indexOf(index) : index;
  }

  /**
   * Take over the order of a sheet: the keyboard stays on its map, and no frame stays on another one.
   * @param {number[] | undefined} order
   */
  sort(order) {
    if (order?.join() === this.order?.join()) return;
    const index = this.mapAt(this.at);
    this.order = order;
    this.at = Math.max(0, this.placeOf(index));
    if (!this.cursor.hidden) this.hover(null);
  }

  /**
   * Set where the tiles lie, before they are painted.
   * @param {Tiles} tiles
   * @param {Layer} layer
   */
  lay(tiles, layer) {
    if (this.layer?.name !== layer.name)
      setAttributes(this.canvas, { "aria-label": `${layer.title}: ${layer.shape_text}` });
    this.tiles = tiles;
    this.layer = layer;
    Object.assign(this.element.style, { width: `${tiles.width}px`, height: `${tiles.height}px` });
  }

  /**
   * Paint what Python drew.
   * @param {SheetLayout} sheet
   * @param {ImageBitmap} sprite
   */
  paint(sheet, sprite) {
    const { tiles, canvas } = this;
    if (!tiles) return;
    this.sheet = sheet;
    this.sort(sheet.order?.indices);
    if (this.sprite !== sprite) this.sprite?.close();
    this.sprite = sprite;
    const ratio = Math.min(
      window.devicePixelRatio || 1,
      MOST_DEVICE_PIXELS,
      LARGEST_CANVAS_PX / tiles.height,
    );
    const [wide, high] = [Math.round(tiles.width * ratio), Math.round(tiles.height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    const context = contextOf(canvas);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, tiles.width, tiles.height);
    context.imageSmoothingEnabled = sheet.width > tiles.side * ratio;
    context.imageSmoothingQuality = "low";
    const { width, height } = sheet;
    const [zero, dead] = [new Set(sheet.zero), new Set(sheet.dead)];
    for (let at = 0; at < Math.min(sheet.count, tiles.shown); at += 1) {
      const index = this.mapAt(at);
      const { x, y } = tilePlace(tiles, at);
      const { left, top } = tileOrigin(sheet, index);
      context.drawImage(sprite, left, top, width, height, x, y, tiles.side, tiles.tall);
      if (zero.has(index)) crossOut(context, tiles, x, y, dead.has(index));
    }
    setAttributes(canvas, { "data-painted": String((Number(canvas.dataset.painted) || 0) + 1) });
  }

  /**
   * Copy one map, as large as it is, to another canvas.
   * @param {HTMLCanvasElement} canvas
   * @param {number} index
   */
  copyTo(canvas, index) {
    const { sheet, sprite } = this;
    if (sheet && sprite && index < sheet.count) copyTile(canvas, sprite, sheet, index);
  }

  /**
   * The tile and the cell of its map under a pointer.
   * @param {MouseEvent} event
   * @returns {TilePoint | null}
   */
  pointAt(event) {
    const { tiles, layer } = this;
    if (!tiles || !layer) return null;
    const box = this.canvas.getBoundingClientRect();
    const found = tileAt(
      tiles,
      ((event.clientX - box.left) / box.width) * tiles.width,
      ((event.clientY - box.top) / box.height) * tiles.height,
    );
    if (!found) return null;
    const index = this.mapAt(found.index);
    if (found.down >= 1) return { index };
    return { index, ...cellOf(found.across, found.down, layer.shape[1], layer.shape[2]) };
  }

  /** @param {TilePoint | null} point */
  hover(point) {
    place(
      this.cursor,
      this.tiles,
      point && { at: this.placeOf(point.index), row: 0, column: 0, rows: 1, columns: 1 },
    );
    const hasCell = point && point.row !== undefined && (this.layer?.shape[1] ?? 0) > 1;
    this.mark(hasCell ? point : null);
    this.onhover(point);
  }

  /**
   * Put the cursor on the tile at a place, as the keyboard does.
   * @param {number} at
   */
  point(at) {
    this.at = at;
    this.hover({ index: this.mapAt(at) });
    // Where the tiles scroll by themselves, as those of an open layer do.
    if (this.element.closest(".scroll")) this.cursor.scrollIntoView({ block: "nearest" });
  }

  /**
   * Mark a cell; without one, the cell that is held, if any.
   * @param {TilePoint | null} point
   */
  mark(point) {
    const shown = point ?? this.held;
    const [, rows, columns] = this.layer?.shape ?? [0, 1, 1];
    const cell = shown && {
      at: this.placeOf(shown.index),
      row: shown.row ?? 0,
      column: shown.column ?? 0,
    };
    place(this.unit, this.tiles, cell && { ...cell, rows, columns });
  }

  /**
   * Keep a cell marked while the pointer is elsewhere.
   * @param {TilePoint} point
   */
  hold(point) {
    this.held = point;
    this.mark(null);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.onopen({ index: this.mapAt(this.at) });
      return;
    }
    if (!this.tiles || !(event.key.startsWith("Arrow") || ["Home", "End"].includes(event.key)))
      return;
    const next = tileBeside(this.tiles, this.at, event.key);
    if (next !== null) this.point(next);
    else if (!this.onedge?.(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/**
 * How many maps are 0 throughout, for the description of a sheet.
 * @param {SheetLayout} sheet
 */
export function zeroText({ zero, dead }) {
  const always = dead.length ? `, ${dead.length} of these for every picture` : "";
  return zero.length ? `, ${zero.length} of them 0 everywhere${always}` : "";
}

/**
 * Show a frame on a cell of the tile at a place, which has `rows` x `columns` cells; hide it without one.
 * @param {HTMLElement} frame
 * @param {Tiles | undefined} tiles
 * @param {{at: number, row: number, column: number, rows: number, columns: number} | null | undefined} cell
 */
function place(frame, tiles, cell) {
  frame.hidden = !cell;
  if (!cell || !tiles) return;
  const { x, y } = tilePlace(tiles, cell.at);
  const [wide, tall] = [tiles.side / cell.columns, tiles.tall / cell.rows];
  Object.assign(frame.style, {
    left: `${x + cell.column * wide}px`,
    top: `${y + cell.row * tall}px`,
    width: `${wide}px`,
    height: `${tall}px`,
  });
}

/**
 * Draw a line over a map that is 0 for this picture, a cross over one that is 0 for every picture: the color
 * alone, that of zero, could be a faint map's.
 * @param {CanvasRenderingContext2D} context
 * @param {Tiles} tiles
 * @param {number} x
 * @param {number} y
 * @param {boolean} isDead
 */
function crossOut(context, { side, tall }, x, y, isDead) {
  if (side < CROSSED_FROM_PX) return;
  context.beginPath();
  if (isDead) {
    context.moveTo(x + 3, y + 3);
    context.lineTo(x + side - 3, y + tall - 3);
  }
  context.moveTo(x + side - 3, y + 3);
  context.lineTo(x + 3, y + tall - 3);
  // Light on dark, so that it can be seen on the color of 0 of every scale.
  for (const [color, width] of MARK_STROKES) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
}
