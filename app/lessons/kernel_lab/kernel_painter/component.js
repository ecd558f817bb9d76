// Paint a kernel: drag over cells with the brush, or drag a cell up and down to change its value.
// Drafts go to the lab's channel while a hand is on the grid; the finished kernel is committed to Python.

import { labChannel } from "../../../browser/channel.js";
import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { cellText, kernelText, mirrored, resized, tidy, typedNumber } from "./kernel_text.js";

const MAX_SIDE = 15;
const PX_PER_STEP = 7;
const DRAW_WAIT_MS = 25;
const SYMMETRIES = [
  ["none", "no mirror"],
  ["left-right", "mirror ↔"],
  ["up-down", "mirror ↕"],
  ["both", "mirror ↔ ↕"],
  ["point", "mirror by turning"],
];
const BRUSHES = ["-2", "-1", "0", "1", "2"];

class Painter {
  constructor() {
    this.rows = [[0]];
    this.past = [];
    this.future = [];
    this.focus = [0, 0];
    this.build();
  }

  build() {
    this.grid = el("div", { class: "grid", role: "grid", "aria-label": "Kernel weights" });
    this.note = el("div", { class: "note quiet numbers", "aria-live": "polite" });
    this.name = el("span", { class: "name" });
    this.height = this.stepper("rows", (by) => this.resize(by, 0));
    this.width = this.stepper("columns", (by) => this.resize(0, by));
    this.brush = el("input", {
      class: "brush numbers",
      value: "1",
      size: "4",
      "aria-label": "Brush value",
      title: "The value the brush leaves",
    });
    this.swatches = BRUSHES.map((value) =>
      el(
        "button",
        {
          class: "swatch numbers",
          title: `Paint with ${value}`,
          onclick: () => {
            this.brush.value = value;
            this.setTool("paint");
          },
        },
        cellText(Number(value)),
      ),
    );
    this.tools = {
      paint: el(
        "button",
        {
          title: "Drag over cells to paint them with the brush",
          onclick: () => this.setTool("paint"),
        },
        "Paint",
      ),
      turn: el(
        "button",
        {
          title: "Drag a cell up or down to change its value",
          onclick: () => this.setTool("turn"),
        },
        "Drag ↕",
      ),
    };
    this.symmetry = el(
      "select",
      { "aria-label": "Mirror the brush", onchange: () => {} },
      ...SYMMETRIES.map(([value, label]) => el("option", { value }, label)),
    );
    this.undoButton = el(
      "button",
      { title: "Undo (Ctrl+Z)", onclick: () => this.travel(this.past, this.future) },
      "↶",
    );
    this.redoButton = el(
      "button",
      { title: "Redo (Ctrl+Shift+Z)", onclick: () => this.travel(this.future, this.past) },
      "↷",
    );
    const operation = (value, label, title) =>
      el("button", { title, onclick: () => this.report({ operation: value }) }, label);
    this.element = el(
      "div",
      { class: "ks painter", onkeydown: (event) => this.shortcut(event) },
      el(
        "div",
        { class: "line head" },
        this.name,
        el("span", { class: "gap" }),
        this.undoButton,
        this.redoButton,
      ),
      this.grid,
      this.note,
      el("div", { class: "line" }, this.tools.paint, this.tools.turn, this.symmetry),
      el("div", { class: "line brushes" }, ...this.swatches, this.brush),
      el(
        "div",
        { class: "line" },
        this.height.element,
        el("span", { class: "quiet" }, "×"),
        this.width.element,
        el("span", { class: "quiet" }, "cells"),
      ),
      el(
        "div",
        { class: "line" },
        operation("normalize", "Σ=1", "Normalize: divide so that the weights add up to 1"),
        operation("zero_mean", "Σ=0", "Take the mean away, so that the weights add up to 0"),
        operation("negate", "±", "Change every sign"),
        operation("rotate", "⟳", "Turn by a quarter"),
        operation("clear", "✕", "Set every weight to 0"),
      ),
    );
    this.setTool("paint");
    this.grid.addEventListener("pointerdown", (event) => this.press(event));
    this.grid.addEventListener("pointermove", (event) => this.drag(event));
    for (const type of ["pointerup", "pointercancel"])
      this.grid.addEventListener(type, (event) => this.lift(event));
    this.grid.addEventListener("keydown", (event) => this.key(event));
    // The grid holds the pointer while it is down, so a double click names the grid, not the cell.
    this.grid.addEventListener("dblclick", () => this.edit(this.focus));
    this.grid.addEventListener("focusin", (event) => {
      const place = this.placeOf(event.target);
      if (place) this.tell(place);
    });
    this.grid.addEventListener("pointerover", (event) => {
      const place = this.placeOf(event.target);
      if (place) this.tell(place);
    });
  }

  stepper(what, change) {
    const count = el("output", { class: "numbers" });
    const less = el(
      "button",
      { "aria-label": `Fewer ${what}`, title: `Fewer ${what}`, onclick: () => change(-1) },
      "−",
    );
    const more = el(
      "button",
      { "aria-label": `More ${what}`, title: `More ${what}`, onclick: () => change(1) },
      "+",
    );
    return {
      element: el(
        "span",
        { class: "stepper", role: "group", "aria-label": what },
        less,
        count,
        more,
      ),
      count,
      less,
      more,
    };
  }

  setTool(tool) {
    this.tool = tool;
    for (const [name, button] of Object.entries(this.tools))
      setAttributes(button, { "aria-pressed": String(name === tool) });
    this.grid.style.cursor = tool === "turn" ? "ns-resize" : "crosshair";
  }

  /** Take over what Python holds. */
  update(data, name, report) {
    this.report = (changes) => report({ ...changes, stamp: `${Date.now()}-${Math.random()}` });
    this.table = data.table;
    this.listen(name);
    if (this.holding) return;
    if (data.kernel !== this.lastFromPython) {
      if (this.lastFromPython !== undefined && !this.travelling) {
        this.past.push(this.lastFromPython);
        this.future = [];
      }
      this.travelling = false;
      this.lastFromPython = data.kernel;
    }
    if (!this.channel.drafts.kernel) {
      this.title = data.name;
      this.adopt(data.weights);
    }
  }

  listen(name) {
    if (this.channel) return;
    this.channel = labChannel(name);
    // While a formula's slider is dragged, each frame brings the weights it made.
    this.onFrame = ({ detail }) => {
      this.drawNow();
      if (this.holding || detail.settings.kernel === kernelText(this.rows)) return;
      this.title = detail.kernel.name;
      this.adopt(detail.kernel.weights);
    };
    this.channel.addEventListener("frame", this.onFrame);
  }

  adopt(weights) {
    this.rows = weights.map((row) => [...row]);
    this.draw();
  }

  draw() {
    const [height, width] = [this.rows.length, this.rows[0].length];
    const side = Math.max(height, width);
    if (
      this.grid.childElementCount !== height ||
      this.grid.firstChild?.childElementCount !== width
    ) {
      this.grid.replaceChildren(
        ...this.rows.map((row, r) =>
          el(
            "div",
            { role: "row", class: "row" },
            ...row.map((_, c) =>
              el("div", {
                role: "gridcell",
                class: "cell numbers",
                "data-row": r,
                "data-column": c,
              }),
            ),
          ),
        ),
      );
      this.grid.style.setProperty("--count", String(side));
      this.grid.style.setProperty("--columns", String(width));
    }
    this.focus = [Math.min(this.focus[0], height - 1), Math.min(this.focus[1], width - 1)];
    const limit = Math.max(...this.rows.flat().map(Math.abs)) || 1;
    const legible = side <= 9;
    this.rows.forEach((row, r) =>
      row.forEach((value, c) => {
        const cell = this.cell(r, c);
        const [red, green, blue] = this.table[Math.round(127.5 + (127.5 * value) / limit)];
        const ink = red * 0.3 + green * 0.59 + blue * 0.11 > 140 ? "#10151c" : "#fff";
        // Attributes that stay as they are cost nothing; a drag repaints one or two cells.
        setAttributes(cell, {
          style: `background:rgb(${red} ${green} ${blue});color:${ink}`,
          tabindex: r === this.focus[0] && c === this.focus[1] ? "0" : "-1",
          "aria-label": `Row ${r + 1}, column ${c + 1}: ${tidy(value)}`,
        });
        if (cell !== this.edited) setText(cell, legible ? cellText(value) : "");
      }),
    );
    setText(this.name, this.title ?? "");
    setText(this.height.count, String(height));
    setText(this.width.count, String(width));
    for (const [stepper, count] of [
      [this.height, height],
      [this.width, width],
    ]) {
      stepper.less.disabled = count <= 1;
      stepper.more.disabled = count >= MAX_SIDE;
    }
    this.undoButton.disabled = !this.past.length;
    this.redoButton.disabled = !this.future.length;
  }

  cell(row, column) {
    return this.grid.children[row].children[column];
  }

  placeOf(target) {
    const cell = target.closest?.(".cell");
    return cell ? [Number(cell.dataset.row), Number(cell.dataset.column)] : null;
  }

  /** A complaint stays readable until the next key or press; removing a field moves the pointer "over" a cell. */
  complain(text) {
    this.complaint = true;
    setText(this.note, text);
  }

  tell([row, column]) {
    if (this.complaint) return;
    setText(
      this.note,
      `row ${row + 1}, column ${column + 1}: ${String(tidy(this.rows[row][column])).replace("-", "−")}`,
    );
  }

  set(row, column, value) {
    for (const [r, c] of mirrored(
      row,
      column,
      this.rows.length,
      this.rows[0].length,
      this.symmetry.value,
    )) {
      this.rows[r][c] = tidy(value);
    }
    this.title = "Your own";
    this.told = [row, column];
    this.channel.draft({ kernel: kernelText(this.rows) });
    this.drawLater();
  }

  /**
   * Show the new weights together with the picture they make. Each change of the page costs a frame of the
   * browser's, and one right now would come before the picture and hold it up.
   */
  drawLater() {
    this.waiting ??= setTimeout(() => this.drawNow(), DRAW_WAIT_MS);
  }

  drawNow() {
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.draw();
    this.tell(this.told);
  }

  press(event) {
    this.complaint = false;
    const place = this.placeOf(event.target);
    if (!place || event.target.tagName === "INPUT" || event.button !== 0) return;
    event.preventDefault();
    this.grid.setPointerCapture(event.pointerId);
    this.focus = place;
    this.cell(...place).focus({ preventScroll: true });
    this.channel.grab();
    this.holding = {
      place,
      y: event.clientY,
      start: this.rows[place[0]][place[1]],
      tool: event.shiftKey ? this.other() : this.tool,
    };
    if (this.holding.tool === "paint") this.set(...place, typedNumber(this.brush.value) ?? 1);
  }

  other() {
    return this.tool === "paint" ? "turn" : "paint";
  }

  drag(event) {
    if (!this.holding) return;
    const { place, y, start, tool } = this.holding;
    if (tool === "turn") {
      const step = event.altKey ? 0.01 : this.step();
      const value = tidy(start + Math.round((y - event.clientY) / PX_PER_STEP) * step);
      if (value !== this.rows[place[0]][place[1]]) this.set(...place, value);
      return;
    }
    const box = this.grid.getBoundingClientRect();
    const cell = this.cell(0, 0).getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / (cell.height + 2));
    const column = Math.floor((event.clientX - box.left) / (cell.width + 2));
    const value = typedNumber(this.brush.value) ?? 1;
    if (this.rows[row]?.[column] === undefined) return;
    if (this.rows[row][column] !== value) this.set(row, column, value);
  }

  /** A tenth of a power of ten that suits the weights: 1/9-like kernels move in small steps. */
  step() {
    const largest = Math.max(...this.rows.flat().map(Math.abs)) || 1;
    return largest < 0.5 ? 0.01 : largest < 2 ? 0.1 : largest < 20 ? 0.5 : 5;
  }

  lift() {
    if (!this.holding) return;
    this.holding = null;
    this.channel.release();
    this.commit();
  }

  commit() {
    this.report({ kernel: kernelText(this.rows) });
  }

  change(row, column, value) {
    this.set(row, column, value);
    this.channel.release();
    this.commit();
  }

  key(event) {
    this.complaint = false;
    const place = this.placeOf(event.target);
    if (!place || event.target.tagName === "INPUT") return;
    const [row, column] = place;
    const [height, width] = [this.rows.length, this.rows[0].length];
    const walk =
      { ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ??
      (event.ctrlKey && { ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]);
    if (walk) {
      event.preventDefault();
      const flat = walk[0]
        ? row * width + column + walk[0] * width
        : row * width + column + walk[1];
      if (flat < 0 || flat >= height * width) return;
      this.focus = [Math.floor(flat / width), flat % width];
      this.draw();
      this.cell(...this.focus).focus();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const by = this.step() * (event.shiftKey ? 10 : 1) * (event.key === "ArrowUp" ? 1 : -1);
      this.change(row, column, this.rows[row][column] + by);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.edit(place);
    } else if (/^[-0-9.]$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.edit(place, event.key);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.change(row, column, 0);
    }
    // Streamlit's own one-letter shortcuts must not fire while a cell has the focus.
    event.stopPropagation();
  }

  /** Type a number into a cell. */
  edit(place, typed) {
    if (!place) return;
    const cell = this.cell(...place);
    const value = this.rows[place[0]][place[1]];
    const input = el("input", {
      value: typed ?? String(tidy(value)),
      inputmode: "decimal",
      "aria-label": "New value",
    });
    this.edited = cell;
    cell.replaceChildren(input);
    input.focus();
    if (typed) input.setSelectionRange(1, 1);
    else input.select();
    let done = false;
    const finish = (keep, next) => {
      if (done) return;
      done = true;
      this.edited = null;
      const number = typedNumber(input.value);
      input.remove();
      if (keep && number !== null && number !== value) this.change(...place, number);
      else this.draw();
      if (next !== null) {
        const flat = Math.min(
          place[0] * this.rows[0].length + place[1] + next,
          this.rows.length * this.rows[0].length - 1,
        );
        this.focus = [Math.floor(flat / this.rows[0].length), flat % this.rows[0].length];
        this.draw();
        this.cell(...this.focus).focus();
      }
      if (keep && number === null)
        this.complain(`“${input.value}” is not a number; the weight stays ${tidy(value)}.`);
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        finish(true, 1);
      }
      if (event.key === "Escape") finish(false, 0);
    });
    input.addEventListener("blur", () => finish(true, null));
  }

  resize(byRows, byColumns) {
    this.rows = resized(this.rows, this.rows.length + byRows, this.rows[0].length + byColumns);
    this.title = "Your own";
    this.draw();
    this.channel.draft({ kernel: kernelText(this.rows) });
    this.channel.release();
    this.commit();
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) this.travel(this.future, this.past);
    else this.travel(this.past, this.future);
  }

  travel(from, to) {
    if (!from.length) return;
    to.push(this.lastFromPython);
    const kernel = from.pop();
    this.travelling = true;
    this.channel.draft({ kernel });
    this.channel.release();
    this.report({ kernel });
  }

  close() {
    this.channel?.removeEventListener("frame", this.onFrame);
    this.channel = undefined;
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  const painter = rootOf(parentElement, () => new Painter());
  painter.update(data, data.lab, (changes) => setStateValue("changes", changes));
  return () => painter.close();
}
