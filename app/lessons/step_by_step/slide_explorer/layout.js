// How large cells can be: whole pixels, so that lines stay sharp. Layout only.

/** @typedef {{rows: number, columns: number}} Size */
/** @typedef {{input: number, kernel: number, output: number}} CellSizes side of a cell in pixels */

export const LEGIBLE_PX = 9;
const SMALLEST_CELL = 6;
// Width of a term, height of a line with running totals, height of a line of several channels.
const SUM_REM = {
  large: { term: 5.6, line: 4.9, lineOfMany: 3.4 },
  middle: { term: 4.6, line: 4, lineOfMany: 2.75 },
  small: { term: 4, line: 3.4, lineOfMany: 2.4 },
  tiny: { term: 3.9, line: 2, lineOfMany: 2 },
};
// Height of the heading of a sum and of all of it at most; a narrow page writes the heading in several lines.
const NARROW_REM = 30;
const SUM_HEAD_REM = { wide: 2.3, narrow: 5.4 };
const SUM_MOST_REM = { wide: 15.5, narrow: 24 };
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
 */
export function fontFor(cell, characters, most = 34) {
  const size = Math.min(
    Math.max(cell * 0.42, 10),
    (cell * 0.92) / (Math.max(characters, 1) * 0.57),
    most,
  );
  return size >= LEGIBLE_PX ? size : 0;
}

/**
 * Cell sizes for grids in a row: input, kernel (if any), output.
 * @param {{width: number, height: number, largest: number, legends: number}} available
 *   `largest`: side of a cell at most; `legends`: width that the legend of a grid needs
 * @param {{input: Size, kernel: Size | null, output: Size}} grids
 */
export function cellsInRow(available, { input, kernel, output }) {
  const wide = (/** @type {Size} */ grid, /** @type {number} */ cell) =>
    Math.max(spanOf(grid.columns, cell), available.legends);
  return largestCells(available, (cells) => ({
    width:
      wide(input, cells.input) +
      (kernel ? wide(kernel, cells.kernel) : 0) +
      wide(output, cells.output),
    height: Math.max(
      spanOf(input.rows, cells.input),
      kernel ? spanOf(kernel.rows, cells.kernel) : 0,
      spanOf(output.rows, cells.output),
    ),
  }));
}

/**
 * Cell sizes for channels side by side, each with its kernel (or its output) below; a summed output at the end.
 * @param {{width: number, height: number, largest: number, legends: number}} available as for cellsInRow
 * @param {{input: Size, kernel: Size | null, output: Size, channels: number}} grids
 */
export function cellsInColumns(available, { input, kernel, output, channels }) {
  return largestCells(available, (cells) => {
    const [below, cell] = kernel ? [kernel, cells.kernel] : [output, cells.output];
    const summed = kernel ? Math.max(spanOf(output.columns, cells.output), available.legends) : 0;
    return {
      width:
        channels * Math.max(spanOf(input.columns, cells.input), spanOf(below.columns, cell)) +
        summed,
      height: Math.max(
        spanOf(input.rows, cells.input) + spanOf(below.rows, cell),
        kernel ? spanOf(output.rows, cells.output) : 0,
      ),
    };
  });
}

/**
 * Cell sizes for grids on lines of their own, where the page is narrow: an input with its kernel (or its output) beside
 * it where there are several channels, else the input alone; the output last.
 * @param {{width: number, height: number, largest: number, legends: number}} available as for cellsInRow
 * @param {{input: Size, kernel: Size | null, output: Size, channels: number}} grids
 */
export function cellsInLines(available, { input, kernel, output, channels }) {
  const wide = (/** @type {Size} */ grid, /** @type {number} */ cell) =>
    Math.max(spanOf(grid.columns, cell), available.legends);
  return largestCells(available, (cells) => {
    const results = spanOf(output.rows, cells.output);
    const weights = kernel ? spanOf(kernel.rows, cells.kernel) : 0;
    const beside = kernel ? wide(kernel, cells.kernel) : 0;
    const ends = wide(output, cells.output);
    if (channels === 1)
      return {
        width: Math.max(wide(input, cells.input), beside + ends),
        height: spanOf(input.rows, cells.input) + Math.max(weights, results),
      };
    const line = Math.max(spanOf(input.rows, cells.input), kernel ? weights : results);
    return {
      width: wide(input, cells.input) + (kernel ? beside : ends),
      height: channels * line + (kernel ? results : 0),
    };
  });
}

/**
 * Height in rem that the written sum needs, so that the page does not move while it changes.
 * @param {{terms: number, channels: number, weighs: boolean, widthRem: number}} sum terms of one channel
 */
export function sumHeight({ terms, channels, weighs, widthRem }) {
  if (!weighs) return 2.6 + 2.4 * channels;
  const size = sumSize(terms * channels);
  const { term, line, lineOfMany } = SUM_REM[size];
  const brief = !showsFactors(terms, channels);
  const lines = Math.ceil((terms * (brief ? term * 0.7 : term) + 4) / widthRem);
  const page = widthRem < NARROW_REM ? "narrow" : "wide";
  const height =
    SUM_HEAD_REM[page] +
    (channels > 1
      ? channels * lines * (brief ? lineOfMany * 0.65 : lineOfMany) + 2.6
      : lines * line);
  return Math.min(height, SUM_MOST_REM[page]);
}

/**
 * Whether each product is written with its factors; long sums of several channels have no space for them.
 * @param {number} terms of one channel
 * @param {number} channels
 */
export function showsFactors(terms, channels) {
  return channels === 1 || terms * channels <= 12;
}

/**
 * In which size a sum of so many terms is written.
 * @param {number} terms
 */
export function sumSize(terms) {
  return terms <= 9 ? "large" : terms <= 18 ? "middle" : terms <= 27 ? "small" : "tiny";
}

/**
 * The largest cells whose grids fit; the input's are as large as possible, the others larger where that fits, too.
 * @param {{width: number, height: number, largest: number}} available
 * @param {(cells: CellSizes) => {width: number, height: number}} needed
 * @returns {CellSizes}
 */
function largestCells(available, needed) {
  for (let input = Math.floor(available.largest); input > SMALLEST_CELL; input -= 1) {
    for (const [kernels, outputs] of GENEROSITY) {
      const kernel = larger(input, GENEROUS.kernel, kernels);
      const output = larger(input, GENEROUS.output, outputs);
      const { width, height } = needed({ input, kernel, output });
      if (width <= available.width && height <= available.height) return { input, kernel, output };
    }
  }
  return { input: SMALLEST_CELL, kernel: SMALLEST_CELL, output: SMALLEST_CELL };
}

/**
 * @param {number} one side of an input's cell
 * @param {number} generous side that is large enough
 * @param {number} part how far from one to the other, 0 to 1
 */
function larger(one, generous, part) {
  return generous > one ? Math.floor(one + (generous - one) * part) : one;
}
