// How the grids of a scene are put side by side, and how large their cells are in the space there is.

import { el } from "../../../browser/dom.js";
import { arrangementsOf } from "./arrangements.js";
import { GridView } from "./grid.js";
import { bestFit, legibleCell, NOT_AT_ALL } from "./layout.js";
import { placePlots } from "./plot_layout.js";

/** @import { Furniture } from "./arrangements.js" */
/** @import { CellSizes } from "./layout.js" */
/** @import { Role, Scene, View, Views } from "./types.js" */
/**
 * The space for the stage in pixels; `least` is the smallest text that can be read there, `narrow` a page like a phone's,
 * and `mayScroll` says that a page may be longer than the screen.
 * @typedef {{width: number, height: number, rem: number, least: number, narrow: boolean, mayScroll: boolean}} Space
 */

const SIGN_REM = 2;
const DOWN_REM = 1.3;
const APART_REM = 0.5;
const HEAD_GAP_PX = 4;
const FRAME_PX = 6; // what the frame of a window reaches over its grid
const LARGEST_CELL_REM = { wide: 6, narrow: 3.6 };
const PATCH_TEXTS_REM = 4;
const PATCH_ABOVE_REM = 11;
const LONGER = 1.5; // cells of a page that is longer than the screen, of those that can just be read
const ROLES = /** @type {const} */ (["input", "kernel", "output"]);

/**
 * Put the views of a scene into the stage; how they stand there is up to `fitStage`.
 * @param {HTMLElement} body
 * @param {HTMLElement} legends a line for the colors of several channels
 * @param {Views} views
 * @param {Scene} scene
 * @param {HTMLElement} patch the picture to pick from, shown where it is used
 */
export function arrange(body, legends, { input, kernel, output }, scene, patch) {
  const weighs = kernel.length > 0;
  const pooling = scene.mode === "max" ? "largest" : "mean";
  legends.replaceChildren();
  if (scene.mode === "line") {
    body.className = "body line-mode";
    body.replaceChildren(
      kernel[0].element,
      el("div", { class: "signals" }, input[0].element, output[0].element),
    );
    return;
  }
  if (input.length === 1) {
    body.className = "body one";
    const results = group(operator(weighs ? "=" : `${pooling} →`, weighs ? "" : "word"), output[0]);
    const weights = weighs ? [group(operator(scene.sign), kernel[0])] : [];
    body.replaceChildren(patch, input[0].element, ...weights, results);
    return;
  }
  body.className = weighs ? "body many" : "body many pooled";
  const channels = input.map((view, channel) => {
    const second = weighs ? kernel[channel] : output[channel];
    const between = weighs ? [operator(scene.sign, "between")] : pooledSigns(pooling);
    const own = el("div", { class: "channel" }, view.element, ...between, second.element);
    const plus = weighs ? [operator("+", channel ? "" : "first")] : [];
    return el("div", { class: "group" }, ...plus, own);
  });
  const sum = weighs ? [group(operator("="), output[0])] : [];
  body.replaceChildren(patch, ...channels, ...sum);
  // All kernels have the same colors.
  const named = weighs ? [...input, kernel[0], output[0]] : [...input, output[0]];
  for (const view of [...input, ...kernel, ...output])
    if (view instanceof GridView) {
      if (named.includes(view)) legends.append(view.legend);
      else view.legend.remove();
    }
}

/**
 * Between an input and what pooling makes of it, below it or beside it.
 * @param {string} pooling
 */
function pooledSigns(pooling) {
  return [operator(`${pooling} ↓`, "down"), operator(`${pooling} →`, "word across")];
}

/**
 * A sign and the grid that it belongs to, which stay together.
 * @param {HTMLElement} sign
 * @param {View} view
 */
function group(sign, view) {
  return el("div", { class: "group" }, sign, view.element);
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
 * @param {HTMLElement} body
 * @param {Views} views
 * @param {Scene} scene
 * @param {Space} space
 * @param {HTMLElement | null} patch the picture to pick from, if it is shown
 */
export function fitStage(body, views, scene, space, patch) {
  const { rem, least, narrow, mayScroll } = space;
  const [width, height] = [space.width, space.height - 2 * FRAME_PX];
  if (scene.mode === "line") {
    placePlots(views, scene, { ...space, height });
    return;
  }
  const [inputs, outputs] = [views.input[0].grid, views.output[0].grid];
  const kernels = views.kernel[0]?.grid ?? null;
  const grids = { input: inputs, kernel: kernels, output: outputs, channels: views.input.length };
  const beside = height - PATCH_TEXTS_REM * rem;
  const above = PATCH_ABOVE_REM * rem;
  patch?.style.setProperty("--highest", `${narrow ? above : beside}px`);
  const available = {
    width: width - 2 * FRAME_PX,
    height,
    largest: (narrow ? LARGEST_CELL_REM.narrow : LARGEST_CELL_REM.wide) * rem,
  };
  const arrangements = arrangementsOf(grids, furnitureOf(body, views, rem, patch));
  const legible = legibleCells(views, least);
  const inside = bestFit(available, arrangements, legible);
  // Beside a page's outline, and on a phone, a page is longer than the screen where numbers could not be read otherwise.
  const isLonger = inside.rank > (narrow ? 0 : mayScroll ? 1 : NOT_AT_ALL - 1);
  const longer = { ...available, height: Infinity, largest: LONGER * legible.input };
  const { arrangement, cells } = isLonger ? bestFit(longer, arrangements, legible) : inside;
  body.dataset.arrangement = arrangement.name;
  if (arrangement.name === "in-lines" || arrangement.name === "stacked")
    patch?.style.setProperty("--highest", `${above}px`);
  resizeViews(views, cells, rem, least);
}

/**
 * Measure what takes space besides the cells.
 * @param {HTMLElement} body
 * @param {Views} views
 * @param {number} rem
 * @param {HTMLElement | null} patch
 * @returns {Furniture}
 */
function furnitureOf(body, views, rem, patch) {
  const above = (/** @type {Role} */ role) => {
    const heads = views[role].map(({ head }) => head);
    return {
      width: Math.max(0, ...heads.map(({ offsetWidth }) => offsetWidth)),
      height: Math.max(0, ...heads.map(({ offsetHeight }) => offsetHeight)) + HEAD_GAP_PX,
    };
  };
  const word = /** @type {HTMLElement | null} */ (body.querySelector(".op.word"));
  return {
    heads: { input: above("input"), kernel: above("kernel"), output: above("output") },
    sign: SIGN_REM * rem,
    word: word?.offsetWidth ?? 0,
    down: DOWN_REM * rem,
    apart: APART_REM * rem,
    patch: patch && { width: patch.offsetWidth + rem, height: patch.offsetHeight },
  };
}

/**
 * From which size of its cells on the numbers of each grid can be read.
 * @param {Views} views
 * @param {number} least
 */
function legibleCells(views, least) {
  const legible = { input: 0, kernel: 0, output: 0 };
  for (const role of ROLES)
    for (const { grid } of views[role])
      legible[role] = Math.max(legible[role], legibleCell(longest(grid.texts), least));
  return legible;
}

/** @param {string[]} texts */
function longest(texts) {
  return Math.max(...texts.map(({ length }) => length));
}

/**
 * @param {Views} views
 * @param {CellSizes} cells
 * @param {number} rem
 * @param {number} least
 */
function resizeViews(views, cells, rem, least) {
  for (const role of ROLES)
    for (const view of views[role])
      if (view instanceof GridView) view.resize(cells[role], rem, least);
}
