// Back-propagation by hand: grids of numbers, a window that goes from one sum to the next, and the step.
// Every number is Python's; here grids are laid out, and weights are changed as text.

import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { StageControls } from "../../../../browser/stage_controls.js";
import { WindowGrid } from "../../../../browser/window_grid.js";
import { StepButtons } from "./step_buttons.js";

/** @import { Answer } from "../../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { BackwardHeader } from "./types.js" */

const QUIET_LOST = "Live view lost. Connecting again…";
const WEIGHT = "weight";

class BackwardStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {BackwardHeader | undefined} what is shown */
    this.shown = undefined;
    /** @type {{token: string, settings: Record<string, string>}} of the page */
    this.page = { token: "", settings: {} };
    /** @type {Record<string, string>} moved, and not yet in the page's settings */
    this.moved = {};
    /** The number of the newest question. */
    this.asked = 0;
    /** Steps that were asked for while one was computed. */
    this.owed = 0;
    this.isStepping = false;
    this.at = 0;
    /** @type {Map<string, WindowGrid>} */
    this.grids = new Map();
    this.buttons = new StepButtons({
      onplace: (by) => this.put(this.at + by),
      onstep: () => this.step(),
      onagain: () => this.again(),
    });
    this.controls = new StageControls(
      {
        onmove: (key, text) => this.change(key, text),
        oncommit: (key, text) => this.report(this.change(key, text)),
      },
      this.buttons.element,
    );
    this.stage = el("div", { class: "grids" });
    this.lines = el("div", { class: "lines numbers" });
    this.summary = el("p", { class: "summary numbers", role: "status" });
    this.status = el("span", { class: "quiet" });
    this.element = el(
      "div",
      { class: "ks backward-stage" },
      this.controls.element,
      this.summary,
      this.stage,
      this.lines,
      this.status,
    );
    this.free = new FreeHeight(this.element);
    this.controls.element.addEventListener("pointerdown", () => this.buttons.stop(), true);
    // The weight that a slider changes must not become another one under the hand.
    this.controls.element.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLInputElement) this.buttons.stop();
    });
  }

  connect() {
    this.free.start();
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => {
        this.isStepping = false;
        this.owed = 0;
        setText(this.status, sentence);
      },
      onunknown: () => this.report({}),
      onstate: (state) => setText(this.status, state === "lost" ? QUIET_LOST : ""),
    });
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  update(data, unsettled) {
    const header = /** @type {BackwardHeader} */ (unpackFrame(data).header);
    const isFirst = !this.shown;
    this.page = { token: header.token, settings: header.settings };
    for (const [key, text] of Object.entries(this.moved)) {
      const isTaken = header.settings[key] === text || !this.controls.isHeld;
      if (isTaken && !(key in unsettled)) delete this.moved[key];
    }
    if (!Object.keys(this.moved).length) {
      // An answer that is still under way is of other settings, or of the same.
      this.asked = 0;
      this.show(header);
    }
    if (isFirst && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.buttons.start();
  }

  /**
   * Ask for the grids with another setting; the slider of a weight changes one number of the kernel.
   * @param {string} key
   * @param {string} text
   * @returns {Record<string, string>} the change
   */
  change(key, text) {
    const change = key === WEIGHT ? this.withWeight(text) : { [key]: text };
    Object.assign(this.moved, change);
    const { token, settings } = this.page;
    this.asked =
      this.client?.ask("learn_backward", { token, settings: { ...settings, ...this.moved } }) ?? 0;
    return change;
  }

  /**
   * @param {string} text
   * @returns {Record<string, string>}
   */
  withWeight(text) {
    const weights = this.shown?.weights;
    if (!weights) return {};
    const columns = weights.texts[0].length;
    const rows = weights.texts.map((row, down) =>
      row.map((one, across) => (down * columns + across === this.at ? text : one)).join(","),
    );
    return { [weights.key]: rows.join(";") };
  }

  /** Take the step; those asked for while one is computed follow it. */
  step() {
    const weights = this.shown?.weights;
    if (!weights?.next) {
      this.owed = 0;
    } else if (this.isStepping) {
      this.owed += 1;
    } else {
      this.isStepping = true;
      this.report(this.change(weights.key, weights.next));
    }
  }

  again() {
    const weights = this.shown?.weights;
    this.owed = 0;
    if (weights) this.report(this.change(weights.key, ""));
  }

  /** @param {Answer} answer */
  receive({ header: received, askedAt }) {
    const header = /** @type {BackwardHeader} */ (received);
    if (!this.shown || header.sequence !== this.asked) return;
    setText(this.status, "");
    this.show({ ...this.shown, ...header });
    document.dispatchEvent(
      new CustomEvent("kernelscope:grids", {
        detail: { sequence: header.sequence, latency: performance.now() - (askedAt ?? 0) },
      }),
    );
  }

  /** @param {BackwardHeader} header */
  show(header) {
    this.shown = header;
    this.element.style.setProperty("--widest", String(header.widest));
    this.element.style.setProperty("--highest", String(header.highest));
    this.element.style.setProperty("--count", String(header.columns));
    const listed = [...header.grids, header.steps[0].products];
    for (const [key, { element }] of this.grids)
      if (!listed.some((grid) => grid.key === key)) {
        element.remove();
        this.grids.delete(key);
      }
    for (const grid of header.grids) this.grid(grid.key).show(grid);
    setText(this.summary, header.summary.join(" "));
    this.put(this.at);
    this.isStepping = false;
    if (this.owed > 0) {
      this.owed -= 1;
      this.step();
    }
  }

  /** @param {string} key */
  grid(key) {
    const made =
      this.grids.get(key) ?? new WindowGrid((row, column) => this.point(key, row, column));
    this.grids.set(key, made);
    if (made.element.parentNode !== this.stage) this.stage.append(made.element);
    return made;
  }

  /**
   * Go to a number of the gradient, counted around.
   * @param {number} at
   */
  put(at) {
    if (!this.shown) return;
    const { steps, controls, weights } = this.shown;
    this.at = (at + steps.length) % steps.length;
    const step = steps[this.at];
    this.grid("products").show(step.products);
    for (const [key, grid] of this.grids) grid.point(step, key);
    step.lines.forEach((line, index) => {
      setText(this.lines.children[index] ?? this.lines.appendChild(el("span")), line);
    });
    this.controls.show(step.weight ? [...controls, step.weight] : controls);
    this.buttons.show({ canStep: Boolean(weights?.next), hasStep: Boolean(weights) });
    setAttributes(this.element, {
      "data-step": this.at,
      "data-of": weights ? "weights" : "input",
    });
  }

  /**
   * Go to the number that a cell belongs to.
   * @param {string} key
   * @param {number} row
   * @param {number} column
   */
  point(key, row, column) {
    if (!["kernel", "gradient", "next", "input_gradient"].includes(key)) return;
    const at = (this.shown?.steps ?? []).findIndex(
      ({ marks }) => marks[key]?.[0] === row && marks[key][1] === column,
    );
    if (at < 0 || at === this.at) return;
    this.buttons.stop();
    this.put(at);
  }

  close() {
    this.buttons.stop();
    this.free.stop();
    this.client?.close();
    this.client = undefined;
    this.shown = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new BackwardStage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
