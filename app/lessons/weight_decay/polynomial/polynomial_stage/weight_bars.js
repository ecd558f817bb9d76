// The weights as bars from 0 up and down; where a descent is shown, a tick on each tells its own.

import { setAttributes, svg } from "../../../../browser/dom.js";
import { Plot } from "../../../../browser/plot.js";

/** @import { Axis } from "../../../../browser/plot.js" */
/** @import { WeightBar } from "./types.js" */

const BAR = 0.62;
/** How wide a letter of a number is, as a share of the type's size. */
const LETTER = 0.57;

export class WeightBars {
  constructor() {
    /** @type {WeightBar[]} */
    this.bars = [];
    this.plot = new Plot(() => this.draw(), 6);
    this.element = this.plot.element;
    this.element.classList.add("weights");
    this.drawn = svg("g");
    this.numbers = svg("g", { class: "numbers" });
    this.plot.inside.append(this.drawn);
    this.plot.over.append(this.numbers);
  }

  /**
   * @param {Axis} y
   * @param {WeightBar[]} bars
   * @param {number} most how many there can be
   */
  update(y, bars, most) {
    this.bars = bars;
    const ticks = bars.map(({ name }, at) => ({ at, text: name }));
    this.plot.setAxes({ low: -0.6, high: most + 0.6, title: "", ticks }, y);
    setAttributes(this.element, {
      "aria-label": `Weights: ${bars.map(({ name, text }) => `${name} ${text}`).join(", ")}`,
    });
    this.draw();
  }

  draw() {
    const { plot } = this;
    if (!plot.width || !plot.y) return;
    const zero = plot.py(0);
    const width = plot.px(BAR) - plot.px(0);
    const longest = Math.max(...this.bars.map(({ text }) => text.length));
    const isWide = plot.px(1) - plot.px(0) > LETTER * plot.size * longest;
    const parts = [];
    const numbers = [];
    for (const [at, { place, text, fill, descent }] of this.bars.entries()) {
      const y = plot.py(place);
      const x = plot.px(at) - width / 2;
      const height = Math.max(1, Math.abs(y - zero));
      parts.push(
        svg("rect", {
          class: "bar",
          x,
          y: Math.min(y, zero),
          width,
          height,
          style: `fill:${fill}`,
        }),
      );
      if (descent !== null) {
        const level = plot.py(descent);
        parts.push(
          svg("line", { class: "descent", x1: x - 3, x2: x + width + 3, y1: level, y2: level }),
        );
      }
      if (!isWide) continue;
      const above = place >= 0 ? -0.3 * plot.size : 1.05 * plot.size;
      numbers.push(plot.label(text, { x: plot.px(at), y: y + above, "text-anchor": "middle" }));
    }
    parts.push(
      svg("line", { class: "zero", x1: plot.left, x2: plot.left + plot.width, y1: zero, y2: zero }),
    );
    this.drawn.replaceChildren(...parts);
    this.numbers.replaceChildren(...numbers);
  }
}
