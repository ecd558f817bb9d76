// The ribbon above the band: a bar for each block of the network, which leads to its first layer.

import { el, setAttributes } from "../../../browser/dom.js";
import { Roving } from "../roving.js";

/** @import { Layer } from "./types.js" */

const LEAST_HEIGHT = 8; // in percent of the ribbon's

export class Ribbon {
  /** @param {(at: number) => void} onopen a block was chosen, by its position */
  constructor(onopen) {
    this.onopen = onopen;
    this.element = el("div", {
      class: "ribbon",
      role: "toolbar",
      "aria-orientation": "horizontal",
      "aria-label": "All blocks of the network",
    });
    this.roving = new Roving(this.element, ".bar", "horizontal");
    /** @type {HTMLElement[]} */
    this.bars = [];
  }

  /**
   * One bar per block: as tall as its maps are large, as wide as it has layers.
   * @param {{name: string, layers: Layer[]}[]} blocks
   * @param {number[]} size height and width of the network's input
   */
  show(blocks, size) {
    this.bars = blocks.map(({ name, layers }, at) => {
      const share = Math.max(...layers.map(({ shape }) => shape[1] / size[0]));
      const height = Math.max(LEAST_HEIGHT, 100 * Math.sqrt(share));
      return el(
        "button",
        {
          class: "bar",
          style: `flex-grow:${layers.length}`,
          title: `${name}: ${layers[0].shape_text}`,
          "aria-label": `Go to ${name}`,
          onclick: () => this.onopen(at),
        },
        el("i", { style: `height:${height}%` }),
      );
    });
    this.element.replaceChildren(...this.bars);
    this.roving.refresh();
  }

  /**
   * Mark a block that is on the screen.
   * @param {number} at
   * @param {boolean} seen
   */
  mark(at, seen) {
    setAttributes(this.bars[at], { "aria-current": seen ? "true" : null });
  }
}
