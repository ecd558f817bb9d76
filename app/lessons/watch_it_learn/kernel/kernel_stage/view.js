// What one sees while a kernel learns: kernels, pictures, numbers, the loss. It is given moments and paints them.

import { contextOf, el, setAttributes, setText } from "../../../../browser/dom.js";
import { NumberGrid } from "../../number_grid.js";
import { LossChart } from "./loss_chart.js";

/** @import { LearningHeader, PanelKey } from "./types.js" */

/** Pictures up to so many pixels are shown as squares. */
const DOTS = 128 * 128;
/** @type {PanelKey[]} */
const PANELS = ["wanted", "made", "residual"];

/**
 * @param {string} kind
 * @param {Node | string} caption
 * @param {Node} content
 */
function figure(kind, caption, content) {
  return el("figure", { class: kind }, el("figcaption", {}, caption), content);
}

/**
 * @param {string} name
 * @param {Node} value
 */
function fact(name, value) {
  return el("div", {}, el("dt", {}, name), value);
}

export class View {
  constructor() {
    this.hidden = new NumberGrid("Hidden kernel");
    this.learned = new NumberGrid("Learned kernel");
    this.chart = new LossChart();
    this.canvases = new Map(PANELS.map((key) => [key, el("canvas", { role: "img" })]));
    this.titles = new Map(PANELS.map((key) => [key, el("span")]));
    this.step = el("dd", { class: "numbers" });
    this.loss = el("dd", { class: "numbers" });
    this.distance = el("dd", { class: "numbers" });
    this.why = el("p", { class: "why", role: "status" });
    this.stable = el("p", { class: "quiet" });
    this.legend = el("p", { class: "legend numbers" });
    const facts = el(
      "div",
      { class: "facts" },
      el(
        "dl",
        {},
        fact("Step", this.step),
        fact("Loss", this.loss),
        fact("Largest error of a weight", this.distance),
      ),
      this.why,
    );
    this.tiles = el(
      "div",
      { class: "tiles" },
      figure("hidden", "Hidden kernel", this.hidden.element),
      figure("learned", "Learned kernel", this.learned.element),
      ...PANELS.map((key) =>
        figure(
          key,
          /** @type {Node} */ (this.titles.get(key)),
          /** @type {Node} */ (this.canvases.get(key)),
        ),
      ),
      facts,
      figure("curve", "Loss: the mean of the squared residuals", this.chart.element),
    );
    this.foot = el("div", { class: "foot" }, this.legend, this.stable);
  }

  /** Where the descent is, in words. */
  get words() {
    const [step, loss, distance] = [this.step, this.loss, this.distance].map((o) => o.textContent);
    return `Step ${step}. Loss ${loss}. Largest error of a weight ${distance}.`;
  }

  /**
   * @param {LearningHeader} header
   * @param {(ImageBitmap | undefined)[]} pictures of its panels
   */
  paint(header, pictures) {
    header.panels.forEach((panel, at) => this.paintPicture(panel.key, panel, pictures[at]));
    this.hidden.update(header.hidden);
    this.learned.update(header.learned);
    setText(this.step, header.about.step);
    setText(this.loss, header.about.loss);
    setText(this.distance, header.about.distance);
    setText(this.why, header.about.why);
    setAttributes(this.why, { "data-end": header.end });
    setText(this.stable, header.stable);
    this.paintLegend(header.legend);
    this.chart.update(header.curve, header.about.loss);
  }

  /**
   * @param {PanelKey} key
   * @param {{title: string, alt: string}} panel
   * @param {ImageBitmap | undefined} picture
   */
  paintPicture(key, { title, alt }, picture) {
    const canvas = this.canvases.get(key);
    const place = this.titles.get(key);
    if (!canvas || !place || !picture) return;
    setText(place, title);
    setAttributes(canvas, { "aria-label": alt });
    if (canvas.width !== picture.width) canvas.width = picture.width;
    if (canvas.height !== picture.height) canvas.height = picture.height;
    canvas.classList.toggle("dots", picture.width * picture.height <= DOTS);
    contextOf(canvas).drawImage(picture, 0, 0);
    picture.close();
  }

  /** @param {LearningHeader["legend"]} legend */
  paintLegend({ low, middle, high, gradient }) {
    const shown = `${low} ${middle} ${high}`;
    if (this.legend.dataset.shown === shown) return;
    this.legend.dataset.shown = shown;
    this.legend.replaceChildren(
      el("span", { class: "quiet" }, "Colors of the three pictures"),
      el("span", {}, low),
      el("span", { class: "gradient", style: `background:${gradient}` }, middle),
      el("span", {}, high),
    );
  }
}
