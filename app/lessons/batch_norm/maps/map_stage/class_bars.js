// The class probabilities of the chosen picture; a tick is where each is in evaluation mode.

import { el, setText } from "../../../../browser/dom.js";

/** @import { BarHeader } from "./types.js" */

export class ClassBars {
  constructor() {
    this.list = el("div", { class: "bars" });
    this.element = this.list;
  }

  /** @param {BarHeader[]} bars */
  show(bars) {
    if (this.list.children.length !== bars.length)
      this.list.replaceChildren(
        ...bars.map(() =>
          el(
            "div",
            { class: "bar" },
            el("span", { class: "name" }),
            el(
              "span",
              { class: "share-bar" },
              el("i", { class: "fill" }),
              el("i", { class: "tick" }),
            ),
            el("span", { class: "numbers" }),
          ),
        ),
      );
    bars.forEach(({ name, share, reference, text, best }, at) => {
      const bar = this.list.children[at];
      const [label, track, number] = bar.children;
      bar.classList.toggle("best", best);
      setText(label, name);
      setText(number, text);
      const [fill, tick] = /** @type {HTMLElement[]} */ ([...track.children]);
      fill.style.width = `${100 * share}%`;
      tick.style.left = `calc(${100 * reference}% - 1px)`;
    });
  }
}
