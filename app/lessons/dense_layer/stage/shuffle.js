// Shuffle: the picture with its pixels in another order, and what networks make of it, while the sliders move.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Addresses } from "../../../browser/addresses.js";
import { Bars } from "./bars.js";
import { InputChoice } from "../../../browser/input_choice.js";

/** @import { Frame } from "../../../browser/frame.js" */
/** @import { Doors, ShuffleCard, ShuffleHeader, Update } from "./types.js" */

/** @typedef {{element: HTMLElement, title: HTMLElement, trained: HTMLElement, named: HTMLElement,
 *   accuracy: HTMLElement, bars: Bars}} MadeCard */

export class ShuffleView {
  /** @param {Doors} doors */
  constructor({ report, ask }) {
    this.report = report;
    this.ask = ask;
    this.input = new InputChoice(report);
    this.bar = this.input.element;
    this.addresses = new Addresses();
    /** @type {Map<string, MadeCard>} */
    this.made = new Map();
    /** @type {string[]} */
    this.blocks = [];
    this.isHeld = false;
    this.shownSequence = 0;
    this.before = el("img", { class: "dots", alt: "The picture as it is", draggable: "false" });
    this.after = el("img", { class: "dots", alt: "The shuffled picture", draggable: "false" });
    this.moved = el("span", { class: "numbers" });
    this.share = el("input", {
      type: "range",
      min: "0",
      max: "100",
      "aria-label": "Share of the pixels that are shuffled",
    });
    this.shareText = el("output", { class: "numbers" });
    this.block = el("input", {
      type: "range",
      min: "0",
      "aria-label": "Size of the blocks that are moved as a whole",
    });
    this.blockText = el("output", { class: "numbers" });
    this.cards = el("div", { class: "cards" });
    this.element = el(
      "div",
      { class: "shuffle" },
      el(
        "div",
        { class: "columns" },
        el(
          "div",
          { class: "left" },
          el(
            "div",
            { class: "pictures" },
            el("figure", {}, this.before, el("figcaption", {}, "as it is")),
            el("figure", {}, this.after, el("figcaption", {}, this.moved)),
          ),
          el("label", { class: "row" }, el("span", {}, "Shuffled"), this.share, this.shareText),
          el("label", { class: "row" }, el("span", {}, "Blocks of"), this.block, this.blockText),
          this.input.words,
          el(
            "p",
            { class: "quiet key" },
            el("i", { class: "tick" }),
            "before shuffling. The same order of the pixels for all pictures.",
          ),
        ),
        this.cards,
      ),
    );
    for (const [input, key] of /** @type {[HTMLInputElement, string][]} */ ([
      [this.share, "shuffle_share"],
      [this.block, "shuffle_block"],
    ])) {
      input.addEventListener("input", () => {
        this.isHeld = true;
        this.write();
        this.ask("shuffle", { settings: this.wanted });
      });
      input.addEventListener("change", () => {
        this.isHeld = false;
        this.report({ [key]: this.wanted[key] });
      });
    }
  }

  /** The settings as the sliders are. @returns {Record<string, string>} */
  get wanted() {
    return {
      shuffle_share: this.share.value,
      shuffle_block: this.blocks[Number(this.block.value)],
    };
  }

  /**
   * @param {ShuffleHeader} header
   * @param {Frame["blobs"]} blobs
   * @param {Update} update
   */
  update(header, blobs, { unsettled }) {
    this.input.update(header.input);
    this.blocks = header.blocks;
    setAttributes(this.block, { max: String(header.blocks.length - 1) });
    this.addresses.show(this.before, blobs.get("view"));
    if (this.isHeld || "shuffle_share" in unsettled || "shuffle_block" in unsettled) return false;
    this.share.value = String(header.share);
    this.block.value = String(header.blocks.indexOf(String(header.block)));
    this.write();
    this.show(header, blobs);
    return true;
  }

  /**
   * @param {ShuffleHeader & {sequence: number}} header
   * @param {Frame["blobs"]} blobs
   */
  receive(header, blobs) {
    if (header.sequence < this.shownSequence) return;
    this.shownSequence = header.sequence;
    this.show(header, blobs);
    document.dispatchEvent(new CustomEvent("kernelscope:shuffled", { detail: header.sequence }));
  }

  write() {
    const side = this.blocks[Number(this.block.value)];
    setText(this.shareText, `${this.share.value} %`);
    setText(this.blockText, `${side} × ${side} px`);
    setAttributes(this.share, { "aria-valuetext": `${this.share.value} percent` });
    setAttributes(this.block, { "aria-valuetext": `${side} by ${side} pixels` });
  }

  /**
   * @param {Pick<ShuffleHeader, "moved" | "cards">} header
   * @param {Frame["blobs"]} blobs
   */
  show({ moved, cards }, blobs) {
    this.addresses.show(this.after, blobs.get("shuffled"));
    setText(this.moved, moved);
    for (const card of cards) {
      const made = this.made.get(card.key) ?? this.make(card);
      setText(made.title, card.title);
      setText(made.trained, card.trained);
      const verdict = card.right === null ? "" : card.right ? ": right" : ": wrong";
      setText(made.named, `${card.named}, ${card.share}${verdict}`);
      setAttributes(made.named, {
        "data-right": card.right === null ? null : String(card.right),
      });
      setText(made.accuracy, card.accuracy);
      made.bars.show(card.rows);
    }
  }

  /** @param {ShuffleCard} card */
  make(card) {
    const made = {
      element: el("section", { class: "card", "data-network": card.key }),
      title: el("b"),
      trained: el("span", { class: "quiet" }),
      named: el("span", { class: "named numbers" }),
      accuracy: el("p", { class: "accuracy numbers" }),
      bars: new Bars(),
    };
    made.element.append(
      el("header", {}, el("div", {}, made.title, " ", made.trained), made.named),
      made.bars.element,
      made.accuracy,
    );
    this.made.set(card.key, made);
    this.cards.append(made.element);
    return made;
  }

  close() {
    this.input.close();
    this.addresses.close();
  }
}
