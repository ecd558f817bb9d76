// Values as bars, what they mean in words, and the choices that belong to them.
// While the picture beside them is dragged, they show what came with its last pictures.

import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { SHOWN } from "../shifted_picture/shift.js";
import { Bars } from "./bars.js";

/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { ShiftedHeader, WordChoice } from "../shifted_picture/types.js" */

class ValueBars {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    this.about = "";
    this.choices = el("div", { class: "choices" });
    this.title = el("h4");
    this.offered = el("button", { onclick: () => this.report(this.changes) });
    /** @type {Record<string, string>} what the button puts */
    this.changes = {};
    this.head = el("div", { class: "head" }, this.title, this.offered);
    this.bars = new Bars((setting, key) => this.report({ [setting]: key }));
    this.words = el("p", { class: "words" });
    this.element = el(
      "div",
      { class: "ks value-bars" },
      this.choices,
      this.head,
      this.bars.element,
      this.words,
    );
    this.narrow = matchMedia("(max-width: 640px)");
    this.arrange = this.arrange.bind(this);
    this.onshown = (/** @type {Event} */ event) => {
      if (event instanceof CustomEvent && event.detail.about === this.about)
        this.show(event.detail);
    };
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  update(data) {
    const header = /** @type {ShiftedHeader} */ (unpackFrame(data).header);
    this.about = header.about;
    this.showChoices(header.choices);
    this.offered.hidden = !header.offer;
    if (header.offer) {
      const { label, note, changes } = header.offer;
      this.changes = changes;
      setText(this.offered, label);
      setAttributes(this.offered, { title: note });
    }
    this.show(header);
    document.addEventListener(SHOWN, this.onshown);
    this.narrow.addEventListener("change", this.arrange);
    this.arrange();
  }

  /** On a phone the bars come right below the picture; by keyboard everything is reached as it is seen. */
  arrange() {
    if (this.narrow.matches === (this.element.lastElementChild === this.choices)) return;
    if (this.narrow.matches) this.words.after(this.offered, this.choices);
    else {
      this.head.before(this.choices);
      this.head.append(this.offered);
    }
  }

  /** @param {ShiftedHeader} header */
  show(header) {
    setText(this.title, header.rows_title);
    this.bars.show(header.rows);
    setText(this.words, header.words);
  }

  /** @param {WordChoice[]} choices */
  showChoices(choices) {
    const wanted = JSON.stringify(choices.map(({ key, options }) => [key, options]));
    if (this.choices.dataset.wanted !== wanted) {
      this.choices.dataset.wanted = wanted;
      this.choices.replaceChildren(
        ...choices.map(({ key, label, spoken, options, most }) => {
          const input =
            most === undefined
              ? el("select", {}, ...options.map(([value, name]) => el("option", { value }, name)))
              : el("input", { type: "number", min: 0, max: most, step: 1 });
          setAttributes(input, { "data-key": key, "aria-label": spoken });
          input.addEventListener("change", () => {
            if (input.checkValidity() && input.value) this.report({ [key]: input.value });
          });
          return el("label", {}, el("span", {}, label), input);
        }),
      );
    }
    for (const { key, value } of choices) {
      /** @type {HTMLSelectElement | HTMLInputElement | null} */
      const input = this.choices.querySelector(`[data-key="${key}"]`);
      if (input && input.value !== value) input.value = value;
    }
  }

  close() {
    document.removeEventListener(SHOWN, this.onshown);
    this.narrow.removeEventListener("change", this.arrange);
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const bars = rootOf(parentElement, () => new ValueBars());
  bars.report = report;
  bars.update(data);
  return () => bars.close();
}
