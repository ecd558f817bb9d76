// Where the sum at a place goes: beside the pictures or below them, whichever leaves them larger. Layout only.

// In rem: what is around the pictures in height, the gap between columns, the sum's column, and how low pictures get.
const LINES = 5.5;
const GAP = 1;
const COLUMN = 11.5;
const LOWEST = 12;
// What the sum takes below the pictures: three rows of cells, or five where the window is high.
const BELOW = { low: 9, high: 12.5, from: 42 };
// What is around the cells of the sum in its column.
const AROUND_CELLS = 12.5;
const POOLED = 3.5; // a sentence on pooling

/**
 * All in rem; `aspect`: width over height of a picture; `all`: whether four pictures are in a row; `pools`: whether
 * there is a sentence on pooling.
 * @typedef {{width: number, free: number, aspect: number, all: boolean, pools: boolean}} Stage
 */

/**
 * @param {Stage} stage
 * @returns {{beside: boolean, below: number}} `below`: what the sum takes below the pictures, 0 if it is beside them
 */
export function placeOfSum({ width, free, aspect, all, pools }) {
  const below = (free < BELOW.from ? BELOW.low : BELOW.high) + (pools ? POOLED : 0);
  const height = (/** @type {number} */ wide, /** @type {number} */ high) =>
    Math.min(wide / aspect, Math.max(LOWEST, high));
  const beside = height((width - 2 * GAP - COLUMN) / 2, free - LINES);
  const above = height((width - GAP) / 2, free - LINES - below);
  return !all && beside >= above ? { beside: true, below: 0 } : { beside: false, below };
}

/**
 * How high the cells of the sum can be, in rem.
 * @param {{beside: boolean, below: number}} place
 * @param {{free: number, isPhone: boolean, pools: boolean}} stage
 */
export function heightForCells({ beside, below }, { free, isPhone, pools }) {
  if (isPhone) return Infinity;
  return (beside ? free - AROUND_CELLS : below) - (pools ? POOLED : 0);
}
