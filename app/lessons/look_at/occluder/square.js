// Where a square may stand on a picture: [top, left, side] in whole pixels.

/**
 * Keep a square on the picture.
 * @param {number[]} square
 * @param {{height: number, width: number}} picture
 */
export function clampSquare([top, left, side], { height, width }) {
  const fits = Math.max(1, Math.min(side, height, width));
  return [
    Math.min(Math.max(0, top), height - fits),
    Math.min(Math.max(0, left), width - fits),
    fits,
  ];
}

/** Move by `far` pixels along [down, across], staying on the picture. */
export function movedSquare([top, left, side], [down, across], far, picture) {
  return clampSquare([top + down * far, left + across * far, side], picture);
}

/** Change the side, keeping the middle where it is as far as the picture allows. */
export function resizedSquare([top, left, side], wanted, picture) {
  const next = Math.max(1, Math.min(wanted, picture.height, picture.width));
  const shift = (side - next) / 2;
  return clampSquare([Math.round(top + shift), Math.round(left + shift), next], picture);
}
