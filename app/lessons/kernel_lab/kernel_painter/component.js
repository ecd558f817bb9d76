// Paint a kernel: drag over cells with the brush, or drag a cell up and down to change its value.
// While a pointer is on the grid the kernel is previewed on the lab's channel; the finished one is told to Python,
// which writes and colors the cells.

import { labChannel } from "../../../browser/channel.js";
import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { FreeHeight } from "../../../browser/free_height.js";
import { tidy } from "../../../browser/numbers.js";
import { CellGrid } from "./cell_grid.js";
import {
  boundedWeight,
  cellBeside,
  kernelText,
  mirrored,
  refusal,
  resized,
} from "./kernel_text.js";
import { Tools } from "./tools.js";

/** @import { LabChannel } from "../../../browser/channel.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { LabHeader } from "../live_view/types.js" */
/** @import { KernelCells } from "./cell_grid.js" */
/** @import { Cell } from "./kernel_text.js" */
/** @import { Tool } from "./tools.js" */

/** @typedef {{lab: string, kernel: string, name: string, weights: number[][], cells: KernelCells}} PainterData */
/** @typedef {{cell: Cell, y: number, start: number, tool: Tool}} Hold a cell that a pointer is down on */

const PX_PER_STEP = 7;
const DRAW_WAIT_MS = 25;
const OWN = "Your own";

class Painter {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LabChannel | undefined} */
    this.channel = undefined;
    this.rows = [[0]];
    this.title = "";
    /** @type {string[]} kernels before the present one */
    this.past = [];
    /** @type {string[]} kernels that were undone */
    this.future = [];
    /** @type {string | undefined} the kernel that Python holds */
    this.committed = undefined;
    /** Whether the next kernel from Python comes of undo or redo. */
    this.isTravelling = false;
    /** @type {Hold | null} */
    this.hold = null;
    /** @type {string | undefined} the kernel of the last frame */
    this.framed = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    /** @type {Cell} the cell that was changed last */
    this.changed = [0, 0];
    this.isComplaining = false;
    this.note = el("div", { class: "note quiet numbers" });
    this.name = el("div", { class: "name" });
    this.grid = new CellGrid();
    this.tools = new Tools({
      onundo: () => this.travel(this.past, this.future),
      onredo: () => this.travel(this.future, this.past),
      ontool: (tool) => {
        this.grid.element.style.cursor = tool === "drag" ? "ns-resize" : "crosshair";
      },
      onresize: (rows, columns) => this.resize(rows, columns),
      onoperate: (operation) => this.report({ operation }),
    });
    this.tools.choose("paint");
    this.element = el(
      "div",
      {
        class: "ks painter",
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.shortcut(event),
      },
      el("div", { class: "board" }, this.name, this.grid.element, this.note),
      this.tools.element,
    );
    this.height = new FreeHeight(this.element);
    this.listenToGrid(this.grid.element);
    this.onframe = (/** @type {Event} */ event) =>
      this.takeFrame(/** @type {CustomEvent<LabHeader>} */ (event).detail);
  }

  /** @param {HTMLElement} grid */
  listenToGrid(grid) {
    grid.addEventListener("pointerdown", (event) => this.press(event));
    grid.addEventListener("pointermove", (event) => this.drag(event));
    grid.addEventListener("pointerup", () => this.lift());
    grid.addEventListener("pointercancel", () => this.lift());
    grid.addEventListener("keydown", (event) => this.key(event));
    // The grid holds the pointer while it is down, so a double click names the grid, not the cell.
    grid.addEventListener("dblclick", () => this.edit(this.grid.focused));
    for (const type of ["focusin", "pointerover"]) {
      grid.addEventListener(type, (event) => {
        const cell = this.grid.cellOf(event);
        if (cell) this.tell(cell);
      });
    }
  }

  /**
   * Take over what Python holds.
   * @param {PainterData} data
   */
  update(data) {
    this.height.start();
    const channel = this.listen(data.lab);
    if (this.hold) return;
    if (data.kernel !== this.committed) {
      if (this.committed !== undefined && !this.isTravelling) {
        this.past.push(this.committed);
        this.future = [];
      }
      this.isTravelling = false;
      this.committed = data.kernel;
    }
    if (channel.previewed.kernel) this.draw();
    else this.adopt(data);
  }

  /** @param {string} name */
  listen(name) {
    if (!this.channel) {
      this.channel = labChannel(name);
      this.channel.addEventListener("frame", this.onframe);
    }
    return this.channel;
  }

  /**
   * A frame brings the text and the colors of the kernel it was made with; while a formula's slider is dragged, also
   * the weights that the formula made.
   * @param {LabHeader} header
   */
  takeFrame({ kernel, settings }) {
    if (settings.kernel !== this.framed) {
      this.framed = settings.kernel;
      const own = kernelText(this.rows);
      const isOwnAhead = this.hold || this.channel?.previewed.kernel === own;
      if (isOwnAhead || settings.kernel === own) {
        this.grid.learn(kernel.weights, kernel.cells);
        if (!this.waiting) this.draw();
      } else this.adopt(kernel);
    }
    if (this.waiting) this.drawNow();
  }

  /** @param {{name: string, weights: number[][], cells: KernelCells}} kernel */
  adopt({ name, weights, cells }) {
    this.title = name;
    this.rows = weights.map((row) => [...row]);
    this.grid.learn(weights, cells);
    this.draw();
  }

  draw() {
    this.grid.draw(this.rows);
    setText(this.name, this.title);
    this.tools.show({
      height: this.rows.length,
      width: this.rows[0].length,
      canUndo: this.past.length > 0,
      canRedo: this.future.length > 0,
    });
  }

  /**
   * A complaint stays readable until the next key or press; removing a field moves the pointer "over" a cell.
   * @param {string} text
   */
  complain(text) {
    this.isComplaining = true;
    setAttributes(this.note, { "aria-live": "polite" });
    setText(this.note, text);
  }

  /**
   * Write a cell's weight; it is not read out, as the cell itself is.
   * @param {Cell} cell
   */
  tell(cell) {
    const [row, column] = cell;
    const value = this.rows[row]?.[column];
    if (this.isComplaining || value === undefined) return;
    setAttributes(this.note, { "aria-live": null });
    setText(this.note, `row ${row}, column ${column}: ${this.grid.written(value, cell).said}`);
  }

  preview() {
    this.title = OWN;
    this.channel?.preview({ kernel: kernelText(this.rows) });
  }

  /**
   * @param {Cell} cell
   * @param {number} value
   */
  set(cell, value) {
    const { rows, tools } = this;
    for (const [row, column] of mirrored(cell, rows.length, rows[0].length, tools.symmetry))
      rows[row][column] = boundedWeight(value);
    this.changed = cell;
    this.preview();
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
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.draw();
    this.tell(this.changed);
  }

  /** @param {PointerEvent} event */
  press(event) {
    this.isComplaining = false;
    const cell = this.grid.cellOf(event);
    if (!cell || event.target instanceof HTMLInputElement || event.button !== 0) return;
    event.preventDefault();
    this.grid.element.setPointerCapture(event.pointerId);
    this.grid.focus(cell);
    this.channel?.grab();
    this.hold = {
      cell,
      y: event.clientY,
      start: this.rows[cell[0]][cell[1]],
      tool: event.shiftKey ? this.tools.otherTool : this.tools.tool,
    };
    if (this.hold.tool === "paint") this.set(cell, this.tools.brushValue);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.hold) return;
    const { cell, y, start, tool } = this.hold;
    const isBrush = tool === "paint";
    const [row, column] = isBrush ? this.grid.cellUnder(event) : cell;
    const steps = Math.round((y - event.clientY) / PX_PER_STEP);
    const step = event.altKey ? 0.01 : this.step();
    const value = isBrush ? this.tools.brushValue : boundedWeight(start + steps * step);
    const before = this.rows[row]?.[column];
    if (before === undefined || before === value) return;
    this.set([row, column], value);
    this.grid.focus([row, column]);
  }

  /** A tenth of a power of ten that suits the weights: 1/9-like kernels move in small steps. */
  step() {
    const largest = Math.max(...this.rows.flat().map(Math.abs)) || 1;
    return largest < 0.5 ? 0.01 : largest < 2 ? 0.1 : largest < 20 ? 0.5 : 5;
  }

  lift() {
    if (!this.hold) return;
    this.hold = null;
    this.commit();
  }

  commit() {
    this.channel?.release();
    this.report({ kernel: kernelText(this.rows) });
  }

  /**
   * @param {Cell} cell
   * @param {number} value
   */
  change(cell, value) {
    this.set(cell, value);
    this.commit();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (isUndoOrRedo(event)) return; // on its way up to `shortcut`
    this.isComplaining = false;
    const cell = this.grid.cellOf(event);
    if (!cell || event.target instanceof HTMLInputElement) return;
    const value = this.rows[cell[0]][cell[1]];
    const step = { PageUp: 1, PageDown: -1 }[event.key];
    if (event.key.startsWith("Arrow")) event.preventDefault();
    const beside = cellBeside(cell, this.rows.length, this.rows[0].length, event.key);
    if (beside) {
      this.grid.focus(beside);
    } else if (step) {
      event.preventDefault();
      this.change(cell, value + step * this.step() * (event.shiftKey ? 10 : 1));
    } else if (event.key === " ") {
      event.preventDefault();
      this.change(cell, this.tools.brushValue);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.edit(cell);
    } else if (/^[-+−0-9.,]$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.edit(cell, event.key);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.change(cell, 0);
    }
    // Streamlit's own one-letter shortcuts must not fire while a cell has the focus.
    event.stopPropagation();
  }

  /**
   * Type a number into a cell.
   * @param {Cell} cell
   * @param {string} [typed] the first key, where typing opened the field
   */
  edit(cell, typed) {
    const value = this.rows[cell[0]][cell[1]];
    this.grid.edit(cell, typed ?? String(tidy(value)), typed !== undefined, (end) => {
      if (end.number !== null && end.number !== value) this.change(cell, end.number);
      else this.draw();
      if (end.next !== null) {
        const width = this.rows[0].length;
        const flat = Math.min(cell[0] * width + cell[1] + end.next, this.rows.length * width - 1);
        this.grid.focus([Math.floor(flat / width), flat % width]);
      }
      if (end.refused !== null)
        this.complain(refusal(end.refused, this.grid.written(value, cell).said));
    });
  }

  /**
   * @param {number} byRows
   * @param {number} byColumns
   */
  resize(byRows, byColumns) {
    this.rows = resized(this.rows, this.rows.length + byRows, this.rows[0].length + byColumns);
    this.preview();
    this.draw();
    this.commit();
  }

  /** @param {KeyboardEvent} event */
  shortcut(event) {
    if (!isUndoOrRedo(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) this.travel(this.future, this.past);
    else this.travel(this.past, this.future);
  }

  /**
   * Undo or redo.
   * @param {string[]} from
   * @param {string[]} to
   */
  travel(from, to) {
    const kernel = from.pop();
    if (kernel === undefined || this.committed === undefined) return;
    to.push(this.committed);
    this.isTravelling = true;
    this.channel?.preview({ kernel });
    this.channel?.release();
    this.report({ kernel });
  }

  close() {
    this.height.stop();
    this.channel?.removeEventListener("frame", this.onframe);
    this.channel = undefined;
  }
}

/** @param {KeyboardEvent} event */
function isUndoOrRedo(event) {
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const painter = rootOf(parentElement, () => new Painter());
  painter.report = report;
  painter.update(data);
  return () => painter.close();
}
