// What moves through a training: a slider over its moments, a second one for the epoch to compare with, and play.

import { el, setAttributes, setText } from "../../../../browser/dom.js";

/** @import { MomentWords } from "./types.js" */

const STEP_MS = 420;

/**
 * `moved`: other moments are wanted; `released`: and are to be kept, by the slider that was moved; `colored`: the
 * button of the colors was pressed; `isShown`: whether a moment is on the screen, so that play can go on.
 * @typedef {{moved: () => void, released: (name: "at" | "other") => void, colored: () => void,
 *   isShown: (at: number) => boolean}} Listeners
 */

export class Drive {
  /** @param {Listeners} on */
  constructor(on) {
    this.on = on;
    /** Numbers of the moment that is wanted, and of the one it is compared with. */
    this.at = 0;
    /** @type {number | null} */
    this.other = null;
    /** @type {MomentWords[]} */
    this.moments = [];
    this.isHeld = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.playButton = el("button", { class: "play", onclick: () => this.toggle() }, "▶ Play");
    this.slider = this.makeSlider("Epoch", "at");
    this.otherSlider = this.makeSlider("Epoch to compare with", "other");
    this.words = makeWords();
    this.otherWords = makeWords();
    this.letter = el("span", { class: "letter", hidden: true }, "B");
    this.otherPart = el(
      "div",
      { class: "part", hidden: true },
      el("span", { class: "letter" }, "A"),
      this.otherSlider,
      this.otherWords,
    );
    this.colorsButton = el(
      "button",
      {
        title: "Use one color scale, so that a color means the same number at every epoch",
        onclick: () => on.colored(),
      },
      "Same colors",
    );
    this.compareButton = el(
      "button",
      { class: "compare", title: "Show two epochs side by side", onclick: () => this.compare() },
      "Compare",
    );
    this.element = el(
      "div",
      { class: "drive" },
      this.playButton,
      this.otherPart,
      el("div", { class: "part" }, this.letter, this.slider, this.words),
      this.colorsButton,
      this.compareButton,
    );
  }

  /**
   * @param {string} label
   * @param {"at" | "other"} name
   */
  makeSlider(label, name) {
    const slider = el("input", { type: "range", min: "0", step: "1", "aria-label": label });
    slider.addEventListener("input", () => {
      this.stop();
      this.isHeld = true;
      this[name] = Number(slider.value);
      this.on.moved();
    });
    slider.addEventListener("change", () => {
      this.isHeld = false;
      this.on.released(name);
    });
    return slider;
  }

  get last() {
    return this.moments.length - 1;
  }

  get isPlaying() {
    return this.timer !== undefined;
  }

  /** The moments that are shown: one, or two side by side. @returns {number[]} */
  get wanted() {
    return this.other === null ? [this.at] : [this.at, this.other];
  }

  /** The earlier and the later moment between which classes change. @returns {[number, number]} */
  get pair() {
    const other = this.other ?? Math.max(this.at - 1, 0);
    return [Math.min(this.at, other), Math.max(this.at, other)];
  }

  /**
   * @param {MomentWords[]} moments
   * @param {string} colors
   */
  update(moments, colors) {
    this.moments = moments;
    for (const slider of [this.slider, this.otherSlider])
      setAttributes(slider, { max: String(this.last) });
    setAttributes(this.colorsButton, { "aria-pressed": String(colors === "all") });
  }

  write() {
    const isCompared = this.other !== null;
    for (const [slider, words, at] of /** @type {[HTMLInputElement, HTMLElement, number][]} */ ([
      [this.slider, this.words, this.at],
      [this.otherSlider, this.otherWords, this.other ?? 0],
    ])) {
      const moment = this.moments[at];
      slider.value = String(at);
      setAttributes(slider, { "aria-valuetext": `${moment.name}, ${moment.words}` });
      setText(words.children[0], moment.name);
      setText(words.children[1], moment.words);
    }
    this.otherPart.hidden = !isCompared;
    this.letter.hidden = !isCompared;
    setAttributes(this.compareButton, { "aria-pressed": String(isCompared) });
  }

  toggle() {
    if (this.isPlaying) {
      this.stop();
      this.on.released("at");
      return;
    }
    if (this.at === this.last) this.at = 0;
    setText(this.playButton, "❚❚ Pause");
    this.timer = setTimeout(() => this.step(), STEP_MS);
    this.on.moved();
  }

  /** Go to the next moment once this one is shown. */
  step() {
    if (!this.element.isConnected) {
      this.stop();
      return;
    }
    if (this.on.isShown(this.at)) {
      if (this.at === this.last) {
        this.stop();
        this.on.released("at");
        return;
      }
      this.at += 1;
    }
    this.timer = setTimeout(() => this.step(), STEP_MS);
    this.on.moved();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    setText(this.playButton, "▶ Play");
  }

  /** Compare with the moment before any training, or no longer. */
  compare() {
    this.other = this.other === null ? 0 : null;
    this.on.moved();
    this.on.released("other");
  }
}

/** The name of a moment, and more about it. */
function makeWords() {
  return el("span", { class: "where numbers" }, el("b"), " ", el("span", { class: "quiet" }));
}
