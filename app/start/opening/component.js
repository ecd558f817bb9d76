// A window on the picture shows its edges; beside it, how the number in its middle is computed.
// All numbers were computed by Python: nothing is computed here.

import { ARROWS } from "../../browser/arrows.js";
import { el, rootOf, setAttributes, setText } from "../../browser/dom.js";
import { unpackFrame } from "../../browser/frame.js";
import { inkOn } from "../../browser/ink.js";
import { setStage } from "../../browser/lesson_stage.js";
import { pixelsOf } from "../../browser/pixels.js";
import { Tour } from "../../browser/tour.js";
import { cellAt } from "../../browser/window_geometry.js";

/** @import { Mounting } from "../../browser/report.js" */
/**
 * The header of app/start/opening/__init__.py.
 * @typedef {{version: string, picture: string, name: string, height: number, width: number,
 *   kernel: number[][], kernelName: string, edgesText: string, limit: number,
 *   colors: string[], inks: string[]}} OpeningHeader
 */

const SIDE = 3;
/** Pixels of pictures up to this size are shown as squares. */
const DOTS_PX = 128;
const MINUS = "\u2212";

class Opening {
  constructor() {
    /** @type {OpeningHeader | undefined} */
    this.header = undefined;
    this.version = "";
    /** @type {string | undefined} of the edges, in this browser */
    this.address = undefined;
    /** @type {ImageData | undefined} */
    this.gray = undefined;
    /** @type {DataView | undefined} */
    this.response = undefined;
    /** Row and column of the pixel in the middle of the window. */
    this.middle = [0, 0];
    this.picture = el("img", { alt: "" });
    this.edges = el("img", { alt: "", class: "edges" });
    this.window = el("div", { class: "window" }, el("i", {}));
    this.surface = el(
      "div",
      { class: "picture", tabindex: "0", role: "application" },
      this.picture,
      this.edges,
      this.window,
    );
    this.pixels = grid();
    this.kernel = grid();
    this.output = el("output", { class: "cell sum numbers", "aria-live": "off" });
    this.kernelName = el("figcaption", {});
    this.edgesText = el("p", { class: "edges-text" });
    this.element = el(
      "div",
      { class: "ks opening" },
      el("div", { class: "sides" }, this.surface, this.equation()),
      this.edgesText,
    );
    this.tour = new Tour(this.surface, "start", ([down, across]) => this.moveTo(across, down));
    for (const type of /** @type {const} */ (["pointermove", "pointerdown"]))
      this.surface.addEventListener(type, (event) => this.follow(event));
    this.surface.addEventListener("keydown", (event) => this.key(event));
  }

  equation() {
    return el(
      "div",
      { class: "equation" },
      el("figure", {}, el("figcaption", {}, "gray values"), this.pixels.element),
      el("span", { class: "sign" }, "⊛"),
      el("figure", {}, this.kernelName, this.kernel.element),
      el("span", { class: "sign" }, "="),
      el("figure", {}, el("figcaption", {}, "output"), this.output),
    );
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  async update(data) {
    const { header, blobs } = unpackFrame(data);
    if (this.version === header.version) return;
    this.version = header.version;
    const gray = await pixelsOf(blobs.get("gray"));
    if (this.version !== header.version) return;
    this.header = header;
    this.gray = gray;
    const response = blobs.get("response")?.bytes ?? new Uint8Array();
    this.response = new DataView(response.buffer, response.byteOffset, response.byteLength);
    const isSmall = Math.max(header.width, header.height) <= DOTS_PX;
    this.surface.classList.toggle("dots", isSmall);
    this.picture.src = new URL(header.picture, document.baseURI).href;
    const edges = blobs.get("edges");
    if (edges) {
      URL.revokeObjectURL(this.address ?? "");
      this.address = URL.createObjectURL(new Blob([edges.bytes], { type: edges.type }));
      this.edges.src = this.address;
    }
    this.element.style.setProperty("--aspect", String(header.width / header.height));
    setAttributes(this.surface, {
      "aria-label": `${header.name}: arrow keys move the window, Shift makes larger steps`,
    });
    setText(this.kernelName, header.kernelName);
    setText(this.edgesText, header.edgesText);
    header.kernel
      .flat()
      .forEach((/** @type {number} */ weight, /** @type {number} */ at) =>
        fill(this.kernel.cells[at], weight, ...this.colorOf(weight, 2)),
      );
    this.moveTo(0.5, 0.5);
    this.tour.beginOnce();
  }

  /**
   * The color of a signed number, and of what is written on it.
   * @param {number} value
   * @param {number} limit at the ends of the scale
   * @returns {[string, string]}
   */
  colorOf(value, limit) {
    const { colors, inks } = /** @type {OpeningHeader} */ (this.header);
    const half = (colors.length - 1) / 2;
    const at = Math.round(half + (half * Math.max(-limit, Math.min(limit, value))) / limit);
    return [colors[at], inks[at]];
  }

  /**
   * @param {number} x in shares of the picture's width
   * @param {number} y in shares of its height
   */
  moveTo(x, y) {
    if (!this.header) return;
    this.middle = [cellAt(y, this.header.height), cellAt(x, this.header.width)];
    this.draw();
  }

  /** @param {PointerEvent} event */
  follow(event) {
    if (!this.header) return;
    const box = this.surface.getBoundingClientRect();
    this.moveTo((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = ARROWS[event.key];
    if (!step || !this.header) return;
    event.preventDefault();
    const far = event.shiftKey ? 16 : 1;
    const most = [this.header.height - 1, this.header.width - 1];
    this.middle = this.middle.map((at, axis) =>
      Math.min(Math.max(at + step[axis] * far, 0), most[axis]),
    );
    this.draw();
  }

  draw() {
    const { header, gray, response } = this;
    if (!header || !gray || !response) return;
    const { height, width } = header;
    const [row, column] = this.middle;
    const [x, y] = [(column + 0.5) / width, (row + 0.5) / height];
    this.surface.style.setProperty("--x", String(x));
    this.surface.style.setProperty("--y", String(y));
    for (let at = 0; at < SIDE * SIDE; at += 1) {
      // Beyond the edge the last pixel is repeated, as it was when the response was computed.
      const r = Math.min(Math.max(row + Math.floor(at / SIDE) - 1, 0), height - 1);
      const c = Math.min(Math.max(column + (at % SIDE) - 1, 0), width - 1);
      const value = gray.data[4 * (r * width + c)];
      fill(
        this.pixels.cells[at],
        value,
        `rgb(${value} ${value} ${value})`,
        inkOn(value, value, value),
      );
    }
    const value = response.getInt16(2 * (row * width + column), true);
    fill(this.output, value, ...this.colorOf(value, header.limit));
  }
}

/** Nine cells in a square. */
function grid() {
  const cells = Array.from({ length: SIDE * SIDE }, () => el("span", { class: "cell numbers" }));
  return { element: el("div", { class: "cells" }, ...cells), cells };
}

/**
 * @param {HTMLElement} cell
 * @param {number} value
 * @param {string} color
 * @param {string} ink
 */
function fill(cell, value, color, ink) {
  setText(cell, value < 0 ? `${MINUS}${-value}` : String(value));
  cell.style.background = color;
  cell.style.color = ink;
}

/** @param {Mounting} component */
export default function ({ data, parentElement }) {
  if (!data) return;
  const opening = rootOf(parentElement, () => new Opening());
  setStage(opening.element);
  opening.update(data);
}
