// How large cells can be: whole pixels, so that lines stay sharp. Layout only.

/** @typedef {{rows: number, columns: number}} Size */
/** @typedef {{input: number, kernel: number, output: number}} ForEach a number of pixels for each kind of grid */
/** @typedef {ForEach} CellSizes side of a cell in pixels */
/** @typedef {{width: number, height: number}} Extent in pixels */
/**
 * What grids with such cells take, in one arrangement; `smaller`: whether kernel and output may have smaller cells.
 * @typedef {{needed: (cells: CellSizes) => Extent, smaller?: boolean}} Arranged
 */

/** The smallest text on a page that is read from near; a projected page needs more, see `least` in component.js. */
export const LEGIBLE_PX = 10.5;
const SMALLEST_CELL = 6;
const MUCH_LARGER = 1.2;
/** Width of a digit or a sign, of its font. */
export const CHARACTER_EM = 0.53;
// Of a cell's side: the height of a number where there is space, where there is little, and its width at most.
const TALL = { usual: 0.42, most: 0.56 };
const WIDE = 0.92;
const GENEROUS = { kernel: 56, output: 60 };
// How much of that the kernel and the output get, tried in this order for every size of the input's cells.
const GENEROSITY = [
  [1, 1],
  [1, 0.6],
  [0.6, 0.6],
  [0.6, 0.3],
  [0.3, 0.3],
  [0.6, 0],
  [0.3, 0],
  [0, 0],
];
// Where an input has a line of its own, the grids on the next line may have smaller cells.
const SMALLER = [1, 0.85, 0.7].map((part) => [part - 1, part - 1]);
// Which grids should be legible, in the order of what is given up where not all can be.
const LEGIBLE_GRIDS = /** @type {const} */ ([
  ["input", "kernel", "output"],
  ["input", "kernel"],
  ["kernel", "output"],
  ["kernel"],
  [],
]);

/** The rank of grids that have no space. */
export const NOT_AT_ALL = LEGIBLE_GRIDS.length;

/**
 * Pixels between cells of this size.
 * @param {number} cell
 */
export function gapOf(cell) {
  return cell >= 26 ? 2 : 1;
}

/**
 * Pixels that a number of cells takes.
 * @param {number} count
 * @param {number} cell
 */
export function spanOf(count, cell) {
  return count * cell + (count - 1) * gapOf(cell);
}

/**
 * The font size for texts of up to `characters` in a cell; 0 where they could not be read.
 * @param {number} cell
 * @param {number} characters
 * @param {number} [most]
 * @param {number} [least] the smallest size that can be read
 */
export function fontFor(cell, characters, most = 34, least = LEGIBLE_PX) {
  const size = Math.min(
    Math.max(cell * TALL.usual, least),
    cell * TALL.most,
    (cell * WIDE) / (Math.max(characters, 1) * CHARACTER_EM),
    most,
  );
  return size >= least ? size : 0;
}

/**
 * The smallest cell in which texts of up to `characters` can be read.
 * @param {number} characters
 * @param {number} least the smallest size that can be read
 */
export function legibleCell(characters, least) {
  return Math.ceil(Math.max(least / TALL.most, (least * characters * CHARACTER_EM) / WIDE));
}

/**
 * What is written in a cell beside its number of `font` pixels: a letter above it, a factor below it. A size in pixels
 * for each, 0 where there is no space; `related` is for an output that also shows what one input adds to it. `low`: a
 * number gives way to its letter; `three`: letter, number and what is added have space for a line each.
 * @param {number} cell
 * @param {number} font
 * @param {number} least the smallest size that can be read
 */
export function extrasFor(cell, font, least) {
  if (!font) return { letter: 0, low: false, factor: 0, related: 0, three: false };
  const small = Math.max(Math.min(font * 0.66, cell * 0.27), least);
  const [value, product] = [Math.max(font * 0.72, least), Math.max(font * 0.78, least)];
  return {
    letter: 0.46 * cell >= 0.85 * small + 0.15 * font ? small : 0,
    low: 0.42 * cell < 0.85 * small + 0.35 * font,
    factor: 0.41 * cell >= 0.85 * small + 0.09 * font ? small : 0,
    related: value + product <= cell ? product : 0,
    three: value + product + small <= cell,
  };
}

/**
 * The arrangement whose grids can be read best, and the cells it has. A later one has to be much better.
 * @template {Arranged} Arrangement
 * @param {Extent & {largest: number}} available `largest`: side of a cell at most
 * @param {Arrangement[]} arrangements
 * @param {ForEach} legible side of a cell from which on the numbers of each grid can be read
 * @returns {{arrangement: Arrangement, cells: CellSizes, rank: number}} `rank`: 0 where all can be read
 */
export function bestFit(available, arrangements, legible) {
  const fits = arrangements.map((arrangement) => ({
    arrangement,
    ...largestCells(available, arrangement, legible),
  }));
  return fits.reduce((best, one) => {
    const larger = one.cells.input > MUCH_LARGER * best.cells.input;
    return one.rank < best.rank || (one.rank === best.rank && larger) ? one : best;
  });
}

/**
 * The largest cells whose grids fit. First all are made legible, if that can be; then the input's are as large as
 * possible, and the others larger where that fits, too.
 * @param {Extent & {largest: number}} available
 * @param {Arranged} arranged
 * @param {ForEach} legible
 * @returns {{rank: number, cells: CellSizes}} `rank`: 0 where all grids are legible, more where fewer are
 */
export function largestCells(available, arranged, legible) {
  for (const [rank, roles] of LEGIBLE_GRIDS.entries()) {
    const least = { input: 0, kernel: 0, output: 0 };
    for (const role of roles) least[role] = legible[role];
    const cells = largestFrom(available, arranged, least);
    if (cells) return { rank, cells };
  }
  const [input, kernel, output] = [SMALLEST_CELL, SMALLEST_CELL, SMALLEST_CELL];
  return { rank: NOT_AT_ALL, cells: { input, kernel, output } };
}

/**
 * @param {Extent & {largest: number}} available
 * @param {Arranged} arranged
 * @param {CellSizes} least
 * @returns {CellSizes | null}
 */
function largestFrom(available, { needed, smaller }, least) {
  const smallest = Math.max(least.input, SMALLEST_CELL + 1);
  const parts = smaller ? [...GENEROSITY, ...SMALLER] : GENEROSITY;
  for (let input = Math.floor(available.largest); input >= smallest; input -= 1) {
    for (const [kernels, outputs] of parts) {
      const kernel = Math.max(larger(input, GENEROUS.kernel, kernels), least.kernel);
      const output = Math.max(larger(input, GENEROUS.output, outputs), least.output);
      const { width, height } = needed({ input, kernel, output });
      if (width <= available.width && height <= available.height) return { input, kernel, output };
    }
  }
  return null;
}

/**
 * @param {number} one side of an input's cell
 * @param {number} generous side that is large enough
 * @param {number} part how far from one to the other, 0 to 1; below 0, how much smaller
 */
function larger(one, generous, part) {
  if (part < 0) return Math.floor(one * (1 + part));
  return generous > one ? Math.floor(one + (generous - one) * part) : one;
}
