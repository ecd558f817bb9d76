// The class scores as bars; a click on one leads to its arithmetic.

import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { Score, Scores } from "./types.js" */
/** @typedef {{element: HTMLElement, button: HTMLElement, name: HTMLElement, text: HTMLElement, bar: HTMLElement,
 *   channel: number}} ScoreRow */

export class ScoreBars {
  /** @param {(channel: number) => void} onopen */
  constructor(onopen) {
    this.onopen = onopen;
    this.list = el("div", { class: "bars", role: "list" });
    this.total = el("div", { class: "quiet small" });
    this.animals = el("div", { class: "animals" });
    this.note = el("div", { class: "quiet small" });
    this.element = el(
      "section",
      { class: "scores", "aria-label": "Class scores" },
      el("h4", {}, "What it says"),
      this.list,
      this.total,
      this.animals,
      this.note,
    );
    /** @type {ScoreRow[]} */ this.rows = [];
  }

  /**
   * @param {Scores} scores best first
   * @param {number} chosen the class that is open, -1 for none
   */
  show(scores, chosen) {
    while (this.rows.length < scores.rows.length) this.rows.push(this.make());
    this.list.replaceChildren(...this.rows.slice(0, scores.rows.length).map((row) => row.element));
    scores.rows.forEach((score, index) => this.fill(this.rows[index], score, index, chosen));
    setText(this.total, scores.total);
    setText(this.note, scores.animals_text ?? "");
    const animals = scores.animals ?? [];
    while (this.animals.children.length > animals.length) this.animals.lastElementChild?.remove();
    animals.forEach((animal, index) => {
      if (!this.animals.children[index])
        this.animals.append(
          el("div", { class: "animal" }, el("b", {}), el("span", { class: "numbers" })),
        );
      const [name, text] = this.animals.children[index].children;
      setText(name, animal.name);
      setText(text, animal.text);
    });
  }

  /** @returns {ScoreRow} */
  make() {
    const name = el("span", { class: "name" });
    const text = el("span", { class: "numbers" });
    const bar = el("i", { class: "bar" });
    const button = el(
      "button",
      { class: "score", title: "See how this score comes about" },
      name,
      text,
      el("span", { class: "track" }, bar),
    );
    const element = el("div", { role: "listitem" }, button);
    const row = { element, button, name, text, bar, channel: 0 };
    button.addEventListener("click", () => this.onopen(row.channel));
    return row;
  }

  /**
   * @param {ScoreRow} row
   * @param {Score} score
   * @param {number} index
   * @param {number} chosen
   */
  fill(row, score, index, chosen) {
    row.channel = score.channel;
    setText(row.name, score.name);
    setText(row.text, score.text);
    row.bar.style.width = `${100 * score.share}%`;
    setAttributes(row.button, {
      class: index === 0 ? "score first" : "score",
      "aria-pressed": String(chosen === score.channel),
      "data-channel": score.channel,
    });
  }
}
