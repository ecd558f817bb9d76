// Kernels and weights as text, and the cells that a change of the kernel touches.

import { readNumber, tidy } from "../../../browser/numbers.js";

/** @typedef {[number, number]} Cell row and column */

// The magnitude of a weight is at most this, as LARGEST_WEIGHT in cnn_core/kernels/text.py.
const LARGEST = 1e6;
// How wide a character is at most, as a share of its height.
const CHARACTER = 0.57;

/**
 * A painted kernel as cnn_core/kernels/choice.py reads it: "-1,0,1;-2,0,2;-1,0,1".
 * @param {number[][]} rows
 */
export function kernelText(rows) {
  return rows.map((row) => row.map((value) => String(tidy(value))).join(",")).join(";");
}

/**
 * A weight with all its digits and a real minus sign.
 * @param {number} value
 */
export function fullText(value) {
  return String(tidy(value)).replace("-", "−");
}

/**
 * A weight in a cell until Python has written it: what a drag sets, which has few digits, is written the same.
 * @param {number} value
 */
export function cellText(value) {
  return fullText(value).replace(/^(−?)0\./, "$1.");
}

/**
 * Whether a text fits its cell at a size that can be read.
 * @param {string} text
 * @param {number} cell the cell's side in pixels
 * @param {number} least the least height of letters that can be read, in pixels
 */
export function isLegible(text, cell, least) {
  return text.length * CHARACTER * least <= cell;
}

/**
 * Other size, same middle; new cells are zero. One step back gives what was there before one step on: an odd side
 * grows and an even one shrinks at its end, the others at their beginning.
 * @param {number[][]} rows
 * @param {number} height
 * @param {number} width
 */
export function resized(rows, height, width) {
  const middle = (/** @type {number} */ side) => Math.floor((side - 1) / 2);
  const top = middle(height) - middle(rows.length);
  const left = middle(width) - middle(rows[0].length);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => rows[row - top]?.[column - left] ?? 0),
  );
}

/**
 * The cells a symmetric brush touches together.
 * @param {Cell} cell
 * @param {number} height
 * @param {number} width
 * @param {string} symmetry
 * @returns {Cell[]}
 */
export function mirrored([row, column], height, width, symmetry) {
  /** @type {Cell[]} */
  const cells = [[row, column]];
  if (symmetry === "left-right" || symmetry === "both") cells.push([row, width - 1 - column]);
  if (symmetry === "up-down" || symmetry === "both") cells.push([height - 1 - row, column]);
  if (symmetry === "both" || symmetry === "point")
    cells.push([height - 1 - row, width - 1 - column]);
  return cells;
}

/**
 * The cell that an arrow key leads to, reading on at the end of a row; null for other keys, and where it would leave
 * the kernel.
 * @param {Cell} cell
 * @param {number} height
 * @param {number} width
 * @param {string} key
 * @returns {Cell | null}
 */
export function cellBeside([row, column], height, width, key) {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -width, ArrowDown: width }[key];
  const flat = row * width + column + (by ?? NaN);
  return flat >= 0 && flat < height * width ? [Math.floor(flat / width), flat % width] : null;
}

/**
 * What someone typed as a weight; null if it is no number, or too large for one.
 * @param {string} text
 */
export function typedNumber(text) {
  const value = readNumber(text);
  return value !== null && Math.abs(value) <= LARGEST ? value : null;
}

/**
 * A weight that a drag or an arrow key leads to: it stops at the largest one.
 * @param {number} value
 */
export function boundedWeight(value) {
  return tidy(Math.min(Math.max(value, -LARGEST), LARGEST));
}

/**
 * Why a typed text is no weight, and that the old one stays.
 * @param {string} text
 * @param {string} kept the old one
 */
export function refusal(text, kept) {
  const problem =
    readNumber(text) === null
      ? "is not a number"
      : `is too large: a weight can be from ${fullText(-LARGEST)} to ${fullText(LARGEST)}`;
  return `“${text}” ${problem}; the weight stays ${kept}.`;
}
