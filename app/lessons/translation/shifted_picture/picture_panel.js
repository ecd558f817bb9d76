// One picture with its title and legend.

import { contextOf, el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { PanelView } from "./types.js" */

export class PicturePanel {
  constructor() {
    this.title = el("strong");
    this.note = el("span", { class: "quiet numbers" });
    this.canvas = el("canvas", { role: "img" });
    this.context = contextOf(this.canvas, { alpha: false });
    this.frame = el("div", { class: "picture" }, this.canvas);
    this.bar = el("div", { class: "scale" });
    this.ends = [el("span"), el("span"), el("span")];
    this.legend = el(
      "div",
      { class: "legend numbers" },
      this.bar,
      el("div", { class: "ends" }, ...this.ends),
    );
    this.element = el(
      "figure",
      {},
      el("figcaption", {}, this.title, this.note),
      this.frame,
      this.legend,
    );
  }

  /** @param {PanelView} panel */
  show(panel) {
    setText(this.title, panel.title);
    setText(this.note, panel.note);
    setAttributes(this.element, { "data-panel": panel.key, style: `--aspect:${panel.aspect}` });
    setAttributes(this.canvas, { "aria-label": panel.alt, class: panel.dots ? "dots" : null });
    this.legend.classList.toggle("empty", !panel.legend);
    if (!panel.legend) return;
    setAttributes(this.bar, { style: `background:${panel.legend.gradient}` });
    const { low, middle, high } = panel.legend;
    [low, middle, high].forEach((text, at) => {
      setText(this.ends[at], text);
    });
  }

  /** @param {ImageBitmap} picture */
  paint(picture) {
    if (this.canvas.width !== picture.width || this.canvas.height !== picture.height) {
      this.canvas.width = picture.width;
      this.canvas.height = picture.height;
    }
    this.context.drawImage(picture, 0, 0);
    picture.close();
  }
}
