// A grid of numbers on colored cells, with a frame around the window and a legend of its colors.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Cells, cellTexts } from "./cells.js";
import { fontFor, gapOf, LEGIBLE_PX } from "./layout.js";
import { WindowFrame } from "./window_frame.js";

/** @import { Palette } from "./palette.js" */
/** @import { Block, Box, Grid, Letters, Point, Role } from "./types.js" */

const FACTOR_FROM_PX = 32; // smaller cells have no space for a factor below the number
const LARGEST_FONT_REM = 2.2;
const LEGEND_STOPS = [0, 32, 64, 96, 128, 160, 192, 224, 255];

export class GridView {
  /**
   * @param {Role} role
   * @param {number} channel
   * @param {Grid} grid
   */
  constructor(role, channel, grid) {
    this.role = role;
    this.channel = channel;
    this.title = el("figcaption", {});
    this.frame = new WindowFrame();
    this.cells = new Cells("cells", grid);
    this.surface = el("div", { class: "surface" }, this.cells.element, this.frame.element);
    this.legend = el("div", { class: "legend numbers quiet" });
    this.element = el("figure", { class: `panel ${role}` }, this.title, this.surface, this.legend);
    this.grid = grid;
    /** @type {Point} where the surface lies in the stage */ this.origin = { x: 0, y: 0 };
    this.size = 0;
    this.gap = 0;
    this.build();
  }

  /**
   * Take over a grid and its colors.
   * @param {Grid} grid
   * @param {{palette: Palette, letters: Letters, editable: boolean}} how
   */
  update(grid, how) {
    const same = this.grid.rows === grid.rows && this.grid.columns === grid.columns;
    this.grid = grid;
    if (!same) this.build();
    setText(
      this.title,
      `${grid.name} ${grid.rows - grid.before[0] - grid.after[0]} × ${grid.columns - grid.before[1] - grid.after[1]}`,
    );
    this.cells.update(grid, how, (index, padding, unread) => this.labelOf(index, padding, unread));
    const onlyLetters = how.letters === "letters" && grid.letters.length > 0;
    this.cells.element.classList.toggle("only-letters", onlyLetters);
    this.showLegend(how.palette);
  }

  /** @param {Palette} palette */
  showLegend(palette) {
    const { grid } = this;
    const { fills } = palette.tableOf(grid.scale);
    const [low, middle, high] = grid.legend;
    const stops = LEGEND_STOPS.map((at) => fills[at]).join(",");
    setAttributes(this.legend, {
      "data-of": grid.name.replace("input, ", "").replace(/^kernel, .*/, "kernel"),
    });
    this.legend.replaceChildren(
      low,
      el(
        "span",
        { class: "scale", style: `background:linear-gradient(to right,${stops})` },
        middle ? el("i", {}) : "",
      ),
      high,
    );
  }

  build() {
    const { rows, columns } = this.grid;
    const nodes = Array.from({ length: rows * columns }, (_, index) => {
      const texts = cellTexts();
      const cell = el(
        "div",
        { role: "gridcell", class: "cell numbers", "data-at": index },
        texts.letter,
        texts.value,
        texts.factor,
      );
      return { ...texts, cell };
    });
    this.cells.build(nodes, columns);
    this.cells.element.style.setProperty("--columns", String(columns));
  }

  /**
   * @param {number} index
   * @param {boolean} padding
   * @param {boolean} unread
   */
  labelOf(index, padding, unread) {
    const { grid } = this;
    const row = Math.floor(index / grid.columns) - grid.before[0];
    const column = (index % grid.columns) - grid.before[1];
    const value = grid.texts[index] || "not counted";
    const letter = grid.letters[index] ? `${grid.letters[index]}, ` : "";
    if (padding) return `padding: ${value}`;
    return `${letter}row ${row}, column ${column}: ${value}${unread ? ", in no window" : ""}`;
  }

  /**
   * Give cells their size in pixels.
   * @param {number} cell
   * @param {number} rem
   */
  resize(cell, rem) {
    this.size = cell;
    this.gap = gapOf(cell);
    const longest = Math.max(...this.grid.texts.map((text) => text.length));
    const font = fontFor(cell, longest, LARGEST_FONT_REM * rem);
    const small = Math.max(Math.min(font * 0.66, cell * 0.27), 9);
    const { style } = this.surface;
    style.setProperty("--cell", `${cell}px`);
    style.setProperty("--gap", `${this.gap}px`);
    style.setProperty("--font", `${font}px`);
    style.setProperty("--small", `${small}px`);
    const below = this.role === "output" ? Math.max(font * 0.78, LEGIBLE_PX) : small;
    this.cells.room = { width: cell, font, below: cell < FACTOR_FROM_PX || !font ? 0 : below };
    const { classList } = this.cells.element;
    classList.toggle("illegible", font === 0);
    classList.toggle("roomy", cell >= FACTOR_FROM_PX);
    classList.toggle("lettered", cell >= LARGEST_FONT_REM * rem);
  }

  /**
   * Top left corner and size of a block of cells, in pixels of the surface.
   * @param {Block} block
   * @returns {Box}
   */
  boxOf({ top, left, bottom, right }) {
    const pitch = this.size + this.gap;
    return {
      x: left * pitch,
      y: top * pitch,
      width: (right - left) * pitch + this.size,
      height: (bottom - top) * pitch + this.size,
    };
  }

  /** @param {number} index */
  boxOfCell(index) {
    const [row, column] = [Math.floor(index / this.grid.columns), index % this.grid.columns];
    return this.boxOf({ top: row, left: column, bottom: row, right: column });
  }

  /**
   * Where the number of a cell is, in the surface.
   * @param {number} index
   * @returns {Point}
   */
  centerOf(index) {
    const { x, y, width, height } = this.boxOfCell(index);
    return { x: x + width / 2, y: y + height / 2 };
  }
}
