// The painter's buttons: the brush, undo, the kernel's size; behind a button of their own what the pointer does and
// operations on the whole kernel.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Fold } from "../../../browser/fold.js";
import { typedNumber } from "./kernel_text.js";

/** @typedef {"paint" | "drag"} Tool what the pointer does to a cell */

const MAX_SIDE = 15;
const SYMMETRIES = [
  ["none", "no mirror"],
  ["left-right", "mirror ↔"],
  ["up-down", "mirror ↕"],
  ["both", "mirror ↔ ↕"],
  ["point", "mirror by turning"],
];
const BRUSHES = [
  ["-2", "−2"],
  ["-1", "−1"],
  ["0", "0"],
  ["1", "1"],
  ["2", "2"],
];
const OPERATIONS = [
  ["normalize", "Sum 1", "Normalize: divide so that the weights add up to 1"],
  ["zero_mean", "Sum 0", "Take the mean away, so that the weights add up to 0"],
  ["negate", "Negate", "Change every sign"],
  ["rotate", "Turn", "Turn by a quarter"],
];

export class Tools {
  /**
   * @param {{onundo: () => void, onredo: () => void, ontool: (tool: Tool) => void,
   *   onresize: (rows: number, columns: number) => void, onoperate: (operation: string) => void}} on
   */
  constructor(on) {
    this.on = on;
    /** @type {Tool} */
    this.tool = "paint";
    this.undo = el("button", { title: "Undo (Ctrl+Z)", onclick: on.onundo }, "Undo");
    this.redo = el("button", { title: "Redo (Ctrl+Shift+Z)", onclick: on.onredo }, "Redo");
    const clear = el(
      "button",
      { title: "Set every weight to 0", onclick: () => on.onoperate("clear") },
      "Clear",
    );
    this.paint = el(
      "button",
      {
        title: "Drag over cells to paint them with the brush",
        onclick: () => this.choose("paint"),
      },
      "Paint",
    );
    this.drag = el(
      "button",
      {
        title: "Drag a cell up or down to change its value",
        onclick: () => this.choose("drag"),
      },
      "Drag ↕",
    );
    this.mirror = el(
      "select",
      { "aria-label": "Mirror the brush" },
      ...SYMMETRIES.map(([value, label]) => el("option", { value }, label)),
    );
    this.brush = el("input", {
      class: "brush numbers",
      value: "1",
      size: "4",
      "aria-label": "Brush value",
      title: "The value the brush leaves",
    });
    this.height = new Stepper("rows", (by) => on.onresize(by, 0));
    this.width = new Stepper("columns", (by) => on.onresize(0, by));
    const swatches = BRUSHES.map(([value, text]) =>
      el(
        "button",
        {
          class: "swatch numbers",
          title: `Paint with ${text}`,
          onclick: () => {
            this.brush.value = value;
            this.choose("paint");
          },
        },
        text,
      ),
    );
    const more = new Fold(
      "Tools",
      el("div", { class: "line" }, this.paint, this.drag, this.mirror),
      el("div", { class: "line" }, this.height.element, this.width.element),
      el(
        "div",
        { class: "line" },
        ...OPERATIONS.map(([operation, label, title]) =>
          el("button", { title, onclick: () => on.onoperate(operation) }, label),
        ),
      ),
    );
    this.element = el(
      "div",
      { class: "tools" },
      el(
        "div",
        { class: "line", role: "group", "aria-label": "Brush" },
        el("span", { class: "quiet", "aria-hidden": "true" }, "Brush"),
        ...swatches,
        this.brush,
      ),
      el("div", { class: "line" }, this.undo, this.redo, clear, more.element),
    );
  }

  /** What the brush leaves in a cell. */
  get brushValue() {
    return typedNumber(this.brush.value) ?? 1;
  }

  get otherTool() {
    return this.tool === "paint" ? "drag" : "paint";
  }

  get symmetry() {
    return this.mirror.value;
  }

  /** @param {Tool} tool */
  choose(tool) {
    this.tool = tool;
    setAttributes(this.paint, { "aria-pressed": String(tool === "paint") });
    setAttributes(this.drag, { "aria-pressed": String(tool === "drag") });
    this.on.ontool(tool);
  }

  /**
   * @param {{height: number, width: number, canUndo: boolean, canRedo: boolean}} state
   */
  show({ height, width, canUndo, canRedo }) {
    this.height.show(height);
    this.width.show(width);
    this.undo.disabled = !canUndo;
    this.redo.disabled = !canRedo;
  }
}

/** A count with a button for one less and one for one more. */
class Stepper {
  /**
   * @param {string} what
   * @param {(by: 1 | -1) => void} onstep
   */
  constructor(what, onstep) {
    this.count = el("output", { class: "numbers" });
    const [less, more] = [`Fewer ${what}`, `More ${what}`];
    this.less = el("button", { "aria-label": less, title: less, onclick: () => onstep(-1) }, "−");
    this.more = el("button", { "aria-label": more, title: more, onclick: () => onstep(1) }, "+");
    this.element = el(
      "span",
      { class: "stepper", role: "group", "aria-label": what },
      this.less,
      this.count,
      this.more,
      el("span", { class: "quiet", "aria-hidden": "true" }, what),
    );
  }

  /** @param {number} count */
  show(count) {
    setText(this.count, String(count));
    this.less.disabled = count <= 1;
    this.more.disabled = count >= MAX_SIDE;
  }
}
