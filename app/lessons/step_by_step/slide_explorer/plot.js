// A row of numbers as points over a line, for one dimension: points to read, to drag and to type into.
// It has the methods of GridView (grid.js), so that the stage treats both alike.

import { el, setText, svg } from "../../../browser/dom.js";
import { Cells, cellTexts } from "./cells.js";
import { CHARACTER_EM, fontFor, LEGIBLE_PX } from "./layout.js";
import { isPadding } from "./scene.js";
import { spokenNumber } from "./spoken.js";
import { WindowFrame } from "./window_frame.js";

/** @import { CellNode } from "./cells.js" */
/** @import { Palette } from "./palette.js" */
/** @import { Block, Box, Grid, Letters, Point, Role } from "./types.js" */
/** @typedef {CellNode & {stem: HTMLElement, dot: HTMLElement, y: number}} PlotNode */

const SNAP = 0.5;
const MOVED_PX = 3;
const DOT_PX = 9;

/**
 * The value at a height: `part` is 0 at the top and 1 at the bottom of the plot. Snapped, inside ±limit.
 * @param {number} part
 * @param {number} limit
 */
export function valueAt(part, limit) {
  const value = Math.round(((0.5 - part) * 2 * limit) / SNAP) * SNAP;
  return Math.min(Math.max(value, -limit), limit);
}

/**
 * How far down a value is: 0 at the top, 1 at the bottom.
 * @param {number} value
 * @param {number} limit
 */
export function heightOf(value, limit) {
  return 0.5 - Math.min(Math.max(value / limit, -1), 1) / 2;
}

/**
 * Pixels that a number of characters takes.
 * @param {number} characters
 * @param {number} font
 */
function fontWidth(characters, font) {
  return characters * font * CHARACTER_EM;
}

export class PlotView {
  /**
   * @param {Role} role
   * @param {Grid} grid one row
   * @param {(index: number, text: string) => void} commit a point was dragged to another value
   */
  constructor(role, grid, commit) {
    this.role = role;
    this.channel = 0;
    this.commit = commit;
    this.head = el("figcaption", { class: "head" });
    this.frame = new WindowFrame();
    this.curve = svg("svg");
    this.path = svg("polyline");
    this.curve.append(this.path);
    this.curve.setAttribute("aria-hidden", "true");
    this.cells = new Cells("strips", grid);
    this.cells.onfill = () => this.drawCurve();
    this.surface = el(
      "div",
      { class: "surface plot" },
      el("div", { class: "zero" }),
      this.curve,
      this.cells.element,
      this.frame.element,
    );
    this.element = el("figure", { class: `panel plot-panel ${role}` }, this.head, this.surface);
    this.grid = grid;
    /** @type {PlotNode[]} */ this.nodes = [];
    /** @type {Point} where the surface lies in the stage */ this.origin = { x: 0, y: 0 };
    this.editable = false;
    this.height = 0;
    /** @type {number[]} x of each point */ this.middles = [];
    this.strip = 0;
    this.font = 0;
    this.least = LEGIBLE_PX;
    /** @type {{index: number, y: number, value: number | null} | undefined} the point under the pointer */
    this.held = undefined;
    /** Whether a drag has just ended: the click that follows is no choice of a cell. */
    this.dragged = false;
    const { element } = this.cells;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => this.drag(event));
    for (const type of ["pointerup", "pointercancel"])
      element.addEventListener(type, () => this.lift());
    this.build();
  }

  /**
   * Take over a row of numbers and their colors.
   * @param {Grid} grid
   * @param {{palette: Palette, letters: Letters, editable: boolean}} how
   */
  update(grid, how) {
    const same = this.grid.columns === grid.columns;
    this.grid = grid;
    this.editable = how.editable;
    if (!same) this.build();
    setText(this.head, `${grid.name}: ${grid.columns - grid.before[1] - grid.after[1]} numbers`);
    this.cells.update(
      grid,
      how,
      (index, padding) =>
        `${grid.name} ${index - grid.before[1]}: ${spokenNumber(grid.texts[index])}${padding ? ", padding" : ""}`,
    );
  }

  build() {
    const { columns } = this.grid;
    this.middles = [];
    this.nodes = Array.from({ length: columns }, (_, index) => {
      const texts = cellTexts();
      const [stem, dot] = [el("i", { class: "stem" }), el("i", { class: "dot" })];
      const cell = el(
        "div",
        { role: "gridcell", class: "strip numbers", "data-at": index },
        stem,
        dot,
        texts.value,
        texts.factor,
        texts.letter,
      );
      return { ...texts, cell, stem, dot, y: 0 };
    });
    this.cells.build(this.nodes, columns);
  }

  /** Pixels above and below the points, for their numbers. */
  get margin() {
    return this.font * 1.1 + DOT_PX + 3;
  }

  /**
   * Place the points, in pixels: `middles` are their x, `strip` is the width of the cell around each, `least` the
   * smallest text that can be read.
   * @param {{width: number, height: number, middles: number[], strip: number, font: number, least: number}} place
   */
  place({ width, height, middles, strip, font, least }) {
    this.height = height;
    this.middles = middles;
    this.strip = strip;
    this.font = font;
    this.least = least;
    Object.assign(this.surface.style, { width: `${width}px`, height: `${height}px` });
    this.surface.style.setProperty("--font", `${font}px`);
    const below = Math.max(font * 0.85, least);
    this.cells.space = { width: strip, font, below, least };
    const letters = Math.max(...this.grid.letters.map((letter) => letter.length), 0);
    this.cells.element.classList.toggle("lettered", fontFor(strip, letters, least, least) > 0);
    this.curve.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.nodes.forEach(({ cell }, index) => {
      Object.assign(cell.style, { left: `${middles[index] - strip / 2}px`, width: `${strip}px` });
      this.raise(index, this.grid.values[index]);
    });
    this.drawCurve();
  }

  /**
   * Put a point at the height of a value.
   * @param {number} index
   * @param {number} value
   */
  raise(index, value) {
    const node = this.nodes[index];
    const at = heightOf(value, this.grid.limit) * (this.height - 2 * this.margin) + this.margin;
    node.y = at;
    const { length } = node.value.textContent ?? "";
    const isTight = this.strip < fontWidth(length, this.font);
    node.cell.classList.toggle("tight", isTight);
    const zero = this.height / 2;
    Object.assign(node.stem.style, {
      top: `${Math.min(at, zero)}px`,
      height: `${Math.abs(at - zero)}px`,
    });
    node.dot.style.top = `${at}px`;
    const middle = at + (value < 0 ? 1 : -1) * (this.font * 0.6 + DOT_PX);
    node.value.style.top = `${middle}px`;
    // A letter or a factor is at the bottom, unless the number is there.
    const isLow = middle + this.font * 0.5 > this.height - 1.3 * this.cells.space.below;
    node.cell.classList.toggle("low", isLow);
  }

  drawCurve() {
    if (!this.middles.length) return;
    const points = this.nodes.flatMap(({ y }, index) =>
      this.cells.hides?.(index) ? [] : [`${this.middles[index]},${y}`],
    );
    this.path.setAttribute("points", points.join(" "));
  }

  /**
   * Left edge and width of a run of points, as high as the plot, in pixels of the surface.
   * @param {Pick<Block, "left" | "right">} block
   * @returns {Box}
   */
  boxOf({ left, right }) {
    const first = this.middles[left] - this.strip / 2;
    const width = this.middles[right] + this.strip / 2 - first;
    return { x: first, y: 0, width, height: this.height };
  }

  /** @param {number} index */
  boxOfCell(index) {
    return this.boxOf({ left: index, right: index });
  }

  /**
   * Where a point is, in the surface.
   * @param {number} index
   * @returns {Point}
   */
  centerOf(index) {
    return { x: this.middles[index], y: this.nodes[index].y };
  }

  /** @param {PointerEvent} event */
  press(event) {
    const index = this.cells.indexOf(event);
    // A finger beside a point scrolls the page.
    const isOnPoint = event.target instanceof Element && event.target.matches(".dot");
    if (event.pointerType === "touch" && !isOnPoint) return;
    if (index < 0 || !this.editable || event.button !== 0 || isPadding(this.grid, index)) return;
    this.held = { index, y: event.clientY, value: null };
    this.cells.element.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const { held } = this;
    if (!held) return;
    if (held.value === null && Math.abs(event.clientY - held.y) <= MOVED_PX) return;
    const box = this.surface.getBoundingClientRect();
    const part = (event.clientY - box.top - this.margin) / (box.height - 2 * this.margin);
    held.value = valueAt(part, this.grid.limit);
    this.nodes[held.index].cell.classList.add("moving");
    this.raise(held.index, held.value);
    setText(this.nodes[held.index].value, String(held.value).replace("-", "−"));
    this.drawCurve();
  }

  lift() {
    const { held } = this;
    this.held = undefined;
    if (!held || held.value === null) return;
    this.dragged = true;
    setTimeout(() => {
      this.dragged = false;
    });
    this.nodes[held.index].cell.classList.remove("moving");
    this.commit(held.index, String(held.value));
  }
}
