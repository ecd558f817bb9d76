// The class probabilities, each class in its place; a tick where a bar ends at the other moment.

import { el, setAttributes, setText } from "../../../../browser/dom.js";

/** @import { ClassRow } from "./types.js" */

/** @typedef {{element: HTMLElement, name: HTMLElement, text: HTMLElement, fill: HTMLElement, tick: HTMLElement}} Bar */

export class ClassBars {
  constructor() {
    this.element = el("ul", { class: "bars" });
    /** @type {Bar[]} */
    this.bars = [];
  }

  /**
   * @param {ClassRow[]} rows
   * @param {ClassRow[] | undefined} others the same at the other moment
   * @param {string} trueClass "" where it is not known
   */
  show(rows, others, trueClass) {
    if (this.bars.length !== rows.length) {
      this.bars = rows.map(() => makeBar());
      this.element.replaceChildren(...this.bars.map(({ element }) => element));
    }
    const best = rows.reduce((one, row) => (row.share > one.share ? row : one));
    rows.forEach((row, at) => {
      const { element, name, text, fill, tick } = this.bars[at];
      const isTrue = row.name === trueClass;
      setText(name, isTrue ? `✓ ${row.name}` : row.name);
      setText(text, row.text);
      setAttributes(element, {
        "data-best": row === best,
        "data-true": isTrue,
        title: isTrue ? `${row.name}: the true class` : null,
      });
      fill.style.width = `${100 * row.share}%`;
      tick.hidden = !others;
      if (others) tick.style.left = `${100 * others[at].share}%`;
    });
  }
}

/** @returns {Bar} */
function makeBar() {
  const name = el("span", { class: "name" });
  const text = el("span", { class: "numbers" });
  const fill = el("i", { class: "fill" });
  const tick = el("i", { class: "tick" });
  const bar = el("span", { class: "share-bar" }, fill, tick);
  return { element: el("li", { class: "score" }, name, bar, text), name, text, fill, tick };
}
