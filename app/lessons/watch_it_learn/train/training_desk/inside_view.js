// The inside of a network: rows of tiles, each with its title and its scale. Python colored every pixel.

import { contextOf, el, setAttributes, setText } from "../../../../browser/dom.js";
import { GAP, layOut } from "./tiles.js";

/** @import { FrameBlob } from "../../../../browser/frame.js" */
/** @import { Layout } from "./tiles.js" */
/** @import { Inside, Strip } from "./types.js" */

const CAPTION_EM = 1.75;
const LEAST_PX = 120;
const BELOW_PX = 12;

/** @typedef {{strip: Strip, bitmap: ImageBitmap}} Drawn */

export class InsideView {
  constructor() {
    this.element = el("div", { class: "inside" });
    /** @type {Drawn[]} */
    this.drawn = [];
    /** @type {Map<string, {figure: HTMLElement, title: HTMLElement, low: HTMLElement, scale: HTMLElement,
     *   high: HTMLElement, canvas: HTMLCanvasElement}>} */
    this.figures = new Map();
    this.turn = 0;
    this.paint = this.paint.bind(this);
    this.ruler = new ResizeObserver(this.paint);
  }

  start() {
    this.ruler.observe(this.element);
    window.addEventListener("resize", this.paint);
  }

  stop() {
    this.ruler.disconnect();
    window.removeEventListener("resize", this.paint);
  }

  /**
   * @param {Inside} inside
   * @param {Map<string, FrameBlob>} blobs
   */
  async show(inside, blobs) {
    this.turn += 1;
    const turn = this.turn;
    const drawn = await Promise.all(
      inside.strips.map(async (strip) => {
        const { bytes, type } = /** @type {FrameBlob} */ (blobs.get(strip.key));
        return { strip, bitmap: await createImageBitmap(new Blob([bytes], { type })) };
      }),
    );
    if (turn !== this.turn) {
      for (const { bitmap } of drawn) bitmap.close();
      return;
    }
    for (const { bitmap } of this.drawn) bitmap.close();
    this.drawn = drawn;
    const keys = new Set(drawn.map(({ strip }) => strip.key));
    for (const [key, { figure }] of this.figures) {
      if (keys.has(key)) continue;
      figure.remove();
      this.figures.delete(key);
    }
    for (const { strip } of drawn) this.label(strip);
    this.paint();
  }

  /** @param {Strip} strip */
  label(strip) {
    const made = this.figures.get(strip.key) ?? this.make(strip.key);
    setText(made.title, strip.title);
    setText(made.low, strip.low);
    setText(made.high, strip.high);
    made.scale.style.background = strip.gradient;
    setAttributes(made.canvas, {
      "aria-label": `${strip.title}: ${strip.count} pictures, colors from ${strip.low} to ${strip.high}`,
    });
  }

  /** @param {string} key */
  make(key) {
    const [title, low, scale, high] = ["title", "low", "scale", "high"].map((name) =>
      el("span", { class: `${name} numbers` }),
    );
    const canvas = el("canvas", { role: "img" });
    const legend = el("span", { class: "legend" }, low, scale, high);
    const figure = el("figure", {}, el("figcaption", {}, title, legend), canvas);
    this.element.append(figure);
    const made = { figure, title, low, scale, high, canvas };
    this.figures.set(key, made);
    return made;
  }

  /** How much of the window is left below what is above the tiles. */
  freeHeight() {
    const desk = /** @type {HTMLElement} */ (this.element.parentElement);
    const free = Number.parseFloat(desk.style.getPropertyValue("--free"));
    const above = this.element.getBoundingClientRect().top - desk.getBoundingClientRect().top;
    return Math.max(LEAST_PX, free - above - BELOW_PX);
  }

  paint() {
    const width = this.element.clientWidth;
    if (!width || !this.drawn.length) return;
    const height = this.freeHeight();
    const caption = CAPTION_EM * Number.parseFloat(getComputedStyle(this.element).fontSize);
    const layouts = layOut(
      this.drawn.map(({ strip }) => strip),
      { width, height, caption },
    );
    for (const [at, { strip, bitmap }] of this.drawn.entries()) {
      const made = this.figures.get(strip.key);
      if (made) paintStrip(made.canvas, strip, bitmap, layouts[at]);
    }
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Strip} strip
 * @param {ImageBitmap} bitmap the tiles, below each other
 * @param {Layout} layout
 */
function paintStrip(canvas, strip, bitmap, { perRow, width, height }) {
  const lines = Math.ceil(strip.count / perRow);
  const across = perRow * (width + GAP) - GAP;
  const down = lines * (height + GAP) - GAP;
  const ratio = window.devicePixelRatio || 1;
  const [wide, tall] = [Math.round(across * ratio), Math.round(down * ratio)];
  if (canvas.width !== wide || canvas.height !== tall) {
    canvas.width = wide;
    canvas.height = tall;
    canvas.style.width = `${across}px`;
    canvas.style.height = `${down}px`;
  }
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, across, down);
  context.imageSmoothingEnabled = width < strip.columns;
  for (let at = 0; at < strip.count; at += 1) {
    const x = (at % perRow) * (width + GAP);
    const y = Math.floor(at / perRow) * (height + GAP);
    const { columns, rows } = strip;
    context.drawImage(bitmap, 0, at * rows, columns, rows, x, y, width, height);
  }
}
