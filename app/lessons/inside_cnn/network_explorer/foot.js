// The row below the explorer: what is under the pointer, how the connection is, and the legend of the colors.

import { el, setText } from "../../../browser/dom.js";

/** @import { Legend } from "./types.js" */

export class Foot {
  constructor() {
    this.reading = el("output", { class: "reading numbers", "aria-live": "polite" });
    this.status = el("span", { class: "status quiet", role: "status" });
    this.low = el("span", { class: "low numbers" });
    this.gradient = el("span", { class: "gradient" });
    this.high = el("span", { class: "high numbers" });
    this.layer = el("span", { class: "quiet" });
    this.legend = el(
      "div",
      { class: "legend", hidden: true },
      this.layer,
      this.low,
      this.gradient,
      this.high,
    );
    this.element = el("div", { class: "foot" }, this.reading, this.status, this.legend);
  }

  /** @param {string} text what is under the pointer */
  read(text) {
    setText(this.reading, text);
  }

  /** @param {string} text "" when all is well */
  showStatus(text) {
    setText(this.status, text);
  }

  /**
   * @param {string} layer whose colors they are
   * @param {Legend} legend
   * @param {string} gradient as CSS has it
   */
  showLegend(layer, legend, gradient) {
    this.legend.hidden = false;
    setText(this.layer, layer);
    setText(this.low, legend.low);
    setText(this.high, legend.high);
    this.gradient.style.background = gradient;
  }

  /** No maps are shown, or none are painted yet. */
  hideLegend() {
    this.legend.hidden = true;
  }
}
