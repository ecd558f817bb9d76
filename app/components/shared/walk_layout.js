// How large cells can be: whole pixels, so that lines stay sharp. Layout only.

export const LEGIBLE_PX = 9.5;
const LARGEST_CELL = 96;
const SMALLEST_CELL = 6;
const GENEROUS = { kernel: 56, output: 60 };

/** Pixels between cells of this size. */
export function gapOf(cell) {
  return cell >= 26 ? 2 : 1;
}

/** Pixels that a number of cells takes. */
export function spanOf(count, cell) {
  return count * cell + (count - 1) * gapOf(cell);
}

/** The font size for texts of up to `characters` in a cell; 0 where they could not be read. */
export function fontFor(cell, characters) {
  const size = Math.min(cell * 0.42, (cell * 0.92) / (Math.max(characters, 1) * 0.57), 34);
  return size >= LEGIBLE_PX ? size : 0;
}

/**
 * Cell sizes for grids in a row: input, kernel (if any), output.
 * @param {{width: number, height: number}} room
 * @param {{input: Size, kernel: Size | null, output: Size}} grids
 * @typedef {{rows: number, columns: number}} Size
 */
export function cellsInRow(room, { input, kernel, output }) {
  return largest((one) => {
    for (const generosity of [1, 0.6, 0.3, 0]) {
      const cells = { input: one, kernel: more(one, GENEROUS.kernel, generosity), output: more(one, GENEROUS.output, generosity) };
      const width = spanOf(input.columns, cells.input) + (kernel ? spanOf(kernel.columns, cells.kernel) : 0) + spanOf(output.columns, cells.output);
      const height = Math.max(spanOf(input.rows, cells.input), kernel ? spanOf(kernel.rows, cells.kernel) : 0, spanOf(output.rows, cells.output));
      if (width <= room.width && height <= room.height) return cells;
    }
    return null;
  });
}

/**
 * Cell sizes for channels side by side, each with its kernel (or its output) below; a summed output at the end.
 * @param {{width: number, height: number}} room
 */
export function cellsInColumns(room, { input, kernel, output, channels }) {
  return largest((one) => {
    for (const generosity of [1, 0.6, 0.3, 0]) {
      const cells = { input: one, kernel: more(one, GENEROUS.kernel, generosity), output: more(one, GENEROUS.output, generosity) };
      const below = kernel ? spanOf(kernel.columns, cells.kernel) : spanOf(output.columns, cells.output);
      const belowHeight = kernel ? spanOf(kernel.rows, cells.kernel) : spanOf(output.rows, cells.output);
      const width = channels * Math.max(spanOf(input.columns, cells.input), below) + (kernel ? spanOf(output.columns, cells.output) : 0);
      const height = Math.max(spanOf(input.rows, cells.input) + belowHeight, kernel ? spanOf(output.rows, cells.output) : 0);
      if (width <= room.width && height <= room.height) return cells;
    }
    return null;
  });
}

function more(one, generous, generosity) {
  return generous > one ? Math.floor(one + (generous - one) * generosity) : one;
}

function largest(fitting) {
  for (let one = LARGEST_CELL; one > SMALLEST_CELL; one -= 1) {
    const cells = fitting(one);
    if (cells) return cells;
  }
  return { input: SMALLEST_CELL, kernel: SMALLEST_CELL, output: SMALLEST_CELL };
}
