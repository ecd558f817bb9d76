// Accuracy over the share that is dropped, for each number of training pictures. It is drawn once: what follows the hand
// is a line over it, which costs no drawing.

import { Chart } from "../../../../browser/chart.js";
import { el, setAttributes } from "../../../../browser/dom.js";

/** @import { GapHeader, SizeCurves } from "./types.js" */

const TRAIN = "#0a84d0";
const TEST = "#d5461e";
const GAP = "rgba(150, 90, 200, 0.55)";
/** Between the columns, as a share of the width. */
const BETWEEN = 0.05;
/** What is around the columns, as multiples of the type's size: component.css has the same. */
const MARGIN = { l: 4.2, r: 0.8, t: 1.9, b: 3.1 };
/** Both ends of the axis of shares. */
const [LOW, HIGH] = [-0.06, 0.86];
/** Fewer numbers are on the axes of a chart that is narrower than this, as a multiple of the type's size. */
const NARROW_EM = 45;

/** @typedef {{ink: string, grid: string, accent: string, size: number}} Theme */

export class AccuracyChart {
  constructor() {
    /** @type {GapHeader | undefined} */
    this.header = undefined;
    this.chart = new Chart((theme) => this.describe(theme));
    this.marks = el("div", { class: "marks", "aria-hidden": "true" });
    this.element = el("div", { class: "accuracies" }, this.chart.element, this.marks);
    /** The look with which it was drawn. */
    this.look = "";
  }

  /** @param {GapHeader} header */
  show(header) {
    this.header = header;
    const said = header.sizes.map(({ title, words }) => `${title}: ${words}`);
    setAttributes(this.chart.element, {
      "aria-label": `Accuracy, ${header.words}. ${said.join(". ")}`,
    });
    const marks = this.marks.childElementCount;
    if (marks !== header.sizes.length)
      this.marks.replaceChildren(...header.sizes.map(() => el("span", {}, el("i"))));
    const place = (header.share - LOW) / (HIGH - LOW);
    this.marks.style.setProperty("--at", place.toFixed(4));
    const style = getComputedStyle(this.element);
    const look = [style.color, style.fontSize, style.getPropertyValue("--line-scale")].join();
    if (look === this.look) return;
    this.look = look;
    this.chart.draw();
  }

  /** Whether there is no room for numbers at each column. */
  get isNarrow() {
    return (
      this.element.clientWidth < NARROW_EM * parseFloat(getComputedStyle(this.element).fontSize)
    );
  }

  /** @param {Theme} theme */
  describe({ ink, grid, size }) {
    const { sizes, lowest } = /** @type {GapHeader} */ (this.header);
    const { isNarrow } = this;
    const wide = (1 - BETWEEN * (sizes.length - 1)) / sizes.length;
    const style = getComputedStyle(this.element);
    const thick = Number(style.getPropertyValue("--line-scale")) || 1;
    const lines = { gridcolor: grid, zeroline: false, linecolor: grid, color: ink };
    const named = (/** @type {string} */ text) => ({ text, standoff: 4, font: { size } });
    /** @type {Record<string, object>} */
    const axes = {};
    /** @type {object[]} */
    const annotations = [];
    sizes.forEach(({ title }, at) => {
      const domain = [at * (wide + BETWEEN), at * (wide + BETWEEN) + wide];
      const name = axisName(at);
      axes[`xaxis${name}`] = {
        ...lines,
        domain,
        anchor: `y${name}`,
        range: [LOW, HIGH],
        dtick: isNarrow ? 0.4 : 0.2,
        tickangle: 0,
        title: named("share dropped"),
      };
      // All have one scale.
      axes[`yaxis${name}`] = {
        ...lines,
        anchor: `x${name}`,
        range: [lowest - 3, 102],
        nticks: 4,
        showticklabels: !isNarrow || at === 0,
        title: named(at === 0 ? "accuracy (%)" : ""),
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
    const margin = Object.fromEntries(
      Object.entries(MARGIN).map(([side, share]) => [side, share * size]),
    );
    return {
      traces: sizes.flatMap((one, at) => accuracies(one, axisName(at), thick)),
      layout: { margin, hovermode: "closest", annotations, ...axes },
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
