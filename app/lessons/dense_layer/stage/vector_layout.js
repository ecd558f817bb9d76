// Where the rows of a picture are while it unrolls into a vector. Layout only.

/** @typedef {{x: number, y: number, width: number, height: number}} Box in pixels of the screen */

/** What part of the whole time one row is on its way; rows start one after the other. */
const ROW_TIME = 0.35;

/**
 * How far a row has come, 0 to 1: the first one starts at once, the last one arrives at the end.
 * @param {number} row
 * @param {number} rows how many there are
 * @param {number} share of the whole time, 0 to 1
 */
export function rowProgress(row, rows, share) {
  const start = rows > 1 ? (row / (rows - 1)) * (1 - ROW_TIME) : 0;
  const part = Math.min(Math.max((share - start) / (rows > 1 ? ROW_TIME : 1), 0), 1);
  return part * part * (3 - 2 * part);
}

/**
 * Where a row lies in the picture.
 * @param {Box} picture
 * @param {number} row
 * @param {number} rows
 * @returns {Box}
 */
export function rowInPicture(picture, row, rows) {
  const height = picture.height / rows;
  return { x: picture.x, y: picture.y + row * height, width: picture.width, height };
}

/**
 * Where a row lies in the vector.
 * @param {Box} vector
 * @param {number} row
 * @param {number} rows
 * @returns {Box}
 */
export function rowInVector(vector, row, rows) {
  const width = vector.width / rows;
  return { x: vector.x + row * width, y: vector.y, width, height: vector.height };
}

/**
 * Where a row is on its way from one box to another.
 * @param {Box} from
 * @param {Box} to
 * @param {number} progress 0 to 1
 * @returns {Box}
 */
export function between(from, to, progress) {
  const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * progress;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  };
}

/**
 * The middle of a place along the vector.
 * @param {Box} vector
 * @param {number} place
 * @param {number} count places that there are
 */
export function middleOf(vector, place, count) {
  return vector.x + ((place + 0.5) * vector.width) / count;
}

/**
 * The pixels beside one, as far as the picture has them.
 * @template {{down: number, right: number}} Neighbor
 * @param {[number, number]} pixel row and column
 * @param {Neighbor[]} neighbors
 * @param {number} rows
 * @param {number} columns
 * @returns {(Neighbor & {row: number, column: number, place: number})[]}
 */
export function neighborsOf([row, column], neighbors, rows, columns) {
  return neighbors
    .map((one) => ({ ...one, row: row + one.down, column: column + one.right }))
    .filter((one) => one.row >= 0 && one.row < rows && one.column >= 0 && one.column < columns)
    .map((one) => ({ ...one, place: one.row * columns + one.column }));
}
