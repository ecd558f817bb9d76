// Which pixels a magnifier shows. Layout only.

/**
 * First pixel of a patch of `size` around `middle`, kept inside 0..length.
 * @param {number} middle
 * @param {number} size
 * @param {number} length
 */
export function patchStart(middle, size, length) {
  return Math.min(Math.max(middle - Math.floor(size / 2), 0), Math.max(length - size, 0));
}

/**
 * Pixels a patch can show along an axis.
 * @param {number} size
 * @param {number} length
 */
export function patchSize(size, length) {
  return Math.min(size, length);
}
