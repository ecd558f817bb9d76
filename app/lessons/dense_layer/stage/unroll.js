// Unroll: a picture becomes a vector and comes back; a pixel's neighbors are marked in both; below, a neuron of a
// dense layer with a thread to every place of the vector, and a unit of a convolution with nine.

import { ARROWS } from "../../../browser/arrows.js";
import { ChoiceBar } from "../../../browser/choice_bar.js";
import { el, setAttributes, setText } from "../../../browser/dom.js";
import { cellStyle } from "../../../browser/number_cells.js";
import { pixelsOf } from "../../../browser/pixels.js";
import { isFirst } from "../../../browser/tour.js";
import { cellAt } from "../../../browser/window_geometry.js";
import { GarmentStepper } from "../../../browser/input_choice.js";
import { UnrollDrawing } from "./unroll_drawing.js";
import { neighborsOf } from "./vector_layout.js";

/** @import { Frame } from "../../../browser/frame.js" */
/** @import { Doors, UnrollHeader, Update } from "./types.js" */

const [UNROLL_MS, ROLL_UP_MS, WAIT_MS, COMMIT_MS] = [3200, 1600, 700, 500];

export class UnrollView {
  /** @param {Doors} doors */
  constructor({ report }) {
    this.report = report;
    /** @type {UnrollHeader | undefined} */
    this.received = undefined;
    /** @type {[number, number]} row and column of the pixel that is pointed at */
    this.pixel = [0, 0];
    this.neuron = 0;
    this.kernel = 0;
    /** Which slider a hand is at. */
    this.held = { neuron: false, kernel: false };
    /** @type {ImageData | undefined} the weights of all neurons, below each other */
    this.sheet = undefined;
    /** @type {Uint8Array | undefined} the sizes of the same weights, 0 to 255 */
    this.sizes = undefined;
    /** How much is unrolled, 0 to 1, and where that is going. */
    this.share = 1;
    this.goal = 1;
    this.isToured = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    this.generation = 0;

    this.grids = new ChoiceBar("Picture to unroll", (unrolled) =>
      this.report({ unrolled, dense_pixel: "" }),
    );
    this.garment = new GarmentStepper((garment) => this.report({ garment }));
    this.button = el("button", { class: "roll", onclick: () => this.toggle() }, "Roll up");
    this.caption = el("p", { class: "quiet" });
    this.bar = el("div", { class: "bar" }, this.grids.element, this.garment.element, this.button);
    this.grid = el("canvas", {
      class: "grid",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "picture",
    });
    this.distances = el("div", { class: "distances numbers", "aria-hidden": "true" });
    this.where = el("p", { class: "where numbers" });
    this.apart = el("p", { class: "apart" });
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.strip = el("canvas", { class: "strip", "aria-hidden": "true" });
    this.stripBox = el("div", { class: "strip-box" }, this.strip);
    this.ends = [el("span"), el("span", { class: "quiet" }), el("span")];
    this.weights = el("canvas", { class: "weights", role: "img" });
    this.legend = el("div", { class: "legend numbers" });
    this.neuronText = el("b");
    this.neuronInput = el("input", { type: "range", min: "0", "aria-label": "Neuron" });
    this.neuronFacts = el("p", { class: "numbers" });
    this.kernelCells = el("div", { class: "kernel numbers", role: "img" });
    this.kernelText = el("b");
    this.kernelInput = el("input", { type: "range", min: "0", "aria-label": "Kernel" });
    this.kernelFacts = el("p", { class: "numbers" });
    this.dots = {
      neuron: el("i", { class: "dot", "aria-hidden": "true" }),
      kernel: el("i", { class: "dot kernel-dot", "aria-hidden": "true" }),
    };
    this.threads = el("div", { class: "threads" }, this.dots.neuron, this.dots.kernel);
    this.units = el(
      "div",
      { class: "units" },
      el(
        "div",
        { class: "unit" },
        el(
          "div",
          { class: "learned" },
          el("div", { class: "weights-box" }, this.weights, this.legend),
          el(
            "div",
            { class: "facts" },
            el("label", {}, this.neuronText, this.neuronInput),
            this.neuronFacts,
          ),
        ),
      ),
      el(
        "div",
        { class: "unit" },
        el(
          "div",
          { class: "learned" },
          this.kernelCells,
          el(
            "div",
            { class: "facts" },
            el("label", {}, this.kernelText, this.kernelInput),
            this.kernelFacts,
            el(
              "p",
              { class: "retina" },
              "These pixels are its receptive field. A ganglion cell in the eye is similar: it reacts " +
                "only to light on a small area.",
            ),
          ),
        ),
      ),
    );
    this.flights = el("canvas", { class: "flights", "aria-hidden": "true" });
    this.scene = el(
      "div",
      { class: "scene" },
      el(
        "div",
        { class: "top" },
        el("div", { class: "grid-box" }, this.grid),
        this.distances,
        el("div", { class: "words" }, this.where, this.apart, this.caption),
      ),
      el("div", { class: "ends numbers" }, ...this.ends),
      this.stripBox,
      this.threads,
      this.units,
      this.flights,
    );
    this.element = el("div", { class: "unroll" }, this.scene, this.spoken);
    this.drawing = new UnrollDrawing(this);
    this.listen();
  }

  /** What the page sent last; there is nothing to point at before the first time. */
  get header() {
    return /** @type {UnrollHeader} */ (this.received);
  }

  listen() {
    const read = (/** @type {MouseEvent} */ event) => {
      const box = this.grid.getBoundingClientRect();
      this.point([
        cellAt((event.clientY - box.top) / box.height, this.header.rows),
        cellAt((event.clientX - box.left) / box.width, this.header.columns),
      ]);
    };
    const readStrip = (/** @type {MouseEvent} */ event) => {
      const { rows, columns } = this.header;
      const box = this.stripBox.getBoundingClientRect();
      const place = cellAt((event.clientX - box.left) / box.width, rows * columns);
      this.point([Math.floor(place / columns), place % columns]);
    };
    for (const [element, reads] of /** @type {[HTMLElement, (event: MouseEvent) => void][]} */ ([
      [this.grid, read],
      [this.stripBox, readStrip],
    ])) {
      element.addEventListener("pointermove", reads);
      element.addEventListener("click", (event) => {
        reads(event);
        this.commit();
      });
    }
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.neuronInput.addEventListener("input", () => {
      this.held.neuron = true;
      this.neuron = Number(this.neuronInput.value);
      this.show();
    });
    this.neuronInput.addEventListener("change", () => {
      this.held.neuron = false;
      this.report({ neuron: this.neuronInput.value });
    });
    this.kernelInput.addEventListener("input", () => {
      this.held.kernel = true;
      this.kernel = Number(this.kernelInput.value);
      this.show();
    });
    this.kernelInput.addEventListener("change", () => {
      this.held.kernel = false;
      this.report({ first_kernel: this.kernelInput.value });
    });
    this.resized = new ResizeObserver(() => this.drawing.draw());
    this.resized.observe(this.scene);
    this.resized.observe(this.element);
  }

  /**
   * @param {UnrollHeader} header
   * @param {Frame["blobs"]} blobs
   * @param {Update} update
   */
  async update(header, blobs, { isNew, unsettled }) {
    const isOther = !this.received || this.received.grid !== header.grid;
    this.received = header;
    this.generation += 1;
    const generation = this.generation;
    this.grids.update(header.grids, header.grid);
    this.garment.update(header.garment);
    setText(this.caption, header.caption);
    const isOlder = this.soon !== undefined || "dense_pixel" in unsettled;
    if (isOther || isNew || !isOlder) this.pixel = header.pixel;
    if (header.units) {
      if (!(this.held.neuron || "neuron" in unsettled)) this.neuron = header.units.neuron;
      if (!(this.held.kernel || "first_kernel" in unsettled)) this.kernel = header.units.kernel;
    }
    const [picture, sheet] = await Promise.all([
      pixelsOf(blobs.get("grid")),
      header.units ? (this.sheet ?? pixelsOf(blobs.get("neurons"))) : undefined,
    ]);
    if (generation !== this.generation) return true;
    this.sheet ??= sheet;
    this.sizes ??= blobs.get("sizes")?.bytes.slice();
    this.drawing.take(picture, header);
    this.element.classList.toggle("lecture", header.lecture);
    this.element.style.setProperty("--aspect", String(header.columns / header.rows));
    this.show();
    if (!this.isToured) this.tour();
    else if (isOther) this.play(1, { from: 0 });
    return true;
  }

  receive() {}

  /** The first time the picture unrolls by itself, unless the reader wants no motion. */
  tour() {
    this.isToured = true;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still || !isFirst("dense_layer")) return;
    this.play(1, { from: 0, wait: WAIT_MS });
  }

  toggle() {
    this.play(this.goal ? 0 : 1);
  }

  /**
   * Unroll, or roll up, from where it is.
   * @param {0 | 1} goal
   * @param {{from?: number, wait?: number}} [options]
   */
  play(goal, { from = this.share, wait = 0 } = {}) {
    this.goal = goal;
    setText(this.button, goal ? "Roll up" : "Unroll");
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.share = goal;
      this.drawing.draw();
      return;
    }
    this.share = from;
    const whole = goal ? UNROLL_MS : ROLL_UP_MS;
    /** @type {number | undefined} */
    let before;
    this.runs = (this.runs ?? 0) + 1;
    const run = this.runs;
    const step = (/** @type {number} */ now) => {
      if (run !== this.runs || !this.element.isConnected) return;
      before ??= now + wait;
      const passed = Math.max(0, now - before) / whole;
      if (now > before) before = now;
      this.share = Math.min(Math.max(this.share + (goal ? passed : -passed), 0), 1);
      this.drawing.draw();
      if (this.share !== goal) requestAnimationFrame(step);
    };
    this.drawing.draw();
    requestAnimationFrame(step);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === " ") {
      event.preventDefault();
      this.toggle();
      return;
    }
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const { rows, columns } = this.header;
    const far = event.shiftKey ? 4 : 1;
    this.point([
      Math.min(Math.max(this.pixel[0] + step[0] * far, 0), rows - 1),
      Math.min(Math.max(this.pixel[1] + step[1] * far, 0), columns - 1),
    ]);
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.commit(), COMMIT_MS);
  }

  /** @param {[number, number]} pixel */
  point(pixel) {
    if (String(pixel) === String(this.pixel)) return;
    this.pixel = pixel;
    this.show();
  }

  commit() {
    clearTimeout(this.soon);
    this.soon = undefined;
    setText(this.spoken, this.where.textContent ?? "");
    this.report({ dense_pixel: this.pixel.join() });
  }

  show() {
    const { rows, columns, values, lecture, units } = this.header;
    const [row, column] = this.pixel;
    const place = row * columns + column;
    const last = rows * columns - 1;
    const neighbors = neighborsOf(this.pixel, this.header.neighbors, rows, columns);
    const value = lecture ? "" : ` has the gray value ${values[place]}. It`;
    setText(
      this.where,
      `Pixel [${row}, ${column}]${value} goes to place ${row} · ${columns} + ${column} = ${place} ` +
        `of the vector.`,
    );
    setText(
      this.apart,
      `In the picture its neighbors are 1 pixel away. In the vector, those above and below are ` +
        `W = ${columns} places away (W: the width).`,
    );
    setAttributes(this.grid, {
      "aria-label":
        `Picture of ${rows} × ${columns} pixels. Arrow keys point at a pixel, with Shift in large steps; ` +
        `Space unrolls the picture or rolls it up.`,
    });
    this.showDistances();
    setText(this.ends[0], "place 0");
    setText(this.ends[1], `${rows} × ${columns} = ${last + 1} numbers, row after row`);
    setText(this.ends[2], `place ${last}`);
    this.units.hidden = !units;
    this.threads.hidden = !units;
    if (units) {
      setText(this.neuronText, `Neuron ${this.neuron} of the dense layer`);
      setAttributes(this.neuronInput, { max: String(units.neurons - 1) });
      this.neuronInput.value = String(this.neuron);
      setText(
        this.neuronFacts,
        `${last + 1} weights, one for each place, and a bias. Output: ${units.outputs[this.neuron]}`,
      );
      setAttributes(this.weights, {
        "aria-label": `The ${last + 1} weights of neuron ${this.neuron} as a picture`,
      });
      setText(this.kernelText, `Unit of a convolution, kernel ${this.kernel}`);
      setAttributes(this.kernelInput, { max: String(units.kernels.length - 1) });
      this.kernelInput.value = String(this.kernel);
      const outside = 9 - 1 - neighbors.length;
      const weights = outside
        ? `9 weights, ${outside} of them for zeros outside the picture`
        : "9 weights, the same at every pixel";
      setText(this.kernelFacts, `${weights}. Output: ${units.maps[this.kernel][place]}`);
      this.showLegend();
      this.showKernel();
    }
    this.drawing.draw();
  }

  /** The eight neighbors as a small grid: how far away each is in the vector. */
  showDistances() {
    const { rows, columns } = this.header;
    const there = neighborsOf(this.pixel, this.header.neighbors, rows, columns);
    if (!this.distances.childElementCount)
      this.distances.replaceChildren(
        ...Array.from({ length: 9 }, () => el("div", {}, el("b"), el("span", { class: "quiet" }))),
      );
    [...this.distances.children].forEach((cell, at) => {
      const [down, right] = [Math.floor(at / 3) - 1, (at % 3) - 1];
      const neighbor = there.find((one) => one.down === down && one.right === right);
      const isPixel = down === 0 && right === 0;
      cell.classList.toggle("here", isPixel);
      cell.classList.toggle("outside", !isPixel && !neighbor);
      const sign = neighbor && neighbor.distance < 0 ? "−" : "+";
      const formula = neighbor && neighbor.formula !== "1" ? `${sign} (${neighbor.formula})` : "";
      setText(
        cell.children[0],
        isPixel ? "0" : neighbor ? `${sign}${Math.abs(neighbor.distance)}` : "",
      );
      setText(cell.children[1], formula.replace("(W)", "W"));
    });
  }

  showLegend() {
    const { units } = this.header;
    if (!units || this.legend.childElementCount) return;
    const { low, middle, high, gradient } = units.legend;
    this.legend.append(
      el("div", { class: "colors", style: `background:${gradient}` }),
      el("div", { class: "marks" }, ...[low, middle, high].map((text) => el("span", {}, text))),
    );
  }

  showKernel() {
    const cells = this.header.units?.kernels[this.kernel];
    if (!cells) return;
    setAttributes(this.kernelCells, {
      "aria-label": `The 9 weights of kernel ${this.kernel}: ${cells.texts.join(", ")}`,
    });
    this.kernelCells.replaceChildren(
      ...cells.texts.map((text, at) => el("span", { style: cellStyle(cells, at) }, text)),
    );
  }

  close() {
    clearTimeout(this.soon);
    this.garment.close();
    this.resized?.disconnect();
  }
}
