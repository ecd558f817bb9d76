// Lines over the chart below the stage, at the moments that are shown. The chart itself is Plotly's and stays as it is:
// drawing it again takes longer than a moment is shown while the slider is dragged.

import { el } from "../../../../browser/dom.js";

/** @import { Marks } from "./types.js" */

const CHART = ".st-key-learn_epoch_curves";
const AGAIN_MS = 150;

/**
 * Where a line is over the chart: from the chart's left edge, in px.
 * @param {Marks} marks
 * @param {number} width of the chart, in px
 * @param {number} axis
 * @param {number} at number of the moment
 */
export function markLeft({ margin, axes, moments }, width, axis, at) {
  const [first, last] = axes[axis];
  const inner = width - margin.l - margin.r;
  return margin.l + inner * (first + (last - first) * moments[at]);
}

export class ChartMarks {
  /** @param {HTMLElement} root what the lines are placed in; the chart is below it */
  constructor(root) {
    this.root = root;
    this.element = el("div", { class: "marks", "aria-hidden": "true" });
    /** @type {(() => void) | undefined} */
    this.again = undefined;
    this.observer = new ResizeObserver(() => this.again?.());
    /** @type {Element | null} */
    this.chart = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
  }

  /**
   * @param {Marks} marks
   * @param {number} at
   * @param {number | null} other
   */
  show(marks, at, other) {
    this.again = () => this.show(marks, at, other);
    const chart = document.querySelector(CHART);
    if (chart !== this.chart) {
      this.observer.disconnect();
      this.observer.observe(this.root);
      if (chart) this.observer.observe(chart);
      this.chart = chart;
    }
    const box = chart?.getBoundingClientRect();
    clearTimeout(this.soon);
    // The chart comes after the stage.
    if (!box?.height) this.soon = setTimeout(() => this.again?.(), AGAIN_MS);
    const wanted = !box?.height ? [] : other === null ? [at] : [at, other];
    const lines = wanted.flatMap((moment, number) =>
      marks.axes.map((_, axis) => ({ moment, axis, isOther: number === 1 })),
    );
    while (this.element.children.length > lines.length) this.element.lastElementChild?.remove();
    while (this.element.children.length < lines.length) this.element.append(el("i"));
    if (!box) return;
    const root = this.root.getBoundingClientRect();
    lines.forEach(({ moment, axis, isOther }, number) => {
      const line = /** @type {HTMLElement} */ (this.element.children[number]);
      line.className = isOther ? "mark other" : "mark";
      line.style.left = `${box.left - root.left + markLeft(marks, box.width, axis, moment)}px`;
      line.style.top = `${box.top - root.top + marks.margin.t}px`;
      line.style.height = `${box.height - marks.margin.t - marks.margin.b}px`;
    });
  }

  close() {
    this.observer.disconnect();
    clearTimeout(this.soon);
    this.chart = null;
    this.again = undefined;
  }
}
