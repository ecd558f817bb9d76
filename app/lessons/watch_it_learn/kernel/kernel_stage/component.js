// A kernel learns: both kernels, the response wanted, made and what is between them, and the loss over the steps.
// Every number and pixel is Python's; here it is asked for the next step, and laid out.

import { labChannel } from "../../../../browser/channel.js";
import { ChoiceBar } from "../../../../browser/choice_bar.js";
import { el, rootOf, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { isFirst } from "../../../../browser/tour.js";
import { Descent } from "./descent.js";
import { View } from "./view.js";

/** @import { LabChannel } from "../../../../browser/channel.js" */
/** @import { Frame } from "../../../../browser/frame.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { LearningHeader, PageHeader } from "./types.js" */

const QUIET_LOST = "Live view lost. Connecting again…";
const OF_NO_DESCENT = ["learn_step", "learn_speed"];
/** Settings with which another kernel is looked for, or another start made. */
const FROM_THE_START = ["learn_hidden", "learn_pixels", "learn_seed"];
/** A change that came from below the stage is shown in so many pictures at most. */
const PICTURES = 90;

const wantsMotion = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;

class Stage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {LabChannel | undefined} */
    this.channel = undefined;
    /** @type {PageHeader | undefined} */
    this.page = undefined;
    this.key = "";
    this.paintedSequence = -1;
    this.isComplete = false;
    this.descent = new Descent({
      ask: (step) => this.ask(step),
      onrest: () => this.rested(),
      onplaying: () => this.label(),
    });
    this.view = new View();
    this.playButton = el("button", { class: "play", onclick: () => this.toggle() });
    const step = el("button", { onclick: () => this.descent.stepOnce() }, "One step");
    const again = el("button", { onclick: () => this.again() }, "New random start");
    this.speed = new ChoiceBar("Steps from one picture to the next", (key) => this.setSpeed(key));
    this.status = el("span", { class: "quiet", role: "status" });
    const pace = el("span", { class: "quiet" }, "Steps shown at once");
    const bar = el(
      "div",
      { class: "bar" },
      el("div", { class: "buttons" }, this.playButton, step, again),
      el("div", { class: "speed" }, pace, this.speed.element),
      this.status,
    );
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.element = el(
      "div",
      { class: "ks kernel-stage" },
      bar,
      this.view.tiles,
      this.view.foot,
      this.spoken,
    );
    this.height = new FreeHeight(this.element);
    this.onpreview = () => this.preview();
  }

  connect() {
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => {
        this.descent.stop();
        setText(this.status, sentence);
      },
      onunknown: () => this.report({}),
      unsaved: () => this.channel?.previewed ?? {},
      onstate: (state) => {
        setText(this.status, state === "lost" ? QUIET_LOST : "");
        if (state === "open" && this.client?.wasLost) this.ask(this.descent.step);
      },
    });
  }

  /** It stands still: the page follows, and who does not see it hears where. */
  rested() {
    this.report({ learn_step: String(this.descent.step) });
    setText(this.spoken, this.view.words);
  }

  /** The settings of the descent that is wanted now. */
  get wanted() {
    return { ...this.page?.settings, ...this.channel?.previewed };
  }

  /**
   * What a descent depends on, as one text.
   * @param {Record<string, string>} settings
   */
  keyOf(settings) {
    const some = Object.entries(settings).filter(([key]) => !OF_NO_DESCENT.includes(key));
    return JSON.stringify(some.sort());
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  update(data, unsettled) {
    const frame = unpackFrame(data);
    const page = /** @type {PageHeader} */ (frame.header);
    const before = this.page;
    this.page = page;
    this.descent.most = page.most;
    this.height.start();
    this.view.chart.chart.start(page.script);
    if (!this.channel) {
      this.channel = labChannel(page.lab);
      this.channel.addEventListener("preview", this.onpreview);
    }
    this.channel.commit(page.settings);
    this.showSpeed();
    const key = this.keyOf(this.wanted);
    const isOther = key !== this.key || before?.digest !== page.digest;
    this.key = key;
    if (isOther) this.isComplete = false;
    const isAhead =
      this.descent.isPlaying || this.channel.isPending || (before && "learn_step" in unsettled);
    if (!isOther && isAhead) return;
    if (!before) {
      this.show(frame);
      if (page.step === 0 && !page.end && wantsMotion() && isFirst("learn_kernel"))
        this.descent.play();
      return;
    }
    const goal = Number(page.settings.learn_step);
    if (isOther && wantsMotion() && this.client?.socket.readyState === WebSocket.OPEN) {
      this.descent.stop();
      this.descent.pace = Math.max(this.paceOf(this.speedKey), Math.ceil(goal / PICTURES));
      this.descent.play({ from: 0, goal: goal || Infinity });
    } else {
      this.descent.stop();
      this.show(frame);
    }
  }

  /** A control moves. */
  preview() {
    if (!this.page) return;
    const key = this.keyOf(this.wanted);
    if (key === this.key) return;
    const before = Object.fromEntries(JSON.parse(this.key));
    this.key = key;
    this.isComplete = false;
    const isNew = FROM_THE_START.some((one) => before[one] !== this.wanted[one]);
    const step = Number(this.page.settings.learn_step);
    this.descent.pace = this.paceOf(this.speedKey);
    if (wantsMotion() && (isNew || this.descent.isPlaying || step === 0))
      this.descent.play({ from: 0 });
    else this.ask(step);
  }

  /** @param {number} step */
  ask(step) {
    if (!this.page) return;
    this.client?.ask("learn_kernel", {
      token: this.page.token,
      settings: { ...this.wanted, learn_step: String(step) },
      complete: !this.isComplete,
    });
  }

  /** @param {Frame} answer */
  async receive(answer) {
    const header = /** @type {LearningHeader} */ (answer.header);
    if (this.keyOf(header.settings) !== this.key) return;
    await this.show(answer);
  }

  /**
   * Paint a moment, unless a newer one was painted meanwhile.
   * @param {Frame} frame
   */
  async show({ header: received, blobs }) {
    const header = /** @type {LearningHeader} */ (received);
    const sequence = header.sequence ?? this.client?.sequence ?? 0;
    const pictures = await Promise.all(
      header.panels.map(({ key }) => {
        const blob = blobs.get(key);
        return blob && createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
      }),
    );
    if (sequence < this.paintedSequence) return;
    this.paintedSequence = sequence;
    if (header.panels.some(({ key }) => key === "wanted")) this.isComplete = true;
    this.view.paint(header, pictures);
    this.descent.reached(header);
    this.label();
    const drawnAt = performance.now();
    const detail = { sequence, drawnAt, compute: header.ms };
    document.dispatchEvent(new CustomEvent("kernelscope:painted", { detail }));
  }

  get speedKey() {
    return this.wanted.learn_speed ?? "1";
  }

  /** @param {string} key */
  paceOf(key) {
    return Number(key) || this.descent.most;
  }

  showSpeed() {
    const speeds = this.page?.speeds ?? [];
    this.speed.update(
      speeds.map((key) => ({ key, name: Number(key) ? key : "most" })),
      this.speedKey,
    );
    this.descent.pace = this.paceOf(this.speedKey);
  }

  /** @param {string} key */
  setSpeed(key) {
    this.channel?.preview({ learn_speed: key });
    this.showSpeed();
    this.report({ learn_speed: key });
    this.channel?.release();
  }

  toggle() {
    if (this.descent.isPlaying) this.descent.pause();
    else {
      this.descent.pace = this.paceOf(this.speedKey);
      this.descent.play();
    }
  }

  /** Another kernel of random numbers. */
  again() {
    const seed = (Number(this.wanted.learn_seed) + 1) % 10000;
    const changes = { learn_seed: String(seed), learn_step: "0" };
    this.channel?.preview(changes);
    this.report(changes);
    this.channel?.release();
  }

  label() {
    const { isPlaying, end, step } = this.descent;
    setText(
      this.playButton,
      isPlaying ? "❚❚ Pause" : end ? "▶ Play again" : step ? "▶ Go on" : "▶ Play",
    );
  }

  close() {
    this.descent.stop();
    this.view.chart.chart.stop();
    this.height.stop();
    this.client?.close();
    this.client = undefined;
    this.channel?.removeEventListener("preview", this.onpreview);
    this.channel = undefined;
    this.page = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new Stage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
