// The cells of a grid or a plot: what is written in them, how they are marked, the tab stop, and typing into them.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { fontFor, LEGIBLE_PX } from "./layout.js";
import { isPadding } from "./scene.js";
import { typeInto } from "./typing.js";

/** @import { Palette } from "./palette.js" */
/** @import { Grid, Letters } from "./types.js" */
/**
 * The elements of one cell; `input` is there while a number is typed.
 * @typedef {{cell: HTMLElement, letter: HTMLElement, value: HTMLElement, factor: HTMLElement,
 *   input?: HTMLInputElement}} CellNode
 */
/** @typedef {"in-window" | "argmax" | "chosen" | "related" | "multiplied"} Mark */

/** @type {Mark[]} */
const MARKS = ["in-window", "argmax", "chosen", "related", "multiplied"];

export class Cells {
  /**
   * @param {string} name a class for the element
   * @param {Grid} grid the first one; `build` and `update` make and fill the cells
   */
  constructor(name, grid) {
    this.element = el("div", { class: name, role: "grid" });
    this.grid = grid;
    /** @type {CellNode[]} */ this.nodes = [];
    /** @type {Set<number>} */ this.marked = new Set();
    /** The cell that Tab leads to. */
    this.current = 0;
    /** @type {((index: number) => boolean) | undefined} which cells are still empty */
    this.hides = undefined;
    /** Width of a cell, the largest size of a number and of what is below it, and the least that is legible: pixels. */
    this.space = { width: 0, font: 0, below: 0, least: LEGIBLE_PX };
    /** @type {() => void} called when cells were emptied or filled */
    this.onfill = () => {};
  }

  /**
   * Replace all cells.
   * @param {CellNode[]} nodes row by row
   * @param {number} columns
   */
  build(nodes, columns) {
    this.nodes = nodes;
    this.marked.clear();
    this.hides = undefined;
    const cells = nodes.map(({ cell }) => cell);
    const rows = Array.from({ length: cells.length / columns }, (_, row) =>
      el("div", { role: "row", class: "row" }, ...cells.slice(row * columns, (row + 1) * columns)),
    );
    this.element.replaceChildren(...rows);
  }

  /**
   * Write and color all cells.
   * @param {Grid} grid
   * @param {{palette: Palette, letters: Letters, editable: boolean}} how
   * @param {(index: number, padding: boolean, unread: boolean) => string} labelOf
   */
  update(grid, { palette, letters, editable }, labelOf) {
    this.grid = grid;
    setAttributes(this.element, { "aria-label": grid.name });
    this.current = Math.min(this.current, grid.texts.length - 1);
    const unread = new Set(grid.unread);
    this.nodes.forEach(({ cell, letter }, index) => {
      const padding = isPadding(grid, index);
      this.color(index, palette.fillOf(grid, index));
      cell.classList.toggle("padding", padding);
      cell.classList.toggle("unread", unread.has(index));
      cell.classList.toggle("editable", editable && !padding);
      setText(letter, letters !== "numbers" ? (grid.letters[index] ?? "") : "");
      setAttributes(cell, {
        tabindex: index === this.current ? "0" : "-1",
        "aria-label": labelOf(index, padding, unread.has(index)),
      });
      this.write(index);
    });
  }

  /**
   * @param {number} index
   * @param {[string, string]} colors of the cell, and of what is written on it
   */
  color(index, [fill, ink]) {
    const { style } = this.nodes[index].cell;
    style.setProperty("--fill", fill);
    style.setProperty("--on-fill", ink);
  }

  /**
   * Write a text into a cell; without one its own, or nothing while it is empty.
   * @param {number} index
   * @param {string} [text]
   */
  write(index, text) {
    const { input, value } = this.nodes[index];
    if (input) return;
    value.style.fontSize = "";
    if (text) this.fit(value, text, this.space.font);
    else setText(value, text ?? (this.hides?.(index) ? "" : this.grid.texts[index]));
  }

  /**
   * The number that a cell shows.
   * @param {number} index
   */
  shown(index) {
    return this.nodes[index].value.textContent ?? "";
  }

  /**
   * Write a text as large as its cell allows; one that could not be read there is left out.
   * @param {HTMLElement} element
   * @param {string} text
   * @param {number} most pixels
   */
  fit(element, text, most) {
    const size = fontFor(this.space.width, text.length, most, this.space.least);
    element.style.fontSize = `${size}px`;
    setText(element, size ? text : "");
  }

  /**
   * Empty the outputs that the window has not come to.
   * @param {(index: number) => boolean} hides
   */
  fill(hides) {
    this.hides = hides;
    let changed = false;
    this.nodes.forEach(({ cell }, index) => {
      const empty = hides(index);
      if (cell.classList.contains("empty") === empty) return;
      changed = true;
      cell.classList.toggle("empty", empty);
      this.write(index);
    });
    if (changed) this.onfill();
  }

  /**
   * Mark a cell; `factor` is written below its number.
   * @param {number} index
   * @param {Mark} name
   * @param {string} [factor]
   */
  mark(index, name, factor) {
    const { cell, factor: below } = this.nodes[index];
    this.marked.add(index);
    cell.classList.add(name);
    if (factor !== undefined) this.fit(below, factor, this.space.below);
  }

  clearMarks() {
    for (const index of this.marked) {
      const { cell, factor } = this.nodes[index];
      cell.classList.remove(...MARKS);
      setText(factor, "");
      this.write(index);
    }
    this.marked.clear();
    this.element.classList.remove("dimmed");
  }

  /** Show all cells but the marked ones faintly. */
  dim() {
    this.element.classList.add("dimmed");
  }

  /**
   * The cell an event happened on, -1 if none.
   * @param {Event} event
   */
  indexOf(event) {
    const cell = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    return cell && this.element.contains(cell) ? Number(cell.getAttribute("data-at")) : -1;
  }

  /**
   * Keep the tab stop on a cell without taking the focus.
   * @param {number} index
   */
  settle(index) {
    if (this.current === index) return;
    setAttributes(this.nodes[this.current].cell, { tabindex: "-1" });
    this.current = index;
    setAttributes(this.nodes[index].cell, { tabindex: "0" });
  }

  /** @param {number} index */
  focus(index) {
    this.settle(index);
    this.nodes[index].cell.focus({ preventScroll: true });
  }

  /**
   * Type into a cell; see typeInto.
   * @param {number} index
   * @param {string | undefined} typed
   * @param {(text: string | null, refocus: boolean) => void} done
   */
  edit(index, typed, done) {
    if (!isPadding(this.grid, index))
      typeInto(this.nodes[index], this.grid.texts[index], typed, done);
  }
}

/** The parts of a cell that grids and plots have alike. */
export function cellTexts() {
  return {
    letter: el("span", { class: "letter" }),
    value: el("span", { class: "value" }),
    factor: el("span", { class: "factor" }),
  };
}
