// Drag a gray square over what the network is shown; the class bars follow.
// Every probability is Python's; here the square is only drawn and moved.

import { ARROWS } from "../../../browser/arrows.js";
import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { LiveClient } from "../../../browser/live_client.js";
import { highestText, Scores } from "./scores.js";
import { clampSquare, movedSquare, resizedSquare } from "./square.js";

/** @import { FrameBlob } from "../../../browser/frame.js" */
/** @import { Answer } from "../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { ScoreRow } from "./scores.js" */
/** @import { Square } from "./square.js" */

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
const COMMIT_MS = 600;

class Occluder {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {PageHeader | undefined} what the page sent last */
    this.received = undefined;
    /** @type {Square} */
    this.at = [0, 0, 1];
    /** @type {[number, number] | undefined} where in the square it is held, rows and columns from its corner */
    this.held = undefined;
    this.isCovered = true;
    /** Whether the reader has moved the square before. */
    this.isTried = false;
    /** The number of the question whose answer is shown. */
    this.shownSequence = 0;
    /** @type {number[]} when the answers of the last second came */
    this.times = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    /** The class with the highest probability, in words. */
    this.news = "";
    /** @type {Map<string, string>} addresses of the pictures */
    this.urls = new Map();
    this.photo = el("img", { class: "photo", draggable: "false" });
    this.attribution = el("img", { class: "attribution", alt: "", draggable: "false" });
    this.square = el(
      "div",
      {
        class: "square",
        tabindex: "0",
        role: "application",
        "aria-roledescription": "movable square",
        "aria-label":
          "Gray square. Arrow keys move it, with Shift in large steps; plus and minus change its size.",
      },
      el("span", { class: "drag" }, "drag"),
    );
    this.picture = el("div", { class: "picture" }, this.photo, this.attribution, this.square);
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
    this.square.addEventListener("pointerdown", (event) => this.grab(event));
    this.picture.addEventListener("pointerdown", (event) => {
      // A finger beside the square may be there to scroll the page: only its tap brings the square.
      if (event.target !== this.square && event.pointerType !== "touch") this.jump(event);
    });
    this.picture.addEventListener("click", (event) => {
      if (event.target === this.square || event.pointerType !== "touch") return;
      this.comeTo(event);
      this.commit();
    });
    this.square.addEventListener("pointermove", (event) => this.drag(event));
    this.square.addEventListener("pointerup", () => this.drop());
    this.square.addEventListener("pointercancel", () => this.drop());
    this.square.addEventListener("keydown", (event) => this.key(event));
    this.size.addEventListener("input", () =>
      this.place(resizedSquare(this.at, Number(this.size.value), this.header)),
    );
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

  /** @param {ArrayBuffer | Uint8Array} data */
  update(data) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {PageHeader} */ (received);
    const before = this.received;
    this.received = header;
    if (before?.about !== header.about) {
      this.photo.src = this.address("view", blobs.get("view"));
      this.at = [...header.square];
      this.isTried = before !== undefined || header.placed;
    } else if (!this.held && String(before?.square) !== String(header.square))
      this.at = [...header.square];
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
      square: this.at,
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
    if (!this.held) setText(this.spoken, this.news);
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

  /**
   * Row and column under a pointer, in pixels of the network's view.
   * @param {MouseEvent} event
   */
  cells(event) {
    const box = this.picture.getBoundingClientRect();
    return [
      ((event.clientY - box.top) / box.height) * this.header.height,
      ((event.clientX - box.left) / box.width) * this.header.width,
    ];
  }

  /** @param {PointerEvent} event */
  grab(event) {
    event.preventDefault();
    this.square.focus({ preventScroll: true });
    this.square.setPointerCapture(event.pointerId);
    const [row, column] = this.cells(event);
    this.held = [row - this.at[0], column - this.at[1]];
  }

  /**
   * A press beside the square brings it under the pointer, held in its middle.
   * @param {PointerEvent} event
   */
  jump(event) {
    this.comeTo(event);
    this.grab(event);
  }

  /**
   * Put the middle of the square under a pointer.
   * @param {MouseEvent} event
   */
  comeTo(event) {
    const [row, column] = this.cells(event);
    this.isCovered = true;
    this.place(
      clampSquare(
        [Math.round(row - this.at[2] / 2), Math.round(column - this.at[2] / 2), this.at[2]],
        this.header,
      ),
    );
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held) return;
    const [row, column] = this.cells(event);
    this.place(
      clampSquare(
        [Math.round(row - this.held[0]), Math.round(column - this.held[1]), this.at[2]],
        this.header,
      ),
    );
  }

  drop() {
    if (!this.held) return;
    this.held = undefined;
    this.commit();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const far = Math.max(1, Math.round(this.header.width / (event.shiftKey ? 7 : 56)));
    const step = ARROWS[event.key];
    if (step) this.place(movedSquare(this.at, step, far, this.header));
    else if (event.key === "+" || event.key === "-")
      this.place(
        resizedSquare(this.at, this.at[2] + (event.key === "+" ? far : -far), this.header),
      );
    else return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.commit(), COMMIT_MS);
  }

  /** @param {Square} square */
  place(square) {
    this.isTried = true;
    if (String(square) === String(this.at)) return;
    this.at = square;
    this.draw();
    this.ask();
  }

  draw() {
    const { height, width } = this.header;
    const [top, left, side] = this.at;
    Object.assign(this.square.style, {
      top: `${(100 * top) / height}%`,
      left: `${(100 * left) / width}%`,
      height: `${(100 * side) / height}%`,
      width: `${(100 * side) / width}%`,
    });
    this.square.classList.toggle("tried", this.isTried);
    this.square.hidden = !this.isCovered;
    setAttributes(this.away, { "aria-pressed": String(!this.isCovered) });
    this.size.value = String(side);
    setText(this.sizeText, `${side} px`);
  }

  commit() {
    setText(this.spoken, this.news);
    this.report({ square: this.at.join(",") });
  }

  close() {
    clearTimeout(this.soon);
    this.client?.close();
    this.client = undefined;
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
    this.urls.clear();
    this.received = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const view = rootOf(parentElement, () => new Occluder());
  setStage(view.element);
  view.report = report;
  view.connect();
  view.update(data);
  return () => view.close();
}
