// Move over the picture: the pixels under the pointer are enlarged, with their values.
// The values are read from losslessly packed pictures that Python made; nothing is computed here.

import { ARROWS } from "../../../browser/arrows.js";
import { contextOf, el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { FreeHeight } from "../../../browser/free_height.js";
import { unpackFrame } from "../../../browser/frame.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { pixelsOf } from "../../../browser/pixels.js";
import { clickWord, isTouch } from "../../../browser/pointer_words.js";
import { Tour } from "../../../browser/tour.js";
import { cellAt } from "../../../browser/window_geometry.js";
import { patchSize, patchStart } from "./patch.js";
import { PixelGrid, valuesOf } from "./pixel_grid.js";

/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { PixelView } from "./pixel_grid.js" */

/**
 * The header of app/lessons/pictures/channels.py; `at`: row and column of the pixel that is held; `classroom`: whether
 * numbers have to be read from the last row.
 * @typedef {{version: string, name: string, height: number, width: number, shape: string, alt: string,
 *   view: PixelView, cells: number, at: [number, number] | null, classroom: boolean}} MagnifierHeader
 */
/** @typedef {{color: ImageData, gray: ImageData}} Pixels */

const VIEWS = /** @type {[PixelView, string][]} */ ([
  ["rgb", "R G B"],
  ["red", "Red"],
  ["green", "Green"],
  ["blue", "Blue"],
  ["gray", "Gray"],
]);
const TINTS = /** @type {Partial<Record<PixelView, string>>} */ ({
  red: "rgb(255 0 0)",
  green: "rgb(0 255 0)",
  blue: "rgb(0 0 255)",
});
const SIZES = [4, 5, 6, 8, 10, 12, 16];
const COMMIT_MS = 400;
/** Smaller numbers are left out; for a projector, a share of the window's width too. */
const LEGIBLE_PX = 10.5;
const CLASSROOM = { px: 14, share: 0.014 };

class Magnifier {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {MagnifierHeader | undefined} what the page sent last */
    this.received = undefined;
    this.version = "";
    /** @type {Pixels | undefined} */
    this.pixels = undefined;
    /** @type {PixelView} */
    this.view = "rgb";
    this.size = 8;
    /** @type {[number, number] | undefined} row and column of the pixel that is read */
    this.middle = undefined;
    /** Whether a click or Enter holds the patch where it is. */
    this.isPinned = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    /** The held pixel as the page sent it last, and those reported here that it has yet to send back. */
    this.heldAt = "";
    /** @type {string[]} */ this.reported = [];
    this.canvas = el("canvas", {
      role: "application",
      "aria-roledescription": "magnifier",
      tabindex: "0",
    });
    this.lens = el("div", { class: "lens", hidden: true });
    this.grid = new PixelGrid();
    this.value = el("span");
    this.range = el("span", { class: "quiet" });
    this.where = el(
      "output",
      { class: "where numbers", "aria-live": "polite" },
      this.value,
      this.range,
    );
    this.views = new Map(
      VIEWS.map(([view, name]) => [
        view,
        el("button", { onclick: () => this.chooseView(view) }, name),
      ]),
    );
    this.sizes = el(
      "select",
      { "aria-label": "Pixels across", onchange: () => this.chooseSize(this.sizes.value) },
      ...SIZES.map((size) => el("option", { value: String(size) }, `${size} × ${size} pixels`)),
    );
    this.hint = el("span", { class: "quiet hint" });
    this.sides = el(
      "div",
      { class: "sides" },
      el("div", { class: "side" }, el("div", { class: "picture" }, this.canvas, this.lens)),
      el("div", { class: "side" }, el("div", { class: "cells" }, this.grid.element)),
    );
    this.free = new FreeHeight(this.sides);
    this.element = el(
      "div",
      { class: "ks magnifier" },
      el(
        "div",
        { class: "bar" },
        el(
          "div",
          { class: "group", role: "group", "aria-label": "What the numbers show" },
          ...this.views.values(),
        ),
        this.sizes,
        this.hint,
      ),
      this.sides,
      el("div", { class: "foot" }, this.where),
    );
    // A finger has no other way to move the lens than to drag it.
    const follow = (/** @type {PointerEvent} */ event) => {
      if (this.isPinned && event.pointerType !== "touch") return;
      this.follow(event);
      if (this.isPinned) this.commitSoon();
    };
    this.canvas.addEventListener("pointermove", follow);
    this.canvas.addEventListener("click", (event) => {
      this.follow(event);
      this.pin();
    });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.tour = new Tour(this.canvas, "pictures", ([down, across]) => {
      this.middle = [cellAt(down, this.header.height), cellAt(across, this.header.width)];
      this.draw();
    });
    // Whether numbers can be read depends on the size of the cells.
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.grid.element);
  }

  /** What the page sent last; there is nothing to point at before the first time. */
  get header() {
    return /** @type {MagnifierHeader} */ (this.received);
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  async update(data) {
    const frame = unpackFrame(data);
    const header = /** @type {MagnifierHeader} */ (frame.header);
    this.received = header;
    this.view = header.view;
    this.size = header.cells;
    if (this.version !== header.version) {
      this.version = header.version;
      const [color, gray] = await Promise.all(
        ["color", "gray"].map((name) => pixelsOf(frame.blobs.get(name))),
      );
      if (this.version !== header.version) return;
      this.pixels = { color, gray };
      this.canvas.width = header.width;
      this.canvas.height = header.height;
      this.middle = undefined;
      this.isPinned = false;
      this.heldAt = "";
      this.reported = [];
      this.tour.end();
    }
    if (!this.pixels) return;
    this.element.classList.toggle("classroom", header.classroom);
    this.element.style.setProperty("--aspect", String(header.width / header.height));
    setAttributes(this.canvas, {
      "aria-label": `${header.alt}. Arrow keys move the magnifier, with Shift in large steps; Enter holds it.`,
    });
    this.paint();
    this.middle ??= header.at ?? [Math.floor(header.height / 2), Math.floor(header.width / 2)];
    this.hold(header.at);
    this.draw();
    if (!this.isPinned) this.tour.beginOnce();
  }

  /**
   * Move to the pixel that the page holds, where it is another than before and not an echo of a click here.
   * @param {[number, number] | null} at
   */
  hold(at) {
    const held = at ? at.join(",") : "";
    const echo = this.reported.lastIndexOf(held);
    const isEcho = echo >= 0;
    // Reports made before that one are settled with it.
    this.reported.splice(0, echo + 1);
    if (at && !isEcho && held !== this.heldAt) {
      this.middle = at;
      this.isPinned = true;
    }
    if (!at && !isEcho && this.heldAt) this.isPinned = false;
    this.heldAt = held;
  }

  /** The big picture: all colors, gray, or one channel (the picture under a filter of that color). */
  paint() {
    if (!this.pixels) return;
    const context = contextOf(this.canvas);
    context.putImageData(this.view === "gray" ? this.pixels.gray : this.pixels.color, 0, 0);
    const tint = TINTS[this.view];
    if (!tint) return;
    context.globalCompositeOperation = "multiply";
    context.fillStyle = tint;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.globalCompositeOperation = "source-over";
  }

  /**
   * A view that was just chosen is shown at once; Python is told for the link.
   * @param {PixelView} view
   */
  chooseView(view) {
    this.view = view;
    this.paint();
    this.draw();
    this.report({ look: view });
  }

  /** @param {string} size */
  chooseSize(size) {
    this.size = Number(size);
    this.draw();
    this.report({ cells: size });
  }

  /**
   * Read the pixel under a pointer.
   * @param {MouseEvent} event
   */
  follow(event) {
    const box = this.canvas.getBoundingClientRect();
    this.middle = [
      cellAt((event.clientY - box.top) / box.height, this.header.height),
      cellAt((event.clientX - box.left) / box.width, this.header.width),
    ];
    this.draw();
  }

  /** A click or Enter holds the patch, the next one lets it go. */
  pin() {
    this.isPinned = !this.isPinned;
    this.draw();
    this.commit();
  }

  /** Tell Python which pixel is held, for the link. */
  commit() {
    clearTimeout(this.soon);
    const at = this.isPinned && this.middle ? this.middle.join(",") : "";
    this.reported.push(at);
    this.report({ at });
  }

  commitSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.commit(), COMMIT_MS);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.pin();
      return;
    }
    const step = ARROWS[event.key];
    if (!step || !this.middle) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? this.size : 1;
    this.middle = [
      Math.min(Math.max(this.middle[0] + step[0] * far, 0), this.header.height - 1),
      Math.min(Math.max(this.middle[1] + step[1] * far, 0), this.header.width - 1),
    ];
    this.draw();
    if (this.isPinned) this.commitSoon();
  }

  draw() {
    if (!this.pixels || !this.middle) return;
    const { height, width, name, shape } = this.header;
    const [rows, columns] = [patchSize(this.size, height), patchSize(this.size, width)];
    const [row, column] = this.middle;
    const [top, left] = [patchStart(row, rows, height), patchStart(column, columns, width)];
    Object.assign(this.lens.style, {
      top: `${(100 * top) / height}%`,
      left: `${(100 * left) / width}%`,
      height: `${(100 * rows) / height}%`,
      width: `${(100 * columns) / width}%`,
    });
    this.lens.hidden = false;
    const { color, gray } = this.pixels;
    const pixelAt = (/** @type {number} */ r, /** @type {number} */ c) => {
      const at = 4 * (r * width + c);
      const [red, green, blue] = color.data.subarray(at, at + 3);
      return { red, green, blue, gray: gray.data[at] };
    };
    const smallestPx = this.header.classroom
      ? Math.max(CLASSROOM.px, CLASSROOM.share * window.innerWidth)
      : LEGIBLE_PX;
    this.grid.draw({ top, left, rows, columns }, this.view, [row, column], pixelAt, smallestPx);
    for (const [view, button] of this.views)
      setAttributes(button, { "aria-pressed": String(view === this.view) });
    this.sizes.value = String(this.size);
    setText(
      this.hint,
      this.isPinned
        ? `Held. ${clickWord()} the picture to let it go.`
        : `${isTouch() ? "Drag" : "Move"} over the picture. ${clickWord()} to hold a pixel.`,
    );
    const values = valuesOf(pixelAt(row, column), this.view).join(", ");
    // What moves by itself is not read out.
    setAttributes(this.where, { "aria-live": this.tour.isUnderWay ? "off" : "polite" });
    setText(
      this.value,
      `${name}[${row}, ${column}] = ${this.view === "rgb" ? `(${values})` : values}`,
    );
    setText(
      this.range,
      `rows ${top} to ${top + rows - 1}, columns ${left} to ${left + columns - 1} of ${shape}`,
    );
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const magnifier = rootOf(parentElement, () => new Magnifier());
  setStage(magnifier.element);
  magnifier.report = report;
  magnifier.free.start();
  magnifier.update(data);
  return () => magnifier.free.stop();
}
