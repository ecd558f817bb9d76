// A grid of numbers that change in place; Python chose each text, its color and the ink on it.

import { el, setAttributes, setText } from "../../browser/dom.js";

/** @import { NumberCells } from "../../browser/number_cells.js" */
/** @typedef {NumberCells & {said: string[]}} SaidCells as app/lessons/watch_it_learn/weight_cells.py writes it */

export class NumberGrid {
  /** @param {string} label what the grid is, for who does not see it */
  constructor(label) {
    this.label = label;
    /** @type {HTMLElement[]} */
    this.cells = [];
    this.element = el("div", { class: "number-grid numbers", role: "img" });
  }

  /** @param {SaidCells} data */
  update(data) {
    const { rows, columns, texts, fills, inks, said } = data;
    if (this.cells.length !== texts.length) {
      this.cells = texts.map(() => el("span", { class: "cell" }));
      this.element.replaceChildren(...this.cells);
    }
    this.element.style.setProperty("--rows", String(rows));
    this.element.style.setProperty("--columns", String(columns));
    this.element.style.setProperty("--longer", String(Math.max(rows, columns)));
    this.cells.forEach((cell, at) => {
      setText(cell, texts[at]);
      cell.style.background = fills[at];
      cell.style.color = inks[at];
    });
    setAttributes(this.element, {
      "aria-label": `${this.label}: ${rows} rows of ${columns}: ${said.join(", ")}`,
    });
  }
}
