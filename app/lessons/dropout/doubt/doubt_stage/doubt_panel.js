// A picture and its class probabilities: a line for each mask, the mean as a bar, and a range.

import { contextOf, el, setAttributes, setText, svg } from "../../../../browser/dom.js";

/** @import { DoubtPanel, DoubtRow } from "./types.js" */

/** @typedef {{element: HTMLElement, name: HTMLElement, text: HTMLElement, fill: HTMLElement, range: HTMLElement,
 *   tick: HTMLElement, masks: SVGPathElement}} DoubtBar */

export class PicturedDoubt {
  /** @param {HTMLElement | undefined} choice what chooses the picture */
  constructor(choice) {
    this.title = el("h4");
    this.canvas = el("canvas", { role: "img" });
    this.list = el("ul", { class: "bars" });
    this.words = el("p", { class: "numbers words" });
    /** @type {DoubtBar[]} */
    this.bars = [];
    this.painted = 0;
    const side = el("div", { class: "side" }, this.canvas, ...(choice ? [choice] : []));
    this.element = el(
      "section",
      { class: "panel" },
      this.title,
      el("div", { class: "both" }, side, this.list),
      this.words,
    );
  }

  /** @param {DoubtPanel} panel */
  show({ key, title, words, rows }) {
    setAttributes(this.element, { "data-panel": key });
    setAttributes(this.canvas, { "aria-label": `${title}, as the network reads it` });
    setText(this.title, title);
    setText(this.words, words);
    if (this.bars.length !== rows.length) {
      this.bars = rows.map(() => makeBar());
      this.list.replaceChildren(...this.bars.map(({ element }) => element));
    }
    rows.forEach((row, at) => paintBar(this.bars[at], row));
  }

  /** @param {Blob} blob */
  async paint(blob) {
    this.painted += 1;
    const turn = this.painted;
    const picture = await createImageBitmap(blob);
    if (turn === this.painted) {
      this.canvas.width = picture.width;
      this.canvas.height = picture.height;
      contextOf(this.canvas).drawImage(picture, 0, 0);
    }
    picture.close();
  }
}

/** @returns {DoubtBar} */
function makeBar() {
  const name = el("span", { class: "name" });
  const text = el("span", { class: "numbers" });
  const fill = el("i", { class: "fill" });
  const range = el("i", { class: "range" });
  const tick = el("i", { class: "tick" });
  const drawing = svg("svg");
  const masks = svg("path");
  setAttributes(drawing, {
    viewBox: "0 0 1 1",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  drawing.append(masks);
  const bar = el("span", { class: "share-bar" }, fill, drawing, range, tick);
  return {
    element: el("li", { class: "score" }, name, bar, text),
    name,
    text,
    fill,
    range,
    tick,
    masks,
  };
}

/**
 * @param {DoubtBar} bar
 * @param {DoubtRow} row
 */
function paintBar({ element, name, text, fill, range, tick, masks: path }, row) {
  setText(name, row.name);
  setText(text, row.text);
  setAttributes(element, { "data-best": row.best });
  fill.style.width = `${100 * row.mean}%`;
  range.style.left = `${100 * row.low}%`;
  range.style.width = `${100 * (row.high - row.low)}%`;
  tick.style.left = `${100 * row.at_eval}%`;
  setAttributes(path, { d: row.masks.map((share) => `M${share} 0V1`).join("") });
}
