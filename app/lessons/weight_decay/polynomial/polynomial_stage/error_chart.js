// Training and test error over the degree or over lambda; a pointer chooses a place on it.

import { setAttributes, svg } from "../../../../browser/dom.js";
import { Plot } from "../../../../browser/plot.js";

/** @import { Axis, Pair } from "../../../../browser/plot.js" */
/** @import { ErrorCurves } from "./types.js" */

export class ErrorChart {
  /** @param {{onmove: (at: number) => void, oncommit: (at: number) => void}} listeners */
  constructor(listeners) {
    this.listeners = listeners;
    /** @type {ErrorCurves | undefined} */
    this.curves = undefined;
    /** @type {number[]} */
    this.validated = [];
    /** @type {number | null} */
    this.chosen = null;
    /** @type {string[]} the text of each place, for the settings */
    this.texts = [];
    this.isHeld = false;
    this.plot = new Plot(() => this.draw());
    this.bands = svg("g", { class: "bands" });
    this.train = svg("path", { class: "train" });
    this.test = svg("path", { class: "test" });
    this.left_out = svg("path", { class: "left-out" });
    this.mark = svg("line", { class: "mark" });
    this.dots = svg("g");
    this.plot.inside.append(this.bands, this.left_out, this.train, this.test);
    // At the first and the last place they would be cut in half.
    this.plot.over.append(this.mark, this.dots);
    this.element = this.plot.element;
    this.element.classList.add("errors");
    this.element.addEventListener("pointerdown", (event) => {
      this.isHeld = true;
      this.element.setPointerCapture(event.pointerId);
      this.listeners.onmove(this.placeOf(event));
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.isHeld) this.listeners.onmove(this.placeOf(event));
    });
    this.element.addEventListener("pointerup", (event) => {
      if (this.isHeld) this.listeners.oncommit(this.placeOf(event));
      this.isHeld = false;
    });
    this.element.addEventListener("pointercancel", () => {
      this.isHeld = false;
    });
  }

  /** @param {number} at */
  textAt(at) {
    return this.texts[at];
  }

  /** @param {MouseEvent} event */
  placeOf(event) {
    const last = (this.curves?.train.length ?? 1) - 1;
    return Math.min(last, Math.max(0, Math.round(this.plot.at(event)[0])));
  }

  /**
   * @param {Axis} x
   * @param {Axis} y
   * @param {ErrorCurves} curves
   * @param {{errors: number[], best: number | null} | null} validated
   */
  update(x, y, curves, validated) {
    this.plot.setAxes(x, y);
    this.curves = curves;
    this.validated = validated?.errors ?? [];
    this.chosen = validated?.best ?? null;
    setAttributes(this.element, { "aria-label": curves.words });
    this.draw();
  }

  draw() {
    const { curves, plot } = this;
    if (!curves || !plot.width) return;
    const pairs = (/** @type {number[]} */ places) =>
      places.map((place, at) => /** @type {Pair} */ ([at, place]));
    this.train.setAttribute("d", plot.path(pairs(curves.train)));
    this.test.setAttribute("d", plot.path(pairs(curves.test)));
    this.left_out.setAttribute("d", plot.path(pairs(this.validated)));
    const x = plot.px(curves.at);
    const bottom = plot.top + plot.height;
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: plot.top, y2: bottom }))
      this.mark.setAttribute(name, String(value));
    this.bands.replaceChildren(
      ...curves.overfit.map((at) =>
        svg("rect", {
          x: plot.px(at - 0.5),
          y: plot.top,
          width: plot.px(at + 0.5) - plot.px(at - 0.5),
          height: plot.height,
        }),
      ),
    );
    const dot = (
      /** @type {string} */ name,
      /** @type {number} */ at,
      /** @type {number[]} */ on,
    ) => svg("circle", { class: name, cx: plot.px(at), cy: plot.py(on[at]), r: 0.36 * plot.size });
    const { low, high } = /** @type {Axis} */ (plot.y);
    const isSeen = (/** @type {number[]} */ places, /** @type {number} */ at) =>
      places[at] >= low && places[at] <= high;
    const dots = [];
    if (isSeen(curves.train, curves.at)) dots.push(dot("train", curves.at, curves.train));
    if (isSeen(curves.test, curves.at)) dots.push(dot("test", curves.at, curves.test));
    if (this.chosen !== null && isSeen(this.validated, this.chosen))
      dots.push(dot("left-out", this.chosen, this.validated));
    this.dots.replaceChildren(...dots);
  }
}
