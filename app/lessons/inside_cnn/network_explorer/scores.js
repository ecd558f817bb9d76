// The class scores as bars; a click on one leads to its arithmetic.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Roving } from "../roving.js";

/** @import { Score, Scores, SoftmaxTerms } from "./types.js" */
/** @typedef {{button: HTMLElement, name: HTMLElement, text: HTMLElement, bar: HTMLElement,
 *   channel: number}} ScoreRow */

export class ScoreBars {
  /**
   * @param {(channel: number) => void} onopen
   * @param {(channel: number) => void} [onpoint] a class is pointed at, or has the focus; -1 for none
   */
  constructor(onopen, onpoint = () => {}) {
    this.onopen = onopen;
    this.onpoint = onpoint;
    this.list = el("div", {
      class: "bars",
      role: "toolbar",
      "aria-orientation": "vertical",
      "aria-label": "Classes, the most probable first",
    });
    this.roving = new Roving(this.list, ".score", "vertical");
    this.total = el("div", { class: "quiet small" });
    this.label = el("div", { class: "label" });
    this.groups = el("div", { class: "groups" });
    this.note = el("div", { class: "quiet small" });
    /** The softmax of the class that is pointed at, term by term. */
    this.terms = el("div", { class: "softmax-terms numbers" });
    this.element = el(
      "section",
      { class: "scores", "aria-label": "Class probabilities" },
      el("h4", {}, "Class probabilities"),
      this.label,
      this.list,
      this.total,
      this.groups,
      this.note,
      this.terms,
    );
    /** @type {ScoreRow[]} */ this.rows = [];
    /** The class that is open, -1 for none. */
    this.chosen = -1;
  }

  /**
   * Mark the class that is open, as soon as it is.
   * @param {number} chosen -1 for none
   */
  mark(chosen) {
    this.chosen = chosen;
    for (const row of this.rows) this.press(row);
  }

  /** @param {ScoreRow} row */
  press({ button, channel }) {
    setAttributes(button, { "aria-pressed": String(this.chosen === channel) });
  }

  /** How many classes there are bars of. */
  get shownCount() {
    return Math.max(1, this.list.children.length);
  }

  /**
   * The bar of a class.
   * @param {number} channel
   */
  barOf(channel) {
    return this.rows.slice(0, this.shownCount).find((row) => row.channel === channel)?.button;
  }

  /**
   * Write the terms of one class's softmax below the bars, and light their bars; null takes them away.
   * @param {SoftmaxTerms | null} softmax
   */
  showTerms(softmax) {
    setAttributes(this.element, { "data-terms": softmax ? String(softmax.channel) : null });
    for (const { button, channel } of this.rows)
      setAttributes(button, { "data-term": softmax?.channel === channel });
    if (!softmax) {
      this.terms.replaceChildren();
      return;
    }
    this.terms.replaceChildren(
      ...softmax.terms.map(({ channel, name, text }) =>
        el("div", { class: channel === softmax.channel ? "chosen" : "" }, `${name}: ${text}`),
      ),
      ...(softmax.rest ? [el("div", {}, softmax.rest)] : []),
      el("div", {}, softmax.sum),
      el("div", { class: "chosen" }, softmax.quotient),
    );
  }

  /** Put the keyboard on the bars. */
  focus() {
    this.roving.current?.focus();
  }

  /** @param {Scores} scores best first */
  show(scores) {
    while (this.rows.length < scores.rows.length) this.rows.push(this.make());
    // Only where there are more or fewer: a button that is put in anew loses the focus.
    if (this.list.children.length !== scores.rows.length)
      this.list.replaceChildren(...this.rows.slice(0, scores.rows.length).map((row) => row.button));
    scores.rows.forEach((score, index) => this.fill(this.rows[index], score, index));
    this.roving.refresh();
    const { label, right } = scores;
    this.label.hidden = !label;
    setAttributes(this.label, { class: right ? "label" : "label wrong" });
    setText(
      this.label,
      `Label: ${label}. ${right ? "Classified correctly." : "Classified wrongly."}`,
    );
    setText(this.total, scores.total);
    setText(this.note, scores.groups_text ?? "");
    const groups = scores.groups ?? [];
    while (this.groups.children.length > groups.length) this.groups.lastElementChild?.remove();
    groups.forEach((group, index) => {
      if (!this.groups.children[index])
        this.groups.append(
          el("div", { class: "group" }, el("b", {}), el("span", { class: "numbers" })),
        );
      const [name, text] = this.groups.children[index].children;
      setText(name, group.name);
      setText(text, group.text);
    });
  }

  /** @returns {ScoreRow} */
  make() {
    const name = el("span", { class: "name" });
    const text = el("span", { class: "numbers" });
    const bar = el("i", { class: "bar" });
    const button = el(
      "button",
      { class: "score", title: "See how this probability is computed" },
      name,
      text,
      el("span", { class: "track" }, bar),
    );
    const row = { button, name, text, bar, channel: 0 };
    button.addEventListener("click", () => this.onopen(row.channel));
    button.addEventListener("pointerenter", () => this.onpoint(row.channel));
    button.addEventListener("pointerleave", () => this.onpoint(-1));
    button.addEventListener("focus", () => {
      if (button.matches(":focus-visible")) this.onpoint(row.channel);
    });
    button.addEventListener("blur", () => this.onpoint(-1));
    return row;
  }

  /**
   * @param {ScoreRow} row
   * @param {Score} score
   * @param {number} index
   */
  fill(row, score, index) {
    row.channel = score.channel;
    setText(row.name, score.name);
    setText(row.text, score.text);
    row.bar.style.width = `${100 * score.share}%`;
    setAttributes(row.button, {
      class: index === 0 ? "score first" : "score",
      "data-channel": score.channel,
    });
    this.press(row);
  }
}
