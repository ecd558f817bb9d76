// Kernels side by side, cut out of one picture that has them below each other.

import { contextOf, el, setAttributes } from "../../../../browser/dom.js";

export class KernelTiles {
  constructor() {
    /** @type {HTMLCanvasElement[]} */
    this.tiles = [];
    this.element = el("div", { class: "kernels", role: "img" });
  }

  /**
   * @param {CanvasImageSource} picture
   * @param {{count: number, side: number}} kernels
   * @param {string} words
   */
  paint(picture, { count, side }, words) {
    if (this.tiles.length !== count) {
      this.tiles = Array.from({ length: count }, () => el("canvas", { width: side, height: side }));
      this.element.replaceChildren(...this.tiles);
    }
    for (const [at, tile] of this.tiles.entries())
      contextOf(tile).drawImage(picture, 0, at * side, side, side, 0, 0, side, side);
    setAttributes(this.element, { "aria-label": words });
  }
}
