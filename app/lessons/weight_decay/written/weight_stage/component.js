// One weight, step by step: an L2 term in the loss beside weight decay. Every number is Python's.

import { ChoiceBar } from "../../../../browser/choice_bar.js";
import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { StageControls } from "../../../../browser/stage_controls.js";
import { isFirst } from "../../../../browser/tour.js";
import { Steps } from "../../steps.js";
import { Told } from "../../told.js";
import { WeightChart } from "./weight_chart.js";

/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { PageHeader, WayCard, WrittenHeader } from "./types.js" */

const QUIET_LOST = "Live view lost. Connecting again…";
const STEP_MS = 140;

class WeightStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {PageHeader | undefined} */
    this.page = undefined;
    /** @type {WrittenHeader | undefined} */
    this.shown = undefined;
    /** @type {Record<string, string>} changed here, and not yet in the page's settings */
    this.moved = {};
    this.told = new Told();
    /** Answers with a smaller number are of settings that the page has no more. */
    this.least = 0;
    this.steps = new Steps(STEP_MS, (text, isLast) => {
      this.move({ decay_at: text });
      if (isLast) this.tell();
    });
    this.optimizers = new ChoiceBar("Optimizer", (key) => this.commit({ decay_optimizer: key }));
    this.controls = new StageControls(
      {
        onmove: (key, text) => this.move({ [key]: text }),
        oncommit: (key, text) => this.commit({ [key]: text }),
      },
      el("span"),
    );
    this.chart = new WeightChart({
      onmove: (at) => {
        this.steps.stop();
        this.move({ decay_at: String(at) });
      },
      oncommit: () => this.tell(),
    });
    this.play = el("button", { class: "play", onclick: () => this.toggle() }, "▶ Play");
    this.slider = el("input", { type: "range", min: 1, step: 1, "aria-label": "Step" });
    this.slider.addEventListener("input", () => {
      this.steps.stop();
      this.move({ decay_at: this.slider.value });
    });
    this.slider.addEventListener("change", () => this.tell());
    this.at = el("output", { class: "numbers" });
    this.legend = el("div", { class: "legend" });
    this.loss = el("p", { class: "loss numbers" });
    this.cards = el("div", { class: "cards" });
    this.table = el("table", { class: "numbers" });
    this.verdict = el("p", { class: "verdict", role: "status" });
    this.status = el("span", { class: "quiet", role: "status" });
    this.element = el(
      "div",
      { class: "ks weight-stage" },
      el("div", { class: "settings" }, this.optimizers.element, this.controls.element),
      el(
        "div",
        { class: "curves" },
        this.legend,
        el("div", { class: "place" }, this.chart.element),
        el("div", { class: "line" }, this.play, this.slider, this.at),
      ),
      el("div", { class: "written" }, this.loss, this.cards, this.verdict, this.table),
      this.status,
    );
    this.free = new FreeHeight(this.element);
  }

  connect() {
    this.free.start();
    this.chart.plot.start();
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      unsaved: () => this.moved,
      onstate: (state) => {
        setText(this.status, state === "lost" ? QUIET_LOST : "");
        if (state === "open" && this.client?.wasLost) this.ask();
      },
    });
  }

  get wanted() {
    return /** @type {Record<string, string>} */ ({ ...this.page?.settings, ...this.moved });
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was told, and the page did not know when it made this
   */
  update(data, unsettled) {
    const header = /** @type {PageHeader} */ (unpackFrame(data).header);
    const before = this.page?.settings;
    this.page = header;
    const others = before ? this.told.others(before, header.settings, unsettled) : [];
    if (others.length) this.giveWay(others);
    for (const [key, text] of Object.entries(this.moved))
      if (header.settings[key] === text) delete this.moved[key];
    setAttributes(this.slider, { max: header.most });
    if (!Object.keys(this.moved).length && !this.steps.isPlaying) {
      this.least = (this.client?.sequence ?? 0) + 1;
      this.show(header);
    } else if (others.length) this.ask();
    else this.label();
    const wantsMotion = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!before && header.at === 1 && wantsMotion && isFirst("decay_written")) this.toggle();
  }

  /**
   * What is played ends, and what was moved no longer counts, where a button below the stage says otherwise.
   * @param {string[]} keys
   */
  giveWay(keys) {
    if (this.steps.isPlaying) {
      this.steps.stop();
      delete this.moved.decay_at;
    }
    for (const key of keys) delete this.moved[key];
  }

  ask() {
    if (!this.page) return;
    const { kind, token } = this.page;
    this.client?.ask(kind, { token, settings: this.wanted });
  }

  /** @param {Answer} answer */
  receive({ header: received, askedAt }) {
    const header = /** @type {WrittenHeader} */ (received);
    const least = Math.max(this.least, this.shown?.sequence ?? 0);
    if (!this.page || (header.sequence ?? 0) < least) return;
    setText(this.status, "");
    this.show(header);
    const detail = { latency: performance.now() - (askedAt ?? 0), compute: header.ms };
    document.dispatchEvent(new CustomEvent("kernelscope:written", { detail }));
  }

  /** @param {WrittenHeader} header */
  show(header) {
    this.shown = header;
    this.chart.update(header);
    setText(this.loss, header.loss);
    setText(this.verdict, header.verdict);
    const names = Object.entries(header.names);
    if (this.legend.childElementCount !== names.length)
      this.legend.replaceChildren(
        ...names.map(([way, name]) =>
          el("span", { class: "entry" }, el("i", { class: `swatch ${way}` }), name),
        ),
      );
    this.showCards(header.cards);
    this.showTable(header);
    this.label();
  }

  /** @param {WayCard[]} cards */
  showCards(cards) {
    this.cards.replaceChildren(
      ...cards.map(({ way, title, formula, lines, pytorch }) =>
        el(
          "section",
          { class: `card ${way}` },
          el("div", { class: "head" }, el("h3", {}, title), el("code", {}, pytorch)),
          el("p", {}, formula),
          ...lines.map((line) => el("p", { class: "numbers" }, line)),
        ),
      ),
    );
  }

  /** @param {WrittenHeader} header */
  showTable({ heads, rows }) {
    const head = el("tr", {}, ...heads.map((text) => el("th", { scope: "col" }, text)));
    this.table.replaceChildren(
      el("thead", {}, head),
      el(
        "tbody",
        {},
        ...rows.map(({ chosen, far, texts }) =>
          el(
            "tr",
            { class: chosen ? "chosen" : far ? "far" : "near" },
            ...texts.map((text) => el("td", {}, text)),
          ),
        ),
      ),
    );
  }

  /** Write on the controls what is chosen. */
  label() {
    const { page, wanted } = this;
    if (!page) return;
    this.controls.show(
      page.sliders.map((slider) => ({
        type: "slider",
        ...slider,
        value: wanted[slider.key],
        text: wanted[slider.key].replace("-", "−"),
      })),
    );
    this.optimizers.update(page.optimizers, wanted.decay_optimizer);
    this.slider.value = wanted.decay_at;
    // While it plays, nobody wants to hear each.
    setAttributes(this.at, { "aria-live": this.steps.isPlaying ? "off" : "polite" });
    setText(this.at, `Step ${wanted.decay_at}`);
    setText(this.play, this.steps.isPlaying ? "❚❚ Pause" : "▶ Play");
  }

  /** @param {Record<string, string>} changes */
  move(changes) {
    Object.assign(this.moved, changes);
    this.label();
    this.ask();
  }

  /** @param {Record<string, string>} changes */
  commit(changes) {
    this.move(changes);
    this.tell();
  }

  tell() {
    this.told.note(this.moved);
    if (Object.keys(this.moved).length) this.report({ ...this.moved });
  }

  toggle() {
    if (this.steps.isPlaying) {
      this.steps.stop();
      this.tell();
      this.label();
      return;
    }
    const most = this.page?.most ?? 1;
    const now = Number(this.wanted.decay_at);
    const from = now < most ? now : 1;
    this.steps.start(Array.from({ length: most - from + 1 }, (_, at) => String(from + at)));
  }

  close() {
    this.steps.stop();
    this.chart.plot.stop();
    this.free.stop();
    this.client?.close();
    this.client = undefined;
    this.page = undefined;
    this.shown = undefined;
    this.least = 0;
    this.told = new Told();
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new WeightStage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
