// One picture of the live view: its title, its pixels, its legend, and the mark of a window on it.

import { contextOf, el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { Box, PanelHeader, PanelKey, Place } from "./types.js" */

export class Panel {
  /**
   * @param {PanelKey} key
   * @param {{onpoint: (place: Place) => void, onopen: () => void,
   *   onkey: (event: KeyboardEvent, key: PanelKey) => void}} on `onopen`: a place is to be shown step by step
   */
  constructor(key, { onpoint, onopen, onkey }) {
    this.title = el("span", { class: "title" });
    this.shape = el("span", { class: "shape quiet" });
    this.low = el("span", { class: "low" });
    this.middle = el("span", { class: "middle" });
    this.high = el("span", { class: "high" });
    this.range = el("span", { class: "range quiet" });
    this.canvas = el("canvas", { role: "img", tabindex: "0" });
    this.context = contextOf(this.canvas, { alpha: false });
    this.mark = el("div", { class: "mark", hidden: true });
    this.bar = el("div", { class: "bar" });
    this.frame = el("div", { class: "picture" }, this.canvas, this.mark);
    const ends = el("div", { class: "ends" }, this.low, this.middle, this.high);
    this.figure = el(
      "figure",
      { "data-panel": key },
      el("figcaption", {}, this.title),
      this.frame,
      el("div", { class: "legend numbers" }, this.bar, ends),
      el("div", { class: "facts numbers" }, this.shape, this.range),
    );
    // A finger that rests on a picture points; one that moves up or down scrolls the page.
    for (const type of /** @type {const} */ (["pointermove", "pointerdown"])) {
      this.canvas.addEventListener(type, (event) => {
        const box = this.canvas.getBoundingClientRect();
        onpoint({
          key,
          x: (event.clientX - box.left) / box.width,
          y: (event.clientY - box.top) / box.height,
        });
      });
    }
    // A finger has only pointed; what it opens has a button.
    this.canvas.addEventListener("click", (event) => {
      if (event instanceof PointerEvent && event.pointerType === "mouse") onopen();
    });
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter") onopen();
      else onkey(event, key);
    });
  }

  /**
   * @param {PanelHeader} panel
   * @param {ImageBitmap | undefined} picture none where the pixels stay as they are
   * @param {number} aspect width over height of the picture in use
   * @param {number} shownWidth how wide the panel is, in pixels of the screen
   */
  paint(panel, picture, aspect, shownWidth) {
    setText(this.title, panel.title);
    setText(this.shape, panel.shape);
    setText(this.low, panel.legend.low);
    setText(this.middle, panel.legend.middle);
    setText(this.high, panel.legend.high);
    setText(this.range, panel.legend.range);
    setAttributes(this.bar, { style: `background:${panel.legend.gradient}` });
    setAttributes(this.canvas, { "aria-label": panel.alt });
    if (picture) {
      if (this.canvas.width !== panel.width || this.canvas.height !== panel.height) {
        this.canvas.width = panel.width;
        this.canvas.height = panel.height;
      }
      this.context.drawImage(picture, 0, 0);
      picture.close();
    }
    setAttributes(this.figure, { style: `--aspect:${aspect}` });
    // Enlarged cells stay squares; a picture that is shown smaller than it is must not lose pixels.
    setAttributes(this.canvas, { class: panel.width <= shownWidth ? "cells" : "smooth" });
  }

  /**
   * Mark a box of cells, or nothing.
   * @param {Box | undefined} box
   * @param {PanelHeader | undefined} panel
   */
  showMark(box, panel) {
    this.mark.hidden = !box || !panel || box.top >= panel.height || box.left >= panel.width;
    if (!box || !panel) return;
    Object.assign(this.mark.style, {
      top: `${(100 * box.top) / panel.height}%`,
      left: `${(100 * box.left) / panel.width}%`,
      height: `${(100 * (box.bottom - box.top)) / panel.height}%`,
      width: `${(100 * (box.right - box.left)) / panel.width}%`,
    });
  }
}
