// Around the band: the ribbon with a button at each end, and edges that fade where the band goes on.

import { el, setAttributes } from "../../../browser/dom.js";

const ALMOST_PX = 4;

export class BandFrame {
  /**
   * @param {HTMLElement} scroller the band
   * @param {HTMLElement} ribbon
   * @param {(way: 1 | -1) => void} onturn go on, or back, by what is in sight
   */
  constructor(scroller, ribbon, onturn) {
    this.scroller = scroller;
    // For the pointer: arrow keys lead from layer to layer.
    this.back = turnButton("‹", "Earlier layers", () => onturn(-1));
    this.on = turnButton("›", "Later layers", () => onturn(1));
    this.window = el("div", { class: "band-window" }, scroller);
    this.element = el(
      "div",
      { class: "overview" },
      el("div", { class: "ribbon-row" }, this.back, ribbon, this.on),
      this.window,
    );
  }

  /** Show at which ends the band goes on. */
  follow() {
    const { scrollLeft, scrollWidth, clientWidth } = this.scroller;
    const isBefore = scrollLeft > ALMOST_PX;
    const isAfter = scrollLeft + clientWidth < scrollWidth - ALMOST_PX;
    setAttributes(this.window, { "data-before": isBefore, "data-after": isAfter });
    this.back.disabled = !isBefore;
    this.on.disabled = !isAfter;
  }
}

/**
 * @param {string} sign
 * @param {string} label
 * @param {() => void} onclick
 */
function turnButton(sign, label, onclick) {
  return el(
    "button",
    { class: "turn", tabindex: "-1", "aria-label": label, title: label, onclick },
    sign,
  );
}
