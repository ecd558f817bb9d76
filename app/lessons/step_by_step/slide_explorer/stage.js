// The stage: input, kernel and output in one row (or channel by channel), the frames on them, products in flight.

import { el } from "../../../browser/dom.js";
import { glideAt } from "./clock.js";
import { reachAt, tapsAt, termTexts } from "./data.js";
import { Flight } from "./flight.js";
import { GridView } from "./grid.js";
import { cellsInColumns, cellsInRow } from "./layout.js";
import { PlotView } from "./plot.js";

const SIGN_REM = 2.6;
const POOL_GAP_REM = 1.6;
const PANEL_REM = 3;
const COLUMN_REM = 4.6;
const LEGEND_REM = 7.5;
const LEGENDS_REM = 10;
const PATCH_REM = 11.5;

export class Stage {
  /** @param {{onplot: (view: PlotView, index: number, text: string) => void}} on */
  constructor(on) {
    this.on = on;
    this.flight = new Flight();
    this.body = el("div", { class: "body" });
    this.element = el("div", { class: "stage" }, this.body, this.flight.element);
    this.views = { input: [], kernel: [], output: [] };
  }

  get all() {
    return [...this.views.input, ...this.views.kernel, ...this.views.output];
  }

  /** @param {Object} scene @param {HTMLElement} patch the picture to pick from, shown where it is used */
  update(scene, { colorsOf, letters, editable, patch }) {
    const shape = `${scene.mode} ${scene.inputs.length} ${scene.kernels.length}`;
    if (this.shape !== shape) {
      this.shape = shape;
      this.build(scene, patch);
    }
    this.scene = scene;
    const grids = { input: scene.inputs, kernel: scene.kernels, output: scene.outputs };
    for (const [role, views] of Object.entries(this.views)) {
      views.forEach((view, channel) => {
        const grid = grids[role][channel];
        view.update(grid, {
          colors: colorsOf(grid.scale),
          letters,
          editable: role !== "output" && editable,
        });
        view.cells.classList.toggle("weighing", role === "input" && scene.kernels.length > 0);
      });
    }
  }

  build(scene, patch) {
    const made = (role) => (grid, channel) =>
      scene.mode === "line"
        ? new PlotView({
            role,
            commit: (index, text) => this.on.onplot(this.views[role][0], index, text),
          })
        : new GridView({ role, channel });
    this.views = {
      input: scene.inputs.map(made("input")),
      kernel: scene.kernels.map(made("kernel")),
      output: scene.outputs.map(made("output")),
    };
    const { input, kernel, output } = this.views;
    const sign = (text, name = "") =>
      el("div", { class: `op ${name}`, "aria-hidden": "true" }, text);
    const many = input.length > 1;
    this.body.className = `body ${scene.mode === "line" ? "line-mode" : many ? `columns${kernel.length ? "" : " pooled"}` : "row-mode"}`;
    if (scene.mode === "line") {
      this.body.replaceChildren(
        kernel[0].element,
        el("div", { class: "stacked" }, input[0].element, output[0].element),
      );
    } else if (!many) {
      const middle = kernel.length
        ? [sign("∗"), kernel[0].element, sign("=")]
        : [sign(scene.mode === "max" ? "largest →" : "mean →", "word")];
      this.body.replaceChildren(patch, input[0].element, ...middle, output[0].element);
    } else {
      const columns = input.map((view, channel) =>
        el(
          "div",
          { class: "channel" },
          view.element,
          sign(kernel.length ? "∗" : scene.mode === "max" ? "largest ↓" : "mean ↓", "down"),
          (kernel[channel] ?? output[channel]).element,
        ),
      );
      const joined = columns.flatMap((column, channel) =>
        channel && kernel.length ? [sign("+"), column] : [column],
      );
      this.body.replaceChildren(
        patch,
        ...joined,
        ...(kernel.length ? [sign("="), output[0].element] : []),
      );
      // One legend for all kernels, beside those of the channels: height is what the grids need.
      if (kernel.length)
        output[0].element.append(...input.map((view) => view.legend), kernel[0].legend);
    }
  }

  /** Lay everything out for a width and a height in pixels. */
  resize(width, height, rem, withPatch) {
    const { scene, views } = this;
    if (!scene || !width) return;
    if (scene.mode === "line") this.resizePlots(width, height, rem);
    else {
      const size = ([view]) => view && { rows: view.grid.rows, columns: view.grid.columns };
      const grids = {
        input: size(views.input),
        kernel: size(views.kernel) ?? null,
        output: size(views.output),
        channels: views.input.length,
      };
      const many = views.input.length > 1;
      const signs = many
        ? views.kernel.length
          ? views.input.length * SIGN_REM
          : (views.input.length - 1) * POOL_GAP_REM
        : views.kernel.length
          ? 2 * SIGN_REM
          : 2.4 * SIGN_REM;
      const room = {
        width: width - (signs + 1 + (withPatch ? PATCH_REM : 0)) * rem,
        height:
          height - (many ? (views.kernel.length ? COLUMN_REM : 2 * PANEL_REM) : PANEL_REM) * rem,
        legends: (many ? LEGENDS_REM : LEGEND_REM) * rem,
        largest: 6 * rem,
      };
      const cells = many ? cellsInColumns(room, grids) : cellsInRow(room, grids);
      for (const [role, list] of Object.entries(views))
        for (const view of list) view.resize(cells[role], rem);
    }
    this.measure();
  }

  resizePlots(width, height, rem) {
    const { scene, views } = this;
    const [signal, kernel, result] = [views.input[0], views.kernel[0], views.output[0]];
    const left = Math.min(Math.max(9 * rem, kernel.grid.columns * 2.6 * rem), 0.28 * width);
    const wide = Math.floor(width - left - 2.5 * rem);
    const pitch = wide / signal.grid.columns;
    const each = Math.floor((height - 3.4 * rem) / 2);
    const font = Math.min(1.15 * rem, Math.max(0.7 * rem, pitch * 0.42));
    const middle = (index) => (index + 0.5) * pitch;
    signal.place({
      width: wide,
      height: each,
      middles: signal.grid.texts.map((_, index) => middle(index)),
      strip: pitch,
      font,
    });
    const centers = scene.taps[1].map(
      (taps) => (middle(taps[0]) + middle(taps[taps.length - 1])) / 2,
    );
    const apart = centers.length > 1 ? centers[1] - centers[0] : pitch;
    result.place({ width: wide, height: each, middles: centers, strip: apart, font });
    const tap = left / kernel.grid.columns;
    kernel.place({
      width: left,
      height: each,
      middles: kernel.grid.texts.map((_, index) => (index + 0.5) * tap),
      strip: tap,
      font: Math.max(font, rem),
    });
  }

  /** Where the fields lie in the stage, for what flies between them. */
  measure() {
    const own = this.element.getBoundingClientRect();
    for (const view of this.all) {
      const box = view.field.getBoundingClientRect();
      view.origin = { x: box.left - own.left, y: box.top - own.top };
    }
  }

  inStage(view, index) {
    const { x, y } = view.centerOf(index);
    return { x: x + view.origin.x, y: y + view.origin.y };
  }

  /** Marks and frames of one stop, complete or on the way; `from` is the stop the window comes from. */
  showFrames(step, phase, from) {
    const part = glideAt(phase);
    for (const view of this.views.input) {
      const to = view.boxOf(reachAt(this.scene, step));
      view.moveFrame(part < 1 ? between(view.boxOf(reachAt(this.scene, from)), to, part) : to);
    }
    for (const view of this.views.output) {
      const to = view.boxOfCell(step);
      view.moveFrame(part < 1 ? between(view.boxOfCell(from), to, part) : to);
    }
    for (const view of this.views.kernel) {
      view.moveFrame(
        view.boxOf({ top: 0, left: 0, bottom: view.grid.rows - 1, right: view.grid.columns - 1 }),
      );
    }
  }

  hideFrames() {
    for (const view of this.all) view.hideFrame();
  }

  clearMarks() {
    this.markedStep = undefined;
    this.markedTerms = 0;
    for (const view of this.all) view.clearMarks();
  }

  /** Mark the cells under a window with what they are multiplied by: the first `terms`, channel by channel. */
  markStep(step, terms, complete) {
    const { scene } = this;
    if (this.markedStep !== step || terms < this.markedTerms) {
      this.clearMarks();
      this.markedStep = step;
      this.markedTaps = tapsAt(scene, step);
    }
    const taps = this.markedTaps;
    for (
      let at = this.markedTerms;
      at < Math.min(terms, taps.length * scene.inputs.length);
      at += 1
    ) {
      const [channel, term] = [Math.floor(at / taps.length), at % taps.length];
      const view = this.views.input[channel];
      const weights = scene.kernels[channel];
      view.mark(taps[term], "tap", weights ? `×${factorText(weights, term, view.letters)}` : "");
    }
    this.markedTerms = terms;
    if (complete)
      scene.steps[step].winners.forEach((cell, channel) =>
        this.views.input[channel].mark(cell, "winner"),
      );
  }

  /** Load what will fly to the sum of this stop. */
  loadFlight(step) {
    const { scene } = this;
    const taps = tapsAt(scene, step);
    const one = scene.steps[step];
    const routes = [];
    this.views.input.forEach((view, channel) => {
      const to = this.inStage(this.views.output[scene.kernels.length ? 0 : channel], step);
      termTexts(one, channel).forEach((text, term) => {
        if (text) routes.push({ text, from: this.inStage(view, taps[term]), to });
      });
    });
    this.flight.load(Flight.follows(routes.length) ? routes : []);
  }
}

/** The weight as the cell below says it: its number, or its letter on a blackboard. */
export function factorText(weights, term, letters) {
  return letters === "letters" && weights.letters.length
    ? weights.letters[term]
    : weights.texts[term];
}

function between(a, b, part) {
  return {
    x: a.x + (b.x - a.x) * part,
    y: a.y + (b.y - a.y) * part,
    width: b.width,
    height: b.height,
  };
}
