// Rare controls behind a button. They open over what lies beside them, so that nothing on the page moves.

import { el } from "./dom.js";

export class Fold {
  /**
   * @param {string} label
   * @param {...(Node | string)} children
   */
  constructor(label, ...children) {
    this.panel = el("div", { class: "panel" }, ...children);
    this.summary = el("summary", {}, label);
    // Of the folds of a component, one is open at a time.
    this.element = el("details", { class: "fold", name: "fold" }, this.summary, this.panel);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.element.open) return;
      event.stopPropagation();
      this.element.open = false;
      this.summary.focus();
    });
  }
}
