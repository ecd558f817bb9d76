// Where a square may lie on a picture: [top, left, side] in whole pixels.

/** @typedef {[number, number, number]} Square top, left, side */
/** @typedef {{height: number, width: number}} Size of the picture */

/**
 * Keep a square on the picture.
 * @param {Square} square
 * @param {Size} picture
 * @returns {Square}
 */
export function clampSquare([top, left, side], { height, width }) {
  const fits = Math.max(1, Math.min(side, height, width));
  return [
    Math.min(Math.max(0, top), height - fits),
    Math.min(Math.max(0, left), width - fits),
    fits,
  ];
}

/**
 * Move by `far` pixels along [down, across], staying on the picture.
 * @param {Square} square
 * @param {readonly [number, number]} direction
 * @param {number} far
 * @param {Size} picture
 */
export function movedSquare([top, left, side], [down, across], far, picture) {
  return clampSquare([top + down * far, left + across * far, side], picture);
}

/**
 * Change the side, keeping the middle where it is as far as the picture allows.
 * @param {Square} square
 * @param {number} wanted
 * @param {Size} picture
 */
export function resizedSquare([top, left, side], wanted, picture) {
  const next = Math.max(1, Math.min(wanted, picture.height, picture.width));
  const shift = (side - next) / 2;
  return clampSquare([Math.round(top + shift), Math.round(left + shift), next], picture);
}
