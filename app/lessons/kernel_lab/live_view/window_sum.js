// The sum at the place that was pointed at last: the window's pixels × weights, the sum, and what follows it.
// All texts and colors come from Python (app/lessons/kernel_lab/window_sum.py).

import { goAlong } from "../../../browser/arrows.js";
import { el, setAttributes, setText } from "../../../browser/dom.js";
import { WindowCells, cellForm } from "./window_cells.js";

/** @import { FrameBlob } from "../../../browser/frame.js" */
/** @import { ChannelSum, SumResults, WindowSum as Sum } from "./types.js" */

const COLUMNS = /** @type {const} */ (["name", "sum", "response", "activated"]);

export class WindowSum {
  /** @param {{onopen: () => void}} on the sum is to be shown step by step */
  constructor({ onopen }) {
    this.title = el("p", { class: "sum-title" });
    this.cells = new WindowCells();
    this.window = el("div", { class: "window" }, this.title, this.cells.element);
    this.heads = this.makeRow("div", { class: "line heads quiet", "aria-hidden": "true" });
    this.total = this.makeRow("div", { class: "line total" });
    /** @type {{line: HTMLElement, cells: HTMLElement[]}[]} */
    this.rows = [];
    this.choice = el("div", {
      class: "channels",
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const lines = this.rows.map(({ line }) => line);
        goAlong(event, lines);
        const root = /** @type {ShadowRoot} */ (this.choice.getRootNode());
        const next = lines.indexOf(/** @type {HTMLElement} */ (root.activeElement));
        if (next >= 0 && next !== this.chosen) this.choose(next);
      },
    });
    this.pooled = el("p", { class: "pooled" });
    const lines = [this.heads.line, this.choice, this.total.line];
    this.sums = el("div", { class: "sums numbers" }, ...lines, this.pooled);
    this.open = el("button", { class: "open-step", onclick: onopen }, "Open step by step");
    this.way = el("div", { class: "way" }, this.open);
    /** Last, so that nothing moves where it comes and goes. */
    this.remark = el("p", { class: "remark quiet" });
    this.element = el(
      "section",
      { class: "window-sum", "aria-label": "The sum at a place" },
      this.window,
      this.sums,
      this.way,
      this.remark,
    );
    /** Which channel's window is shown. */
    this.chosen = 0;
    /** Whether a picture that is shown is pooled. */
    this.pools = false;
    /** The room for the cells, in pixels. */
    this.free = { width: 0, height: 0, letter: 14, beside: true };
    /** @type {{sum: Sum, blobs: Map<string, FrameBlob>} | undefined} */
    this.shown = undefined;
  }

  /**
   * @param {"button" | "div"} tag
   * @param {Record<string, any>} attributes
   */
  makeRow(tag, attributes) {
    const cells = COLUMNS.map((name) => el("span", { class: name }));
    return { line: el(tag, attributes, ...cells), cells };
  }

  /**
   * @param {Sum} sum
   * @param {Map<string, FrameBlob>} blobs
   */
  show(sum, blobs) {
    this.shown = { sum, blobs };
    this.element.classList.remove("empty");
    this.arrange();
    this.paint();
  }

  /**
   * Show no sum, and why.
   * @param {string} [why]
   */
  showNothing(why = "") {
    this.element.classList.add("empty");
    setText(this.remark, why);
    setAttributes(this.open, { disabled: true });
  }

  /** @param {WindowSum["free"]} free for the cells, in pixels; `beside`: in a column beside the pictures */
  fit(free) {
    this.free = free;
    this.cells.limitMaps(free);
    if (!this.shown) return;
    const before = this.cells.form;
    this.arrange();
    if (this.cells.form !== before) this.paint();
  }

  arrange() {
    if (!this.shown) return;
    const { sum } = this.shown;
    this.cells.take(cellForm(sum, this.free, sum.channels[0].pixels.length > 0));
    this.makeRows(sum);
  }

  /** @param {Sum} sum */
  makeRows({ channels, bias, activation, total }) {
    setAttributes(this.sums, { "data-bias": String(bias !== "") });
    fill(this.heads, ["", "Sum", bias, activation]);
    if (this.rows.length !== channels.length) {
      this.chosen = Math.min(this.chosen, channels.length - 1);
      const isChoice = channels.length > 1;
      setAttributes(this.choice, {
        role: isChoice && "radiogroup",
        "aria-label": isChoice && "Channel that is shown",
      });
      this.rows = channels.map((_, at) =>
        isChoice
          ? this.makeRow("button", { class: "line", role: "radio", onclick: () => this.choose(at) })
          : this.makeRow("div", { class: "line" }),
      );
      this.choice.replaceChildren(...this.rows.map(({ line }) => line));
    }
    this.total.line.hidden = !total;
  }

  paint() {
    if (!this.shown) return;
    const { sum, blobs } = this.shown;
    const channel = sum.channels[this.chosen];
    const results = sum.total ?? channel;
    setText(this.title, channel.title);
    const bytes = 3 * sum.rows * sum.columns;
    const [pixels, products] = ["pixels", "products"].map((name) => {
      const blob = /** @type {FrameBlob} */ (blobs.get(name));
      return blob.bytes.subarray(this.chosen * bytes, (this.chosen + 1) * bytes);
    });
    this.cells.show(sum, channel, { pixels, products });
    this.rows.forEach(({ line, cells }, at) => {
      const one = sum.channels[at];
      fill({ cells }, textsOf(one));
      if (sum.channels.length === 1) return;
      const isChosen = at === this.chosen;
      setAttributes(line, {
        "aria-checked": String(isChosen),
        "aria-label": one.said,
        tabindex: isChosen ? "0" : "-1",
      });
    });
    if (sum.total) fill(this.total, textsOf({ name: "Σ", ...sum.total }));
    this.pooled.hidden = !this.pools || !results.pooled;
    setText(this.pooled, results.pooled ?? "");
    setAttributes(this.open, { disabled: channel.step !== "" });
    setText(this.remark, [channel.note, channel.step].filter(Boolean).join(" "));
  }

  /** @param {number} channel */
  choose(channel) {
    this.chosen = channel;
    this.paint();
  }

  /** Whether the sum can be shown step by step. */
  get canOpen() {
    return this.shown?.sum.channels[this.chosen].step === "" && !this.open.disabled;
  }

  /** @param {boolean} pools whether a picture that is shown is pooled */
  setPools(pools) {
    if (pools === this.pools) return;
    this.pools = pools;
    this.paint();
  }
}

/**
 * @param {{cells: HTMLElement[]}} row
 * @param {string[]} texts
 */
function fill({ cells }, texts) {
  cells.forEach((cell, at) => setText(cell, texts[at] ?? ""));
}

/** @param {Pick<ChannelSum, "name" | "sum"> & Partial<SumResults>} one */
function textsOf({ name, sum, response, activated }) {
  return [name, sum, response ?? "", activated ?? ""];
}
