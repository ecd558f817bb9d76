// Drawing on an input: a stroke of pointer, finger or pen writes one number into every cell that it passes.

import { isPadding, withoutPadding } from "./scene.js";

/** @import { Palette } from "./palette.js" */
/** @import { Stage } from "./stage.js" */
/** @import { Brush, GridView } from "./types.js" */
/** @typedef {{view: GridView, last: number, text: string, equal: number, cells: Set<number>}} Stroke */

export class Drawing {
  /**
   * `brush`: what a stroke writes, null where nothing can be drawn; `onbegin`: a press has become a stroke.
   * @param {{stage: Stage, palette: Palette, brush: () => Brush | null, onbegin: () => void,
   *   ondrawn: (channel: number, cells: [number, number][], text: string) => void}} needs
   */
  constructor({ stage, palette, brush, onbegin, ondrawn }) {
    this.stage = stage;
    this.palette = palette;
    this.brush = brush;
    this.onbegin = onbegin;
    this.ondrawn = ondrawn;
    /** @type {Stroke | undefined} the press, which is a stroke once it has cells */
    this.stroke = undefined;
    /** Whether a stroke has just ended: the click that follows is no choice of a cell. */
    this.hasEnded = false;
    const { element } = stage;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    for (const type of ["pointerup", "pointercancel"])
      element.addEventListener(type, () => this.lift());
  }

  get isUnderWay() {
    return Boolean(this.stroke?.cells.size);
  }

  /** Let a finger draw on the inputs instead of scrolling, where they can be drawn on. */
  update() {
    const isDrawable = this.brush() !== null;
    for (const { cells } of this.stage.views.input)
      cells.element.classList.toggle("drawable", isDrawable);
  }

  /** @param {PointerEvent} event */
  press(event) {
    const brush = this.brush();
    const target = this.stage.targetOf(event);
    if (!brush || target?.role !== "input" || event.button !== 0) return;
    const view = this.stage.viewOf(target);
    const isTypedInto = event.target instanceof HTMLInputElement;
    if (!("indexAt" in view) || isTypedInto || isPadding(view.grid, target.index)) return;
    // From a cell that shows the brush's number already, a stroke erases; the last stroke's may not be in the grid yet.
    const { values, texts } = view.grid;
    const ink = [brush.ink, texts[values.indexOf(Number(brush.ink))]];
    const text = ink.includes(view.cells.shown(target.index)) ? brush.paper : brush.ink;
    const equal = values.indexOf(Number(text));
    this.stroke = { view, last: target.index, text, equal, cells: new Set() };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { stroke } = this;
    if (!stroke) return;
    for (const { clientX, clientY } of event.getCoalescedEvents?.() ?? [event]) {
      const index = stroke.view.indexAt(clientX, clientY);
      if (index < 0 || index === stroke.last) continue;
      if (!stroke.cells.size) {
        this.stage.element.setPointerCapture(event.pointerId);
        this.onbegin();
      }
      for (const one of cellsBetween(stroke.last, index, stroke.view.grid.columns))
        this.paint(stroke, one);
      stroke.last = index;
    }
  }

  /**
   * Show a cell as it will be: with its number, in the color that this number has in another cell.
   * @param {Stroke} stroke
   * @param {number} index
   */
  paint({ view, text, equal, cells }, index) {
    if (isPadding(view.grid, index)) return;
    cells.add(index);
    if (equal >= 0) view.cells.color(index, this.palette.fillOf(view.grid, equal));
    view.cells.mark(index, "chosen");
    view.cells.write(index, text);
  }

  lift() {
    const { stroke } = this;
    this.stroke = undefined;
    if (!stroke?.cells.size) return;
    this.hasEnded = true;
    setTimeout(() => {
      this.hasEnded = false;
    });
    const { view, cells, text } = stroke;
    const places = [...cells].map((index) => withoutPadding(view.grid, index));
    this.ondrawn(view.channel, places, text);
  }
}

/**
 * The cells on a straight way from one to another, both included: a fast stroke leaves no gaps.
 * @param {number} from
 * @param {number} to
 * @param {number} columns of the grid
 */
export function cellsBetween(from, to, columns) {
  const [row, column] = [Math.floor(from / columns), from % columns];
  const [down, across] = [Math.floor(to / columns) - row, (to % columns) - column];
  const steps = Math.max(Math.abs(down), Math.abs(across), 1);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const part = step / steps;
    return Math.round(row + down * part) * columns + Math.round(column + across * part);
  });
}
