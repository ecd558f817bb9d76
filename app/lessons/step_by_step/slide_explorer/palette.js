// The colors of cells, and the ink on them: tables that Python sends.

import { isPadding } from "./scene.js";

/** @import { ColorTable, Grid, SentTable } from "./types.js" */

export class Palette {
  constructor() {
    /** @type {Record<string, SentTable>} */ this.sent = {};
    /** @type {Map<string, ColorTable>} */ this.tables = new Map();
  }

  /**
   * Take over the tables of a scene; those of an earlier one are kept, they are the same.
   * @param {Record<string, SentTable>} sent
   */
  update(sent) {
    this.sent = sent;
  }

  /**
   * @param {string} scale
   * @returns {ColorTable}
   */
  tableOf(scale) {
    const known = this.tables.get(scale) ?? readTable(this.sent[scale]);
    this.tables.set(scale, known);
    return known;
  }

  /**
   * Fill and ink of a cell by its number.
   * @param {Grid} grid
   * @param {number} index
   * @returns {[string, string]}
   */
  fillOf(grid, index) {
    const { fills, inks } = this.tableOf(grid.scale);
    const color = grid.colors[index];
    return [fills[color], inks[color]];
  }

  /**
   * Fill and ink of a cell; padding has none.
   * @param {Grid} grid
   * @param {number} index
   * @returns {[string, string]}
   */
  paint(grid, index) {
    return isPadding(grid, index) ? ["transparent", "inherit"] : this.fillOf(grid, index);
  }
}

/**
 * The colors of a table as CSS writes them; they are sent as one line of hexadecimal digits.
 * @param {SentTable} sent
 * @returns {ColorTable}
 */
export function readTable({ colors, inks }) {
  const fills = inks.map((_, index) => `#${colors.slice(6 * index, 6 * index + 6)}`);
  return { fills, inks };
}
