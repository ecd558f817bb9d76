// One layer's maps as tiles on a canvas, cut from the one sprite that Python encoded.

import { el, setAttributes } from "../../../browser/dom.js";
import { cellOf, tileAt, tileBeside, tilePlace } from "./geometry.js";

export class MapSheet {
  /**
   * @param {{onhover: (at: Object | null) => void, onopen: (at: Object) => void,
   *   onedge?: (key: string) => boolean}} on
   */
  constructor({ onhover, onopen, onedge }) {
    Object.assign(this, { onhover, onopen, onedge });
    this.canvas = el("canvas", { tabindex: "0", role: "img", class: "tiles" });
    this.cursor = el("div", { class: "tile-cursor", hidden: true });
    this.unit = el("div", { class: "unit-mark", hidden: true });
    this.element = el("div", { class: "sheet" }, this.canvas, this.cursor, this.unit);
    this.at = 0;
    this.canvas.addEventListener("pointermove", (event) => this.hover(this.place(event)));
    this.canvas.addEventListener("pointerleave", () => this.hover(null));
    this.canvas.addEventListener("click", (event) => {
      const place = this.place(event);
      if (place) {
        this.at = place.index;
        this.onopen(place);
      }
    });
    this.canvas.addEventListener("focus", () => {
      if (this.canvas.matches(":focus-visible")) this.point(this.at);
    });
    this.canvas.addEventListener("blur", () => this.hover(null));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {Object} tiles @param {{shape: number[], first?: number}} layer */
  lay(tiles, layer) {
    this.tiles = tiles;
    this.layer = layer;
    Object.assign(this.element.style, { width: `${tiles.width}px`, height: `${tiles.height}px` });
  }

  /** Paint what Python drew. @param {Object} sheet header of the sheet @param {ImageBitmap} picture */
  paint(sheet, picture) {
    this.sheet = sheet;
    if (this.picture !== picture) this.picture?.close();
    this.picture = picture;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const { tiles, canvas } = this;
    const [wide, high] = [Math.round(tiles.width * ratio), Math.round(tiles.height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, tiles.width, tiles.height);
    context.imageSmoothingEnabled = sheet.width > tiles.side * ratio;
    context.imageSmoothingQuality = "low";
    const dead = new Set(sheet.dead);
    for (let index = 0; index < Math.min(sheet.count, tiles.shown); index += 1) {
      const { x, y } = tilePlace(tiles, index);
      const left = (index % sheet.columns) * sheet.width;
      const top = Math.floor(index / sheet.columns) * sheet.height;
      context.drawImage(
        picture,
        left,
        top,
        sheet.width,
        sheet.height,
        x,
        y,
        tiles.side,
        tiles.tall,
      );
      if (dead.has(index)) this.strike(context, x, y);
    }
    setAttributes(canvas, { "data-painted": String((Number(canvas.dataset.painted) || 0) + 1) });
  }

  /** Copy one map, as large as it is, to another canvas. */
  copyTo(canvas, index) {
    const { sheet, picture } = this;
    if (!sheet || index >= sheet.count) return;
    canvas.width = sheet.width;
    canvas.height = sheet.height;
    canvas
      .getContext("2d")
      .drawImage(
        picture,
        (index % sheet.columns) * sheet.width,
        Math.floor(index / sheet.columns) * sheet.height,
        sheet.width,
        sheet.height,
        0,
        0,
        sheet.width,
        sheet.height,
      );
  }

  /** A dead map looks dead: crossed out, on the color of zero. */
  strike(context, x, y) {
    const { side, tall } = this.tiles;
    if (side < 12) return;
    context.strokeStyle = "rgb(255 255 255 / 34%)";
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x + 3, y + 3);
    context.lineTo(x + side - 3, y + tall - 3);
    context.moveTo(x + side - 3, y + 3);
    context.lineTo(x + 3, y + tall - 3);
    context.stroke();
  }

  place(event) {
    if (!this.tiles) return null;
    const box = this.canvas.getBoundingClientRect();
    const found = tileAt(
      this.tiles,
      ((event.clientX - box.left) / box.width) * this.tiles.width,
      ((event.clientY - box.top) / box.height) * this.tiles.height,
    );
    return (
      found && {
        ...found,
        ...cellOf(found.across, found.down, this.layer.shape[1], this.layer.shape[2]),
      }
    );
  }

  hover(place) {
    this.show(this.cursor, place && { index: place.index, row: 0, column: 0, rows: 1, columns: 1 });
    this.mark(place && place.row !== undefined && this.layer.shape[1] > 1 ? place : null);
    this.onhover(place);
  }

  /** Put the cursor on a tile, as the keyboard does. */
  point(index) {
    this.at = index;
    this.hover({ index });
  }

  /** Mark the cell that is read; held: it stays when the pointer goes. */
  mark(place) {
    const shown = place ?? this.held;
    const [, rows, columns] = this.layer?.shape ?? [];
    this.show(this.unit, shown && { ...shown, rows, columns });
  }

  hold(place) {
    this.held = place;
    this.mark(null);
  }

  show(mark, place) {
    mark.hidden = !place;
    if (!place) return;
    const { x, y } = tilePlace(this.tiles, place.index);
    const [wide, tall] = [this.tiles.side / place.columns, this.tiles.tall / place.rows];
    Object.assign(mark.style, {
      left: `${x + place.column * wide}px`,
      top: `${y + place.row * tall}px`,
      width: `${wide}px`,
      height: `${tall}px`,
    });
  }

  key(event) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.onopen({ index: this.at });
      return;
    }
    if (!event.key.startsWith("Arrow")) return;
    const next = tileBeside(this.tiles, this.at, event.key);
    if (next !== null) this.point(next);
    else if (!this.onedge?.(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
