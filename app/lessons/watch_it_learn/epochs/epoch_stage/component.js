// The stage of the view epochs: a slider over the kept moments of a training. Weights, maps, class probabilities and
// the marks on the curves below move with it. What moments look like is drawn by Python.

import { Addresses } from "../../../../browser/addresses.js";
import { ChoiceBar } from "../../../../browser/choice_bar.js";
import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { InputChoice } from "../../../../browser/input_choice.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { isFirst } from "../../../../browser/tour.js";
import { ChangedPictures } from "./changed_pictures.js";
import { ChartMarks } from "./chart_marks.js";
import { ClassBars } from "./class_bars.js";
import { MomentStore } from "./moment_store.js";
import { MomentView } from "./moment_view.js";

/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { MomentsAnswer, PageHeader } from "./types.js" */

const STEP_MS = 420;
const LOST = "Live view lost. Connecting again…";

class EpochStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {PageHeader | undefined} */
    this.received = undefined;
    this.store = new MomentStore();
    this.addresses = new Addresses();
    /** Numbers of the moment that is wanted, and of the one it is compared with. */
    this.at = 0;
    /** @type {number | null} */
    this.other = null;
    this.isHeld = false;
    /** @type {string | undefined} what was reported and has not come back yet */
    this.reported = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;

    this.networks = new ChoiceBar("Network", (key) => this.report({ learn_epochs_of: key }));
    this.input = new InputChoice((changes) => this.report(changes));
    this.sameColors = el(
      "button",
      {
        title: "Use one color scale, so that a color means the same number at every epoch",
        onclick: () => this.report({ learn_colors: this.header.colors === "all" ? "own" : "all" }),
      },
      "Same colors",
    );
    this.playButton = el("button", { class: "play", onclick: () => this.toggle() }, "▶ Play");
    this.slider = el("input", { type: "range", min: "0", step: "1", "aria-label": "Epoch" });
    this.words = el("output", { class: "where numbers" });
    this.compareButton = el(
      "button",
      { class: "compare", title: "Show two epochs side by side", onclick: () => this.compare() },
      "Compare",
    );
    this.otherSlider = el("input", {
      type: "range",
      min: "0",
      step: "1",
      "aria-label": "Epoch to compare with",
    });
    this.otherWords = el("output", { class: "where numbers" });
    this.otherPart = el(
      "div",
      { class: "part", hidden: true },
      el("span", { class: "letter" }, "A"),
      this.otherSlider,
      this.otherWords,
    );
    this.letter = el("span", { class: "letter", hidden: true }, "B");
    this.layersTitle = el("span");
    this.layers = el("select", { "aria-label": "Layer whose maps are shown" });
    this.view = el("img", { class: "dots", draggable: "false" });
    this.first = new MomentView();
    this.second = new MomentView();
    this.bars = new ClassBars();
    this.key = el("span", { class: "quiet key" }, el("i", { class: "tick" }), "epoch A");
    this.changed = new ChangedPictures((garment) => this.report({ source: "garment", garment }));
    this.measured = [el("span", { class: "numbers" }), el("span", { class: "numbers" })];
    this.lines = [el("i", { class: "line dotted" }), el("i", { class: "line" })];
    this.status = el("span", { class: "quiet status", role: "status" });
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.element = el("div", { class: "ks epoch-stage" });
    this.marks = new ChartMarks(this.element);
    this.element.append(
      el(
        "div",
        { class: "top" },
        this.networks.element,
        this.input.element,
        this.input.words,
        el("label", { class: "layer" }, this.layersTitle, this.layers),
        this.status,
      ),
      el(
        "div",
        { class: "drive" },
        this.playButton,
        this.otherPart,
        el("div", { class: "part" }, this.letter, this.slider, this.words),
        this.sameColors,
        this.compareButton,
      ),
      el(
        "div",
        { class: "body" },
        el("div", { class: "shown" }, this.view, this.changed.element),
        this.first.element,
        this.second.element,
        el(
          "div",
          { class: "classes" },
          el("h5", {}, el("span", {}, "Class probabilities"), this.key),
          this.bars.element,
        ),
      ),
      el(
        "div",
        { class: "measured" },
        el("span", {}, this.lines[0], "Training pictures: ", this.measured[0]),
        el("span", {}, this.lines[1], "Test pictures: ", this.measured[1]),
      ),
      this.marks.element,
      this.spoken,
    );
    this.free = new FreeHeight(this.element);
    this.listen(this.slider, "at", (at) => {
      this.at = at;
    });
    this.listen(this.otherSlider, "other", (at) => {
      this.other = at;
    });
    this.layers.addEventListener("change", () =>
      this.report({ [this.header.keys.layer]: this.layers.value }),
    );
  }

  /** What the page sent last; nothing can be pressed before the first time. */
  get header() {
    return /** @type {PageHeader} */ (this.received);
  }

  get last() {
    return this.header.moments.length - 1;
  }

  /** The earlier and the later moment between which classes change. @returns {[number, number]} */
  get pair() {
    const other = this.other ?? Math.max(this.at - 1, 0);
    return [Math.min(this.at, other), Math.max(this.at, other)];
  }

  /**
   * @param {HTMLInputElement} slider
   * @param {"at" | "other"} name
   * @param {(at: number) => void} take
   */
  listen(slider, name, take) {
    slider.addEventListener("input", () => {
      this.stop();
      this.isHeld = true;
      take(Number(slider.value));
      this.go();
    });
    slider.addEventListener("change", () => {
      this.isHeld = false;
      this.commit(name);
    });
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  update(data) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {PageHeader} */ (received);
    const before = this.received;
    const isOtherNetwork = before?.network !== header.network;
    this.received = header;
    this.networks.update(header.networks, header.network);
    this.input.update(header.input);
    setAttributes(this.sameColors, { "aria-pressed": String(header.colors === "all") });
    this.addresses.show(this.view, blobs.get("view"));
    setAttributes(this.view, {
      alt: header.true_class
        ? `The input of the network: ${header.true_class}`
        : "The input of the network",
    });
    if (isOtherNetwork) {
      this.layers.replaceChildren(
        ...header.layers.map(({ key, name }) => el("option", { value: key }, name)),
      );
      for (const slider of [this.slider, this.otherSlider])
        setAttributes(slider, { max: String(this.last) });
    }
    this.layers.value = header.layer;
    setText(this.layersTitle, `${header.titles.maps} of`);
    this.lines.forEach((line, at) => {
      line.style.borderColor = header.inks[at];
    });
    const said = `${header.at} ${header.other}`;
    if (isOtherNetwork) {
      this.stop();
      this.reported = undefined;
    }
    // What the page says may be older than what was reported since.
    if (this.reported === said) this.reported = undefined;
    else if (this.reported === undefined && !this.isHeld && this.timer === undefined) {
      this.at = header.at;
      this.other = header.other;
    }
    this.store.begin(header.about);
    this.store.keep(header.answer, blobs, header.about).then((isCurrent) => {
      if (!isCurrent || !this.received) return;
      this.go();
      if (!before && !header.placed) this.playOnce();
    });
  }

  /** The first time a network grows up by itself, so that a visitor sees what the slider does. */
  playOnce() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || !isFirst("epochs")) return;
    this.toggle();
  }

  connect() {
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      onstate: (state) => {
        setText(this.status, state === "lost" ? LOST : "");
        if (state === "open" && this.received) this.go();
      },
    });
    this.free.start();
  }

  /** @param {Answer} answer */
  async receive({ header: received, blobs, askedAt }) {
    const header = /** @type {MomentsAnswer & {about: string, sequence: number}} */ (received);
    setText(this.status, "");
    if (!(await this.store.keep(header, blobs, header.about)) || !this.received) return;
    this.go();
    document.dispatchEvent(
      new CustomEvent("kernelscope:moments", {
        detail: { sequence: header.sequence, latency: performance.now() - (askedAt ?? 0) },
      }),
    );
  }

  /** Show the moments that are wanted, as far as they are there, and ask for what is lacking. */
  go() {
    this.write();
    const wanted = [this.at, ...(this.other === null ? [] : [this.other])];
    const isComplete = wanted.every((at) => this.store.moments.has(at));
    const changes = this.store.changes.get(String(this.pair));
    if (isComplete) this.show();
    if (changes) {
      const { source, garment } = this.header.input;
      this.changed.show(changes, source === "garment" && garment ? String(garment.at) : "");
    }
    // While it plays, the next moment comes with this one.
    const ahead = this.timer !== undefined && this.other === null ? [this.at + 1] : [];
    const lacking = [...wanted, ...ahead.filter((at) => at <= this.last)].filter(
      (at) => !this.store.moments.has(at),
    );
    if (!isComplete || !changes || lacking.length) this.ask(lacking.slice(0, 2));
  }

  /** @param {number[]} moments */
  ask(moments) {
    this.client?.ask("learn_moments", {
      token: this.header.token,
      settings: this.header.settings,
      about: this.header.about,
      moments,
      pair: this.pair,
    });
  }

  show() {
    const { header } = this;
    const second = this.store.moments.get(this.at);
    const first = this.other === null ? undefined : this.store.moments.get(this.other);
    if (!second) return;
    const isCompared = first !== undefined;
    setAttributes(this.element, { "data-compared": isCompared, "data-at": String(this.at) });
    this.first.element.hidden = !isCompared;
    if (first) this.first.show(first, header, "A");
    this.second.show(second, header, isCompared ? "B" : "");
    this.bars.show(second.rows, first?.rows, header.true_class);
    this.key.hidden = !isCompared;
  }

  /** What follows at once, whether the moment is there or not. */
  write() {
    const { moments, marks } = this.header;
    const one = moments[this.at];
    const isCompared = this.other !== null;
    for (const [slider, words, at] of /** @type {[HTMLInputElement, HTMLElement, number][]} */ ([
      [this.slider, this.words, this.at],
      [this.otherSlider, this.otherWords, this.other ?? 0],
    ])) {
      slider.value = String(at);
      setAttributes(slider, { "aria-valuetext": `${moments[at].name}, ${moments[at].words}` });
      if (!words.childElementCount) words.append(el("b"), " ", el("span", { class: "quiet" }));
      setText(words.children[0], moments[at].name);
      setText(words.children[1], moments[at].words);
    }
    this.otherPart.hidden = !isCompared;
    this.letter.hidden = !isCompared;
    setAttributes(this.compareButton, { "aria-pressed": String(isCompared) });
    setText(this.measured[0], one.training);
    setText(this.measured[1], one.test);
    this.marks.show(marks, this.at, this.other);
  }

  toggle() {
    if (this.timer !== undefined) {
      this.stop();
      this.commit("at");
      return;
    }
    if (this.at === this.last) this.at = 0;
    setText(this.playButton, "❚❚ Pause");
    this.timer = setTimeout(() => this.step(), STEP_MS);
    this.go();
  }

  /** Go to the next moment once this one is shown. */
  step() {
    if (!this.received || !this.element.isConnected) {
      this.stop();
      return;
    }
    if (this.store.moments.has(this.at)) {
      if (this.at === this.last) {
        this.stop();
        this.commit("at");
        return;
      }
      this.at += 1;
    }
    this.timer = setTimeout(() => this.step(), STEP_MS);
    this.go();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    setText(this.playButton, "▶ Play");
  }

  /** Compare with the moment before any training, or no longer. */
  compare() {
    this.other = this.other === null ? 0 : null;
    this.go();
    this.commit("other");
  }

  /** @param {"at" | "other"} name */
  commit(name) {
    const { keys, moments } = this.header;
    const at = name === "at" ? this.at : this.other;
    this.reported = `${this.at} ${this.other}`;
    setText(this.spoken, `${moments[this.at].name}. Test pictures: ${moments[this.at].test}`);
    this.report({ [keys[name]]: at === null ? "" : moments[at].text });
  }

  close() {
    this.stop();
    this.client?.close();
    this.client = undefined;
    this.free.stop();
    this.input.close();
    this.marks.close();
    this.addresses.close();
    this.store.begin("");
    this.received = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new EpochStage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data);
  return () => stage.close();
}
