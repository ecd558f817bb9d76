// Which picture the networks are shown: a garment by its number, the picture in use, a drawing.

import { ChoiceBar } from "./choice_bar.js";
import { el, setText } from "./dom.js";

/** @import { Choice } from "./choice_bar.js" */
/** @import { Report } from "./report.js" */

/** @typedef {{at: number, last: number, name: string}} Garment which of the test pictures, and its class */
/**
 * What networks are shown, as a page describes it. `garment`: null where it is another picture.
 * @typedef {{source: string, sources: Choice[], garment: Garment | null, words: string}} InputHeader
 */

const COMMIT_MS = 250;

export class GarmentStepper {
  /** @param {(garment: string) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.last = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    this.input = el("input", {
      type: "number",
      min: "0",
      step: "1",
      "aria-label": "Number of the garment",
    });
    this.name = el("span", { class: "garment-name" });
    this.element = el(
      "span",
      { class: "garment" },
      el(
        "button",
        { "aria-label": "Garment before", tabindex: "-1", onclick: () => this.step(-1) },
        "‹",
      ),
      this.input,
      el(
        "button",
        { "aria-label": "Next garment", tabindex: "-1", onclick: () => this.step(1) },
        "›",
      ),
      this.name,
    );
    this.input.addEventListener("change", () => this.step(0));
  }

  /** @param {Garment | null} garment */
  update(garment) {
    this.element.hidden = !garment;
    if (!garment) return;
    this.last = garment.last;
    this.input.max = String(garment.last);
    // While someone types or steps on, what they want is newer than what the page says.
    if (this.soon === undefined) this.input.value = String(garment.at);
    setText(this.name, garment.name);
  }

  /** @param {number} by */
  step(by) {
    const wanted = Number(this.input.value || 0) + by;
    this.input.value = String(Math.min(Math.max(Math.trunc(wanted), 0), this.last));
    clearTimeout(this.soon);
    this.soon = setTimeout(() => {
      this.soon = undefined;
      this.choose(this.input.value);
    }, COMMIT_MS);
  }

  close() {
    clearTimeout(this.soon);
    this.soon = undefined;
  }
}

export class InputChoice {
  /** @param {Report} report */
  constructor(report) {
    this.sources = new ChoiceBar("What the networks are shown", (source) => report({ source }));
    this.garment = new GarmentStepper((garment) => report({ garment }));
    this.words = el("p", { class: "quiet words" });
    this.element = el("div", { class: "input-choice" }, this.sources.element, this.garment.element);
  }

  /** @param {InputHeader} header */
  update({ sources, source, garment, words }) {
    this.sources.update(sources, source);
    this.garment.update(garment);
    setText(this.words, words);
  }

  close() {
    this.garment.close();
  }
}
