// Starts, pauses and stops a training, and shows the inside of its network as it comes over the live channel.

import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { InsideView } from "./inside_view.js";
import { keptOwner, keepOwner } from "./owner.js";

/** @import { Frame } from "../../../../browser/frame.js" */
/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { ClassRow, DeskHeader, Told } from "./types.js" */

const NEWS_EVERY_MS = 700;
const LOST = "Connection lost. Connecting again…";
/** What the large button does, by the state of the run. */
const PRIMARY = /** @type {Record<string, [string, string]>} */ ({
  running: ["pause", "Pause"],
  waiting: ["stop", "Leave the queue"],
  paused: ["go_on", "Go on"],
});

class TrainingDesk {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {DeskHeader | undefined} */
    this.header = undefined;
    /** @type {Frame | undefined} what the page sent last */
    this.preview = undefined;
    /** @type {Told} */
    this.told = { state: "none", version: -1, status: "", score: "", points: 0, run: "" };
    /** @type {Frame | undefined} the newest frame with the inside of the run's network */
    this.newest = undefined;
    /** The owner that was offered to Python after a reload. */
    this.offered = "";
    /** What of the run the page has been told. */
    this.reported = "";
    this.reportedAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    this.primary = el("button", { class: "primary", onclick: () => this.press() }, "Train");
    this.batch = el("button", { onclick: () => this.step("batch") }, "One batch");
    this.epoch = el("button", { onclick: () => this.step("epoch") }, "One epoch");
    this.end = el("button", { onclick: () => this.act("stop") }, "Stop");
    this.status = el("div", { class: "status numbers" });
    this.score = el("div", { class: "score numbers" });
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.picture = el("canvas", { class: "picture", width: 28, height: 28, role: "img" });
    this.classes = el("div", { class: "classes" });
    this.inside = new InsideView();
    this.element = el(
      "div",
      { class: "ks training-desk" },
      el("div", { class: "bar" }, this.primary, this.batch, this.epoch, this.end),
      el("div", { class: "words" }, this.status, this.score),
      el("div", { class: "watched" }, this.picture, this.classes),
      this.inside.element,
      this.spoken,
    );
    this.free = new FreeHeight(this.element);
  }

  connect() {
    this.free.start();
    this.inside.start();
    this.client ??= new LiveClient({
      onanswer: (answer) => void this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      onstate: (state) => {
        if (state === "lost") setText(this.status, LOST);
        else if (this.told.isActive) this.watch();
      },
    });
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  async update(data) {
    this.preview = unpackFrame(data);
    const header = /** @type {DeskHeader} */ (this.preview.header);
    const isOther = this.header?.owner !== header.owner;
    this.header = header;
    this.settleOwner(header.owner);
    if (isOther || header.told.version > this.told.version || header.told.run !== this.told.run) {
      if (header.told.run !== this.told.run) this.newest = undefined;
      this.told = header.told;
    }
    this.reported = newsOf(header.told);
    const { bytes, type } = /** @type {import("../../../../browser/frame.js").FrameBlob} */ (
      this.preview.blobs.get("watched")
    );
    const bitmap = await createImageBitmap(new Blob([bytes], { type }));
    contextOf(this.picture).drawImage(bitmap, 0, 0);
    bitmap.close();
    setAttributes(this.picture, { "aria-label": `The picture that is watched: ${header.watched}` });
    if (this.told.run && !this.newest) this.watch(-1);
    else if (this.told.isActive) this.watch();
    await this.show();
  }

  /**
   * A page that was loaded again is another session; it gets back the trainings of the one before.
   * @param {string} owner
   */
  settleOwner(owner) {
    const kept = keptOwner();
    if (kept && kept !== owner && kept !== this.offered) {
      this.offered = kept;
      this.report({ owner: kept });
    } else keepOwner(owner);
  }

  /** @param {number} [version] that is known already */
  watch(version = this.told.version) {
    if (!this.header) return;
    const { token, owner } = this.header;
    this.client?.ask("train_watch", { token, owner, version });
  }

  /** @param {string} action */
  act(action) {
    if (!this.header) return;
    const { token, owner, settings } = this.header;
    this.client?.ask("train_do", { token, owner, settings, action });
  }

  /** @param {"batch" | "epoch"} action */
  step(action) {
    if (!this.isUnderWay) this.act(action);
  }

  /** Whether it trains or waits, so that there is no single step. */
  get isUnderWay() {
    return Boolean(this.told.isActive && this.told.state !== "paused");
  }

  press() {
    const [action] = PRIMARY[this.told.state] ?? ["start"];
    this.act(action);
  }

  /** @param {Answer} answer */
  async receive(answer) {
    const told = /** @type {Told} */ (answer.header);
    if (told.run !== this.told.run) this.newest = undefined;
    const before = this.told;
    this.told = told;
    if (told.inside) this.newest = answer;
    if (told.isActive) this.watch();
    if (told.score !== before.score || told.state !== before.state)
      setText(this.spoken, `${told.score || told.status}`);
    this.tell();
    await this.show();
    document.dispatchEvent(new CustomEvent("kernelscope:trained", { detail: told }));
  }

  /** Have the page draw its charts again, where there is something new in them, and not too often. */
  tell() {
    const news = newsOf(this.told);
    if (news === this.reported || this.soon) return;
    const wait = Math.max(0, this.reportedAt + NEWS_EVERY_MS - performance.now());
    this.soon = setTimeout(() => {
      this.soon = undefined;
      this.reportedAt = performance.now();
      this.reported = newsOf(this.told);
      this.report({ news: this.reported });
    }, wait);
  }

  async show() {
    const { header, told, preview } = this;
    if (!header || !preview) return;
    // A run that ended is told of while the settings are still its own.
    const isOwn = told.run && (told.isActive || told.plan === header.plan);
    const [, label] = PRIMARY[told.state] ?? ["start", isOwn ? "Train again" : "Train"];
    setText(this.primary, label);
    const isRefused = !told.isActive && Boolean(header.problem);
    for (const button of [this.primary, this.batch, this.epoch]) button.disabled = isRefused;
    // They keep the focus of who goes batch by batch.
    for (const button of [this.batch, this.epoch])
      setAttributes(button, { "aria-disabled": String(this.isUnderWay) });
    if (!told.isActive && this.end.matches(":focus")) this.primary.focus();
    this.end.disabled = !told.isActive;
    setText(this.status, isOwn ? told.status : header.problem || header.size);
    setText(this.score, isOwn ? told.score : "");
    setAttributes(this.element, { "data-state": told.state, "data-points": told.points });
    const frame = isOwn && this.newest ? this.newest : preview;
    const inside = frame.header.inside;
    this.showClasses(inside.classes);
    await this.inside.show(inside, frame.blobs);
  }

  /** @param {ClassRow[]} rows */
  showClasses(rows) {
    this.classes.replaceChildren(
      ...rows.map(({ name, text, share }) => {
        const fill = el("div", { class: "fill" });
        fill.style.width = `${100 * share}%`;
        return el(
          "div",
          { class: "class" },
          el("span", { class: "name" }, name),
          el("div", { class: "share-bar" }, fill),
          el("span", { class: "numbers" }, text),
        );
      }),
    );
  }

  close() {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.free.stop();
    this.inside.stop();
    this.client?.close();
    this.client = undefined;
  }
}

/**
 * What the charts show of a run, in a word.
 * @param {Told} told
 */
function newsOf({ run, points, state }) {
  return `${run}:${points}:${state}`;
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const desk = rootOf(parentElement, () => new TrainingDesk());
  setStage(desk.element);
  desk.report = report;
  desk.connect();
  void desk.update(data);
  return () => desk.close();
}
