// One grid of numbers with its title, the frame of the window on it, and the cell of the maximum.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { cellStyle } from "../../../browser/number_cells.js";

/** @import { GridView, Step } from "./types.js" */

export class Grid {
  /** @param {(row: number, column: number) => void} onpoint a cell is pointed at */
  constructor(onpoint) {
    this.title = el("span");
    this.note = el("strong");
    this.cells = el("div", { class: "cells numbers", role: "img" });
    this.mark = el("div", { class: "mark" });
    this.element = el(
      "figure",
      {},
      el("figcaption", {}, this.title, this.note),
      el("div", { class: "grid" }, this.cells, this.mark),
    );
    this.shape = "";
    this.columns = 1;
    const point = (/** @type {Event} */ { target }) => {
      const at = [...this.cells.children].indexOf(/** @type {HTMLElement} */ (target));
      if (at >= 0) onpoint(Math.floor(at / this.columns), at % this.columns);
    };
    this.cells.addEventListener("pointerover", point);
    this.cells.addEventListener("pointerdown", point);
  }

  /** @param {GridView} grid */
  show(grid) {
    const { rows, columns, texts } = grid.cells;
    setText(this.title, grid.title);
    setText(this.note, grid.note);
    setAttributes(this.cells, { "aria-label": grid.alt });
    setAttributes(this.element, {
      "data-grid": grid.key,
      style: `--row:${grid.row};--column:${grid.column};--rows:${grid.rows};--longest:${grid.longest}`,
    });
    if (this.shape !== `${rows} ${columns}`) {
      this.shape = `${rows} ${columns}`;
      this.columns = columns;
      this.cells.style.setProperty("--columns", String(columns));
      this.cells.replaceChildren(...texts.map(() => el("span", { class: "cell" })));
    }
    texts.forEach((text, at) => {
      const cell = this.cells.children[at];
      setText(cell, text);
      setAttributes(cell, { style: cellStyle(grid.cells, at) });
    });
  }

  /**
   * Frame what a step covers.
   * @param {Step} step
   * @param {string} key of this grid
   */
  point(step, key) {
    const span = step.marks[key];
    this.mark.hidden = !span;
    if (span) {
      const [top, left, bottom, right] = span;
      const style = `--top:${top};--left:${left};--high:${bottom - top};--wide:${right - left}`;
      setAttributes(this.mark, { style });
    }
    const best = step.best[key];
    const at = best ? best[0] * this.columns + best[1] : -1;
    [...this.cells.children].forEach((cell, index) => {
      cell.classList.toggle("best", index === at);
    });
  }
}
