// For each number of training pictures: above, accuracy over the share; below, loss over the epochs at one share.

import { Chart } from "../../../../browser/chart.js";
import { setAttributes } from "../../../../browser/dom.js";

/** @import { GapHeader, SizeCurves } from "./types.js" */

const TRAIN = "#0a84d0";
const TEST = "#d5461e";
const GAP = "rgba(150, 90, 200, 0.55)";
/** Between the columns, as a share of the width. */
const BETWEEN = 0.05;
/** Fewer numbers are on the axes of a chart that is narrower than this, as a multiple of the type's size. */
const NARROW_EM = 45;

/** @typedef {{ink: string, grid: string, accent: string, size: number}} Theme */

export class GapChart {
  constructor() {
    /** @type {GapHeader | undefined} */
    this.header = undefined;
    this.chart = new Chart((theme) => this.describe(theme));
    this.element = this.chart.element;
  }

  /** @param {GapHeader} header */
  show(header) {
    this.header = header;
    const said = header.sizes.map(({ title, words }) => `${title}: ${words}`);
    setAttributes(this.element, {
      "aria-label": `Accuracy and loss, ${header.words}. ${said.join(". ")}`,
    });
    this.chart.draw();
  }

  /** @param {Theme} theme */
  describe({ ink, grid, size }) {
    const header = /** @type {GapHeader} */ (this.header);
    const { sizes, share } = header;
    const isNarrow = this.element.clientWidth < NARROW_EM * size;
    const wide = (1 - BETWEEN * (sizes.length - 1)) / sizes.length;
    const style = getComputedStyle(this.element);
    const thick = Number(style.getPropertyValue("--line-scale")) || 1;
    const lines = { gridcolor: grid, zeroline: false, linecolor: grid, color: ink };
    /** @type {Record<string, object>} */
    const axes = {};
    /** @type {object[]} */
    const annotations = [];
    sizes.forEach(({ title }, at) => {
      const domain = [at * (wide + BETWEEN), at * (wide + BETWEEN) + wide];
      // All have one scale.
      const hasTicks = !isNarrow || at === 0;
      const [top, low] = [axisName(2 * at), axisName(2 * at + 1)];
      const named = (/** @type {string} */ text) => ({ text, standoff: 4, font: { size } });
      axes[`xaxis${top}`] = {
        ...lines,
        domain,
        anchor: `y${top}`,
        range: [-0.06, 0.86],
        dtick: isNarrow ? 0.4 : 0.2,
        tickangle: 0,
        title: named("share dropped"),
      };
      axes[`yaxis${top}`] = {
        ...lines,
        domain: [0.62, 1],
        anchor: `x${top}`,
        range: [header.lowest - 3, 102],
        nticks: 4,
        showticklabels: hasTicks,
        title: named(at === 0 ? "accuracy (%)" : ""),
      };
      axes[`xaxis${low}`] = {
        ...lines,
        domain,
        anchor: `y${low}`,
        rangemode: "tozero",
        nticks: isNarrow ? 3 : 5,
        tickangle: 0,
        title: named("epoch"),
      };
      axes[`yaxis${low}`] = {
        ...lines,
        domain: [0, 0.38],
        anchor: `x${low}`,
        range: [0, 1.05 * header.largest_loss],
        nticks: 4,
        showticklabels: hasTicks,
        title: named(at === 0 ? "loss (nats)" : ""),
      };
      annotations.push({
        // There is no room for the word three times.
        text: `<b>${isNarrow && at ? title.split(" ")[0] : title}</b>`,
        x: domain[0],
        xref: "paper",
        xanchor: "left",
        y: 1,
        yref: "paper",
        yanchor: "bottom",
        showarrow: false,
        font: { size },
      });
    });
    return {
      traces: sizes.flatMap((one, at) => [
        ...accuracies(one, axisName(2 * at), thick),
        ...losses(one, axisName(2 * at + 1), thick),
      ]),
      layout: {
        margin: { l: 4.2 * size, r: 0.8 * size, t: 1.9 * size, b: 3.1 * size },
        hovermode: "closest",
        annotations,
        shapes: sizes.map((_, at) => ({
          type: "line",
          x0: share,
          x1: share,
          xref: `x${axisName(2 * at)}`,
          y0: 0.62,
          y1: 1,
          yref: "paper",
          line: { color: "#e8308f", width: 2 * thick },
        })),
        ...axes,
      },
    };
  }
}

/** @param {number} at */
function axisName(at) {
  return at === 0 ? "" : String(at + 1);
}

/**
 * @param {SizeCurves} size
 * @param {string} axis
 * @param {number} thick how much thicker lines are than on a desk
 */
function accuracies({ shares, train, test, seed_shares, seed_train, seed_test }, axis, thick) {
  const on = { xaxis: `x${axis}`, yaxis: `y${axis}` };
  const seeds = { ...on, x: seed_shares, mode: "markers", hoverinfo: "skip" };
  return [
    {
      ...on,
      x: shares,
      y: train,
      mode: "lines",
      line: { color: TRAIN, width: 2 * thick, dash: "dot" },
      hovertemplate: "training: %{y:.1f} %, share dropped %{x}<extra></extra>",
    },
    {
      ...on,
      x: shares,
      y: test,
      mode: "lines",
      line: { color: TEST, width: 2.4 * thick },
      fill: "tonexty",
      fillcolor: GAP,
      hovertemplate: "test: %{y:.1f} %, share dropped %{x}<extra></extra>",
    },
    { ...seeds, y: seed_train, marker: { color: TRAIN, size: 5 * thick } },
    { ...seeds, y: seed_test, marker: { color: TEST, size: 5 * thick } },
  ];
}

/**
 * @param {SizeCurves} size
 * @param {string} axis
 * @param {number} thick how much thicker lines are than on a desk
 */
function losses({ runs }, axis, thick) {
  const on = { xaxis: `x${axis}`, yaxis: `y${axis}`, mode: "lines" };
  return runs.flatMap(({ epochs, train, test }) => [
    {
      ...on,
      x: epochs,
      y: train,
      line: { color: TRAIN, width: 1.8 * thick, dash: "dot" },
      hovertemplate: "training loss %{y:.3f} at epoch %{x}<extra></extra>",
    },
    {
      ...on,
      x: epochs,
      y: test,
      line: { color: TEST, width: 1.8 * thick },
      hovertemplate: "test loss %{y:.3f} at epoch %{x}<extra></extra>",
    },
  ]);
}
