// The drawing pad: 28 x 28 grays, drawn with pointer, touch or pen, from nothing or from a garment.

import { el, setAttributes } from "../../../browser/dom.js";

const REACH = 1.25; // radius of the brush, in pixels of the pad
const LEVELS = 15;

export class DrawingPad {
  /** @param {{ondraw: (text: string) => void, oncommit: (text: string) => void, ongarment: (index: number) => void}} on */
  constructor({ ondraw, oncommit, ongarment }) {
    Object.assign(this, { ondraw, oncommit, ongarment });
    this.side = 28;
    this.pixels = new Uint8Array(this.side ** 2);
    this.canvas = el("canvas", {
      class: "pad",
      width: this.side,
      height: this.side,
      tabindex: "0",
      role: "img",
      "aria-label": "Drawing pad, 28 by 28 pixels. Draw with the pointer.",
    });
    this.frame = el("div", { class: "field", hidden: true });
    this.heat = el("img", { class: "heat", alt: "", hidden: true });
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
      role: "group",
      "aria-label": "Start from a garment",
    });
    this.element = el(
      "div",
      { class: "drawing" },
      el("div", { class: "picture" }, this.canvas, this.heat, this.frame),
      el("div", { class: "tools" }, this.pen, this.eraser, this.clearButton),
      this.garments,
    );
    this.erasing = false;
    this.choose(false);
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.stroke(event));
    for (const type of ["pointerup", "pointercancel"])
      this.canvas.addEventListener(type, () => this.end());
  }

  tool(name, erases) {
    return el("button", { onclick: () => this.choose(erases) }, name);
  }

  choose(erases) {
    this.erasing = erases;
    setAttributes(this.pen, { "aria-pressed": String(!erases) });
    setAttributes(this.eraser, { "aria-pressed": String(erases) });
  }

  /** Take over what the page says lies on the pad. @param {{pixels: string, garments: Object[]}} pad */
  show(pad, strip) {
    if (!this.down) {
      for (let at = 0; at < this.pixels.length; at += 1)
        this.pixels[at] = parseInt(pad.pixels.slice(2 * at, 2 * at + 2), 16);
      this.paint();
    }
    if (this.garments.children.length || !strip) return;
    createImageBitmap(new Blob([strip.bytes], { type: strip.type })).then((picture) => {
      pad.garments.forEach(({ index, name }, at) => {
        const canvas = el("canvas", { width: this.side, height: this.side, "aria-hidden": "true" });
        canvas.getContext("2d").drawImage(picture, -at * this.side, 0);
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
    });
  }

  paint() {
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(this.side, this.side);
    this.pixels.forEach((gray, at) => image.data.set([gray, gray, gray, 255], 4 * at));
    context.putImageData(image, 0, 0);
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * this.side,
      ((event.clientY - box.top) / box.height) * this.side,
    ];
  }

  begin(event) {
    this.down = true;
    this.last = this.place(event);
    // An eraser at the other end of a pen erases, whatever tool is chosen.
    this.rubbing = this.erasing || event.button === 5;
    this.canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.stroke(event);
  }

  stroke(event) {
    if (!this.down) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) this.line(this.place(one));
    this.line(this.place(event));
    this.drawn();
  }

  /** Dab along the way from the last place, so that a quick hand leaves no gaps. */
  line(to) {
    const [x, y] = this.last;
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(to[0] - x, to[1] - y)));
    for (let step = 1; step <= steps; step += 1) {
      dab(
        this.pixels,
        this.side,
        x + ((to[0] - x) * step) / steps,
        y + ((to[1] - y) * step) / steps,
        this.rubbing,
      );
    }
    this.last = to;
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

/** Put one soft dab of the brush on the pad; rubbing takes gray away. */
export function dab(pixels, side, x, y, rubbing) {
  const [top, left] = [Math.floor(y - REACH - 1), Math.floor(x - REACH - 1)];
  for (let row = Math.max(0, top); row < Math.min(side, top + 2 * REACH + 3); row += 1) {
    for (
      let column = Math.max(0, left);
      column < Math.min(side, left + 2 * REACH + 3);
      column += 1
    ) {
      const cover = Math.min(
        1,
        Math.max(0, REACH + 0.5 - Math.hypot(row + 0.5 - y, column + 0.5 - x)),
      );
      const at = row * side + column;
      pixels[at] = rubbing
        ? Math.min(pixels[at], 255 * (1 - cover))
        : Math.max(pixels[at], 255 * cover);
    }
  }
}

/** A drawing as the link carries it: one hexadecimal digit a pixel. */
export function drawingText(pixels) {
  return Array.from(pixels, (gray) => Math.round((gray * LEVELS) / 255).toString(16)).join("");
}
