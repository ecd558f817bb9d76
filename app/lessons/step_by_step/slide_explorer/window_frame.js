// The frame around the window, or around the cell it makes; only a transform changes while it moves.

import { el } from "../../../browser/dom.js";

/** @import { Box } from "./types.js" */

export class WindowFrame {
  constructor() {
    this.element = el("div", { class: "frame", hidden: true });
    this.width = NaN;
    this.height = NaN;
  }

  /** @param {Box} box in pixels of the surface it lies in */
  move({ x, y, width, height }) {
    if (this.width !== width || this.height !== height) {
      this.width = width;
      this.height = height;
      Object.assign(this.element.style, { width: `${width}px`, height: `${height}px` });
    }
    this.element.style.transform = `translate(${x}px, ${y}px)`;
    if (this.element.hidden) this.element.hidden = false;
  }

  hide() {
    if (!this.element.hidden) this.element.hidden = true;
  }
}

/**
 * The box on the way from one place to another; it has the size it will have there.
 * @param {Box} from
 * @param {Box} to
 * @param {number} part 0 to 1
 * @returns {Box}
 */
export function boxBetween(from, to, part) {
  if (part >= 1) return to;
  return { ...to, x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
