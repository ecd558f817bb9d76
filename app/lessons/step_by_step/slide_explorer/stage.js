// The stage: input, kernel and output, the frames on them, the marks in them, and products in flight.

import { el } from "../../../browser/dom.js";
import { glideAt } from "./clock.js";
import { Flight } from "./flight.js";
import { GridView } from "./grid.js";
import { PlotView } from "./plot.js";
import { inputIndices, termTexts, weightText, windowAt } from "./scene.js";
import { arrange, fitStage } from "./stage_layout.js";
import { boxBetween } from "./window_frame.js";

/** @import { Palette } from "./palette.js" */
/** @import { Grid, Letters, Point, Role, Scene, Target, View, Views } from "./types.js" */
/** @import { Space } from "./stage_layout.js" */

export class Stage {
  /**
   * @param {Scene} scene the first one; `update` shows it
   * @param {(view: View, index: number, text: string) => void} onplot a point was dragged to another value
   */
  constructor(scene, onplot) {
    this.scene = scene;
    this.onplot = onplot;
    this.flight = new Flight();
    this.body = el("div", { class: "body" });
    this.legends = el("div", { class: "legends" });
    this.element = el("div", { class: "stage" }, this.body, this.legends, this.flight.element);
    /** @type {Views} */ this.views = { input: [], kernel: [], output: [] };
    /** @type {string | undefined} which views there are */ this.shape = undefined;
    /** @type {Letters} */ this.letters = "numbers";
    /** @type {number | undefined} the stop whose window is marked */ this.markedStep = undefined;
    /** @type {number[]} */ this.markedCells = [];
    this.markedTerms = 0;
  }

  get all() {
    return [...this.views.input, ...this.views.kernel, ...this.views.output];
  }

  /**
   * @param {Scene} scene
   * @param {{palette: Palette, letters: Letters, patch: HTMLElement}} how `patch`: the picture to pick from
   */
  update(scene, { palette, letters, patch }) {
    this.scene = scene;
    this.letters = letters;
    const shape = `${scene.mode} ${scene.inputs.length} ${scene.kernels.length}`;
    if (this.shape !== shape) {
      this.shape = shape;
      this.build(patch);
    }
    const weighs = scene.kernels.length > 0;
    const update = (/** @type {View[]} */ views, /** @type {Grid[]} */ grids) =>
      views.forEach((view, channel) => {
        view.update(grids[channel], { palette, letters, editable: view.role !== "output" });
        view.cells.element.classList.toggle("weighing", view.role === "input" && weighs);
      });
    update(this.views.input, scene.inputs);
    update(this.views.kernel, scene.kernels);
    update(this.views.output, scene.outputs);
  }

  /** @param {HTMLElement} patch */
  build(patch) {
    const { scene } = this;
    const viewsOf = (/** @type {Role} */ role, /** @type {Grid[]} */ grids) =>
      grids.map((grid, channel) => {
        if (scene.mode !== "line") return new GridView(role, channel, grid);
        /** @type {PlotView} */
        const plot = new PlotView(role, grid, (at, text) => this.onplot(plot, at, text));
        return plot;
      });
    this.views = {
      input: viewsOf("input", scene.inputs),
      kernel: viewsOf("kernel", scene.kernels),
      output: viewsOf("output", scene.outputs),
    };
    arrange(this.body, this.legends, this.views, scene, patch);
  }

  /**
   * Lay everything out in a space.
   * @param {Space} space
   * @param {HTMLElement | null} patch the picture to pick from, if it is shown
   */
  resize(space, patch) {
    const height = space.height - this.legends.offsetHeight;
    fitStage(this.body, this.views, this.scene, { ...space, height }, patch);
    // Where the surfaces lie in the stage, for what flies between them.
    const own = this.element.getBoundingClientRect();
    for (const view of this.all) {
      const box = view.surface.getBoundingClientRect();
      view.origin = { x: box.left - own.left, y: box.top - own.top };
    }
  }

  /** @param {Target} target */
  viewOf({ role, channel }) {
    return this.views[role][channel];
  }

  /**
   * The cell an event happened on.
   * @param {Event} event
   * @returns {Target | null}
   */
  targetOf(event) {
    for (const { role, channel, cells } of this.all) {
      const index = cells.indexOf(event);
      if (index >= 0) return { role, channel, index };
    }
    return null;
  }

  /**
   * The frames of one stop, complete or on the way.
   * @param {number} step
   * @param {number} phase how far the stop is shown, 0 to 1
   * @param {number} from the stop the window comes from
   */
  showFrames(step, phase, from) {
    const part = glideAt(phase);
    for (const view of this.views.input) {
      const [start, end] = [from, step].map((one) => view.boxOf(windowAt(this.scene, one)));
      view.frame.move(boxBetween(start, end, part));
    }
    for (const view of this.views.output)
      view.frame.move(boxBetween(view.boxOfCell(from), view.boxOfCell(step), part));
    for (const view of this.views.kernel) {
      const { rows, columns } = view.grid;
      view.frame.move(view.boxOf({ top: 0, left: 0, bottom: rows - 1, right: columns - 1 }));
    }
  }

  hideFrames() {
    for (const view of this.all) view.frame.hide();
  }

  clearMarks() {
    this.markedStep = undefined;
    this.markedTerms = 0;
    for (const view of this.all) view.cells.clearMarks();
  }

  /**
   * Mark the cells under the window with what they are multiplied by, channel by channel.
   * @param {number} step
   * @param {number} terms so many of them
   * @param {boolean} complete whether the largest cells are marked, too
   */
  markStep(step, terms, complete) {
    const { scene } = this;
    const { input } = this.views;
    if (this.markedStep !== step || terms < this.markedTerms) {
      this.clearMarks();
      this.markedStep = step;
      this.markedCells = inputIndices(scene, step);
    }
    const cells = this.markedCells;
    const last = Math.min(terms, cells.length * scene.inputs.length);
    for (let at = this.markedTerms; at < last; at += 1) {
      const [channel, term] = [Math.floor(at / cells.length), at % cells.length];
      const weights = scene.kernels[channel];
      const factor = weights ? `×${weightText(weights, term, this.letters)}` : "";
      input[channel].cells.mark(cells[term], "in-window", factor);
    }
    this.markedTerms = terms;
    if (complete)
      scene.steps[step].argmax.forEach((cell, channel) =>
        input[channel].cells.mark(cell, "argmax"),
      );
  }

  /**
   * Load what flies from the window of a stop to its output.
   * @param {number} step
   */
  loadFlight(step) {
    const { scene } = this;
    const { input, output } = this.views;
    const cells = inputIndices(scene, step);
    const routes = input.flatMap((view, channel) => {
      const to = inStage(output[scene.kernels.length ? 0 : channel], step);
      return termTexts(scene.steps[step], channel).flatMap((text, term) =>
        text ? [{ text, from: inStage(view, cells[term]), to }] : [],
      );
    });
    this.flight.load(Flight.follows(routes.length) ? routes : []);
  }
}

/**
 * Where the number of a cell is, in pixels of the stage.
 * @param {View} view
 * @param {number} index
 * @returns {Point}
 */
function inStage(view, index) {
  const { x, y } = view.centerOf(index);
  return { x: x + view.origin.x, y: y + view.origin.y };
}
