// The loss over the steps, on an axis of powers of ten.

import { Chart } from "../../../../browser/chart.js";
import { setAttributes } from "../../../../browser/dom.js";

/** @import { Curve } from "./types.js" */

export class LossChart {
  constructor() {
    /** @type {Curve} */
    this.curve = { steps: [], losses: [] };
    this.chart = new Chart((theme) => this.describe(theme));
    this.element = this.chart.element;
  }

  /**
   * @param {Curve} curve
   * @param {string} loss the last one, as it is written
   */
  update(curve, loss) {
    this.curve = curve;
    const steps = curve.steps[curve.steps.length - 1];
    setAttributes(this.element, { "aria-label": `Loss over the steps: ${loss} at step ${steps}` });
    this.chart.draw();
  }

  /** How many powers of ten lie between two numbers on the axis: four or five numbers are shown. */
  decadesBetween() {
    const logs = this.curve.losses.flatMap((loss) => (loss ? [Math.log10(loss)] : []));
    return Math.max(1, Math.ceil((Math.max(...logs) - Math.min(...logs)) / 4)) || 1;
  }

  /** @param {{ink: string, grid: string, accent: string, size: number}} theme */
  describe({ ink, grid, accent, size }) {
    const { steps, losses } = this.curve;
    const last = steps.length - 1;
    const lines = {
      gridcolor: grid,
      zeroline: false,
      linecolor: grid,
      automargin: true,
      color: ink,
    };
    return {
      traces: [
        {
          x: steps,
          y: losses,
          mode: "lines",
          line: { color: accent, width: 2.5 },
          hovertemplate: "step %{x}<br>loss %{y:.3g}<extra></extra>",
        },
        {
          x: [steps[last]],
          y: [losses[last]],
          mode: "markers",
          marker: { color: accent, size: 9 },
          hoverinfo: "skip",
        },
      ],
      layout: {
        // Plotly's own margin would cut the title by a pixel or two.
        margin: { l: 4.8 * size, r: 12, t: 6, b: 10 },
        hovermode: "x",
        xaxis: {
          ...lines,
          title: { text: "step", standoff: 4, font: { size } },
          rangemode: "tozero",
          nticks: 6,
        },
        yaxis: {
          ...lines,
          automargin: false,
          type: "log",
          title: { text: "loss", standoff: 5, font: { size } },
          exponentformat: "e",
          dtick: this.decadesBetween(),
        },
      },
    };
  }
}
