// A shift of a picture in whole pixels: [down, right].

/** @typedef {[number, number]} Shift */

/** Said on the document: a shifted picture was painted; its header is the detail. */
export const SHOWN = "kernelscope:shift-shown";

/**
 * Keep a shift in its range.
 * @param {readonly [number, number]} shift
 * @param {number} most
 * @returns {Shift}
 */
export function clampShift([down, right], most) {
  return [clamped(down, most), clamped(right, most)];
}

/**
 * @param {number} length
 * @param {number} most
 */
function clamped(length, most) {
  return Math.min(most, Math.max(-most, Math.round(length))) + 0;
}
