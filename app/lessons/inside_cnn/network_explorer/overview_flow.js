// Layer by layer in the overview: one column after the other is lit, and said what it is.

import { setAttributes } from "../../../browser/dom.js";
import { wantsNoMotion } from "./flow.js";

/** @import { NetworkOverview } from "./overview.js" */

const EVERY_MS = 900;

export class OverviewFlow {
  /**
   * @param {NetworkOverview} overview
   * @param {{onchange: () => void, onread: (text: string) => void}} on `onchange`: it began or stopped; `onread`:
   *   what the lit column is
   */
  constructor(overview, { onchange, onread }) {
    this.overview = overview;
    this.onchange = onchange;
    this.onread = onread;
    this.isFlowing = false;
    /** The lit column, -1 for none. */
    this.at = -1;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    for (const type of ["pointerdown", "keydown"])
      overview.element.addEventListener(type, () => this.halt(), { passive: true });
  }

  /** From the lit column on, and from the first one after the last; one column a press for who wants no motion. */
  start() {
    this.step();
    if (wantsNoMotion()) return;
    this.isFlowing = true;
    this.timer = setInterval(() => this.step(), EVERY_MS);
    this.onchange();
  }

  /** Light the next column; none after the last. */
  step() {
    this.overview.wires.clear();
    this.show(this.at + 1 < this.overview.columns.length ? this.at + 1 : -1);
    if (this.at < 0) this.pause();
  }

  /** @param {number} at */
  show(at) {
    this.at = at;
    const { columns, element } = this.overview;
    setAttributes(element, { "data-flow": at >= 0 });
    columns.forEach((column, index) => {
      column.element.classList.toggle("passed", at >= 0 && index <= at);
    });
    const layer = columns[at]?.layer;
    this.onread(layer ? `${layer.title}: ${layer.shape_text}, ${layer.chain.join(" → ")}` : "");
  }

  /** Stand where it is. */
  pause() {
    clearInterval(this.timer);
    this.isFlowing = false;
    this.onchange();
  }

  /** Stop, and light all columns again. */
  halt() {
    if (this.at < 0 && !this.isFlowing) return;
    this.show(-1);
    this.pause();
  }
}
