// Means of the first n masks in both conventions, with the band in which most means lie, and what evaluation computes.

import { setAttributes, svg } from "../../../../browser/dom.js";
import { Plot } from "../../../../browser/plot.js";

/** @import { Pair } from "../../../../browser/plot.js" */
/** @import { MeanCurve, MeanPanel } from "./types.js" */

/** Numbers beside the axis may become longer; the frame stays where it is. */
const LETTERS = 4;
const PARTS = ["band", "level", "means"];

/** @typedef {{dot: SVGCircleElement} & Record<string, SVGPathElement | SVGCircleElement>} DrawnCurve */

export class MeanPlot {
  constructor() {
    /** @type {MeanPanel | undefined} */
    this.panel = undefined;
    /** @type {Map<string, DrawnCurve>} */
    this.curves = new Map();
    this.plot = new Plot(() => this.draw(), LETTERS);
  }

  /** @param {MeanPanel} panel */
  show(panel) {
    this.panel = panel;
    this.plot.setAxes(panel.x, panel.y);
    setAttributes(this.plot.element, { "aria-label": panel.words });
    this.draw();
  }

  draw() {
    if (!this.panel || !this.plot.width) return;
    for (const curve of this.panel.curves) this.drawCurve(curve);
  }

  /** @param {MeanCurve} curve */
  drawCurve(curve) {
    const { plot } = this;
    const drawn = this.curves.get(curve.key) ?? this.make(curve.key);
    const [first, last] = [curve.band_at[0], curve.band_at[curve.band_at.length - 1]];
    const edge = (/** @type {number} */ sign) =>
      curve.band.map(
        (half, at) => /** @type {Pair} */ ([curve.band_at[at], curve.center + sign * half]),
      );
    setAttributes(drawn.band, { d: `${plot.path([...edge(1), ...edge(-1).reverse()])}Z` });
    setAttributes(drawn.level, {
      d: plot.path([
        [first, curve.at_eval],
        [last, curve.at_eval],
      ]),
    });
    const means = curve.means.map((mean, at) => /** @type {Pair} */ ([curve.at[at], mean]));
    setAttributes(drawn.means, { d: plot.path(means) });
    const [x, y] = means[means.length - 1];
    setAttributes(drawn.dot, { cx: plot.px(x), cy: plot.py(y), r: 0.36 * plot.size });
  }

  /** @param {string} key */
  make(key) {
    const parts = PARTS.map((name) => [name, svg("path", { class: `${name} ${key}` })]);
    /** @type {DrawnCurve} */
    const drawn = { ...Object.fromEntries(parts), dot: svg("circle", { class: key }) };
    this.curves.set(key, drawn);
    // Bands lie below all lines.
    this.plot.inside.prepend(drawn.band);
    this.plot.inside.append(drawn.level, drawn.means, drawn.dot);
    return drawn;
  }
}
