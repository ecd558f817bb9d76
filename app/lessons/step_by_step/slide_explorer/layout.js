// How large cells can be: whole pixels, so that lines stay sharp. Layout only.

export const LEGIBLE_PX = 9;
const SMALLEST_CELL = 6;
// Width of a term, height of a line with running totals, height of a line of several channels.
const SUM_REM = {
  large: { term: 5.6, line: 4.9, lineOfMany: 3.4 },
  middle: { term: 4.6, line: 4, lineOfMany: 2.75 },
  small: { term: 4, line: 3.4, lineOfMany: 2.4 },
  tiny: { term: 3.9, line: 2, lineOfMany: 2 },
};
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

/** Pixels between cells of this size. */
export function gapOf(cell) {
  return cell >= 26 ? 2 : 1;
}

/** Pixels that a number of cells takes. */
export function spanOf(count, cell) {
  return count * cell + (count - 1) * gapOf(cell);
}

/** The font size for texts of up to `characters` in a cell; 0 where they could not be read. */
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
 * @param {{width: number, height: number, largest: number, legends: number}} room
 *   `largest`: side of a cell at most; `legends`: width that the legend of a grid needs
 * @param {{input: Size, kernel: Size | null, output: Size}} grids
 * @typedef {{rows: number, columns: number}} Size
 */
export function cellsInRow(room, { input, kernel, output }) {
  return largest(room.largest, (one) => {
    for (const [kernels, outputs] of GENEROSITY) {
      const cells = {
        input: one,
        kernel: more(one, GENEROUS.kernel, kernels),
        output: more(one, GENEROUS.output, outputs),
      };
      const wide = (grid, cell) => Math.max(spanOf(grid.columns, cell), room.legends);
      const width =
        wide(input, cells.input) +
        (kernel ? wide(kernel, cells.kernel) : 0) +
        wide(output, cells.output);
      const height = Math.max(
        spanOf(input.rows, cells.input),
        kernel ? spanOf(kernel.rows, cells.kernel) : 0,
        spanOf(output.rows, cells.output),
      );
      if (width <= room.width && height <= room.height) return cells;
    }
    return null;
  });
}

/**
 * Cell sizes for channels side by side, each with its kernel (or its output) below; a summed output at the end.
 * @param {{width: number, height: number, largest: number, legends: number}} room as for cellsInRow
 */
export function cellsInColumns(room, { input, kernel, output, channels }) {
  return largest(room.largest, (one) => {
    for (const [kernels, outputs] of GENEROSITY) {
      const cells = {
        input: one,
        kernel: more(one, GENEROUS.kernel, kernels),
        output: more(one, GENEROUS.output, outputs),
      };
      const below = kernel
        ? spanOf(kernel.columns, cells.kernel)
        : spanOf(output.columns, cells.output);
      const belowHeight = kernel
        ? spanOf(kernel.rows, cells.kernel)
        : spanOf(output.rows, cells.output);
      const width =
        channels * Math.max(spanOf(input.columns, cells.input), below) +
        (kernel ? Math.max(spanOf(output.columns, cells.output), room.legends) : 0);
      const height = Math.max(
        spanOf(input.rows, cells.input) + belowHeight,
        kernel ? spanOf(output.rows, cells.output) : 0,
      );
      if (width <= room.width && height <= room.height) return cells;
    }
    return null;
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
  const height =
    2.3 +
    (channels > 1
      ? channels * lines * (brief ? lineOfMany * 0.55 : lineOfMany) + 2.4
      : lines * line);
  return Math.min(height, 15.5);
}

/** Whether each product is written with its factors; long sums of several channels have no room for them. */
export function showsFactors(terms, channels) {
  return channels === 1 || terms * channels <= 12;
}

/** In which size a sum of so many terms is written. */
export function sumSize(terms) {
  return terms <= 9 ? "large" : terms <= 18 ? "middle" : terms <= 27 ? "small" : "tiny";
}

function more(one, generous, generosity) {
  return generous > one ? Math.floor(one + (generous - one) * generosity) : one;
}

function largest(most, fitting) {
  for (let one = Math.floor(most); one > SMALLEST_CELL; one -= 1) {
    const cells = fitting(one);
    if (cells) return cells;
  }
  return { input: SMALLEST_CELL, kernel: SMALLEST_CELL, output: SMALLEST_CELL };
}
