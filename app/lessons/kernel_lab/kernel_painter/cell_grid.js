// The painter's grid of weights: its cells, and a field to type into one of them.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { cellStyle } from "../../../browser/number_cells.js";
import { tidy } from "../../../browser/numbers.js";
import { cellText, fullText, isLegible, typedNumber } from "./kernel_text.js";

/** @import { NumberCells } from "../../../browser/number_cells.js" */
/** @import { Cell } from "./kernel_text.js" */
/** @typedef {NumberCells & {said: string[]}} KernelCells `said`: each weight with up to four digits */

/**
 * How typing ended. `number`: null where none is to be kept; `refused`: a text that is no number; `next`: by how many
 * cells the focus moves on, null where it is elsewhere already.
 * @typedef {{number: number | null, refused: string | null, next: number | null}} Typed
 */

const GAP_PX = 2;
const HOW =
  "Arrow keys move. Space paints with the brush. Enter or a digit types a number. Page Up and Page Down change it.";

export class CellGrid {
  constructor() {
    this.element = el("div", {
      class: "grid",
      role: "grid",
      "aria-label": "Kernel weights",
      "aria-description": HOW,
    });
    /** @type {Cell} the cell that has, or would get, the keyboard's focus */
    this.focused = [0, 0];
    /** @type {HTMLElement | null} the cell that is typed into */
    this.edited = null;
    /**
     * A kernel as Python wrote and colored it, its weights, and where a weight first is.
     * @type {{cells: KernelCells, weights: number[], places: Map<number, number>} | undefined}
     */
    this.known = undefined;
    // Sizes are read here, not while cells are drawn: reading them makes the browser lay out.
    this.least = 0;
    this.side = Infinity;
    this.ruler = new ResizeObserver(([{ contentRect }]) => {
      this.side = Math.max(contentRect.width, contentRect.height);
      this.least = parseFloat(getComputedStyle(this.element).fontSize);
      if (this.rows) this.draw(this.rows);
    });
    this.ruler.observe(this.element);
    this.element.addEventListener("focusin", (event) => {
      const place = this.cellOf(event);
      if (place) this.moveFocus(place);
    });
    /** @type {number[][] | undefined} what is drawn */
    this.rows = undefined;
  }

  /**
   * Take over how Python writes and colors a kernel; `draw` shows it.
   * @param {number[][]} weights
   * @param {KernelCells} cells
   */
  learn(weights, cells) {
    const tidied = weights.flat().map(tidy);
    const places = new Map([...tidied.entries()].reverse().map(([at, weight]) => [weight, at]));
    this.known = { cells, weights: tidied, places };
  }

  /** @param {number[][]} rows */
  draw(rows) {
    this.rows = rows;
    const [height, width] = [rows.length, rows[0].length];
    this.build(height, width);
    this.focused = [Math.min(this.focused[0], height - 1), Math.min(this.focused[1], width - 1)];
    const side = this.side / Math.max(height, width) - GAP_PX;
    const isFitting = (/** @type {string} */ text) => isLegible(text, side, this.least);
    // All numbers or none: cells without one would look empty among the others.
    const isWritten = this.known?.cells.texts.every(isFitting) ?? true;
    rows.forEach((row, r) =>
      row.forEach((value, c) => {
        const cell = this.cell(r, c);
        const { text, said, style } = this.written(value, [r, c]);
        // Attributes that stay as they are cost nothing; a drag repaints one or two cells.
        setAttributes(cell, {
          tabindex: r === this.focused[0] && c === this.focused[1] ? "0" : "-1",
          "aria-label": `Row ${r}, column ${c}: ${said}`,
          // A longer text is written smaller.
          ...(style ? { style: `${style};--length:${text.length}` } : {}),
        });
        if (cell !== this.edited) setText(cell, isWritten && isFitting(text) ? text : "");
      }),
    );
  }

  /**
   * How Python writes and colors a weight, wherever the kernel has it; `said`: with up to four digits. A weight that
   * Python has not seen yet keeps the color of its cell until the next frame comes.
   * @param {number} value
   * @param {Cell} place
   * @returns {{text: string, said: string, style?: string}}
   */
  written(value, [row, column]) {
    const weight = tidy(value);
    const place = row * (this.rows?.[0].length ?? 0) + column;
    const at = this.known?.weights[place] === weight ? place : this.known?.places.get(weight);
    if (!this.known || at === undefined) return { text: cellText(value), said: fullText(value) };
    const { cells } = this.known;
    return { text: cells.texts[at], said: cells.said[at], style: cellStyle(cells, at) };
  }

  /**
   * Make the cells, unless there are just as many.
   * @param {number} height
   * @param {number} width
   */
  build(height, width) {
    const { children } = this.element;
    if (children.length === height && children[0].childElementCount === width) return;
    const cell = (/** @type {number} */ row, /** @type {number} */ column) =>
      el("div", {
        role: "gridcell",
        class: "cell numbers",
        "data-row": row,
        "data-column": column,
      });
    this.element.replaceChildren(
      ...Array.from({ length: height }, (_, row) =>
        el(
          "div",
          { role: "row", class: "row" },
          ...Array.from({ length: width }, (_, column) => cell(row, column)),
        ),
      ),
    );
    this.element.style.setProperty("--count", String(Math.max(height, width)));
    this.element.style.setProperty("--columns", String(width));
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  cell(row, column) {
    return /** @type {HTMLElement} */ (this.element.children[row].children[column]);
  }

  /**
   * The cell that an event is about.
   * @param {Event} event
   * @returns {Cell | null}
   */
  cellOf({ target }) {
    /** @type {HTMLElement | null} */
    const cell = target instanceof Element ? target.closest(".cell") : null;
    return cell ? [Number(cell.dataset.row), Number(cell.dataset.column)] : null;
  }

  /**
   * The row and column under a pointer, which may lie outside the grid.
   * @param {PointerEvent} event
   * @returns {Cell}
   */
  cellUnder(event) {
    const box = this.element.getBoundingClientRect();
    const cell = this.cell(0, 0).getBoundingClientRect();
    return [
      Math.floor((event.clientY - box.top) / (cell.height + GAP_PX)),
      Math.floor((event.clientX - box.left) / (cell.width + GAP_PX)),
    ];
  }

  /**
   * Give the keyboard's focus to a cell.
   * @param {Cell} cell
   */
  focus(cell) {
    this.cell(...cell).focus({ preventScroll: true });
  }

  /**
   * The Tab key leads to the cell that had the focus last.
   * @param {Cell} cell
   */
  moveFocus(cell) {
    setAttributes(this.cell(...this.focused), { tabindex: "-1" });
    setAttributes(this.cell(...cell), { tabindex: "0" });
    this.focused = cell;
  }

  /**
   * Type a number into a cell.
   * @param {Cell} place
   * @param {string} text what the field begins with
   * @param {boolean} isTyped whether that is the first key, to be typed on, or the old value, to be replaced
   * @param {(end: Typed) => void} done
   */
  edit(place, text, isTyped, done) {
    const cell = this.cell(...place);
    const input = el("input", { value: text, inputmode: "decimal", "aria-label": "New value" });
    this.edited = cell;
    cell.replaceChildren(input);
    input.focus();
    if (isTyped) input.setSelectionRange(text.length, text.length);
    else input.select();
    let isOpen = true;
    const finish = (/** @type {boolean} */ isKept, /** @type {number | null} */ next) => {
      if (!isOpen) return;
      isOpen = false;
      this.edited = null;
      const number = typedNumber(input.value);
      input.remove();
      const refused = isKept && number === null ? input.value : null;
      done({ number: isKept ? number : null, refused, next });
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        finish(true, 1);
      }
      if (event.key === "Escape") finish(false, 0);
    });
    input.addEventListener("blur", () => finish(true, null));
  }
}
