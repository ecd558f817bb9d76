// One grid of numbers with its title, the frame of the window on it, and the cell of the maximum.

import { el, setAttributes, setText } from "./dom.js";
import { cellStyle } from "./number_cells.js";

/** @import { NumberCells } from "./number_cells.js" */

/**
 * A grid and its place: `rows`: how many of the stage it spans; `longest`, characters of its longest number.
 * @typedef {{key: string, title: string, note: string, row: number, column: number, rows: number, longest: number,
 *   cells: NumberCells, alt: string}} GridView
 */
/** @typedef {[number, number, number, number]} Span top, left, bottom, right, in cells; the last two are outside */
/**
 * A place of the window: what it covers of each grid, and in which cell the maximum lies.
 * @typedef {{marks: Record<string, Span>, best: Record<string, [number, number]>}} WindowPlace
 */

export class WindowGrid {
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
   * @param {WindowPlace} step
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
