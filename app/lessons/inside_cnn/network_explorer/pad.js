// The drawing pad: 28 x 28 grays, drawn with pointer, touch or pen, from nothing or from a garment.

import { contextOf, el, setAttributes } from "../../../browser/dom.js";
import { Roving } from "../roving.js";
import { PadCursor } from "./pad_cursor.js";
import { layOver } from "./picture.js";

/** @import { Box, FrameBlob, Pad } from "./types.js" */

const SIDE = 28;
const BRUSH_RADIUS = 1.25; // in pixels of the pad
const BRIGHTEST_DIGIT = 15;
const ERASER_BUTTON = 5; // of a pen turned upside down

export class DrawingPad {
  /** @param {{ondraw: (text: string) => void, oncommit: (text: string) => void, ongarment: (index: number) => void}} on */
  constructor({ ondraw, oncommit, ongarment }) {
    this.ondraw = ondraw;
    this.oncommit = oncommit;
    this.ongarment = ongarment;
    this.pixels = new Uint8Array(SIDE ** 2);
    this.canvas = el("canvas", {
      class: "pad",
      width: SIDE,
      height: SIDE,
      tabindex: "0",
      role: "application",
      "aria-label": `Drawing pad, ${SIDE} by ${SIDE} pixels. Arrow keys move, Space paints, Backspace erases.`,
    });
    this.cursor = new PadCursor(this.canvas, SIDE, {
      grayAt: (row, column) => this.pixels[row * SIDE + column],
      onpaint: (row, column, erases) => this.paintAt(row, column, erases),
    });
    this.frame = el("div", { class: "receptive-field", hidden: true });
    this.overlay = el("img", { class: "effective-field", alt: "", hidden: true });
    this.pen = this.tool("Draw", false);
    this.eraser = this.tool("Erase", true);
    this.clearButton = el(
      "button",
      {
        onclick: () => {
          this.pixels.fill(0);
          this.drawn();
          this.commit();
        },
      },
      "Clear",
    );
    this.garments = el("div", {
      class: "garments",
      role: "toolbar",
      "aria-label": "Start from a garment",
    });
    this.garmentStop = new Roving(this.garments, ".garment", "rows");
    const tools = el(
      "div",
      {
        class: "tools",
        role: "toolbar",
        "aria-orientation": "horizontal",
        "aria-label": "Drawing",
      },
      this.pen,
      this.eraser,
      this.clearButton,
    );
    this.toolStop = new Roving(tools, "button", "horizontal");
    this.element = el(
      "div",
      { class: "drawing" },
      el("div", { class: "picture" }, this.canvas, this.overlay, this.frame, this.cursor.element),
      tools,
      this.cursor.told,
      this.garments,
    );
    /** The tool that is chosen, and what the stroke under the pointer does. */
    this.erasing = false;
    this.rubbing = false;
    this.down = false;
    this.last = [0, 0];
    this.choose(false);
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.stroke(event));
    for (const type of ["pointerup", "pointercancel"])
      this.canvas.addEventListener(type, () => this.end());
  }

  /**
   * @param {string} name
   * @param {boolean} erases
   */
  tool(name, erases) {
    return el("button", { onclick: () => this.choose(erases) }, name);
  }

  /** @param {boolean} erases */
  choose(erases) {
    this.erasing = erases;
    setAttributes(this.pen, { "aria-pressed": String(!erases) });
    setAttributes(this.eraser, { "aria-pressed": String(erases) });
    this.toolStop.refresh();
  }

  /**
   * Take over the pixels that the page holds, unless some are being drawn.
   * @param {Pad} pad
   */
  show(pad) {
    if (this.down) return;
    for (let at = 0; at < this.pixels.length; at += 1)
      this.pixels[at] = parseInt(pad.pixels.slice(2 * at, 2 * at + 2), 16);
    this.paint();
  }

  /**
   * Offer garments to start from.
   * @param {Pad} pad
   * @param {FrameBlob | undefined} strip the garments side by side
   */
  offer(pad, strip) {
    if (this.garments.children.length || !strip) return;
    createImageBitmap(new Blob([strip.bytes], { type: strip.type })).then((picture) => {
      pad.garments.forEach(({ index, name }, at) => {
        const canvas = el("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
        contextOf(canvas).drawImage(picture, -at * SIDE, 0);
        this.garments.append(
          el(
            "button",
            {
              class: "garment",
              title: name,
              "aria-label": name,
              onclick: () => this.ongarment(index),
            },
            canvas,
          ),
        );
      });
      this.garmentStop.refresh();
    });
  }

  /**
   * Frame a receptive field on the pad; null takes the frame off.
   * @param {Box | null} box
   */
  mark(box) {
    this.frame.hidden = !box;
    if (box) layOver(this.frame, box);
  }

  /**
   * Lay the effective receptive field over the pad; null takes it off.
   * @param {string | null} address of a picture
   */
  showEffectiveField(address) {
    this.overlay.hidden = !address;
    if (address) this.overlay.src = address;
  }

  paint() {
    const context = contextOf(this.canvas);
    const image = context.createImageData(SIDE, SIDE);
    this.pixels.forEach((gray, at) => image.data.set([gray, gray, gray, 255], 4 * at));
    context.putImageData(image, 0, 0);
  }

  /**
   * Where a pointer is, in pixels of the pad: across and down.
   * @param {PointerEvent} event
   */
  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * SIDE,
      ((event.clientY - box.top) / box.height) * SIDE,
    ];
  }

  /** @param {PointerEvent} event */
  begin(event) {
    this.down = true;
    this.last = this.place(event);
    // An eraser at the other end of a pen erases, whatever tool is chosen.
    this.rubbing = this.erasing || event.button === ERASER_BUTTON;
    this.canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.stroke(event);
  }

  /** @param {PointerEvent} event */
  stroke(event) {
    if (!this.down) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) this.line(this.place(one));
    this.line(this.place(event));
    this.drawn();
  }

  /**
   * Dab along the way from the last place, so that a fast stroke leaves no gaps.
   * @param {number[]} to
   */
  line(to) {
    const [x, y] = this.last;
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(to[0] - x, to[1] - y)));
    for (let step = 1; step <= steps; step += 1) {
      dab(
        this.pixels,
        SIDE,
        x + ((to[0] - x) * step) / steps,
        y + ((to[1] - y) * step) / steps,
        this.rubbing,
      );
    }
    this.last = to;
  }

  /**
   * One dab in the middle of a pixel, as the keyboard does.
   * @param {number} row
   * @param {number} column
   * @param {boolean} erases
   */
  paintAt(row, column, erases) {
    dab(this.pixels, SIDE, column + 0.5, row + 0.5, erases);
    this.drawn();
    this.commit();
  }

  drawn() {
    this.paint();
    this.ondraw(drawingText(this.pixels));
  }

  end() {
    if (!this.down) return;
    this.down = false;
    this.commit();
  }

  commit() {
    this.oncommit(drawingText(this.pixels));
  }
}

/**
 * Put one soft dab of the brush on the pad; rubbing takes gray away.
 * @param {Uint8Array} pixels
 * @param {number} side of the pad
 * @param {number} x
 * @param {number} y
 * @param {boolean} rubbing
 */
export function dab(pixels, side, x, y, rubbing) {
  const [top, left] = [Math.floor(y - BRUSH_RADIUS - 1), Math.floor(x - BRUSH_RADIUS - 1)];
  const [bottom, right] = [top, left].map((first) => Math.min(side, first + 2 * BRUSH_RADIUS + 3));
  for (let row = Math.max(0, top); row < bottom; row += 1) {
    for (let column = Math.max(0, left); column < right; column += 1) {
      const distance = Math.hypot(row + 0.5 - y, column + 0.5 - x);
      const cover = Math.min(1, Math.max(0, BRUSH_RADIUS + 0.5 - distance));
      const at = row * side + column;
      pixels[at] = rubbing
        ? Math.min(pixels[at], 255 * (1 - cover))
        : Math.max(pixels[at], 255 * cover);
    }
  }
}

/**
 * A drawing as the link carries it: one hexadecimal digit a pixel.
 * @param {Uint8Array} pixels
 */
export function drawingText(pixels) {
  return Array.from(pixels, (gray) => Math.round((gray * BRIGHTEST_DIGIT) / 255).toString(16)).join(
    "",
  );
}
