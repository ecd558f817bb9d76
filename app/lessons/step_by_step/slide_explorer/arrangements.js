// The ways in which grids can stand beside and below each other, and the space that each way takes.

import { spanOf } from "./layout.js";

/** @import { Arranged, CellSizes, Extent, Size } from "./layout.js" */
/**
 * What takes space besides the cells, in pixels: `heads` are what is written above each grid, `sign` and `word` are the
 * widths of signs between grids, `down` is the height of one between grids below each other, `apart` is between lines,
 * and `patch` is the picture that a patch is picked from.
 * @typedef {{heads: {input: Extent, kernel: Extent, output: Extent}, sign: number, word: number, down: number,
 *   apart: number, patch: Extent | null}} Furniture
 */
/** @typedef {{input: Size, kernel: Size | null, output: Size, channels: number}} Grids */
/** @typedef {Arranged & {name: string}} Arrangement `name` is the one that makes it in component.css */

/**
 * @param {Grids} grids
 * @param {Furniture} furniture
 * @returns {Arrangement[]}
 */
export function arrangementsOf(grids, furniture) {
  return grids.channels === 1 ? forOne(grids, furniture) : forMany(grids, furniture);
}

/**
 * @param {Grids} grids
 * @param {Furniture} furniture
 * @returns {(cells: CellSizes) => {input: Extent, kernel: Extent, output: Extent}}
 */
function measuring({ input, kernel, output }, { heads }) {
  const extent = (
    /** @type {Size} */ grid,
    /** @type {number} */ cell,
    /** @type {Extent} */ head,
  ) => ({
    width: Math.max(spanOf(grid.columns, cell), head.width),
    height: head.height + spanOf(grid.rows, cell),
  });
  return (cells) => ({
    input: extent(input, cells.input, heads.input),
    kernel: kernel ? extent(kernel, cells.kernel, heads.kernel) : { width: 0, height: 0 },
    output: extent(output, cells.output, heads.output),
  });
}

/**
 * An input, its kernel (if any) and the output: in one row; the input above the others; or each on its own.
 * @param {Grids} grids
 * @param {Furniture} furniture
 * @returns {Arrangement[]}
 */
function forOne(grids, furniture) {
  const { sign, word, apart, patch } = furniture;
  const measure = measuring(grids, furniture);
  const before = grids.kernel ? sign : 0;
  const last = grids.kernel ? sign : word;
  const [beside, above] = [patch?.width ?? 0, patch ? patch.height + apart : 0];
  return [
    {
      name: "in-row",
      needed: (cells) => {
        const { input, kernel, output } = measure(cells);
        return {
          width: beside + input.width + before + kernel.width + last + output.width,
          height: Math.max(input.height, kernel.height, output.height),
        };
      },
    },
    {
      name: "in-lines",
      smaller: true,
      needed: (cells) => {
        const { input, kernel, output } = measure(cells);
        return {
          width: Math.max(input.width, before + kernel.width + last + output.width),
          height: above + input.height + apart + Math.max(kernel.height, output.height),
        };
      },
    },
    {
      name: "stacked",
      needed: (cells) => {
        const { input, kernel, output } = measure(cells);
        const third = grids.kernel ? kernel.height + apart : 0;
        return {
          width: Math.max(input.width, before + kernel.width, last + output.width),
          height: above + input.height + apart + third + output.height,
        };
      },
    },
  ];
}

/**
 * Channels beside each other, each with its kernel (or its output) below or beside it and a summed output at the end; or
 * channels below each other, each with its kernel (or its output) beside or below it.
 * @param {Grids} grids
 * @param {Furniture} furniture
 * @returns {Arrangement[]}
 */
function forMany(grids, furniture) {
  const { sign, word, down, apart, patch } = furniture;
  const { channels } = grids;
  const measure = measuring(grids, furniture);
  const [beside, above] = [patch?.width ?? 0, patch ? patch.height + apart : 0];
  const parts = (/** @type {CellSizes} */ cells) => {
    const { input, kernel, output } = measure(cells);
    return grids.kernel
      ? { input, second: kernel, between: sign, apart: sign, end: sign + output.width, output }
      : { input, second: output, between: word, apart, end: 0, output };
  };
  return [
    {
      name: "below",
      needed: (cells) => {
        const { input, second, apart: gap, end, output } = parts(cells);
        return {
          width:
            beside + channels * Math.max(input.width, second.width) + (channels - 1) * gap + end,
          height: Math.max(input.height + down + second.height, output.height),
        };
      },
    },
    {
      name: "beside",
      needed: (cells) => {
        const { input, second, between, apart: gap, end, output } = parts(cells);
        return {
          width:
            beside + channels * (input.width + between + second.width) + (channels - 1) * gap + end,
          height: Math.max(input.height, second.height, output.height),
        };
      },
    },
    {
      name: "in-lines",
      needed: (cells) => {
        const { input, second, between, output } = parts(cells);
        const line = Math.max(input.height, second.height) + apart;
        return {
          width: sign + input.width + between + second.width,
          height: above + channels * line + (grids.kernel ? output.height : 0),
        };
      },
    },
    {
      name: "stacked",
      needed: (cells) => {
        const { input, second, output } = parts(cells);
        return {
          width: sign + Math.max(input.width, second.width, output.width),
          height:
            above +
            channels * (input.height + down + second.height + apart) +
            (grids.kernel ? output.height : 0),
        };
      },
    },
  ];
}
