// A grid of numbers that change in place; Python chose each text, its color and the ink on it.

import { el, setAttributes, setText } from "../../browser/dom.js";

/** @import { NumberCells } from "../../browser/number_cells.js" */
/** @typedef {NumberCells & {said: string[]}} SaidCells as app/lessons/watch_it_learn/weight_cells.py writes it */

/** How wide "−1.00" is, as a share of the type's size. Grids side by side all have numbers, or none has. */
const NUMBER = 2.35;

export class NumberGrid {
  /** @param {string} label what the grid is, for who does not see it */
  constructor(label) {
    this.label = label;
    /** @type {HTMLElement[]} */
    this.cells = [];
    /** @type {SaidCells | undefined} */
    this.data = undefined;
    /** Whether the cells are too small for their numbers, and so are only colored. */
    this.isBare = false;
    this.shape = "";
    this.element = el("div", { class: "number-grid numbers", role: "img" });
    this.ruler = new ResizeObserver(() => this.measure());
    this.ruler.observe(this.element);
  }

  /** @param {SaidCells} data */
  update(data) {
    const { rows, columns, texts, fills, inks, said } = data;
    this.data = data;
    const shape = `${rows} ${columns}`;
    if (this.shape !== shape) {
      this.shape = shape;
      this.cells = texts.map(() => el("span", { class: "cell" }));
      this.element.replaceChildren(...this.cells);
      this.element.style.setProperty("--rows", String(rows));
      this.element.style.setProperty("--columns", String(columns));
      this.element.style.setProperty("--longer", String(Math.max(rows, columns)));
      this.measure();
    }
    this.cells.forEach((cell, at) => {
      setText(cell, this.isBare ? "" : texts[at]);
      cell.style.background = fills[at];
      cell.style.color = inks[at];
    });
    setAttributes(this.element, {
      "aria-label": `${this.label}: ${rows} rows of ${columns}: ${said.join(", ")}`,
    });
  }

  /** See whether the numbers can be read in cells of this size; the smallest type is the page's. */
  measure() {
    const [cell] = this.cells;
    if (!cell || !this.data) return;
    const width = NUMBER * parseFloat(getComputedStyle(cell).fontSize);
    const isBare = width > cell.getBoundingClientRect().width;
    if (isBare === this.isBare) return;
    this.isBare = isBare;
    this.update(this.data);
  }
}
