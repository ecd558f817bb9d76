// Grids of numbers beside each other, and one window that slides over all of them.
// Every number is Python's; here grids are laid out and the place of the window is chosen.

import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { FreeHeight } from "../../../browser/free_height.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { LiveClient } from "../../../browser/live_client.js";
import { StageControls } from "../../../browser/stage_controls.js";
import { WindowGrid } from "../../../browser/window_grid.js";

/** @import { Answer } from "../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { GridsHeader } from "./types.js" */

const STEP_MS = 1600;
const QUIET_LOST = "Live view lost. Connecting again…";

class NumberGrids {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {GridsHeader | undefined} what is shown */
    this.shown = undefined;
    /** @type {{token: string, settings: Record<string, string>}} of the page */
    this.page = { token: "", settings: {} };
    /** @type {Record<string, string>} moved, and not yet in the page's settings */
    this.moved = {};
    /** The number of the newest question. */
    this.asked = 0;
    this.step = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    /** @type {Map<string, WindowGrid>} */
    this.grids = new Map();
    this.stage = el("div", { class: "grids" });
    this.lines = el("div", { class: "lines numbers" });
    this.summary = el("p", { class: "summary numbers", role: "status" });
    this.status = el("span", { class: "quiet" });
    this.play = el("button", { onclick: () => (this.timer ? this.stop() : this.start()) });
    const previous = el(
      "button",
      { "aria-label": "Previous window", onclick: () => this.go(this.step - 1) },
      "◀",
    );
    const next = el(
      "button",
      { "aria-label": "Next window", onclick: () => this.go(this.step + 1) },
      "▶",
    );
    const stepper = el(
      "div",
      { class: "stepper" },
      el("span", {}, "Window"),
      previous,
      next,
      this.play,
    );
    this.controls = new StageControls(
      {
        onmove: (key, text) => this.move(key, text),
        oncommit: (key, text) => this.report({ [key]: text }),
      },
      stepper,
    );
    this.element = el(
      "div",
      { class: "ks number-grids" },
      this.controls.element,
      this.stage,
      this.lines,
      this.summary,
      this.status,
    );
    this.free = new FreeHeight(this.element);
    stepper.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!way) return;
      event.preventDefault();
      this.go(this.step + way);
    });
  }

  connect() {
    this.free.start();
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      onstate: (state) => setText(this.status, state === "lost" ? QUIET_LOST : ""),
    });
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  update(data) {
    const header = /** @type {GridsHeader} */ (unpackFrame(data).header);
    const isFirst = !this.shown;
    this.page = { token: header.token, settings: header.settings };
    for (const [key, text] of Object.entries(this.moved))
      if (header.settings[key] === text) delete this.moved[key];
    if (!Object.keys(this.moved).length) this.show(header);
    if (isFirst && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.start();
    else this.label();
  }

  /**
   * @param {string} key
   * @param {string} text
   */
  move(key, text) {
    this.moved[key] = text;
    const { token, settings } = this.page;
    this.asked =
      this.client?.ask("shift_grids", { token, settings: { ...settings, ...this.moved } }) ?? 0;
  }

  /** @param {Answer} answer */
  receive({ header: received, askedAt }) {
    const header = /** @type {GridsHeader} */ (received);
    if (!this.shown || header.sequence !== this.asked) return;
    setText(this.status, "");
    this.show({ ...this.shown, ...header });
    document.dispatchEvent(
      new CustomEvent("kernelscope:grids", {
        detail: { sequence: header.sequence, latency: performance.now() - (askedAt ?? 0) },
      }),
    );
  }

  /** @param {GridsHeader} header */
  show(header) {
    this.shown = header;
    this.element.style.setProperty("--widest", String(header.widest));
    this.element.style.setProperty("--highest", String(header.highest));
    this.stage.style.setProperty("--count", String(header.columns));
    const wanted = new Set(header.grids.map(({ key }) => key));
    for (const [key, { element }] of this.grids)
      if (!wanted.has(key)) {
        element.remove();
        this.grids.delete(key);
      }
    for (const grid of header.grids) {
      const made =
        this.grids.get(grid.key) ??
        new WindowGrid((row, column) => this.point(grid.key, row, column));
      this.grids.set(grid.key, made);
      made.show(grid);
      if (made.element.parentNode !== this.stage) this.stage.append(made.element);
    }
    this.controls.show(header.controls);
    setText(this.summary, header.summary.join(" "));
    this.draw();
  }

  /** Frame the window's place in every grid, and write what is computed there. */
  draw() {
    const step = this.shown?.steps[this.step];
    if (!step) return;
    for (const [key, grid] of this.grids) grid.point(step, key);
    while (this.lines.children.length > step.lines.length) this.lines.lastElementChild?.remove();
    step.lines.forEach((line, at) => {
      const made = this.lines.children[at] ?? this.lines.appendChild(el("span"));
      setText(made, line);
    });
    setAttributes(this.element, { "data-step": this.step });
  }

  /**
   * Go to a window, counted around.
   * @param {number} step
   */
  go(step) {
    this.stop();
    this.put(step);
  }

  /** @param {number} step */
  put(step) {
    const count = this.shown?.steps.length ?? 1;
    this.step = (step + count) % count;
    this.draw();
  }

  /**
   * Go to the window that covers a cell.
   * @param {string} key
   * @param {number} row
   * @param {number} column
   */
  point(key, row, column) {
    const at = (this.shown?.steps ?? []).findIndex(({ marks: { [key]: span } }) => {
      if (!span) return false;
      const [top, left, bottom, right] = span;
      return row >= top && row < bottom && column >= left && column < right;
    });
    if (at >= 0 && at !== this.step) this.go(at);
  }

  start() {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.put(this.step + 1), STEP_MS);
    this.label();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.label();
  }

  label() {
    setText(this.play, this.timer ? "Pause" : "Play");
  }

  close() {
    this.stop();
    this.free.stop();
    this.client?.close();
    this.client = undefined;
    this.shown = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const grids = rootOf(parentElement, () => new NumberGrids());
  setStage(grids.element);
  grids.report = report;
  grids.connect();
  grids.update(data);
  return () => grids.close();
}
