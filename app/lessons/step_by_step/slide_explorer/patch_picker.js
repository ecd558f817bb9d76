// The picture in use with a box on it: drag the box, drag a corner, or move it with the arrow keys.

import { ARROWS } from "../../../browser/arrows.js";
import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { PatchChoice } from "./types.js" */

/**
 * Row and column of a box of `side` pixels whose middle is dragged to (row, column), inside the picture.
 * @param {number} row
 * @param {number} column
 * @param {number} side
 * @param {number} height
 * @param {number} width
 */
export function boxAround(row, column, side, height, width) {
  const inside = (/** @type {number} */ at, /** @type {number} */ length) =>
    Math.min(Math.max(Math.round(at - side / 2), 0), Math.max(length - side, 0));
  return [inside(row, height), inside(column, width)];
}

/**
 * Pixels in a cell's side so that `cells` of them span `distance` pixels, and fit into the picture.
 * @param {number} distance
 * @param {number} cells
 * @param {number} height
 * @param {number} width
 * @param {number} most
 */
export function blockFor(distance, cells, height, width, most) {
  const fitting = Math.floor(Math.min(height, width) / cells);
  return Math.min(Math.max(Math.round(distance / cells), 1), Math.max(fitting, 1), most);
}

/** @type {Readonly<PatchChoice>} what the picker has while it is hidden */
const NO_PATCH = Object.freeze({
  source: "",
  alt: "",
  height: 1,
  width: 1,
  row: 0,
  column: 0,
  block: 1,
  cells: 1,
  most: 1,
});

export class PatchPicker {
  /** @param {(text: string) => void} commit gets "row,column,block" */
  constructor(commit) {
    this.commit = commit;
    this.picture = el("img", { alt: "", draggable: "false" });
    this.corner = el("div", { class: "corner" });
    this.box = el(
      "div",
      {
        class: "box",
        tabindex: "0",
        role: "application",
        "aria-label": "Patch: arrow keys move it, plus and minus change its size",
      },
      this.corner,
    );
    this.note = el("div", { class: "quiet note numbers" });
    this.area = el("div", { class: "area" }, this.picture, this.box);
    this.element = el(
      "div",
      { class: "patch", hidden: true },
      el("div", { class: "title" }, "Drag the box"),
      this.area,
      this.note,
    );
    /** @type {PatchChoice} */
    this.patch = NO_PATCH;
    /** @type {{kind: "size" | "move", grip: number[]} | undefined} the drag that is going on */
    this.drag = undefined;
    /** @type {string | undefined} */
    this.source = undefined;
    this.area.addEventListener("pointerdown", (event) => this.press(event));
    this.area.addEventListener("pointermove", (event) => this.move(event));
    for (const type of ["pointerup", "pointercancel"])
      this.area.addEventListener(type, () => this.lift());
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {PatchChoice | null} patch */
  update(patch) {
    this.element.hidden = !patch;
    if (!patch || this.drag) return;
    this.patch = { ...patch };
    if (this.source !== patch.source) {
      this.source = patch.source;
      this.picture.src = patch.source;
      setAttributes(this.picture, { alt: patch.alt });
    }
    this.area.style.aspectRatio = `${patch.width} / ${patch.height}`;
    this.area.style.setProperty("--aspect", String(patch.width / patch.height));
    this.draw();
  }

  get side() {
    return this.patch.cells * this.patch.block;
  }

  draw() {
    const { row, column, height, width, block } = this.patch;
    Object.assign(this.box.style, {
      top: `${(100 * row) / height}%`,
      left: `${(100 * column) / width}%`,
      height: `${(100 * Math.min(this.side, height)) / height}%`,
      width: `${(100 * Math.min(this.side, width)) / width}%`,
    });
    setText(
      this.note,
      block === 1 ? "1 cell = 1 pixel" : `1 cell = mean of ${block} × ${block} pixels`,
    );
  }

  /**
   * Row and column of the picture under a pointer.
   * @param {PointerEvent} event
   */
  at(event) {
    const area = this.area.getBoundingClientRect();
    return [
      ((event.clientY - area.top) / area.height) * this.patch.height,
      ((event.clientX - area.left) / area.width) * this.patch.width,
    ];
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.area.setPointerCapture(event.pointerId);
    const [row, column] = this.at(event);
    const { row: top, column: left } = this.patch;
    const inside =
      row >= top && row < top + this.side && column >= left && column < left + this.side;
    const kind = event.target === this.corner ? "size" : "move";
    // A press beside the box brings it there.
    const grip = inside ? [row - top - this.side / 2, column - left - this.side / 2] : [0, 0];
    this.drag = { kind, grip };
    this.move(event);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.drag) return;
    const [row, column] = this.at(event);
    const { cells, height, width, most } = this.patch;
    if (this.drag.kind === "size") {
      const block = blockFor(
        Math.max(row - this.patch.row, column - this.patch.column),
        cells,
        height,
        width,
        most,
      );
      const free = Math.min(height - this.patch.row, width - this.patch.column);
      if (block * cells <= free) this.patch.block = block;
    } else {
      const [down, across] = this.drag.grip;
      this.center(row - down, column - across);
    }
    this.draw();
  }

  /**
   * Put the middle of the box somewhere, as far as it stays inside the picture.
   * @param {number} row
   * @param {number} column
   */
  center(row, column) {
    const { patch } = this;
    [patch.row, patch.column] = boxAround(row, column, this.side, patch.height, patch.width);
  }

  lift() {
    if (!this.drag) return;
    this.drag = undefined;
    this.send();
  }

  send() {
    this.commit(`${this.patch.row},${this.patch.column},${this.patch.block}`);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = ARROWS[event.key];
    const grow = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (!step && !grow) return;
    event.preventDefault();
    event.stopPropagation();
    const { row, column, block, cells, height, width, most } = this.patch;
    if (grow) {
      this.patch.block = blockFor((block + grow) * cells, cells, height, width, most);
      this.center(row + (cells * block) / 2, column + (cells * block) / 2);
    } else if (step) {
      const far = event.shiftKey ? this.side : block;
      const [middle, center] = [row + this.side / 2, column + this.side / 2];
      this.center(middle + step[0] * far, center + step[1] * far);
    }
    this.draw();
    this.send();
  }
}
