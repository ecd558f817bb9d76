// Small charts that follow a drag: a histogram, and the means of several batches as dots. Python has the heights.

import { el, setAttributes, setText, svg } from "../../../../browser/dom.js";

/** @import { Fact, HistogramHeader, MeansHeader, Tick } from "./types.js" */

class Panel {
  /** @param {string} kind */
  constructor(kind) {
    this.title = el("figcaption");
    this.path = svg("path");
    this.path.setAttribute("class", "shape");
    this.line = svg("path");
    this.line.setAttribute("class", "line");
    this.drawing = svg("svg");
    setAttributes(this.drawing, {
      viewBox: "0 0 100 100",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    this.drawing.append(this.path, this.line);
    this.labels = el("div", { class: "ticks numbers", "aria-hidden": "true" });
    this.top = el("span", { class: "top numbers" });
    this.area = el("div", { class: "area", role: "img" }, this.drawing, this.top, this.labels);
    this.facts = el("p", { class: "facts numbers" });
    this.element = el("figure", { class: `panel ${kind}` }, this.title, this.area, this.facts);
  }

  /**
   * @param {{title: string, limit: number, ticks: Tick[], facts: Fact[], alt: string}} header
   */
  frame({ title, limit, ticks, facts, alt }) {
    setText(this.title, title);
    setAttributes(this.area, { "aria-label": alt });
    const shown = JSON.stringify([limit, ticks]);
    if (this.labels.dataset.shown !== shown) {
      this.labels.dataset.shown = shown;
      this.labels.replaceChildren(
        ...ticks.map(({ at, text }) => el("span", { style: `left:${percent(at, limit)}%` }, text)),
      );
    }
    if (this.facts.children.length !== facts.length)
      this.facts.replaceChildren(...facts.map(() => el("span", {}, el("i"), el("b"))));
    facts.forEach(({ name, text }, at) => {
      const [label, value] = this.facts.children[at].children;
      setText(label, `${name} `);
      setText(value, text);
    });
  }
}

/**
 * Where a value is on an axis from -limit to limit.
 * @param {number} value
 * @param {number} limit
 */
function percent(value, limit) {
  return 50 + (50 * Math.min(Math.max(value, -limit), limit)) / limit;
}

export class HistogramPanel extends Panel {
  /** @param {HistogramHeader} header */
  show(header) {
    this.frame(header);
    const { heights, limit, mean, deviation, top } = header;
    const width = 100 / heights.length;
    const bars = heights.map(
      (height, at) => `M${at * width} 100V${100 - 92 * height}H${(at + 1) * width}V100Z`,
    );
    setAttributes(this.path, { d: bars.join("") });
    const [low, middle, high] = [mean - deviation, mean, mean + deviation].map((value) =>
      percent(value, limit),
    );
    setAttributes(this.line, { d: `M${middle} 0V100M${low} 12H${high}M${low} 8V16M${high} 8V16` });
    setText(this.top, top);
  }
}

export class MeansPanel extends Panel {
  constructor() {
    super("means");
    this.dots = el("div", { class: "dots" });
    this.area.prepend(this.dots);
  }

  /** @param {MeansHeader} header */
  show(header) {
    this.frame(header);
    const { dots, limit } = header;
    while (this.dots.children.length > dots.length) this.dots.lastElementChild?.remove();
    while (this.dots.children.length < dots.length) this.dots.append(el("i"));
    dots.forEach((value, at) => {
      const dot = /** @type {HTMLElement} */ (this.dots.children[at]);
      dot.style.left = `${percent(value, limit)}%`;
      dot.style.top = `${10 + (80 * (at + 0.5)) / dots.length}%`;
    });
    setAttributes(this.line, { d: "M50 0V100" });
  }
}
