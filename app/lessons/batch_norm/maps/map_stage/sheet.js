// The first pictures of a batch and one of their maps, row by row; they come as one picture.

import { contextOf, el, setAttributes, setText } from "../../../../browser/dom.js";

/** @import { SheetHeader } from "./types.js" */

/** Pixels of a tile on the canvas, and between two of them. */
const [TILE, GAP] = [56, 4];

export class Sheet {
  constructor() {
    this.canvas = el("canvas", { role: "img" });
    this.names = el("div", { class: "row-names" });
    this.own = el("span", { class: "own" });
    this.legend = el("p", { class: "legend numbers" });
    this.place = el("div", { class: "sheet-place" }, this.canvas, this.own);
    this.element = el("div", { class: "sheet" }, this.names, this.place, this.legend);
  }

  /**
   * @param {SheetHeader} header
   * @param {ImageBitmap | undefined} picture
   * @param {number} most columns that there is a place for
   */
  show({ columns, rows, legend, counts, gradient, alt }, picture, most) {
    if (!picture) return;
    const side = picture.width / columns;
    setAttributes(this.canvas, { "aria-label": alt });
    const width = most * (TILE + GAP) - GAP;
    const height = rows.length * (TILE + GAP) - GAP;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const context = contextOf(this.canvas);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    for (let row = 0; row < rows.length; row += 1)
      for (let column = 0; column < columns; column += 1) {
        const [x, y] = [column * (TILE + GAP), row * (TILE + GAP)];
        context.drawImage(picture, column * side, row * side, side, side, x, y, TILE, TILE);
      }
    picture.close();
    if (this.names.children.length !== rows.length)
      this.names.replaceChildren(...rows.map((name) => el("b", {}, name)));
    const texts = JSON.stringify(legend);
    if (this.legend.dataset.shown !== texts) {
      this.legend.dataset.shown = texts;
      const colors = { class: "gradient", style: `background:${gradient}` };
      this.legend.replaceChildren(
        ...legend.flatMap(({ name, low, high }) => [
          el("span", {}, `${name}: ${low}`),
          el("span", colors),
          el("span", {}, high),
        ]),
      );
    }
    this.own.style.width = `${(100 * TILE) / width}%`;
    this.own.classList.toggle("out", !counts);
  }
}
