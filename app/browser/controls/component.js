// Sliders and menus that drive the picture while they move. Streamlit's own sliders report on release only.

import { labChannel } from "../channel.js";
import { el, rootOf, setAttributes, setText } from "../dom.js";
import { Fold } from "../fold.js";

/** @import { LabChannel } from "../channel.js" */
/** @import { Mounting, Report } from "../report.js" */
/**
 * What every row has: `value` is the text chosen, `default` the one that a double click brings back, `parameter` the
 * kernel formula's parameter it is, "" for a setting, `fold` the label of the button it is behind, "" for none; `alone`:
 * it is no setting, and a change of it is reported by itself.
 * @typedef {{key: string, label: string, help: string, value: string, default: string, parameter: string,
 *   unit?: string, disabled: boolean, fold: string, alone: boolean}} RowBase
 */
/** @typedef {RowBase & {kind: "range", min: number, max: number, step: number}} RangeRow a slider */
/** @typedef {RowBase & {kind: "stops", stops: string[]}} StopsRow a slider over listed values */
/** @typedef {RowBase & {kind: "choice", options: [string, string][]}} ChoiceRow a menu of values and their names */
/** @typedef {RangeRow | StopsRow | ChoiceRow} Row as app/browser/controls/__init__.py writes it */
/** @typedef {{lab: string, formula: string, layout: "down" | "line", rows: Row[]}} ControlsData */
/**
 * A row on the page.
 * @typedef {{row: Row, line: HTMLElement, label: HTMLElement, shown: HTMLElement,
 *   input: HTMLInputElement | HTMLSelectElement, isHeld: boolean, options: string}} MadeRow
 */

class Controls {
  /** @param {ControlsData} data */
  constructor(data) {
    this.element = el("div", { class: "ks controls" });
    this.data = data;
    /** @type {LabChannel} */
    this.lab = labChannel(data.lab);
    /** @type {Report} */
    this.report = () => {};
    /** @type {Map<string, MadeRow>} */
    this.rows = new Map();
    /** @type {Map<string, Fold>} by label */
    this.folds = new Map();
    this.isFormulaMoved = false;
    // A fold hangs below the line of the buttons; where it is as wide as the page, the page makes place for it.
    this.measure = this.measure.bind(this);
    this.ruler = new ResizeObserver(this.measure);
  }

  measure() {
    const open = [...this.folds.values()].filter(({ element }) => element.open);
    const heights = open.map(({ panel }) => panel.offsetHeight);
    this.element.style.setProperty("--open", `${Math.max(0, ...heights)}px`);
  }

  /** @param {ControlsData} data */
  update(data) {
    setAttributes(this.element, { class: `ks controls ${data.layout}` });
    this.data = data;
    for (const [key, { line }] of this.rows) {
      if (data.rows.some((row) => row.key === key)) continue;
      line.remove();
      this.rows.delete(key);
    }
    /** @type {Map<HTMLElement, number>} how many rows each place has */
    const counts = new Map();
    for (const row of data.rows) {
      const made = this.rows.get(row.key) ?? this.make(row);
      this.rows.set(row.key, made);
      this.reconcile(made, row);
      const place = this.placeOf(row);
      const at = counts.get(place) ?? 0;
      if (place.children[at] !== made.line)
        place.insertBefore(made.line, place.children[at] ?? null);
      counts.set(place, at + 1);
    }
  }

  /**
   * What a row lies in.
   * @param {Row} row
   */
  placeOf({ fold: label }) {
    if (!label) return this.element;
    const fold = this.folds.get(label) ?? new Fold(label);
    if (!this.folds.has(label)) {
      this.element.append(fold.element);
      this.ruler.observe(fold.panel);
      // A panel that is closed keeps its size.
      fold.element.addEventListener("toggle", this.measure);
    }
    this.folds.set(label, fold);
    return fold.panel;
  }

  /**
   * @param {Row} row
   * @returns {MadeRow}
   */
  make(row) {
    const label = el("label");
    const shown = el("output", { class: "numbers" });
    const input = row.kind === "choice" ? el("select") : el("input", { type: "range" });
    const line = el("div", { class: `row ${row.kind}` }, label, input);
    if (row.kind !== "choice") line.append(shown);
    const made = { row, line, label, shown, input, isHeld: false, options: "" };
    if (row.kind === "choice") {
      input.addEventListener("change", () => {
        if (made.row.alone) {
          this.report({ [made.row.key]: this.textOf(made) });
          return;
        }
        this.move(made);
        this.commit();
      });
    } else this.listenToSlider(made);
    return made;
  }

  /** @param {MadeRow} made */
  listenToSlider(made) {
    const { input } = made;
    input.addEventListener("pointerdown", () => {
      made.isHeld = true;
      this.lab.grab();
    });
    input.addEventListener("input", () => this.move(made));
    input.addEventListener("change", () => this.commit());
    for (const type of ["pointerup", "pointercancel"]) {
      input.addEventListener(type, () => {
        if (!made.isHeld) return;
        made.isHeld = false;
        this.lab.release();
      });
    }
    input.addEventListener("dblclick", () => {
      this.put(made, made.row.default);
      this.move(made);
      this.commit();
    });
  }

  /**
   * @param {MadeRow} made
   * @param {Row} row
   */
  reconcile(made, row) {
    made.row = row;
    setText(made.label, row.label);
    setAttributes(made.label, { title: row.help });
    setAttributes(made.input, { title: row.help, "aria-label": row.label, "data-key": row.key });
    made.input.disabled = row.disabled;
    if (row.kind === "choice") {
      const wanted = JSON.stringify(row.options);
      if (made.options !== wanted) {
        made.options = wanted;
        made.input.replaceChildren(
          ...row.options.map(([value, name]) => el("option", { value }, name)),
        );
      }
    } else if (row.kind === "stops") {
      setAttributes(made.input, { min: 0, max: row.stops.length - 1, step: 1 });
    } else {
      setAttributes(made.input, { min: row.min, max: row.max, step: row.step });
    }
    const previewed = this.lab.previewed[row.parameter ? "kernel" : row.key];
    if (!made.isHeld && previewed === undefined) this.put(made, row.value);
  }

  /**
   * @param {MadeRow} made
   * @param {string} text
   */
  put(made, text) {
    const { row } = made;
    made.input.value = row.kind === "stops" ? String(row.stops.indexOf(text)) : text;
    setText(made.shown, this.shownText(made));
    if (row.kind !== "choice")
      setAttributes(made.input, { "aria-valuetext": this.shownText(made) });
  }

  /** @param {MadeRow} made */
  textOf({ row, input }) {
    return row.kind === "stops" ? row.stops[Number(input.value)] : input.value;
  }

  /** @param {MadeRow} made */
  shownText(made) {
    return `${this.textOf(made).replace("-", "−")}${made.row.unit ?? ""}`;
  }

  /** @param {MadeRow} made */
  move(made) {
    setText(made.shown, this.shownText(made));
    setAttributes(made.input, { "aria-valuetext": this.shownText(made) });
    if (!made.row.parameter) this.lab.preview({ [made.row.key]: this.textOf(made) });
    else {
      this.isFormulaMoved = true;
      this.lab.preview({ kernel: this.formulaText() });
    }
  }

  /** All of the formula's sliders as one line, as cnn_core/kernels/choice.py reads it. */
  formulaText() {
    const parts = [...this.rows.values()]
      .filter(({ row }) => row.parameter)
      .map((made) => `${made.row.parameter}=${this.textOf(made)}`);
    return `${this.data.formula}(${parts.join(",")})`;
  }

  commit() {
    const own = [...this.rows.values()].filter(({ row }) => !row.parameter && !row.alone);
    const changes = Object.fromEntries(own.map((made) => [made.row.key, this.textOf(made)]));
    if (this.isFormulaMoved) changes.kernel = this.formulaText();
    this.isFormulaMoved = false;
    this.lab.release();
    this.report(changes);
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return;
  const controls = rootOf(parentElement, () => new Controls(data));
  controls.report = report;
  controls.update(data);
}
