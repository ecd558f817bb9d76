// A mini-batch goes through a batch norm: its pictures and maps, histograms, how much batches differ, and the class bars
// of one picture. Everything is computed in Python; here it is chosen and laid out.

import { ChoiceBar } from "../../../../browser/choice_bar.js";
import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { InputChoice } from "../../../../browser/input_choice.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { StageControls } from "../../../../browser/stage_controls.js";
import { ClassBars } from "./class_bars.js";
import { HistogramPanel, MeansPanel } from "./panels.js";
import { Sheet } from "./sheet.js";

/** @import { Frame } from "../../../../browser/frame.js" */
/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { StageControl } from "../../../../browser/stage_controls.js" */
/** @import { MapsHeader } from "./types.js" */

const QUIET_LOST = "Live view lost. Connecting again…";
const PANELS = ["before", "normalized", "output"];
const MOST_COLUMNS = 8;
const CHOICES = 100;

class MapStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {MapsHeader | undefined} what the page sent last */
    this.page = undefined;
    /** @type {Record<string, string>} changes that the page does not have yet */
    this.ahead = {};
    this.shownSequence = 0;
    this.painted = 0;
    const on = {
      onmove: (/** @type {string} */ key, /** @type {string} */ text) =>
        this.choose({ [key]: text }, false),
      oncommit: (/** @type {string} */ key, /** @type {string} */ text) =>
        this.choose({ [key]: text }),
    };
    this.others = el("button", { onclick: () => this.exchange() }, "Exchange the others");
    this.member = el("button", { onclick: () => this.takeOut() });
    this.status = el("span", { class: "quiet", role: "status" });
    this.controls = new StageControls(on, this.status);
    this.back = el(
      "button",
      { onclick: () => this.choose({ norm_gamma: "", norm_beta: "" }) },
      "Trained",
    );
    this.own = new StageControls(on, this.back);
    this.input = new InputChoice((changes) => {
      this.choose(/** @type {Record<string, string>} */ (changes));
    });
    this.mode = new ChoiceBar("model.eval()", (mode) => this.choose({ norm_mode: mode }));
    this.sheet = new Sheet();
    this.bars = new ClassBars();
    this.damage = el("p", { class: "damage numbers" });
    this.histograms = new Map(PANELS.map((key) => [key, new HistogramPanel(key)]));
    this.means = new MeansPanel();
    this.formula = el("p", { class: "formula numbers" });
    this.element = el(
      "div",
      { class: "ks map-stage" },
      el("div", { class: "head" }, this.input.element, this.others, this.member),
      this.controls.element,
      el(
        "div",
        { class: "upper" },
        this.sheet.element,
        el("div", { class: "answer" }, this.mode.element, this.bars.element, this.damage),
      ),
      el(
        "div",
        { class: "panels" },
        ...[...this.histograms.values()].map(({ element }) => element),
        this.means.element,
      ),
      el("div", { class: "foot" }, this.own.element, this.formula),
    );
    this.free = new FreeHeight(this.element);
  }

  connect() {
    this.free.start();
    this.client ??= new LiveClient({
      onanswer: (answer) => void this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      unsaved: () => this.ahead,
      onstate: (state) => setText(this.status, state === "lost" ? QUIET_LOST : ""),
    });
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  async update(data, unsettled) {
    const frame = unpackFrame(data);
    const page = /** @type {MapsHeader} */ (frame.header);
    const isFirst = !this.page;
    this.page = page;
    for (const [key, text] of Object.entries(this.ahead))
      if (page.settings[key] === text && !this.isHeld) delete this.ahead[key];
    const isAhead = this.isHeld || Object.keys(unsettled).length > 0;
    if (!isFirst && isAhead) return;
    this.ahead = {};
    this.shownSequence = (this.client?.sequence ?? 0) + 1;
    await this.show(frame, page);
  }

  get isHeld() {
    return this.controls.isHeld || this.own.isHeld;
  }

  /** What is on the page, with what was changed since. */
  get settings() {
    return { ...this.page?.settings, ...this.ahead };
  }

  /**
   * @param {Record<string, string>} changes
   * @param {boolean} [isLast] whether the page is told
   */
  choose(changes, isLast = true) {
    // Another layer has other maps, and each map its own gamma and beta.
    const along = /** @type {Record<string, string>} */ ({});
    if ("norm_layer" in changes) along.norm_channel = "0";
    if ("norm_layer" in changes || "norm_channel" in changes)
      Object.assign(along, { norm_gamma: "", norm_beta: "" });
    const all = { ...along, ...changes };
    this.ahead = { ...this.ahead, ...all };
    if (this.page)
      this.client?.ask("norm_maps", { token: this.page.token, settings: this.settings });
    if (isLast) this.report(all);
  }

  exchange() {
    this.choose({ norm_others: String((Number(this.settings.norm_others) + 1) % CHOICES) });
  }

  takeOut() {
    this.choose({ norm_member: this.settings.norm_member === "in" ? "out" : "in" });
  }

  /** @param {Answer} answer */
  async receive(answer) {
    const header = /** @type {MapsHeader} */ (answer.header);
    if ((header.sequence ?? 0) < this.shownSequence) return;
    this.shownSequence = header.sequence ?? 0;
    setText(this.status, "");
    await this.show(answer, header);
    const now = performance.now();
    const detail = { latency: now - (answer.askedAt ?? now), compute: header.ms };
    document.dispatchEvent(new CustomEvent("kernelscope:normalized", { detail }));
  }

  /**
   * A control stays where it was put, while older answers come.
   * @param {StageControl} control
   * @returns {StageControl}
   */
  kept(control) {
    return { ...control, value: this.ahead[control.key] || control.value };
  }

  /**
   * @param {Frame} frame
   * @param {MapsHeader} header
   */
  async show({ blobs }, header) {
    this.painted += 1;
    const turn = this.painted;
    const blob = blobs.get("sheet");
    const picture = blob && (await createImageBitmap(new Blob([blob.bytes], { type: blob.type })));
    if (turn !== this.painted) {
      picture?.close();
      return;
    }
    this.sheet.show(header.sheet, picture, MOST_COLUMNS);
    this.controls.show(header.controls.map((one) => this.kept(one)));
    this.own.show(header.own.map((one) => this.kept(one)));
    this.input.update(header.input);
    this.mode.update(header.modes, header.mode);
    this.bars.show(header.bars);
    setText(this.damage, header.damage);
    for (const panel of header.panels) this.histograms.get(panel.key)?.show(panel);
    this.means.show(header.means);
    setText(this.formula, `${header.formula}, ${header.whose}`);
    setText(this.member, header.member === "in" ? "Take the picture out" : "Put the picture in");
    setAttributes(this.member, { disabled: header.is_alone });
    setAttributes(this.others, { disabled: header.is_alone });
    setAttributes(this.back, { disabled: header.is_trained });
    setAttributes(this.element, { "data-mode": header.mode });
  }

  close() {
    this.input.close();
    this.free.stop();
    this.client?.close();
    this.client = undefined;
    this.page = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new MapStage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  void stage.update(data, unsettled);
  return () => stage.close();
}
