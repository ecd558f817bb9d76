// The keyboard on the drawing pad: a cursor that arrow keys move, keys that paint and erase, and what is told of it.

import { ARROWS } from "../../../browser/arrows.js";
import { el, setText } from "../../../browser/dom.js";

const PAINTS = [" ", "Enter"];
const ERASES = ["Backspace", "Delete"];

export class PadCursor {
  /**
   * @param {HTMLCanvasElement} canvas the pad
   * @param {number} side of the pad in pixels
   * @param {{grayAt: (row: number, column: number) => number,
   *   onpaint: (row: number, column: number, erases: boolean) => void}} pad
   */
  constructor(canvas, side, { grayAt, onpaint }) {
    this.side = side;
    this.grayAt = grayAt;
    this.onpaint = onpaint;
    this.row = Math.floor(side / 2);
    this.column = Math.floor(side / 2);
    this.element = el("div", { class: "pad-cursor", hidden: true });
    this.told = el("output", { class: "spoken", "aria-live": "polite" });
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => {
      if (canvas.matches(":focus-visible")) this.show();
    });
    canvas.addEventListener("blur", () => {
      this.element.hidden = true;
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { key } = event;
    const erases = ERASES.includes(key);
    if (ARROWS[key]) [this.row, this.column] = movedTo(this.row, this.column, key, this.side);
    else if (erases || PAINTS.includes(key)) this.onpaint(this.row, this.column, erases);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.show();
  }

  show() {
    const { row, column, side } = this;
    const share = 100 / side;
    this.element.hidden = false;
    Object.assign(this.element.style, {
      left: `${column * share}%`,
      top: `${row * share}%`,
      width: `${share}%`,
      height: `${share}%`,
    });
    setText(this.told, `Row ${row}, column ${column}: gray ${this.grayAt(row, column)} of 255`);
  }
}

/**
 * Where an arrow key leads on a square; at its edge, nowhere.
 * @param {number} row
 * @param {number} column
 * @param {string} key
 * @param {number} side
 */
export function movedTo(row, column, key, side) {
  const [down, across] = ARROWS[key];
  const inside = (/** @type {number} */ at) => Math.min(Math.max(at, 0), side - 1);
  return [inside(row + down), inside(column + across)];
}
