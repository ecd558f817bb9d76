// Accuracy, or length of the weights, over the weight decay: a point for each seed, a line through the means.

import { Chart } from "../../../../browser/chart.js";
import { setAttributes } from "../../../../browser/dom.js";

/** @import { SweptCurve } from "./types.js" */
/** @typedef {{name: string, curve: SweptCurve, ink: string, dash: "solid" | "dot"}} ChartLine */

export class DecayChart {
  /**
   * @param {string} title of its upright axis, with the unit
   * @param {string} unit
   */
  constructor(title, unit) {
    this.title = title;
    this.unit = unit;
    /** @type {[number, number] | undefined} where its upright axis ends; from 0 on where nothing is said */
    this.range = undefined;
    /** @type {ChartLine[]} */
    this.lines = [];
    /** @type {string[]} */
    this.decays = [];
    this.at = 0;
    this.chart = new Chart((theme) => this.describe(theme));
    this.element = this.chart.element;
  }

  /**
   * @param {string[]} decays
   * @param {ChartLine[]} lines
   * @param {number} at which weight decay is shown
   */
  update(decays, lines, at) {
    this.decays = decays;
    this.lines = lines;
    this.at = at;
    const means = lines.map(({ name, curve }) => `${name} ${curve.mean[at]}${this.unit}`);
    setAttributes(this.element, {
      "aria-label": `${this.title} over the weight decay. At ${decays[at]}: ${means.join(", ")}.`,
    });
    this.chart.draw();
  }

  /** @param {{ink: string, grid: string, size: number}} theme */
  describe({ ink, grid, size }) {
    const style = getComputedStyle(this.element);
    const accent = style.getPropertyValue("--accent").trim();
    const scale = parseFloat(style.getPropertyValue("--line-scale")) || 1;
    const places = this.decays.map((_, at) => at);
    const axis = {
      gridcolor: grid,
      zeroline: false,
      linecolor: grid,
      color: ink,
      fixedrange: true,
    };
    const traces = this.lines.flatMap(({ name, curve, ink: color, dash }) => [
      {
        x: places,
        y: curve.mean,
        customdata: this.decays,
        mode: "lines",
        name,
        line: { color, width: 2.5 * scale, dash },
        hovertemplate: `${name}, mean, weight decay %{customdata}: %{y:.3g}${this.unit}<extra></extra>`,
      },
      ...curve.seeds.map((values, seed) => ({
        x: places,
        y: values,
        mode: "markers",
        marker: { color, size: 4.5 + 1.5 * scale, opacity: 0.75 },
        hovertemplate: `${name}, seed ${seed}: %{y:.4g}${this.unit}<extra></extra>`,
      })),
    ]);
    return {
      traces,
      layout: {
        margin: { l: 3.6 * size, r: 10, t: 1.6 * size, b: 2.8 * size },
        hovermode: "closest",
        xaxis: {
          ...axis,
          tickvals: places,
          ticktext: this.decays,
          range: [-0.3, this.decays.length - 0.7],
          title: { text: "weight decay", standoff: 2, font: { size } },
        },
        yaxis: {
          ...axis,
          ...(this.range ? { range: this.range } : { rangemode: "tozero" }),
          nticks: 5,
        },
        annotations: [
          {
            text: this.title,
            showarrow: false,
            xref: "paper",
            yref: "paper",
            x: 0,
            y: 1,
            xanchor: "left",
            yanchor: "bottom",
            font: { size, color: ink },
          },
        ],
        shapes: [
          {
            type: "line",
            x0: this.at,
            x1: this.at,
            y0: 0,
            y1: 1,
            yref: "paper",
            line: { color: accent, width: 2 * scale },
          },
        ],
      },
    };
  }
}
