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
import { Drive } from "./drive.js";
import { MomentStore } from "./moment_store.js";
import { MomentView } from "./moment_view.js";

/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { MomentsAnswer, PageHeader } from "./types.js" */

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
    /** The color scale that is wanted. */
    this.colors = "";
    this.drive = new Drive({
      moved: () => this.go(),
      released: (name) => this.commit(name),
      colored: () => this.color(),
      isShown: (at) => this.store.moments.has(at),
    });
    this.networks = new ChoiceBar("Network", (key) => this.report({ learn_epochs_of: key }));
    this.input = new InputChoice((changes) => this.report(changes));
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
      this.drive.element,
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
    this.layers.addEventListener("change", () =>
      this.report({ [this.header.keys.layer]: this.layers.value }),
    );
  }

  /** What the page sent last; nothing can be pressed before the first time. */
  get header() {
    return /** @type {PageHeader} */ (this.received);
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  update(data, unsettled) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {PageHeader} */ (received);
    const before = this.received;
    const isOtherNetwork = before?.network !== header.network;
    this.received = header;
    this.networks.update(header.networks, header.network);
    this.input.update(header.input);
    if (!("learn_colors" in unsettled)) this.colors = header.colors;
    this.drive.update(header.moments, this.colors);
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
      this.drive.stop();
    }
    if (isOtherNetwork || !(header.keys.layer in unsettled)) this.layers.value = header.layer;
    setText(this.layersTitle, `${header.titles.maps} of`);
    this.lines.forEach((line, at) => {
      line.style.borderColor = header.inks[at];
    });
    const isOther = before?.at !== header.at || before.other !== header.other;
    const { at, other } = header.keys;
    if (isOtherNetwork || !(this.drive.isHeld || at in unsettled || other in unsettled)) {
      // While it plays nothing is reported: another epoch was chosen below the stage.
      if (isOther) this.drive.stop();
      if (!this.drive.isPlaying) {
        this.drive.at = header.at;
        this.drive.other = header.other;
      }
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
    this.drive.toggle();
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
    const { wanted, pair, isPlaying, at, other, last } = this.drive;
    this.write();
    const isComplete = wanted.every((one) => this.store.moments.has(one));
    const changes = this.store.changes.get(String(pair));
    if (isComplete) this.show();
    if (changes) {
      const { source, garment } = this.header.input;
      this.changed.show(changes, source === "garment" && garment ? String(garment.at) : "");
    }
    // While it plays, the next moment comes with this one.
    const ahead = isPlaying && other === null && at < last ? [at + 1] : [];
    const lacking = [...wanted, ...ahead].filter((one) => !this.store.moments.has(one));
    if (!changes || lacking.length) this.ask(lacking);
  }

  /** @param {number[]} moments */
  ask(moments) {
    this.client?.ask("learn_moments", {
      token: this.header.token,
      settings: this.header.settings,
      about: this.header.about,
      moments,
      pair: this.drive.pair,
    });
  }

  show() {
    const { header } = this;
    const { at, other } = this.drive;
    const second = this.store.moments.get(at);
    const first = other === null ? undefined : this.store.moments.get(other);
    if (!second) return;
    const isCompared = first !== undefined;
    setAttributes(this.element, { "data-compared": isCompared, "data-at": String(at) });
    this.first.element.hidden = !isCompared;
    if (first) this.first.show(first, header, "A");
    this.second.show(second, header, isCompared ? "B" : "");
    this.bars.show(second.rows, first?.rows, header.true_class);
    this.key.hidden = !isCompared;
  }

  /** What follows at once, whether the moment is there or not. */
  write() {
    const { at, other } = this.drive;
    const { training, test } = this.header.moments[at];
    this.drive.write();
    setText(this.measured[0], training);
    setText(this.measured[1], test);
    if (this.header.marks) this.marks.show(this.header.marks, at, other);
  }

  /** Use one color scale for all epochs, or one for each. */
  color() {
    this.colors = this.colors === "all" ? "own" : "all";
    this.drive.update(this.header.moments, this.colors);
    this.report({ learn_colors: this.colors });
  }

  /** @param {"at" | "other"} name */
  commit(name) {
    const { keys, moments } = this.header;
    const { at, other } = this.drive;
    const chosen = this.drive[name];
    setText(this.spoken, `${moments[at].name}. Test pictures: ${moments[at].test}`);
    this.report({ [keys[name]]: chosen === null ? "" : moments[chosen].text });
  }

  close() {
    this.drive.stop();
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
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new EpochStage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
