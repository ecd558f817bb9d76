// Which cells belong to which stop of a slide: look-ups in the tables that Python made (scene/parts.py).
// Cells are counted in the input grid with its padding, row by row. Terms are counted in the kernel, row by row.

import { ARROWS } from "../../../browser/arrows.js";

/** @import { Block, Grid, Scene, Stop } from "./types.js" */

/**
 * The row and column of a stop in the output.
 * @param {Scene} scene
 * @param {number} step
 */
export function placeOf(scene, step) {
  return [Math.floor(step / scene.shape[1]), step % scene.shape[1]];
}

/**
 * Cells of the input under the window at a stop, in the order of the terms.
 * @param {Scene} scene
 * @param {number} step
 */
export function inputIndices(scene, step) {
  const [row, column] = placeOf(scene, step);
  const width = scene.inputs[0].columns;
  return scene.input_indices[0][row].flatMap((r) =>
    scene.input_indices[1][column].map((c) => r * width + c),
  );
}

/**
 * The block of the input that the window spans at a stop.
 * @param {Scene} scene
 * @param {number} step
 * @returns {Block}
 */
export function windowAt(scene, step) {
  const [row, column] = placeOf(scene, step);
  const [rows, columns] = [scene.input_indices[0][row], scene.input_indices[1][column]];
  return {
    top: rows[0],
    left: columns[0],
    bottom: rows[rows.length - 1],
    right: columns[columns.length - 1],
  };
}

/**
 * Every stop whose window contains a cell of the input, and the term the cell is there.
 * @param {Scene} scene
 * @param {number} cell
 */
export function outputIndices(scene, cell) {
  const width = scene.inputs[0].columns;
  const [row, column] = [Math.floor(cell / width), cell % width];
  const down = positionsOf(scene.input_indices[0], row);
  const across = positionsOf(scene.input_indices[1], column);
  const wide = scene.input_indices[1][0].length;
  return down.flatMap(({ output: r, term: i }) =>
    across.map(({ output: c, term: j }) => ({ step: r * scene.shape[1] + c, term: i * wide + j })),
  );
}

/**
 * Every cell of the input that one weight multiplies, and at which stop.
 * @param {Scene} scene
 * @param {number} term
 */
export function weightIndices(scene, term) {
  return scene.steps.map((_, step) => ({ step, cell: inputIndices(scene, step)[term] }));
}

/**
 * Along one axis: the outputs whose windows contain a position, and where in the window it is.
 * @param {number[][]} windows
 * @param {number} position
 */
function positionsOf(windows, position) {
  return windows
    .map((cells, output) => ({ output, term: cells.indexOf(position) }))
    .filter(({ term }) => term >= 0);
}

/**
 * Whether a cell lies in the padding.
 * @param {Grid} grid
 * @param {number} cell
 */
export function isPadding(grid, cell) {
  const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
  return (
    row < grid.before[0] ||
    row >= grid.rows - grid.after[0] ||
    column < grid.before[1] ||
    column >= grid.columns - grid.after[1]
  );
}

/**
 * Row and column of a cell in the picture, without its padding.
 * @param {Grid} grid
 * @param {number} cell
 * @returns {[number, number]}
 */
export function withoutPadding(grid, cell) {
  return [Math.floor(cell / grid.columns) - grid.before[0], (cell % grid.columns) - grid.before[1]];
}

/**
 * The texts of one channel's terms at a stop.
 * @param {Stop} stop
 * @param {number} channel
 */
export function termTexts(stop, channel) {
  return stop.terms[channel].split("\t");
}

/**
 * The running totals of one channel at a stop; none where nothing is added up.
 * @param {Stop} stop
 * @param {number} channel
 */
export function runningTexts(stop, channel) {
  return stop.running.length ? stop.running[channel].split("\t") : [];
}

/**
 * A weight as its cell shows it: its number, or its letter where only letters are shown.
 * @param {Grid} weights
 * @param {number} term
 * @param {string} letters
 */
export function weightText(weights, term, letters) {
  const lettered = letters === "letters" && weights.letters.length > 0;
  return lettered ? weights.letters[term] : weights.texts[term];
}

/**
 * The cell an arrow key leads to; at the edge of the grid, the same one.
 * @param {{rows: number, columns: number}} grid
 * @param {number} cell
 * @param {string} key
 */
export function neighbor(grid, cell, key) {
  const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
  const [down, across] = ARROWS[key] ?? [0, 0];
  const [toRow, toColumn] = [row + down, column + across];
  if (toRow < 0 || toRow >= grid.rows || toColumn < 0 || toColumn >= grid.columns) return cell;
  return toRow * grid.columns + toColumn;
}
