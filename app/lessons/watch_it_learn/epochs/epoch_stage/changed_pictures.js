// Test pictures whose class changes between two moments; one is chosen to be shown.

import { ChoiceBar } from "../../../../browser/choice_bar.js";
import { contextOf, el, setAttributes, setText } from "../../../../browser/dom.js";

/** @import { DrawnChanges } from "./moment_store.js" */

const SIDE = 28;

export class ChangedPictures {
  /** @param {(garment: string) => void} choose */
  constructor(choose) {
    this.text = el("p", { class: "numbers" });
    this.verdict = el("p", { class: "numbers quiet" });
    this.bar = new ChoiceBar("Test pictures that change their class", choose);
    this.element = el("div", { class: "changed" }, this.text, this.verdict, this.bar.element);
  }

  /**
   * @param {DrawnChanges} changes
   * @param {string} chosen number of the test picture that is shown, "" where it is another picture
   */
  show({ text, verdict, pictures, sheet }, chosen) {
    setText(this.text, text);
    setText(this.verdict, verdict);
    this.bar.update(
      pictures.map(({ index }) => ({ key: String(index), name: "" })),
      chosen,
    );
    pictures.forEach(({ index, label, before, now }, at) => {
      const button = this.bar.buttons.get(String(index));
      if (!button) return;
      const words = `Show test picture ${index}, ${label}: first ${before}, then ${now}`;
      setAttributes(button, { title: words, "aria-label": words });
      const canvas =
        button.querySelector("canvas") ??
        el("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
      if (!canvas.isConnected) button.append(canvas);
      if (sheet) contextOf(canvas).drawImage(sheet, -at * SIDE, 0);
    });
  }
}
