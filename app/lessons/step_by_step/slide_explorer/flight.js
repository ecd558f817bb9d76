// Products on their way from the window to the sum: a few small labels that only ever change their transform.

import { el, setText } from "../../../browser/dom.js";
import { eased, flightAt } from "./clock.js";

/** @import { Point } from "./types.js" */
/** @typedef {{text: string, from: Point, to: Point}} Route */

const MOST = 27;
const RISE_PX = 18;

export class Flight {
  constructor() {
    this.element = el("div", { class: "flight", "aria-hidden": "true" });
    /** @type {HTMLElement[]} */ this.chips = [];
    /** @type {Route[]} */ this.routes = [];
  }

  /**
   * Whether so many terms can be followed with the eye.
   * @param {number} count
   */
  static follows(count) {
    return count <= MOST;
  }

  /** @param {Route[]} routes */
  load(routes) {
    this.routes = routes;
    while (this.chips.length < routes.length) {
      const chip = el("span", { class: "chip numbers", hidden: true });
      this.chips.push(chip);
      this.element.append(chip);
    }
    this.chips.forEach((chip, index) => {
      chip.hidden = true;
      if (routes[index]) setText(chip, routes[index].text);
    });
  }

  /**
   * Show the labels that are under way in this phase of a stop.
   * @param {number} phase
   */
  show(phase) {
    this.routes.forEach(({ from, to }, index) => {
      const chip = this.chips[index];
      const part = flightAt(phase, index, this.routes.length);
      const flying = part > 0 && part < 1;
      if (chip.hidden === flying) chip.hidden = !flying;
      if (!flying) return;
      const t = eased(part);
      const rise = Math.sin(Math.PI * t) * RISE_PX;
      chip.style.transform = `translate(${from.x + (to.x - from.x) * t}px, ${from.y + (to.y - from.y) * t - rise}px) translate(-50%, -50%)`;
    });
  }

  clear() {
    if (!this.routes.length) return;
    this.routes = [];
    for (const chip of this.chips) chip.hidden = true;
  }
}
