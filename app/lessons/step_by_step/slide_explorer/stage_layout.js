// How the grids of a scene are put side by side, and how large their cells are in the space there is.

import { el } from "../../../browser/dom.js";
import { GridView } from "./grid.js";
import { cellsInColumns, cellsInLines, cellsInRow } from "./layout.js";
import { PlotView } from "./plot.js";

/** @import { CellSizes } from "./layout.js" */
/** @import { Scene, View, Views } from "./types.js" */
/** @typedef {{width: number, height: number, rem: number}} Space in pixels */

const SIGN_REM = 2.6;
const WORD_SIGNS = 2.4; // a sign in words is as wide as so many others
const POOL_GAP_REM = 1.6;
const PANEL_REM = 3;
const COLUMN_REM = 4.6;
const LEGEND_REM = 7.5;
const LEGENDS_REM = 10;
const PATCH_REM = 11.5;
const LARGEST_CELL_REM = 6;
const NARROW_REM = 30;

/**
 * Whether the grids stand below each other, as on a phone.
 * @param {{width: number, rem: number}} space
 */
export function isNarrow({ width, rem }) {
  return width < NARROW_REM * rem;
}

/**
 * Put the views of a scene into the stage: in one row, or channel by channel.
 * @param {HTMLElement} body
 * @param {Views} views
 * @param {Scene} scene
 * @param {HTMLElement} patch the picture to pick from, shown where it is used
 */
export function arrange(body, { input, kernel, output }, scene, patch) {
  const many = input.length > 1;
  const weighs = kernel.length > 0;
  const pooling = scene.mode === "max" ? "largest" : "mean";
  if (scene.mode === "line") {
    body.className = "body line-mode";
    body.replaceChildren(
      kernel[0].element,
      el("div", { class: "stacked" }, input[0].element, output[0].element),
    );
    return;
  }
  if (!many) {
    body.className = "body row-mode";
    const middle = weighs
      ? [operator("∗"), kernel[0].element, operator("=")]
      : [operator(`${pooling} →`, "word")];
    body.replaceChildren(patch, input[0].element, ...middle, output[0].element);
    return;
  }
  body.className = weighs ? "body columns" : "body columns pooled";
  const columns = input.flatMap((view, channel) => {
    const column = el(
      "div",
      { class: "channel" },
      view.element,
      operator(weighs ? "∗" : `${pooling} ↓`, "down"),
      (kernel[channel] ?? output[channel]).element,
    );
    return channel && weighs ? [operator("+"), column] : [column];
  });
  body.replaceChildren(patch, ...columns, ...(weighs ? [operator("="), output[0].element] : []));
  if (weighs) shareLegends({ input, kernel, output });
}

/**
 * One legend for all kernels, beside those of the channels: height is what the grids need.
 * @param {Views} views
 */
function shareLegends({ input, kernel, output }) {
  const legends = [...input, kernel[0]].flatMap((view) =>
    view instanceof GridView ? [view.legend] : [],
  );
  output[0].element.append(...legends);
}

/**
 * @param {string} text
 * @param {string} [name] a class
 */
function operator(text, name = "") {
  return el("div", { class: `op ${name}`, "aria-hidden": "true" }, text);
}

/**
 * Give all cells the largest size with which everything fits.
 * @param {Views} views
 * @param {Scene} scene
 * @param {Space} space
 * @param {boolean} withPatch whether the picture to pick from takes a part of it
 */
export function fitStage(views, scene, space, withPatch) {
  if (scene.mode === "line") placePlots(views, scene, space);
  else if (isNarrow(space)) resizeGridsInLines(views, space);
  else resizeGrids(views, space, withPatch);
}

/**
 * @param {Views} views
 * @param {Space} space
 */
function resizeGridsInLines(views, { width, height, rem }) {
  const { channels } = gridsOf(views);
  const lines = channels > 1 ? channels + 1 : 2;
  const available = {
    width: width - 2 * SIGN_REM * rem,
    height: height - lines * PANEL_REM * rem,
    legends: LEGEND_REM * rem * 0.7,
    largest: LARGEST_CELL_REM * rem * 0.6,
  };
  resizeViews(views, cellsInLines(available, gridsOf(views)), rem);
}

/**
 * @param {Views} views
 * @param {Space} space
 * @param {boolean} withPatch
 */
function resizeGrids(views, { width, height, rem }, withPatch) {
  const channels = views.input.length;
  const many = channels > 1;
  const weighs = views.kernel.length > 0;
  const signs = many
    ? weighs
      ? channels * SIGN_REM
      : (channels - 1) * POOL_GAP_REM
    : (weighs ? 2 : WORD_SIGNS) * SIGN_REM;
  const panels = many ? (weighs ? COLUMN_REM : 2 * PANEL_REM) : PANEL_REM;
  const available = {
    width: width - (signs + 1 + (withPatch ? PATCH_REM : 0)) * rem,
    height: height - panels * rem,
    legends: (many ? LEGENDS_REM : LEGEND_REM) * rem,
    largest: LARGEST_CELL_REM * rem,
  };
  const grids = gridsOf(views);
  const cells = many ? cellsInColumns(available, grids) : cellsInRow(available, grids);
  resizeViews(views, cells, rem);
}

/** @param {Views} views */
function gridsOf({ input, kernel, output }) {
  return {
    input: sizeOf(input[0]),
    kernel: kernel.length > 0 ? sizeOf(kernel[0]) : null,
    output: sizeOf(output[0]),
    channels: input.length,
  };
}

/**
 * @param {Views} views
 * @param {CellSizes} cells
 * @param {number} rem
 */
function resizeViews(views, cells, rem) {
  for (const role of /** @type {const} */ (["input", "kernel", "output"])) {
    for (const view of views[role]) {
      if (view instanceof GridView) view.resize(cells[role], rem);
    }
  }
}

/** @param {View} view */
function sizeOf({ grid: { rows, columns } }) {
  return { rows, columns };
}

/**
 * Put the signal above the output, point above point, and the kernel beside them.
 * @param {Views} views
 * @param {Scene} scene
 * @param {Space} space
 */
function placePlots({ input, kernel, output }, scene, { width, height, rem }) {
  const weights = kernel[0].grid.columns;
  const points = input[0].grid.columns;
  const left = Math.min(Math.max(9 * rem, weights * 2.6 * rem), 0.28 * width);
  const wide = Math.floor(width - left - 2.5 * rem);
  const pitch = wide / points;
  const each = Math.floor((height - 3.4 * rem) / 2);
  const font = Math.min(1.15 * rem, Math.max(0.7 * rem, pitch * 0.42));
  const signal = middlesOf(points, pitch);
  const results = scene.input_indices[1].map(
    (cells) => (signal[cells[0]] + signal[cells[cells.length - 1]]) / 2,
  );
  const apart = results.length > 1 ? results[1] - results[0] : pitch;
  const strip = left / weights;
  place(input[0], { width: wide, height: each, middles: signal, strip: pitch, font });
  place(output[0], { width: wide, height: each, middles: results, strip: apart, font });
  const middles = middlesOf(weights, strip);
  place(kernel[0], { width: left, height: each, middles, strip, font: Math.max(font, rem) });
}

/**
 * @param {View} view
 * @param {Parameters<PlotView["place"]>[0]} how
 */
function place(view, how) {
  if (view instanceof PlotView) view.place(how);
}

/**
 * @param {number} count
 * @param {number} pitch
 */
function middlesOf(count, pitch) {
  return Array.from({ length: count }, (_, index) => (index + 0.5) * pitch);
}
