// Where a window stands: output cells and the input pixels under them, along one axis.
// Layout only; the numbers come with each frame (see WindowHeader in app/render/lab_frame.py).

/**
 * @typedef {{stride: number, before: number, reach: number, outputs: number, length: number}} Axis
 *   stride and reach in input pixels, `before`: padding in front, `length`: input pixels.
 */

/** First input pixel under output cell `index` (negative in the padding). @param {Axis} axis */
export function windowStart(axis, index) {
  return index * axis.stride - axis.before;
}

/** The output cell whose window has its middle nearest to input pixel `pixel`. @param {Axis} axis */
export function nearestOutput(axis, pixel) {
  const index = Math.round((pixel + axis.before - (axis.reach - 1) / 2) / axis.stride);
  return Math.min(Math.max(index, 0), axis.outputs - 1);
}

/** Input pixels from the first to behind the last one under output cells `first`..`last`. */
export function windowSpan(axis, first, last = first) {
  const start = windowStart(axis, first);
  return { start, end: windowStart(axis, last) + axis.reach };
}

/** The cell of a drawn grid under a pointer: `fraction` of its side, `count` cells. */
export function cellAt(fraction, count) {
  return Math.min(Math.max(Math.floor(fraction * count), 0), count - 1);
}
