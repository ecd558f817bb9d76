// The colors of cells: tables that Python sends, and the ink that can be read on each color.

import { inkOn } from "../../../browser/ink.js";
import { isPadding } from "./scene.js";

/** @import { ColorTable, Grid } from "./types.js" */

export class Palette {
  constructor() {
    /** @type {Record<string, string>} */ this.texts = {};
    /** @type {Map<string, ColorTable>} */ this.tables = new Map();
    this.dark = false;
  }

  /**
   * Take over the tables of a scene; those of an earlier one are kept, they are the same.
   * @param {Record<string, string>} texts
   * @param {boolean} dark whether the page is dark
   */
  update(texts, dark) {
    this.texts = texts;
    this.dark = dark;
  }

  /**
   * @param {string} scale
   * @returns {ColorTable}
   */
  colorsOf(scale) {
    const name = scale === "signed" ? (this.dark ? "signed_dark" : "signed_light") : scale;
    const known = this.tables.get(name) ?? colorsFrom(this.texts[name]);
    this.tables.set(name, known);
    return known;
  }

  /**
   * Fill and ink of a cell by its number.
   * @param {Grid} grid
   * @param {number} index
   * @returns {[string, string]}
   */
  fillOf(grid, index) {
    const [red, green, blue] = this.colorsOf(grid.scale)[grid.colors[index]];
    return [`rgb(${red} ${green} ${blue})`, inkOn(red, green, blue)];
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
 * A table of 256 colors written as one line of hexadecimal digits.
 * @param {string} hex
 * @returns {ColorTable}
 */
export function colorsFrom(hex) {
  return Array.from({ length: 256 }, (_, index) =>
    [0, 2, 4].map((at) => parseInt(hex.slice(6 * index + at, 6 * index + at + 2), 16)),
  );
}
