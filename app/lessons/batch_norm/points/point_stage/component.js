// Points that are dragged, and what normalization makes of them. Where they are normalized, Python computes; here only
// the points are moved.

import { ARROWS } from "../../../../browser/arrows.js";
import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { Tour } from "../../../../browser/tour.js";
import { DIAGONAL, Plane } from "./plane.js";

/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { Pair, PlaneKey, PointsHeader } from "./types.js" */

const QUIET_LOST = "Live view lost. Connecting again…";
const REST_MS = 500;
const [STEP, LARGE_STEP] = [0.05, 0.5];
const STRETCH = 1.1;
/** How far the points go by themselves the first time: as the tour's places are shares of a picture. */
const TOURED = 2.6;
/** So near a mark is taken hold of, which is half of a handle's width. */
const NEAR_PX = 16;
/** Spreads below this cannot be taken hold of. */
const LEAST = 0.02;
/** @type {PlaneKey[]} */
const PLANES = ["raw", "normed", "length"];

/** @typedef {{points: Pair[], shift: Pair, stretch: Pair}} Move points, and what becomes of all of them */
/** @typedef {{what: "point" | "mean" | "corner", at: number, from: Pair, start: Move, mean: Pair, deviation: Pair}}
 *   Grip what is held, and how everything was when it was taken */

class PointStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {PointsHeader | undefined} what is on the screen */
    this.shown = undefined;
    this.token = "";
    /** What the page and this agreed on last. */
    this.told = { points: "", selected: 1 };
    this.selected = 1;
    this.shownSequence = 0;
    /** @type {Grip | undefined} */
    this.held = undefined;
    /** @type {{move: Move, sequence: number} | undefined} what was asked last, until its answer is there */
    this.asked = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    /** Whether the page is told as soon as the answer to the last question is there. */
    this.isDue = false;
    this.planes = new Map(PLANES.map((key) => [key, new Plane(key)]));
    this.plane = /** @type {Plane} */ (this.planes.get("raw"));
    this.pad = this.plane.makeMovable();
    setAttributes(this.pad, {
      tabindex: "0",
      role: "application",
      "aria-roledescription": "plane of points",
    });
    this.status = el("span", { class: "quiet", role: "status" });
    this.note = el(
      "p",
      { class: "note" },
      el("span", {}, el("b", { class: "sign point" }, "1"), " drag a point"),
      el("span", {}, el("b", { class: "sign mean" }), " drag the cross: all points"),
      el("span", {}, el("b", { class: "sign corner" }), " drag the ellipse: their spread"),
      el("span", { class: "quiet" }, "σ: standard deviation of a feature"),
      this.status,
    );
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.element = el(
      "div",
      { class: "ks point-stage" },
      this.note,
      el("div", { class: "planes" }, ...[...this.planes.values()].map(({ element }) => element)),
      this.spoken,
    );
    this.free = new FreeHeight(this.element);
    this.tour = new Tour(
      this.pad,
      "batch_norm",
      ([row, column]) => this.toured(row, column),
      // Whoever takes hold of something ends the tour with that, and goes on from there.
      () => setTimeout(() => this.goBack()),
    );
    /** @type {Move | undefined} */
    this.touredFrom = undefined;
    this.pad.addEventListener("pointerdown", (event) => this.grab(event));
    this.pad.addEventListener("pointermove", (event) => this.drag(event));
    for (const type of /** @type {const} */ (["pointerup", "pointercancel"]))
      this.pad.addEventListener(type, () => this.drop());
    this.pad.addEventListener("keydown", (event) => this.key(event));
    this.pad.addEventListener("blur", () => {
      if (this.soon) this.commit();
    });
  }

  connect() {
    this.free.start();
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => {
        this.asked = undefined;
        this.isDue = false;
        setText(this.status, sentence);
      },
      onunknown: () => this.report({}),
      unsaved: () => this.unsaved(),
      onstate: (state) => setText(this.status, state === "lost" ? QUIET_LOST : ""),
    });
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  update(data, unsettled) {
    const header = /** @type {PointsHeader} */ (unpackFrame(data).header);
    const isFirst = !this.shown;
    this.token = header.token;
    const { points, selected } = header;
    const isOlder = this.held || "norm_points" in unsettled;
    // Other settings come from the page: they end the tour, and its points don't come back.
    const isNew = points !== this.told.points || selected !== this.told.selected;
    if (isNew && !isOlder) this.letGo();
    const isAhead = isOlder || this.soon || this.isDue || this.tour.isUnderWay;
    if (!isFirst && isAhead && points !== this.shown?.points) return;
    this.told = { points, selected };
    if (!isAhead) this.selected = selected;
    this.shownSequence = (this.client?.sequence ?? 0) + 1;
    this.asked = undefined;
    this.element.classList.toggle("glide", !isFirst && header.points !== this.shown?.points);
    this.show(header);
    if (isFirst) {
      this.touredFrom = this.start();
      this.tour.beginOnce();
    }
  }

  /** What is under way or not told yet is given up. */
  letGo() {
    if (this.tour.isUnderWay) this.touredFrom = undefined;
    this.tour.end();
    clearTimeout(this.soon);
    this.soon = undefined;
    this.isDue = false;
  }

  /** Where the points were moved, and the page has not been told: how far they are spread out, only an answer says. */
  unsaved() {
    /** @type {Record<string, string>} */
    const found = {};
    if (!this.shown || !(this.held || this.soon || this.isDue)) return found;
    const { points, shift } = this.asked?.move ?? this.start();
    const { farthest } = this.header;
    const shifted = [0, 1].map((axis) => {
      const all = points.map((pair) => pair[axis]);
      const [least, most] = [-farthest - Math.min(...all), farthest - Math.max(...all)];
      return all.map((value) => value + Math.min(Math.max(shift[axis], least), most));
    });
    found.norm_points = points
      .map((_, at) => shifted.map((all) => String(Number(all[at].toFixed(3)))).join(","))
      .join(";");
    found.norm_selected = String(this.selected);
    return found;
  }

  /** The points as they are now, not moved. @returns {Move} */
  start() {
    const [raw] = this.header.planes;
    return {
      points: raw.points.map(([across, up]) => [across, up]),
      shift: [0, 0],
      stretch: [1, 1],
    };
  }

  /** What is on the screen; nothing can be moved before that. */
  get header() {
    return /** @type {PointsHeader} */ (this.shown);
  }

  /** @param {Move} move */
  ask(move) {
    this.element.classList.remove("glide");
    const { token, selected } = this;
    const sequence = this.client?.ask("norm_points", { token, selected, ...move }) ?? 0;
    this.asked = { move, sequence };
  }

  /** @param {Answer} answer */
  receive(answer) {
    const header = /** @type {PointsHeader} */ (answer.header);
    if ((header.sequence ?? 0) < this.shownSequence) return;
    this.shownSequence = header.sequence ?? 0;
    if (this.asked?.sequence === header.sequence) this.asked = undefined;
    setText(this.status, "");
    this.show(header);
    if (this.isDue && !this.asked) this.commit();
    const now = performance.now();
    const detail = { latency: now - (answer.askedAt ?? now), compute: header.ms };
    document.dispatchEvent(new CustomEvent("kernelscope:normalized", { detail }));
  }

  /** @param {PointsHeader} header */
  show(header) {
    this.shown = header;
    for (const plane of header.planes) this.planes.get(plane.key)?.show(plane, header);
    const number = this.selected || "all of them";
    setAttributes(this.pad, {
      "aria-label":
        `${header.planes[0].points.length} points. Chosen: ${number}. A number key chooses a point, ` +
        "0 all of them; arrow keys move it, with Shift in large steps; plus and minus spread all.",
    });
    setAttributes(this.element, { "data-points": header.points });
  }

  /**
   * All points move by themselves.
   * @param {number} row
   * @param {number} column
   */
  toured(row, column) {
    if (!this.touredFrom) return;
    const shift = /** @type {Pair} */ ([TOURED * (column - 0.5), TOURED * (0.5 - row)]);
    this.ask({ ...this.touredFrom, shift });
  }

  /** The points are where they were before the tour, unless a hand has them. */
  goBack() {
    if (this.touredFrom && !this.held && !this.soon) this.ask(this.touredFrom);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    const mark = this.nearest(event);
    if (!mark) return;
    const what = mark.classList.contains("mean")
      ? "mean"
      : mark.classList.contains("corner")
        ? "corner"
        : "point";
    const at = Number(mark.dataset.at ?? -1);
    event.preventDefault();
    this.pad.focus({ preventScroll: true });
    this.pad.setPointerCapture(event.pointerId);
    const { mean, deviation } = this.header.planes[0];
    this.selected = what === "point" ? at + 1 : 0;
    const from = this.plane.features(event);
    // Hands may be faster than answers.
    const start = this.asked?.move ?? this.start();
    this.held = { what, at, from, start, mean, deviation };
    this.ask(this.held.start);
  }

  /**
   * What a pointer takes hold of: marks may lie over each other, so the nearest counts.
   * @param {PointerEvent} event
   */
  nearest({ target, clientX, clientY }) {
    /** @type {HTMLElement | undefined} */
    let found;
    let least = NEAR_PX;
    for (const mark of [this.plane.mean, this.plane.corner, ...this.plane.points.children]) {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const distance = Math.hypot(clientX - (left + right) / 2, clientY - (top + bottom) / 2);
      const isHit = mark === target || distance <= NEAR_PX;
      if (!isHit || (found && distance >= least)) continue;
      found = /** @type {HTMLElement} */ (mark);
      least = distance;
    }
    return found;
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held) return;
    const { what, at, from, start, mean, deviation } = this.held;
    const now = this.bounded(this.plane.features(event), 4);
    const moved = /** @type {Pair} */ ([now[0] - from[0], now[1] - from[1]]);
    if (what === "mean") this.ask(this.withShift(start, moved));
    else if (what === "point") this.ask(this.withPoint(start, at, moved));
    else {
      const stretch = [0, 1].map((axis) =>
        deviation[axis] > LEAST ? (now[axis] - mean[axis]) / (DIAGONAL[axis] * deviation[axis]) : 1,
      );
      for (const axis of [0, 1]) stretch[axis] *= start.stretch[axis];
      this.ask({ ...start, stretch: /** @type {Pair} */ (stretch) });
    }
  }

  /**
   * Move one point, which stays in the plane.
   * @param {Move} move
   * @param {number} at
   * @param {Pair} by
   * @returns {Move}
   */
  withPoint(move, at, by) {
    const [across, up] = move.points[at];
    const points = [...move.points];
    points[at] = this.bounded([across + by[0], up + by[1]], 1);
    return { ...move, points };
  }

  /**
   * Move all points.
   * @param {Move} move
   * @param {Pair} by
   * @returns {Move}
   */
  withShift(move, by) {
    const [across, up] = move.shift;
    return { ...move, shift: this.bounded([across + by[0], up + by[1]], 4) };
  }

  /**
   * @param {Pair} features
   * @param {number} planes how many times as far as the plane's edge they may be
   * @returns {Pair}
   */
  bounded(features, planes) {
    const most = planes * this.header.farthest;
    const [across, up] = features.map((one) => Math.min(Math.max(one, -most), most));
    return [across, up];
  }

  drop() {
    if (!this.held) return;
    this.held = undefined;
    this.commitSoon();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = ARROWS[event.key];
    // Keys may come faster than answers.
    const start = this.asked?.move ?? this.start();
    const far = event.shiftKey ? LARGE_STEP : STEP;
    if (step) {
      const by = /** @type {Pair} */ ([far * step[1], -far * step[0]]);
      this.ask(
        this.selected ? this.withPoint(start, this.selected - 1, by) : this.withShift(start, by),
      );
    } else if (/^[0-9]$/.test(event.key) && Number(event.key) <= start.points.length) {
      this.selected = Number(event.key);
      this.ask(start);
    } else if ("+-".includes(event.key)) {
      const factor = event.key === "+" ? STRETCH : 1 / STRETCH;
      const [across, up] = start.stretch;
      this.ask({ ...start, stretch: [factor * across, factor * up] });
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.commitSoon();
  }

  /** The last answer is on its way; then the page follows. */
  commitSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.commit(), REST_MS);
  }

  /** Where the points are, only an answer says: on a slow line it is waited for. */
  commit() {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.isDue = this.asked !== undefined;
    if (this.isDue) return;
    const { points, planes } = this.header;
    const { selected } = this;
    this.told = { points, selected };
    this.report({ norm_points: points, norm_selected: String(selected) });
    const [raw, normed] = planes;
    const said = selected ? [...raw.lines, ...normed.lines] : [raw.alt, normed.alt];
    setText(this.spoken, `${said.join(". ")}.`);
  }

  close() {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.tour.end();
    this.free.stop();
    this.client?.close();
    this.client = undefined;
    this.shown = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new PointStage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
