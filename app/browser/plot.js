// A drawing with two axes, as large as its place; what lies in it is drawn anew whenever its size changes.

import { svg } from "./dom.js";

/** @typedef {{low: number, high: number, title: string, ticks: {at: number, text: string}[]}} Axis as axes.py writes it */
/** @typedef {[number, number]} Pair x and y */

let made = 0;

export class Plot {
  /**
   * @param {() => void} draw called when the plot has a new size
   * @param {number} [letters] for so many beside the axis there is always place
   * @param {boolean} [isFlush] the frame is as wide as the place, and numbers are beside it
   */
  constructor(draw, letters = 1, isFlush = false) {
    this.draw = draw;
    this.letters = letters;
    this.isFlush = isFlush;
    /** @type {Axis | undefined} */ this.x = undefined;
    /** @type {Axis | undefined} */ this.y = undefined;
    this.left = 0;
    this.top = 0;
    this.width = 0;
    this.height = 0;
    made += 1;
    this.frame = svg("rect", { class: "frame" });
    this.clip = svg("rect");
    const clip = svg("clipPath", { id: `plot-${made}` });
    clip.append(this.clip);
    this.grid = svg("g", { class: "grid" });
    /** Cut off at the frame. */
    this.inside = svg("g", { "clip-path": `url(#plot-${made})` });
    /** Not cut off. */
    this.over = svg("g");
    this.element = svg("svg", { class: "plot", role: "img" });
    this.element.append(clip, this.frame, this.grid, this.inside, this.over);
    this.ruler = new ResizeObserver(() => this.measure());
  }

  start() {
    this.ruler.observe(this.element);
  }

  stop() {
    this.ruler.disconnect();
  }

  /**
   * @param {Axis} x
   * @param {Axis} y
   */
  setAxes(x, y) {
    const isNew = JSON.stringify([x, y]) !== JSON.stringify([this.x, this.y]);
    this.x = x;
    this.y = y;
    if (isNew) this.drawAxes();
  }

  measure() {
    const { width, height } = this.element.getBoundingClientRect();
    if (width < 40 || height < 40) return;
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const size = this.size;
    const longest = Math.max(...(this.y?.ticks ?? []).map(({ text }) => text.length), this.letters);
    this.left = this.isFlush ? 0 : size * (0.62 * longest + 0.6);
    this.top = size * 1.6;
    this.width = width - this.left - (this.isFlush ? 0 : 0.9 * size);
    this.height = height - this.top - size * 1.6;
    this.drawAxes();
    this.draw();
  }

  /** The size of the type, in px. */
  get size() {
    return parseFloat(getComputedStyle(this.element).fontSize);
  }

  /** @param {number} x */
  px(x) {
    const { low, high } = /** @type {Axis} */ (this.x);
    return this.left + ((x - low) / (high - low)) * this.width;
  }

  /** @param {number} y */
  py(y) {
    const { low, high } = /** @type {Axis} */ (this.y);
    return this.top + ((high - y) / (high - low)) * this.height;
  }

  /**
   * Where a pointer is, in numbers of the axes.
   * @param {MouseEvent} event
   * @returns {Pair}
   */
  at(event) {
    const box = this.element.getBoundingClientRect();
    const x = /** @type {Axis} */ (this.x);
    const y = /** @type {Axis} */ (this.y);
    const right = (event.clientX - box.left - this.left) / this.width;
    const down = (event.clientY - box.top - this.top) / this.height;
    return [x.low + right * (x.high - x.low), y.high - down * (y.high - y.low)];
  }

  drawAxes() {
    if (!this.x || !this.y || !this.width) return;
    const { left, top, width, height, size } = this;
    const box = { x: left, y: top, width: Math.max(1, width), height: Math.max(1, height) };
    for (const rect of [this.frame, this.clip])
      for (const [name, value] of Object.entries(box)) rect.setAttribute(name, String(value));
    const parts = [];
    const bottom = top + height;
    const places = this.x.ticks.map(({ at }) => this.px(at));
    const steps = places.slice(1).map((x, at) => x - places[at]);
    const letters = Math.max(...this.x.ticks.map(({ text }) => text.length));
    const each = Math.ceil((0.62 * letters * size) / Math.max(1, Math.min(...steps, width)));
    for (const [number, { text }] of this.x.ticks.entries()) {
      const x = places[number];
      parts.push(svg("line", { x1: x, x2: x, y1: top, y2: bottom }));
      if (number % each) continue;
      parts.push(this.label(text, { x, y: bottom + size * 1.15, "text-anchor": "middle" }));
    }
    // Where they would lie over each other, only every second or third number is written.
    const apart = Math.abs(this.py(this.y.ticks[1]?.at ?? 1) - this.py(this.y.ticks[0].at));
    const every = Math.ceil((1.15 * size) / Math.max(1, apart));
    for (const [number, { at, text }] of this.y.ticks.entries()) {
      const y = this.py(at);
      parts.push(svg("line", { x1: left, x2: left + width, y1: y, y2: y }));
      if (number % every) continue;
      parts.push(
        this.label(text, { x: left - size * 0.4, y: y + size * 0.35, "text-anchor": "end" }),
      );
    }
    // The name of the axis is written between its last two numbers.
    const [last, other] = [...this.x.ticks].reverse().map(({ at }) => this.px(at));
    const between = (last + (other ?? last)) / 2;
    parts.push(
      this.label(this.x.title, { x: between, y: bottom + size * 1.15, "text-anchor": "middle" }),
      this.label(this.y.title, { x: left, y: size * 1.05, "text-anchor": "start" }),
    );
    this.grid.replaceChildren(...parts);
  }

  /**
   * @param {string} text
   * @param {Record<string, string | number>} attributes
   */
  label(text, attributes) {
    const element = svg("text", attributes);
    element.textContent = text;
    return element;
  }

  /**
   * A path through points.
   * @param {Pair[]} pairs
   */
  path(pairs) {
    if (!pairs.length || !this.width) return "";
    return `M${pairs.map(([x, y]) => `${this.px(x).toFixed(1)},${this.py(y).toFixed(1)}`).join("L")}`;
  }
}
