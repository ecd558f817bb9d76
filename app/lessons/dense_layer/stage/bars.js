// Class bars that are only read: the probability of each class, and a tick where it was before.

import { el, setText } from "../../../browser/dom.js";

/** @import { ScoreRow } from "./types.js" */

/** @typedef {{element: HTMLElement, name: HTMLElement, text: HTMLElement, fill: HTMLElement, tick: HTMLElement}} Bar */

export class Bars {
  constructor() {
    this.element = el("ul", { class: "bars" });
    /** @type {Map<number, Bar>} by class */
    this.bars = new Map();
  }

  /** @param {ScoreRow[]} rows */
  show(rows) {
    const wanted = rows.map((row) => this.bar(row));
    const isSame =
      wanted.length === this.element.childElementCount &&
      wanted.every((one, at) => one === this.element.children[at]);
    if (!isSame) this.element.replaceChildren(...wanted);
  }

  /** @param {ScoreRow} row */
  bar(row) {
    const bar = this.bars.get(row.channel) ?? this.make(row.channel);
    setText(bar.name, row.name);
    setText(bar.text, row.text);
    bar.element.title = `${row.was} before`;
    bar.fill.style.width = `${100 * row.after}%`;
    bar.tick.style.left = `${100 * row.before}%`;
    return bar.element;
  }

  /**
   * @param {number} channel
   * @returns {Bar}
   */
  make(channel) {
    const name = el("span", { class: "name" });
    const text = el("span", { class: "numbers" });
    const fill = el("i", { class: "fill" });
    const tick = el("i", { class: "tick" });
    const element = el(
      "li",
      { class: "score", "data-channel": String(channel) },
      name,
      text,
      el("span", { class: "share-bar" }, fill, tick),
    );
    const bar = { element, name, text, fill, tick };
    this.bars.set(channel, bar);
    return bar;
  }
}
