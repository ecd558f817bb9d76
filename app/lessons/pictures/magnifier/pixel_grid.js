// The enlarged pixels: a square for each, in its color, with its values in it where they can be read.

import { el, setText } from "../../../browser/dom.js";
import { inkOn } from "../../../browser/ink.js";

/** @typedef {"rgb" | "red" | "green" | "blue" | "gray"} PixelView which of a pixel's values are shown */
/** @typedef {{red: number, green: number, blue: number, gray: number}} Pixel 0 to 255 each */
/** @typedef {{top: number, left: number, rows: number, columns: number}} Patch in pixels of the picture */

/** The size of the numbers in a cell, as shares of its side: three stand one below the other. */
const NUMBER_SHARE = { one: 0.4, three: 0.27 };

export class PixelGrid {
  constructor() {
    this.element = el("div", { class: "grid" });
    this.columns = 0;
  }

  /**
   * @param {Patch} patch
   * @param {PixelView} view
   * @param {[number, number]} here row and column of the pixel that is read
   * @param {(row: number, column: number) => Pixel} pixelAt
   * @param {number} smallestPx where the numbers would be smaller, there are none
   */
  draw(patch, view, here, pixelAt, smallestPx) {
    const { top, left, rows, columns } = patch;
    this.build(rows, columns);
    const share = view === "rgb" ? NUMBER_SHARE.three : NUMBER_SHARE.one;
    this.element.style.setProperty("--number", String(share));
    const isLegible = (share * this.element.clientWidth) / columns >= smallestPx;
    [...this.element.children].forEach((child, at) => {
      const cell = /** @type {HTMLElement} */ (child);
      const [row, column] = [top + Math.floor(at / columns), left + (at % columns)];
      const pixel = pixelAt(row, column);
      const color = colorOf(pixel, view);
      cell.style.background = `rgb(${color.join(" ")})`;
      cell.style.color = inkOn(...color);
      setText(cell, isLegible ? valuesOf(pixel, view).join("\n") : "");
      cell.classList.toggle("here", row === here[0] && column === here[1]);
    });
  }

  /**
   * Make the cells, unless there are just as many.
   * @param {number} rows
   * @param {number} columns
   */
  build(rows, columns) {
    if (this.element.childElementCount === rows * columns && this.columns === columns) return;
    this.columns = columns;
    this.element.style.setProperty("--across", String(columns));
    this.element.style.setProperty("--down", String(rows));
    this.element.style.setProperty("--most", String(Math.max(rows, columns)));
    this.element.replaceChildren(
      ...Array.from({ length: rows * columns }, () => el("div", { class: "cell numbers" })),
    );
  }
}

/**
 * The values of a pixel that a view shows.
 * @param {Pixel} pixel
 * @param {PixelView} view
 */
export function valuesOf(pixel, view) {
  return view === "rgb" ? [pixel.red, pixel.green, pixel.blue] : [pixel[view]];
}

/**
 * The color of a pixel in a view.
 * @param {Pixel} pixel
 * @param {PixelView} view
 * @returns {[number, number, number]}
 */
function colorOf({ red, green, blue, gray }, view) {
  if (view === "gray") return [gray, gray, gray];
  const shows = (/** @type {PixelView} */ channel) => view === "rgb" || view === channel;
  return [shows("red") ? red : 0, shows("green") ? green : 0, shows("blue") ? blue : 0];
}
