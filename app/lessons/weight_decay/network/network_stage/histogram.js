// How many weights have which size, as bars; the outline is without weight decay.

import { setAttributes, svg } from "../../../../browser/dom.js";
import { Plot } from "../../../../browser/plot.js";

/** @import { Axis, Pair } from "../../../../browser/plot.js" */

export class Histogram {
  constructor() {
    /** @type {number[]} */ this.edges = [];
    /** @type {number[]} */ this.heights = [];
    /** @type {number[]} */ this.before = [];
    this.plot = new Plot(() => this.draw());
    this.element = this.plot.element;
    this.bars = svg("path", { class: "bars" });
    this.outline = svg("path", { class: "outline" });
    this.plot.inside.append(this.bars, this.outline);
  }

  /**
   * @param {{x: Axis, y: Axis}} axes
   * @param {{edges: number[], heights: number[], before: number[]}} counts
   * @param {string} words
   */
  update(axes, { edges, heights, before }, words) {
    this.plot.setAxes(axes.x, axes.y);
    Object.assign(this, { edges, heights, before });
    setAttributes(this.element, { "aria-label": words });
    this.draw();
  }

  draw() {
    if (!this.plot.width || !this.edges.length) return;
    const closed = this.steps(this.heights);
    this.bars.setAttribute("d", `${this.plot.path(closed)}Z`);
    this.outline.setAttribute("d", this.plot.path(this.steps(this.before)));
  }

  /**
   * The upper edge of the bars, from 0 up and back to 0.
   * @param {number[]} heights
   */
  steps(heights) {
    const { edges } = this;
    /** @type {Pair[]} */
    const corners = heights.flatMap((height, at) => [
      /** @type {Pair} */ ([edges[at], height]),
      /** @type {Pair} */ ([edges[at + 1], height]),
    ]);
    return [
      /** @type {Pair} */ ([edges[0], 0]),
      ...corners,
      /** @type {Pair} */ ([edges[edges.length - 1], 0]),
    ];
  }
}
