// A polynomial is fitted to points that are dragged; how far it is off, and what its weights are, follows.
// Every number and every place of a curve is Python's; here they are laid out, and points and settings are chosen.

import { rootOf, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { Opening } from "../../opening.js";
import { Steps } from "../../steps.js";
import { Told } from "../../told.js";
import { OFF, View } from "./view.js";

/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { FitHeader, PageHeader } from "./types.js" */

const QUIET_LOST = "Live view lost. Connecting again…";
/** For keys, which are pressed several times: how long after the last one the page is told. */
const COMMIT_MS = 500;
const NONE = "none";
/** How long a lambda, and a number of steps, is shown before the next one. */
const [TOUR_MS, STEP_MS] = [80, 130];

const wantsMotion = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;

class PolynomialStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {PageHeader | undefined} */
    this.page = undefined;
    /** @type {FitHeader | undefined} */
    this.shown = undefined;
    /** @type {Record<string, string>} changed here, and not yet in the page's settings */
    this.moved = {};
    this.told = new Told();
    /** Answers with a smaller number are of settings that the page has no more. */
    this.least = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    this.view = new View({
      move: (changes) => this.move(changes),
      commit: (changes) => this.commit(changes),
      commitSoon: () => this.commitSoon(),
      drawAgain: () => this.drawAgain(),
      toggle: (key) => this.commit({ [key]: this.wanted[key] === "1" ? "0" : "1" }),
      toggleDescent: () => this.toggleDescent(),
      playDescent: () => this.playDescent(),
      chooseSteps: (at) => this.chooseSteps(at),
      useBest: () => this.useBest(),
    });
    this.element = this.view.element;
    this.tour = new Opening(
      TOUR_MS,
      (text) => this.ask(text === NONE ? {} : { decay_lambda: text }),
      () => this.ask(),
    );
    this.descent = new Steps(STEP_MS, (text, isLast) => this.showStep(text, isLast));
  }

  connect() {
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => setText(this.view.status, sentence),
      onunknown: () => this.report({}),
      unsaved: () => this.moved,
      onstate: (state) => {
        setText(this.view.status, state === "lost" ? QUIET_LOST : "");
        if (state === "open" && this.client?.wasLost) this.ask();
      },
    });
  }

  /** The settings that are wanted now. */
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
    this.view.start(header);
    const isAhead = Object.keys(this.moved).length > 0 || this.descent.isPlaying;
    if (!isAhead) {
      this.least = (this.client?.sequence ?? 0) + 1;
      this.show(header);
    } else if (others.length) this.ask();
    else this.label();
    if (!before) this.beginTour();
  }

  /**
   * What is played ends, and what was moved no longer counts, where a button below the stage says otherwise.
   * @param {string[]} keys
   */
  giveWay(keys) {
    this.tour.end();
    if (this.descent.isPlaying) {
      this.descent.stop();
      delete this.moved.decay_steps;
    }
    for (const key of keys) delete this.moved[key];
  }

  /** The first time, lambda goes up and back by itself. */
  beginTour() {
    const { page } = this;
    if (!page || page.settings.decay_lambda !== NONE || page.settings.decay_steps !== OFF) return;
    const rest = (/** @type {string} */ text, /** @type {number} */ count) =>
      Array.from({ length: count }, () => text);
    // Short: the sentences below are about the settings, not about what is passed on the way.
    const back = page.lambda_texts.filter((_, at) => at > 0).reverse();
    const shown = back.filter((_, at) => at % 2 === 0);
    const up = [...shown].reverse();
    const texts = [...rest(NONE, 5), ...up, ...rest(shown[0], 9), ...shown, NONE];
    this.tour.beginOnce("decay_polynomial", texts);
  }

  /** @param {Record<string, string>} [briefly] settings for this question only */
  ask(briefly = {}) {
    if (!this.page) return;
    const settings = { ...this.wanted, ...briefly };
    const { kind, token } = this.page;
    this.client?.ask(kind, { token, settings });
  }

  /** @param {Answer} answer */
  receive({ header: received, askedAt }) {
    const header = /** @type {FitHeader} */ (received);
    // While something is dragged, each answer is nearer to it than what is shown.
    const least = Math.max(this.least, this.shown?.sequence ?? 0);
    if (!this.page || (header.sequence ?? 0) < least) return;
    setText(this.view.status, "");
    this.show(header);
    const detail = { latency: performance.now() - (askedAt ?? 0), compute: header.ms };
    document.dispatchEvent(new CustomEvent("kernelscope:fitted", { detail }));
  }

  /** @param {FitHeader} header */
  show(header) {
    const { page } = this;
    if (!page) return;
    this.shown = header;
    this.view.paint(page, header, header.settings.decay_points === this.wanted.decay_points);
    // By itself, the slider moves along; else what is wanted may be further than this answer.
    this.label(this.tour.isPlaying ? header.settings : this.wanted);
  }

  /** @param {Record<string, string>} [settings] those that are shown, where they are not the wanted ones */
  label(settings = this.wanted) {
    if (this.page) this.view.label(this.page, settings, this.descent.isPlaying);
  }

  /** @param {Record<string, string>} changes */
  move(changes) {
    this.tour.end();
    Object.assign(this.moved, changes);
    this.ask();
  }

  /** @param {Record<string, string>} changes */
  commit(changes) {
    this.move(changes);
    this.tell();
  }

  /** The page is told what was moved, once nothing has moved for a while. */
  commitSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.tell(), COMMIT_MS);
  }

  tell() {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.told.note(this.moved);
    if (Object.keys(this.moved).length) this.report({ ...this.moved });
    setText(this.view.spoken, this.view.spokenErrors);
  }

  drawAgain() {
    const seed = (Number(this.wanted.decay_seed) + 1) % 10000;
    const isRow = this.wanted.decay_source === "row";
    this.commit({ decay_points: "", ...(isRow ? {} : { decay_seed: String(seed) }) });
  }

  useBest() {
    const text = this.shown?.validated?.text;
    if (text) this.commit({ decay_lambda: text });
  }

  /** @param {number} at */
  chooseSteps(at) {
    this.descent.stop();
    this.move({ decay_steps: this.page?.steps[at] ?? OFF });
  }

  toggleDescent() {
    if (this.wanted.decay_steps !== OFF) {
      this.descent.stop();
      this.commit({ decay_steps: OFF });
    } else if (wantsMotion()) this.playFrom(0);
    else this.commit({ decay_steps: "0" });
  }

  playDescent() {
    const all = this.page?.steps ?? [];
    if (this.descent.isPlaying) {
      this.descent.stop();
      this.tell();
      this.label();
      return;
    }
    const at = all.indexOf(this.wanted.decay_steps);
    this.playFrom(at >= all.length - 1 ? 0 : at);
  }

  /** @param {number} at */
  playFrom(at) {
    const steps = this.page?.steps.slice(at) ?? [];
    // The page is told at once, so that a reset has something to take back.
    this.commit({ decay_steps: steps[0] ?? OFF });
    this.descent.start(steps);
  }

  /**
   * @param {string} text
   * @param {boolean} isLast
   */
  showStep(text, isLast) {
    this.move({ decay_steps: text });
    if (isLast) this.tell();
  }

  close() {
    this.tour.end();
    this.descent.stop();
    if (this.soon !== undefined) this.tell();
    this.view.stop();
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
  const stage = rootOf(parentElement, () => new PolynomialStage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
