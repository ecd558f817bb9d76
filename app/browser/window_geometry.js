// Where a window lies: output cells and the input pixels under them, along one axis.
// Layout only; the axes come with each frame (see `_window_header` in app/lessons/kernel_lab/frame.py).

/**
 * A window along one axis: `stride` and `effective_size` in input pixels, `before`: padding in front,
 * `outputs`: how many positions it takes, `length`: input pixels.
 * @typedef {{stride: number, before: number, effective_size: number, outputs: number, length: number}} Axis
 */

/**
 * First input pixel under output cell `index`; negative in the padding.
 * @param {Axis} axis
 * @param {number} index
 */
export function windowStart(axis, index) {
  return index * axis.stride - axis.before;
}

/**
 * The output cell whose window has its middle nearest to input pixel `pixel`.
 * @param {Axis} axis
 * @param {number} pixel
 */
export function nearestOutput(axis, pixel) {
  const index = Math.round((pixel + axis.before - (axis.effective_size - 1) / 2) / axis.stride);
  return Math.min(Math.max(index, 0), axis.outputs - 1);
}

/**
 * Input pixels from the first to behind the last one under output cells `first`..`last`.
 * @param {Axis} axis
 * @param {number} first
 * @param {number} [last]
 */
export function windowSpan(axis, first, last = first) {
  return { start: windowStart(axis, first), end: windowStart(axis, last) + axis.effective_size };
}

/**
 * The cell of a drawn grid under a pointer: `fraction` of its side, `count` cells.
 * @param {number} fraction
 * @param {number} count
 */
export function cellAt(fraction, count) {
  return Math.min(Math.max(Math.floor(fraction * count), 0), count - 1);
}
