// Which of the test pictures the network is given: by its number, the next mistake, or from a page of thumbnails.

import { contextOf, el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { GarmentsAnswer, GarmentChoice, Pad } from "./types.js" */

const SIDE = 28;
const EVERY_CLASS = -1;

export class GarmentChooser {
  /**
   * `onchoose`: a test picture was chosen; `onneed`: a page of thumbnails is wanted.
   * @param {{onchoose: (index: number) => void, onneed: (choice: GarmentChoice) => void}} on
   */
  constructor(on) {
    this.on = on;
    /** @type {number | null} the next test picture that is classified wrongly */
    this.mistake = null;
    this.number = el("input", {
      type: "number",
      min: 0,
      "aria-label": "Number of the test picture",
      onchange: () => this.take(),
    });
    this.mistakeButton = el(
      "button",
      { onclick: () => this.mistake !== null && on.onchoose(this.mistake) },
      "Next mistake",
    );
    this.openButton = el("button", { onclick: () => this.open() }, "All pictures");
    this.classes = el("select", { "aria-label": "Class", onchange: () => this.look(0) });
    this.onlyWrong = el("input", { type: "checkbox", onchange: () => this.look(0) });
    this.text = el("p", { class: "quiet" });
    this.grid = el("div", { class: "thumbnails" });
    this.range = el("span", { class: "numbers", "aria-live": "polite" });
    this.earlier = el("button", { onclick: () => this.turn(-1) }, "Earlier");
    this.later = el("button", { onclick: () => this.turn(1) }, "Later");
    this.heading = el("h4", { id: "garment_dialog" }, "Test pictures");
    const closeButton = el(
      "button",
      { "aria-label": "Close", class: "close", onclick: () => this.dialog.close() },
      "✕",
    );
    this.wrongLabel = el("label", {}, this.onlyWrong, " Only pictures classified wrongly");
    this.dialog = el(
      "dialog",
      { class: "ks garment-dialog", "aria-labelledby": "garment_dialog" },
      el("div", { class: "choose" }, this.heading, this.classes, this.wrongLabel, closeButton),
      // Above the sixty pictures, which would be as many stops of the keyboard on the way.
      el("div", { class: "pages" }, this.earlier, this.range, this.later, this.text),
      this.grid,
    );
    // A click beside the dialog closes it, as people expect.
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
    /** @type {GarmentsAnswer | undefined} the page that is shown */
    this.shown = undefined;
    this.element = el(
      "div",
      { class: "garment-chooser" },
      el("label", {}, "Test picture ", this.number),
      this.mistakeButton,
      this.openButton,
      this.dialog,
    );
  }

  /**
   * @param {Pad} pad
   * @param {string} garment the number that is chosen, "" where something else is on the pad
   */
  show(pad, garment) {
    this.mistake = pad.mistake;
    this.mistakeButton.hidden = pad.mistake === null;
    this.wrongLabel.hidden = pad.mistake === null;
    setAttributes(this.number, { max: pad.count - 1 });
    if (!this.number.matches(":focus")) this.number.value = garment;
    if (!this.classes.children.length) {
      const options = ["All ten classes", ...pad.classes];
      this.classes.append(
        ...options.map((name, at) => el("option", { value: at + EVERY_CLASS }, name)),
      );
    }
  }

  take() {
    if (this.number.value === "" || !this.number.checkValidity()) this.number.reportValidity();
    else this.on.onchoose(Number(this.number.value));
  }

  open() {
    this.dialog.showModal();
    this.look(this.shown?.first ?? 0);
  }

  /** @param {number} first */
  look(first) {
    const label = Number(this.classes.value);
    this.on.onneed({ label, wrong: this.onlyWrong.checked, first });
  }

  /** @param {1 | -1} way */
  turn(way) {
    if (!this.shown) return;
    const first = this.shown.first + way * this.shown.page;
    if (first >= 0 && first < this.shown.count) this.look(first);
  }

  /**
   * @param {GarmentsAnswer} page
   * @param {ImageBitmap | undefined} sprite
   */
  paint(page, sprite) {
    // An answer to an earlier choice came late.
    if (page.label !== Number(this.classes.value) || page.wrong !== this.onlyWrong.checked) return;
    this.shown = page;
    const { first, count, pictures } = page;
    setText(this.text, page.text);
    const last = first + pictures.length;
    setText(this.range, count ? `${first + 1} to ${last} of ${count.toLocaleString("en")}` : "");
    // Not disabled: a disabled button loses the focus.
    setAttributes(this.earlier, { "aria-disabled": String(first === 0) });
    setAttributes(this.later, { "aria-disabled": String(last >= count) });
    this.grid.replaceChildren(
      ...pictures.map((picture, at) => this.thumbnail(picture, at, page, sprite)),
    );
  }

  /**
   * @param {GarmentsAnswer["pictures"][number]} picture
   * @param {number} at
   * @param {GarmentsAnswer} page
   * @param {ImageBitmap | undefined} sprite
   */
  thumbnail({ index, label, given }, at, { columns }, sprite) {
    const canvas = el("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    const [left, top] = [at % columns, Math.floor(at / columns)];
    if (sprite) contextOf(canvas).drawImage(sprite, -left * SIDE, -top * SIDE);
    const isWrong = given !== "" && given !== label;
    const words = isWrong ? `${label}, classified as ${given}` : label;
    return el(
      "button",
      {
        class: isWrong ? "thumbnail wrong" : "thumbnail",
        "aria-label": `Test picture ${index}: ${words}`,
        title: `Test picture ${index}: ${words}`,
        onclick: () => {
          this.dialog.close();
          this.on.onchoose(index);
        },
      },
      canvas,
      el("span", {}, label),
      ...(isWrong ? [el("span", { class: "given" }, `→ ${given}`)] : []),
    );
  }
}
