// Sliders and menus that drive the picture while they move. Streamlit's own sliders speak on release only.

import { labChannel } from "../channel.js";
import { el, rootOf, setAttributes, setText } from "../dom.js";

class Controls {
  constructor() {
    this.element = el("div", { class: "ks controls" });
    this.rows = new Map();
  }

  update(data, report) {
    setAttributes(this.element, { class: `ks controls ${data.layout}` });
    this.lab ??= labChannel(data.lab);
    this.report = report;
    this.data = data;
    for (const row of data.rows) {
      const made = this.rows.get(row.key) ?? this.make(row);
      this.rows.set(row.key, made);
      this.reconcile(made, row);
    }
    for (const [key, made] of this.rows) {
      if (!data.rows.some((row) => row.key === key)) {
        made.line.remove();
        this.rows.delete(key);
      }
    }
    data.rows.forEach((row, index) => {
      const { line } = this.rows.get(row.key);
      if (this.element.children[index] !== line)
        this.element.insertBefore(line, this.element.children[index] ?? null);
    });
  }

  make(row) {
    const label = el("label", {});
    const shown = el("output", { class: "numbers" });
    const made = { label, shown };
    if (row.kind === "choice") {
      made.input = el("select", {
        onchange: () => {
          this.move(made);
          this.commit();
        },
      });
    } else {
      made.input = el("input", { type: "range" });
      made.input.addEventListener("pointerdown", () => {
        made.held = true;
        this.lab.grab();
      });
      made.input.addEventListener("input", () => this.move(made));
      made.input.addEventListener("change", () => this.commit());
      for (const type of ["pointerup", "pointercancel"]) {
        made.input.addEventListener(type, () => {
          if (made.held) {
            made.held = false;
            this.lab.release();
          }
        });
      }
      made.input.addEventListener("dblclick", () => {
        this.put(made, made.row.default);
        this.move(made);
        this.commit();
      });
    }
    made.line = el(
      "div",
      { class: `row ${row.kind}` },
      label,
      made.input,
      ...(row.kind === "choice" ? [] : [shown]),
    );
    return made;
  }

  reconcile(made, row) {
    made.row = row;
    setText(made.label, row.label);
    setAttributes(made.label, { title: row.help });
    setAttributes(made.input, { title: row.help, "aria-label": row.label, "data-key": row.key });
    made.input.disabled = Boolean(row.disabled);
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
    const drafted = row.parameter ? this.lab.drafts.kernel : this.lab.drafts[row.key];
    if (!made.held && drafted === undefined) this.put(made, row.value);
  }

  put(made, text) {
    made.input.value = made.row.kind === "stops" ? String(made.row.stops.indexOf(text)) : text;
    setText(made.shown, this.shownText(made));
  }

  textOf({ row, input }) {
    return row.kind === "stops" ? row.stops[Number(input.value)] : input.value;
  }

  shownText(made) {
    return `${this.textOf(made).replace("-", "−")}${made.row.unit ?? ""}`;
  }

  move(made) {
    setText(made.shown, this.shownText(made));
    setAttributes(made.input, { "aria-valuetext": this.shownText(made) });
    if (!made.row.parameter) this.lab.draft({ [made.row.key]: this.textOf(made) });
    else {
      this.formulaMoved = true;
      this.lab.draft({ kernel: this.formulaText() });
    }
  }

  /** All of the formula's sliders as one line, as app/kernel_choice.py reads it. */
  formulaText() {
    const parts = [...this.rows.values()]
      .filter(({ row }) => row.parameter)
      .map((made) => `${made.row.parameter}=${this.textOf(made)}`);
    return `${this.data.formula}(${parts.join(",")})`;
  }

  commit() {
    const own = [...this.rows.values()].filter(({ row }) => !row.parameter);
    const changes = Object.fromEntries(own.map((made) => [made.row.key, this.textOf(made)]));
    if (this.formulaMoved) changes.kernel = this.formulaText();
    this.formulaMoved = false;
    this.lab.release();
    this.report({ ...changes, stamp: `${Date.now()}-${Math.random()}` });
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return;
  rootOf(parentElement, () => new Controls()).update(data, (changes) =>
    setStateValue("changes", changes),
  );
}
