// Means over more and more masks: above without an activation, below behind a ReLU. Both axes share the number n.

import { Chart } from "../../../../browser/chart.js";
import { setAttributes } from "../../../../browser/dom.js";

/** @import { AverageHeader, MeanCurve } from "./types.js" */

const INKS = { lecture: "#d5461e", pytorch: "#0a84d0" };
const BANDS = { lecture: "rgba(213, 70, 30, 0.16)", pytorch: "rgba(10, 132, 208, 0.16)" };
const FITS_FROM = 3;
const LEAST_HALF = 0.05;
const NAMES = { lecture: "lecture", pytorch: "PyTorch" };

/** @typedef {{ink: string, grid: string, accent: string, size: number}} Theme */

export class MeansChart {
  constructor() {
    /** @type {AverageHeader | undefined} */
    this.header = undefined;
    this.chart = new Chart((theme) => this.describe(theme));
    this.element = this.chart.element;
  }

  /** @param {AverageHeader} header */
  show(header) {
    this.header = header;
    const said = header.curves.map(
      ({ key, means, at_eval }) =>
        `${NAMES[key]}: mean ${means[means.length - 1].toString()}, evaluation ${at_eval}`,
    );
    setAttributes(this.element, {
      "aria-label": `Means over 1 to ${header.count} masks. ${said.join(". ")}`,
    });
    this.chart.draw();
  }

  /** @param {Theme} theme */
  describe({ ink, grid, size }) {
    const { curves, most } = /** @type {AverageHeader} */ (this.header);
    const lines = { gridcolor: grid, zeroline: false, linecolor: grid, color: ink };
    const style = getComputedStyle(this.element);
    const thick = Number(style.getPropertyValue("--line-scale")) || 1;
    const title = (/** @type {string} */ text) => ({ text, standoff: 4, font: { size } });
    const above = (/** @type {string} */ text, /** @type {number} */ y) => ({
      text,
      x: 0,
      xref: "paper",
      xanchor: "left",
      y,
      yref: "paper",
      yanchor: "bottom",
      showarrow: false,
      font: { size },
    });
    return {
      traces: curves.flatMap((curve) => [
        ...tracesOf(curve, "y", curve.means, curve.at_eval, curve.band, curve.at_eval, thick),
        ...tracesOf(
          curve,
          "y2",
          curve.relu_means,
          curve.relu_exact,
          curve.relu_band,
          curve.relu_at_eval,
          thick,
        ),
      ]),
      layout: {
        margin: { l: 4.2 * size, r: 1.2 * size, t: 2.1 * size, b: 3.2 * size },
        hovermode: "closest",
        annotations: [
          above("Sum: the mean approaches evaluation", 1),
          above("Behind a ReLU: only approximately", 0.43),
        ],
        xaxis: {
          ...lines,
          type: "log",
          range: [-0.03, Math.log10(most) + 0.03],
          dtick: 1,
          tickformat: ",d",
          anchor: "y2",
          title: title("number of masks n"),
        },
        yaxis: {
          ...lines,
          domain: [0.57, 1],
          title: title("mean"),
          nticks: 5,
          range: rangeOf(curves, ({ at_eval: at }) => [at, at], "band"),
        },
        yaxis2: {
          ...lines,
          domain: [0, 0.43],
          title: title("mean"),
          nticks: 5,
          range: rangeOf(
            curves,
            ({ relu_exact: mean, relu_at_eval: at }) => [mean, at],
            "relu_band",
          ),
        },
      },
    };
  }
}

/**
 * An axis on which the bands fit from a few masks on; with one mask they would leave no height for the rest.
 * @param {MeanCurve[]} curves
 * @param {(curve: MeanCurve) => [number, number]} levels what the means approach, and evaluation
 * @param {"band" | "relu_band"} band
 */
function rangeOf(curves, levels, band) {
  const ends = curves.flatMap((curve) => {
    const half = curve[band][curve.band_n.findIndex((n) => n >= FITS_FROM)] + LEAST_HALF;
    const [center, atEval] = levels(curve);
    return [center - half, center + half, atEval];
  });
  return [Math.min(...ends), Math.max(...ends)];
}

/**
 * @param {MeanCurve} curve
 * @param {"y" | "y2"} yaxis
 * @param {number[]} means
 * @param {number} center what they approach
 * @param {number[]} band
 * @param {number} atEval
 * @param {number} thick how much thicker lines are than on a desk
 */
function tracesOf({ key, n, band_n: along }, yaxis, means, center, band, atEval, thick) {
  const edge = { mode: "lines", line: { width: 0 }, hoverinfo: "skip", yaxis };
  const ends = [1, along[along.length - 1]];
  return [
    { ...edge, x: along, y: band.map((half) => center - half) },
    {
      ...edge,
      x: along,
      y: band.map((half) => center + half),
      fill: "tonexty",
      fillcolor: BANDS[key],
    },
    {
      x: ends,
      y: [atEval, atEval],
      mode: "lines",
      line: { color: INKS[key], width: 2 * thick, dash: "dash" },
      hovertemplate: `${NAMES[key]}, evaluation: %{y:.4f}<extra></extra>`,
      yaxis,
    },
    {
      x: n,
      y: means,
      mode: "lines",
      line: { color: INKS[key], width: 2.2 * thick },
      hovertemplate: `${NAMES[key]}, mean of %{x:,}: %{y:.4f}<extra></extra>`,
      yaxis,
    },
    {
      x: n.slice(-1),
      y: means.slice(-1),
      mode: "markers",
      marker: { color: INKS[key], size: 9 * thick },
      hoverinfo: "skip",
      yaxis,
    },
  ];
}
