// Small grids of numbers; Python chose the text of each cell, its color, and the ink on it.

/**
 * Row by row, as app/drawing/number_cells.py writes it.
 * @typedef {{rows: number, columns: number, texts: string[], fills: string[], inks: string[]}} NumberCells
 */

/**
 * The style of a cell.
 * @param {NumberCells} cells
 * @param {number} at
 */
export function cellStyle({ fills, inks }, at) {
  return `background:${fills[at]};color:${inks[at]}`;
}
