// Side by side: a gray square is dragged over one picture, and two networks name what is left of it.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { MovableSquare } from "../../../browser/movable_square.js";
import { Addresses } from "../../../browser/addresses.js";
import { Bars } from "./bars.js";
import { InputChoice } from "../../../browser/input_choice.js";

/** @import { Frame } from "../../../browser/frame.js" */
/** @import { Doors, SidesCard, SidesHeader, Update } from "./types.js" */

/** @typedef {{element: HTMLElement, title: HTMLElement, mapTitle: HTMLElement, map: HTMLImageElement, bars: Bars}} MadeCard */

export class SidesView {
  /** @param {Doors} doors */
  constructor({ report, ask }) {
    this.report = report;
    this.ask = ask;
    /** @type {SidesHeader | undefined} */
    this.received = undefined;
    this.input = new InputChoice(report);
    this.bar = this.input.element;
    this.addresses = new Addresses();
    this.shownSequence = 0;
    /** @type {Map<string, MadeCard>} */
    this.made = new Map();
    this.photo = el("img", { class: "photo dots", draggable: "false" });
    this.picture = el("div", { class: "picture" }, this.photo);
    this.square = new MovableSquare(this.picture, () => this.header, {
      onmove: () => this.move(),
      oncommit: () => this.commit(),
    });
    this.size = el("input", {
      type: "range",
      min: "1",
      "aria-label": "Side of the square in pixels",
    });
    this.sizeText = el("output", { class: "numbers" });
    this.size.addEventListener("input", () => this.square.resize(Number(this.size.value)));
    this.size.addEventListener("change", () => this.commit());
    this.cards = el("div", { class: "cards" });
    this.legendColors = el("div", { class: "colors" });
    this.legendEnds = [el("span"), el("span"), el("span")];
    this.legendWords = el("p", { class: "quiet" });
    this.legend = el(
      "div",
      { class: "legend numbers" },
      this.legendColors,
      el("div", { class: "marks" }, ...this.legendEnds),
      this.legendWords,
    );
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.element = el(
      "div",
      { class: "sides" },
      el(
        "div",
        { class: "columns" },
        el(
          "div",
          { class: "left" },
          this.picture,
          el("label", { class: "row" }, el("span", {}, "Side"), this.size, this.sizeText),
          this.input.words,
        ),
        el(
          "div",
          { class: "right" },
          this.cards,
          this.legend,
          el("p", { class: "quiet key" }, el("i", { class: "tick" }), "without the square"),
        ),
      ),
      this.spoken,
    );
  }

  /** What the page sent last; there is nothing to drag before the first time. */
  get header() {
    return /** @type {SidesHeader} */ (this.received);
  }

  /**
   * @param {SidesHeader} header
   * @param {Frame["blobs"]} blobs
   * @param {Update} update
   */
  update(header, blobs, { isNew, unsettled }) {
    this.received = header;
    this.input.update(header.input);
    this.addresses.show(this.photo, blobs.get("view"));
    setAttributes(this.photo, { alt: header.alt });
    setAttributes(this.size, { max: String(Math.min(header.height, header.width)) });
    const placed = header.square.join();
    if (isNew || !(this.square.isMoving || "square" in unsettled)) this.square.place(header.square);
    this.write();
    const isTaken = this.square.at.join() === placed;
    if (isTaken) this.show(header.cards);
    // What the page knows is of the place that the square has left.
    else this.ask("cover_both", { square: this.square.at });
    const { legend } = header;
    this.legend.classList.toggle("coming", !legend);
    if (legend) {
      this.legendColors.style.background = legend.gradient;
      [legend.low, legend.middle, legend.high].forEach((text, at) =>
        setText(this.legendEnds[at], text),
      );
      setText(this.legendWords, legend.words);
    }
    for (const [key, { map, title }] of this.made) {
      this.addresses.show(map, blobs.get(`map_${key}`));
      map.classList.toggle("coming", !legend);
      setAttributes(map, { alt: `Where the probability of the ${title.textContent} falls` });
    }
    return isTaken;
  }

  /** @param {{sequence: number, cards: SidesCard[]}} header */
  receive({ sequence, cards }) {
    if (sequence < this.shownSequence) return;
    this.shownSequence = sequence;
    this.show(cards);
    document.dispatchEvent(new CustomEvent("kernelscope:covered", { detail: { sequence } }));
  }

  move() {
    this.square.element.classList.add("tried");
    this.write();
    this.ask("cover_both", { square: this.square.at });
  }

  commit() {
    setText(this.spoken, this.news ?? "");
    this.report({ square: this.square.at.join() });
  }

  write() {
    const side = this.square.at[2];
    this.size.value = String(side);
    setText(this.sizeText, `${side} px`);
  }

  /** @param {SidesCard[]} cards */
  show(cards) {
    for (const card of cards) {
      const made = this.made.get(card.key) ?? this.make(card);
      setText(made.title, card.title);
      setText(made.mapTitle, card.map_title);
      made.bars.show(card.rows);
    }
    this.news = cards
      .map(({ title, rows }) => `${title}: ${rows[0].name} ${rows[0].text}, before ${rows[0].was}`)
      .join(". ");
  }

  /** @param {SidesCard} card */
  make(card) {
    const made = {
      element: el("section", { class: "card", "data-network": card.key }),
      title: el("b"),
      mapTitle: el("span", { class: "quiet" }),
      map: el("img", { class: "dots map", alt: "", draggable: "false" }),
      bars: new Bars(),
    };
    made.element.append(made.title, made.bars.element, made.mapTitle, made.map);
    this.made.set(card.key, made);
    this.cards.append(made.element);
    return made;
  }

  close() {
    this.square.close();
    this.input.close();
    this.addresses.close();
  }
}
