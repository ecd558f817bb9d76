// Buttons that make a change, and under each what it will show.

import { el, rootOf, setText } from "../dom.js";
import { focusStage, showStage } from "../lesson_stage.js";

/** @import { Mounting, Report } from "../report.js" */
/**
 * One offer, as app/browser/attempt_list/__init__.py writes it.
 * @typedef {{key: string, label: string, outcome: string, changes: Record<string, string>}} Row
 */
/** @typedef {{row: Row, line: HTMLElement, button: HTMLElement, outcome: HTMLElement}} MadeRow */

class AttemptList {
  constructor() {
    this.element = el("ul", { class: "ks attempts" });
    /** @type {Report} */
    this.report = () => {};
    /** @type {Map<string, MadeRow>} */
    this.rows = new Map();
  }

  /** @param {Row[]} rows */
  update(rows) {
    const hasFocus = this.element.matches(":focus-within");
    for (const [key, { line }] of this.rows) {
      if (rows.some((row) => row.key === key)) continue;
      line.remove();
      this.rows.delete(key);
    }
    // A row that stays is not taken out, so the button that was pressed keeps the focus.
    rows.forEach((row, index) => {
      const made = this.rows.get(row.key) ?? this.make(row);
      this.rows.set(row.key, made);
      made.row = row;
      setText(made.button, row.label);
      setText(made.outcome, row.outcome);
      const now = this.element.children[index];
      if (now !== made.line) this.element.insertBefore(made.line, now ?? null);
    });
    // The offer that was pressed may be gone: whoever works by keyboard goes on where its change is seen, not at
    // another offer, which the next Enter would take.
    if (hasFocus && !this.element.matches(":focus-within")) focusStage();
  }

  /**
   * @param {Row} row
   * @returns {MadeRow}
   */
  make(row) {
    const outcome = el("p", { id: `outcome_${row.key}` });
    const button = el("button", {
      type: "button",
      "aria-describedby": outcome.id,
      "data-attempt": row.key,
      onclick: (/** @type {MouseEvent} */ event) => {
        this.report(made.row.changes);
        showStage({ withFocus: event.detail === 0 });
      },
    });
    const made = { row, line: el("li", {}, button, outcome), button, outcome };
    return made;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return;
  const list = rootOf(parentElement, () => new AttemptList());
  list.report = report;
  list.update(data.rows);
}
