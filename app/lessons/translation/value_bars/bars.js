// Values as bars, each with its name and its number; some can be pressed to choose what is shown.

import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { BarRow } from "../shifted_picture/types.js" */
/** @typedef {{element: HTMLElement, name: HTMLElement, spoken: HTMLElement, text: HTMLElement, fill: HTMLElement,
 *   was: HTMLElement, row: BarRow}} MadeBar */

export class Bars {
  /** @param {(setting: string, key: string) => void} onchoose */
  constructor(onchoose) {
    this.onchoose = onchoose;
    this.element = el("div", { class: "bars" });
    /** @type {MadeBar[]} by place */
    this.made = [];
  }

  /** @param {BarRow[]} rows */
  show(rows) {
    while (this.made.length > rows.length) this.made.pop()?.element.remove();
    rows.forEach((row, at) => {
      let made = this.made[at];
      if (!made || Boolean(made.row.setting) !== Boolean(row.setting)) {
        const fresh = this.make(row);
        if (made) made.element.replaceWith(fresh.element);
        else this.element.append(fresh.element);
        this.made[at] = fresh;
        made = fresh;
      }
      made.row = row;
      setText(made.name, row.name);
      setText(made.text, row.text);
      setText(made.spoken, row.setting ? "" : ": ");
      setAttributes(made.fill, {
        style: `width:${100 * row.share}%${row.ink ? `;background:${row.ink}` : ""}`,
      });
      made.was.hidden = row.was === null;
      made.was.style.left = `${100 * (row.was ?? 0)}%`;
      setAttributes(made.element, {
        "aria-pressed": row.setting ? String(row.pressed) : null,
        "aria-label": row.setting ? `${row.name}: ${row.text}` : null,
        "data-key": row.key,
      });
    });
  }

  /**
   * @param {BarRow} row
   * @returns {MadeBar}
   */
  make(row) {
    const name = el("span", { class: "name" });
    const text = el("span", { class: "numbers" });
    // Read out between the two, which the eye tells apart by their places.
    const spoken = el("span", { class: "spoken" });
    const fill = el("i", { class: "fill" });
    const was = el("i", { class: "tick" });
    const element = el(
      row.setting ? "button" : "div",
      { class: "bar-row" },
      name,
      spoken,
      el("span", { class: "share-bar" }, fill, was),
      text,
    );
    const made = { element, name, spoken, text, fill, was, row };
    if (row.setting)
      element.addEventListener("click", () => this.onchoose(made.row.setting, made.row.key));
    return made;
  }
}
