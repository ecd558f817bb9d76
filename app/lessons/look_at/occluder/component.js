// Drag a gray square over what the network is shown; the class bars follow.
// Every probability is Python's; here the square is only drawn and moved.

import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { LiveClient } from "../../../browser/live_client.js";
import { MovableSquare } from "../../../browser/movable_square.js";
import { highestText, Scores } from "./scores.js";

/** @import { FrameBlob } from "../../../browser/frame.js" */
/** @import { Answer } from "../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { ScoreRow } from "./scores.js" */
/** @import { Square } from "../../../browser/square.js" */

/** @typedef {{title: string, unit: string, words: string, low: string, high: string, gradient: string}} Legend */
/**
 * The header of the frame that the page sends: app/lessons/look_at/frame.py. `about`: which network and picture it is
 * about; `small`: whether pixels are shown as squares; `placed`: whether the link says where the square lies;
 * `legend`: without numbers as long as the attribution is being computed.
 * @typedef {{height: number, width: number, small: boolean, square: Square, placed: boolean, class: number,
 *   rows: ScoreRow[], total: string, legend: Legend | null, alt: string, about: string, version: string,
 *   token: string, settings: Record<string, string>}} PageHeader
 */
/** @typedef {{kind: "occlude", sequence: number, about: string, rows: ScoreRow[], ms: number}} OccludeHeader */

const QUIET_LOST = "Live view lost. Connecting again…";

class Occluder {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {PageHeader | undefined} what the page sent last */
    this.received = undefined;
    this.isCovered = true;
    /** Whether the reader has moved the square before. */
    this.isTried = false;
    /** The number of the question whose answer is shown. */
    this.shownSequence = 0;
    /** @type {number[]} when the answers of the last second came */
    this.times = [];
    /** The class with the highest probability, in words. */
    this.news = "";
    /** @type {Map<string, string>} addresses of the pictures */
    this.urls = new Map();
    this.photo = el("img", { class: "photo", draggable: "false" });
    this.attribution = el("img", { class: "attribution", alt: "", draggable: "false" });
    this.picture = el("div", { class: "picture" }, this.photo, this.attribution);
    this.square = new MovableSquare(this.picture, () => this.header, {
      onmove: () => {
        // A press on the picture brings back a square that was taken off.
        this.isCovered = true;
        this.moved();
      },
      oncommit: () => this.commit(),
    });
    this.size = el("input", {
      type: "range",
      min: "1",
      step: "1",
      "aria-label": "Side of the square in pixels",
    });
    this.sizeText = el("span", { class: "numbers" });
    this.away = el(
      "button",
      { title: "Take the square off the picture, or put it back" },
      "Without square",
    );
    this.legendBar = el("div", { class: "bar" });
    this.legendEnds = [el("span"), el("span", { class: "quiet" }), el("span")];
    this.legend = el(
      "div",
      { class: "legend numbers" },
      this.legendBar,
      el("div", { class: "ends" }, ...this.legendEnds),
    );
    this.scores = new Scores((channel) => this.choose(channel));
    this.total = el("span", { class: "quiet" });
    this.words = el("p", { class: "words quiet" });
    this.rate = el("span", { class: "quiet numbers" });
    this.status = el("span", { class: "quiet", role: "status" });
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.element = el(
      "div",
      { class: "ks occluder" },
      el("div", { class: "left" }, this.picture, this.legend),
      el(
        "div",
        { class: "right" },
        el("h4", {}, "Class probabilities"),
        el(
          "div",
          { class: "results" },
          this.scores.element,
          el(
            "div",
            { class: "foot" },
            el("span", { class: "key quiet" }, el("i", { class: "tick" }), "without the square"),
            this.total,
            this.rate,
            this.status,
          ),
        ),
        el(
          "div",
          { class: "tools" },
          el("label", {}, el("span", {}, "Side"), this.size, this.sizeText),
          this.away,
        ),
        this.words,
        this.spoken,
      ),
    );
    this.size.addEventListener("input", () => this.square.resize(Number(this.size.value)));
    this.size.addEventListener("change", () => this.commit());
    this.away.addEventListener("click", () => {
      this.isCovered = !this.isCovered;
      this.draw();
      this.ask();
    });
  }

  /** What the page sent last; there is nothing to drag before the first time. */
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
    this.received = header;
    // A button below the stage, for one, puts the square somewhere; what the hand does is newer.
    const isAhead = this.square.isMoving || "square" in unsettled;
    const isPlaced = !isAhead && String(before?.square) !== String(header.square);
    if (before?.about !== header.about) {
      this.photo.src = this.address("view", blobs.get("view"));
      this.square.at = [...header.square];
      this.isTried = before !== undefined || header.placed;
    } else if (isPlaced) {
      this.square.at = [...header.square];
      this.isCovered = true;
    }
    const attribution = blobs.get("attribution");
    this.attribution.hidden = !attribution;
    if (attribution && before?.version !== header.version)
      this.attribution.src = this.address("attribution", attribution);
    setAttributes(this.photo, { alt: header.alt, class: header.small ? "photo dots" : "photo" });
    this.element.style.setProperty("--aspect", String(header.width / header.height));
    setAttributes(this.size, { max: String(Math.min(header.height, header.width)) });
    this.legend.hidden = !header.legend;
    if (header.legend) {
      this.legendBar.style.background = header.legend.gradient;
      [
        header.legend.low,
        `${header.legend.title}: ${header.legend.unit}`,
        header.legend.high,
      ].forEach((text, index) => setText(this.legendEnds[index], text));
    }
    setText(this.words, header.legend ? `${header.legend.title}. ${header.legend.words}` : "");
    setText(this.total, header.total);
    this.scores.mark(header.class);
    if (before?.about !== header.about) this.show(header.rows);
    this.draw();
    if (
      before?.about !== header.about ||
      isPlaced ||
      before?.class !== header.class ||
      before?.token !== header.token
    )
      this.ask();
  }

  /**
   * Explain another class; the attribution that is shown is not its own, and goes until the page sends that.
   * @param {number} channel
   */
  choose(channel) {
    if (channel !== this.header.class) {
      this.attribution.hidden = true;
      this.legend.hidden = true;
    }
    this.scores.mark(channel);
    this.report({ class: String(channel) });
  }

  connect() {
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      onstate: (state) => {
        setText(this.status, state === "lost" ? QUIET_LOST : "");
        if (state === "open" && this.received) this.ask();
      },
    });
  }

  ask() {
    if (!this.isCovered) {
      this.show(this.header.rows);
      return;
    }
    this.client?.ask("occlude", {
      token: this.header.token,
      settings: this.header.settings,
      square: this.square.at,
      class: this.header.class,
    });
  }

  /** @param {Answer} answer */
  receive({ header: received, askedAt }) {
    const header = /** @type {OccludeHeader} */ (received);
    const isStale = header.about !== this.header.about || header.sequence < this.shownSequence;
    if (isStale || !this.isCovered) return;
    this.shownSequence = header.sequence;
    setText(this.status, "");
    this.show(header.rows);
    const now = performance.now();
    this.times = this.times.filter((time) => now - time < 1000);
    this.times.push(now);
    const often = this.times.length > 2 ? `${this.times.length} results in the last second · ` : "";
    setText(this.rate, `${often}computed in ${header.ms.toFixed(0)} ms`);
    document.dispatchEvent(
      new CustomEvent("kernelscope:covered", {
        detail: {
          sequence: header.sequence,
          latency: now - (askedAt ?? now),
          compute: header.ms,
        },
      }),
    );
  }

  /** @param {ScoreRow[]} rows */
  show(rows) {
    this.scores.show(rows);
    this.news = highestText(rows);
    if (!this.square.held) setText(this.spoken, this.news);
  }

  /**
   * Give a picture an address, in place of the one of that name before it.
   * @param {string} name
   * @param {FrameBlob | undefined} blob
   */
  address(name, blob) {
    if (!blob) throw new Error(`The page sent no picture called ${name}.`);
    URL.revokeObjectURL(this.urls.get(name) ?? "");
    const url = URL.createObjectURL(new Blob([blob.bytes], { type: blob.type }));
    this.urls.set(name, url);
    return url;
  }

  /** The reader moved the square, or changed its size. */
  moved() {
    this.isTried = true;
    this.draw();
    this.ask();
  }

  draw() {
    const side = this.square.at[2];
    this.square.place(this.square.at);
    this.square.element.classList.toggle("tried", this.isTried);
    this.square.element.hidden = !this.isCovered;
    setAttributes(this.away, { "aria-pressed": String(!this.isCovered) });
    this.size.value = String(side);
    setText(this.sizeText, `${side} px`);
  }

  commit() {
    setText(this.spoken, this.news);
    this.report({ square: this.square.at.join(",") });
  }

  close() {
    this.square.close();
    this.client?.close();
    this.client = undefined;
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
    this.urls.clear();
    this.received = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const view = rootOf(parentElement, () => new Occluder());
  setStage(view.element);
  view.report = report;
  view.connect();
  view.update(data, unsettled);
  return () => view.close();
}
