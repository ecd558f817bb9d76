// The class bars: the probability of each class, and its probability without the square.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { clickWord } from "../../../browser/pointer_words.js";

/**
 * A class as app/networks/compared_scores.py writes it; `before` and `after` are shares of 1, `text` and
 * `was` the same as text.
 * @typedef {{channel: number, name: string, before: number, after: number, text: string, was: string}} ScoreRow
 */
/**
 * A row on the page.
 * @typedef {{element: HTMLElement, button: HTMLElement, name: HTMLElement, text: HTMLElement, bar: HTMLElement,
 *   was: HTMLElement}} MadeRow
 */

export class Scores {
  /** @param {(channel: number) => void} onchoose */
  constructor(onchoose) {
    this.onchoose = onchoose;
    this.element = el("div", { class: "bars", role: "list" });
    /** @type {Map<number, MadeRow>} by class */
    this.rows = new Map();
    /** The class that is explained. */
    this.chosen = -1;
  }

  /**
   * Mark the class that is explained, whether its bar is listed yet or not.
   * @param {number} chosen
   */
  mark(chosen) {
    this.chosen = chosen;
    for (const [channel, { button }] of this.rows)
      setAttributes(button, { "aria-pressed": String(channel === chosen) });
  }

  /** @param {ScoreRow[]} rows */
  show(rows) {
    const wanted = rows.map((row) => this.row(row));
    for (const child of [...this.element.children])
      if (!wanted.some((element) => element === child)) child.remove();
    // What is taken out and put in again loses the focus: the bar that has it stays, the others go around it.
    const focused = wanted.findIndex((element) => element.matches(":focus-within"));
    const still = Math.max(0, focused);
    if (!wanted[still].isConnected) this.element.append(wanted[still]);
    for (const element of wanted.slice(0, still)) wanted[still].before(element);
    this.element.append(...wanted.slice(still + 1));
  }

  /** @param {ScoreRow} row */
  row(row) {
    const made = this.rows.get(row.channel) ?? this.make(row.channel);
    this.rows.set(row.channel, made);
    setText(made.name, row.name);
    setText(made.text, row.text);
    made.bar.style.width = `${100 * row.after}%`;
    made.was.style.left = `${100 * row.before}%`;
    setAttributes(made.button, {
      "aria-pressed": String(row.channel === this.chosen),
      "data-channel": row.channel,
      "data-share": row.after,
      title: `${row.was} without the square. ${clickWord()} to explain this class`,
    });
    return made.element;
  }

  /**
   * @param {number} channel
   * @returns {MadeRow}
   */
  make(channel) {
    const name = el("span", { class: "name" });
    const text = el("span", { class: "numbers" });
    const bar = el("i", { class: "fill" });
    const was = el("i", { class: "tick" });
    const button = el(
      "button",
      { class: "score", onclick: () => this.onchoose(channel) },
      name,
      text,
      el("span", { class: "share-bar" }, bar, was),
    );
    return { element: el("div", { role: "listitem" }, button), button, name, text, bar, was };
  }
}

/**
 * The class with the highest probability, in words.
 * @param {ScoreRow[]} rows
 */
export function highestText(rows) {
  const first = rows.reduce((best, row) => (row.after > best.after ? row : best));
  return `${first.name} ${first.text}`;
}
