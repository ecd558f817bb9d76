// The weight over the steps, in three ways; a pointer chooses the step that is written out.

import { setAttributes, svg } from "../../../../browser/dom.js";
import { Plot } from "../../../../browser/plot.js";

/** @import { Pair } from "../../../../browser/plot.js" */
/** @import { Way, WrittenHeader } from "./types.js" */

/** @type {Way[]} the last one is drawn over the others */
const WAYS = ["none", "l2", "decoupled"];

export class WeightChart {
  /** @param {{onmove: (at: number) => void, oncommit: () => void}} listeners */
  constructor(listeners) {
    /** @type {WrittenHeader | undefined} */
    this.shown = undefined;
    this.isHeld = false;
    this.plot = new Plot(() => this.draw());
    this.element = this.plot.element;
    this.mark = svg("line", { class: "mark" });
    this.target = svg("line", { class: "target" });
    this.lines = new Map(WAYS.map((way) => [way, svg("path", { class: way })]));
    this.dots = svg("g");
    this.plot.inside.append(this.target, ...this.lines.values());
    // At the last step they would be cut in half.
    this.plot.over.append(this.mark, this.dots);
    this.element.addEventListener("pointerdown", (event) => {
      this.isHeld = true;
      this.element.setPointerCapture(event.pointerId);
      listeners.onmove(this.stepAt(event));
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.isHeld) listeners.onmove(this.stepAt(event));
    });
    for (const type of ["pointerup", "pointercancel"])
      this.element.addEventListener(type, () => {
        if (this.isHeld) listeners.oncommit();
        this.isHeld = false;
      });
  }

  /** @param {MouseEvent} event */
  stepAt(event) {
    const last = (this.shown?.curves.none.length ?? 2) - 1;
    return Math.min(last, Math.max(1, Math.round(this.plot.at(event)[0])));
  }

  /** @param {WrittenHeader} header */
  update(header) {
    this.shown = header;
    this.plot.setAxes(header.axes.x, header.axes.y);
    const last = header.curves.l2.length - 1;
    const ends = WAYS.map((way) => `${header.names[way]}: ${header.curves[way][last]}`);
    setAttributes(this.element, {
      "aria-label": `The weight over ${last} steps. At the end: ${ends.join(", ")}.`,
    });
    this.draw();
  }

  draw() {
    const { plot, shown } = this;
    if (!shown || !plot.width) return;
    for (const [way, line] of this.lines)
      line.setAttribute(
        "d",
        plot.path(shown.curves[way].map((w, at) => /** @type {Pair} */ ([at, w]))),
      );
    const x = plot.px(shown.at);
    const y = plot.py(shown.target);
    const { left, top, width, height } = plot;
    setAttributes(this.mark, { x1: x, x2: x, y1: top, y2: top + height });
    setAttributes(this.target, { x1: left, x2: left + width, y1: y, y2: y });
    this.dots.replaceChildren(
      ...WAYS.map((way) =>
        svg("circle", {
          class: way,
          cx: x,
          cy: plot.py(shown.curves[way][shown.at]),
          r: 0.36 * plot.size,
        }),
      ),
    );
  }
}
