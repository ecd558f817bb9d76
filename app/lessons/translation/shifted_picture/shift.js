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

/** How far a hand goes for a shift by one pixel, where the picture's own pixels are too small to be followed. */
const POINTER_PX = 8;
/** Pixels that are shown larger than this are followed as they are. */
const FOLLOWED_PX = 3;

/**
 * How many pixels of the screen a hand goes for a shift by one pixel of the picture.
 * @param {number} pixel its side on the screen
 */
export function pointerStep(pixel) {
  return pixel >= FOLLOWED_PX ? pixel : POINTER_PX;
}

/**
 * @param {number} length
 * @param {number} most
 */
function clamped(length, most) {
  return Math.min(most, Math.max(-most, Math.round(length))) + 0;
}
