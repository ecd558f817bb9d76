// Loss over the epochs of the trainings with one number of pictures, at the share that is chosen.

import { setAttributes, svg } from "../../../../browser/dom.js";
import { Plot } from "../../../../browser/plot.js";

/** @import { Axis, Pair } from "../../../../browser/plot.js" */
/** @import { SizeCurves } from "./types.js" */

export class LossPlot {
  constructor() {
    /** @type {SizeCurves | undefined} */
    this.curves = undefined;
    this.plot = new Plot(() => this.draw(), 1, true);
    this.train = svg("path", { class: "train" });
    this.test = svg("path", { class: "test" });
    this.plot.inside.append(this.train, this.test);
  }

  /**
   * @param {SizeCurves} curves
   * @param {Axis} y
   * @param {boolean} isFirst its title is for all of them
   * @param {boolean} hasNumbers whether the numbers of y are written beside it
   */
  show(curves, y, isFirst, hasNumbers) {
    this.curves = curves;
    const ticks = y.ticks.map(({ at, text }) => ({ at, text: hasNumbers ? text : "" }));
    this.plot.setAxes(curves.x, { ...y, ticks, title: isFirst ? y.title : "" });
    setAttributes(this.plot.element, { "aria-label": `Loss over the epochs, ${curves.title}` });
    this.draw();
  }

  draw() {
    const { curves, plot } = this;
    if (!curves || !plot.width) return;
    for (const key of /** @type {const} */ (["train", "test"]))
      setAttributes(this[key], {
        d: curves.runs.map((run) => plot.path(pairs(run.epochs, run[key]))).join(""),
      });
  }
}

/**
 * @param {number[]} epochs
 * @param {(number | null)[]} losses
 */
function pairs(epochs, losses) {
  return /** @type {Pair[]} */ (
    epochs.map((epoch, at) => [epoch, losses[at]]).filter(([, loss]) => loss !== null)
  );
}
