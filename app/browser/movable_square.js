// A gray square on a picture: dragged, brought by a click or a tap, moved and resized by keys.

import { ARROWS } from "./arrows.js";
import { el } from "./dom.js";
import { clampSquare, movedSquare, resizedSquare } from "./square.js";

/** @import { Size, Square } from "./square.js" */

/** For keys, which are pressed several times: how long after the last one the square is where it stays. */
const COMMIT_MS = 600;
/** A key moves the square by this part of the picture's width, with Shift by a larger one. */
const [STEPS, LARGE_STEPS] = [56, 7];

export class MovableSquare {
  /**
   * @param {HTMLElement} picture the square lies over it; its position is relative
   * @param {() => Size} sizeOf the picture's, in pixels of what the network sees
   * @param {{onmove: () => void, oncommit: () => void}} listeners told when the square moved, and when it stays
   */
  constructor(picture, sizeOf, listeners) {
    this.picture = picture;
    this.sizeOf = sizeOf;
    this.listeners = listeners;
    /** @type {Square} */
    this.at = [0, 0, 1];
    /** @type {[number, number] | undefined} where in the square it is held, rows and columns from its corner */
    this.held = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    this.element = el(
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
    picture.append(this.element);
    this.element.addEventListener("pointerdown", (event) => this.grab(event));
    picture.addEventListener("pointerdown", (event) => {
      // A finger beside the square may be there to scroll the page: only its tap brings the square.
      if (event.target !== this.element && event.pointerType !== "touch") this.jump(event);
    });
    picture.addEventListener("click", (event) => {
      if (event.target === this.element || event.pointerType !== "touch") return;
      this.comeTo(event);
      this.stay();
    });
    this.element.addEventListener("pointermove", (event) => this.drag(event));
    this.element.addEventListener("pointerup", () => this.drop());
    this.element.addEventListener("pointercancel", () => this.drop());
    this.element.addEventListener("keydown", (event) => this.key(event));
    // What is pressed next comes later than the keys did.
    this.element.addEventListener("blur", () => {
      if (this.soon !== undefined) this.stay();
    });
  }

  /** Whether a hand has it, and has not yet said where it stays. */
  get isMoving() {
    return this.held !== undefined || this.soon !== undefined;
  }

  /**
   * Row and column under a pointer, in pixels of the network's view.
   * @param {MouseEvent} event
   */
  cells(event) {
    const box = this.picture.getBoundingClientRect();
    const { height, width } = this.sizeOf();
    return [
      ((event.clientY - box.top) / box.height) * height,
      ((event.clientX - box.left) / box.width) * width,
    ];
  }

  /** @param {PointerEvent} event */
  grab(event) {
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
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
    const side = this.at[2];
    this.moveTo([Math.round(row - side / 2), Math.round(column - side / 2), side]);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held) return;
    const [row, column] = this.cells(event);
    const [top, left] = [Math.round(row - this.held[0]), Math.round(column - this.held[1])];
    const wanted = clampSquare([top, left, this.at[2]], this.sizeOf());
    if (String(wanted) !== String(this.at)) this.moveTo(wanted);
  }

  drop() {
    if (!this.held) return;
    this.held = undefined;
    this.stay();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const size = this.sizeOf();
    const far = Math.max(1, Math.round(size.width / (event.shiftKey ? LARGE_STEPS : STEPS)));
    const step = ARROWS[event.key];
    if (step) this.moveTo(movedSquare(this.at, step, far, size));
    else if (event.key === "+" || event.key === "-")
      this.resize(this.at[2] + (event.key === "+" ? far : -far));
    else return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.stay(), COMMIT_MS);
  }

  /** The square is where it stays. */
  stay() {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.listeners.oncommit();
  }

  /** @param {number} side */
  resize(side) {
    this.moveTo(resizedSquare(this.at, side, this.sizeOf()));
  }

  /**
   * The reader moves it.
   * @param {Square} square
   */
  moveTo(square) {
    this.place(clampSquare(square, this.sizeOf()));
    this.listeners.onmove();
  }

  /**
   * Put it somewhere, whoever wants it there.
   * @param {Square} square
   */
  place(square) {
    this.at = square;
    const { height, width } = this.sizeOf();
    const [top, left, side] = square;
    Object.assign(this.element.style, {
      top: `${(100 * top) / height}%`,
      left: `${(100 * left) / width}%`,
      height: `${(100 * side) / height}%`,
      width: `${(100 * side) / width}%`,
    });
  }

  close() {
    clearTimeout(this.soon);
    this.soon = undefined;
  }
}
