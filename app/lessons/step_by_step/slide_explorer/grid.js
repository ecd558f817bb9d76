// A grid of numbers on colored cells, with a frame around the window and a legend of its colors.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Cells, cellTexts } from "./cells.js";
import { extrasFor, fontFor, gapOf } from "./layout.js";
import { spokenNumber } from "./spoken.js";
import { WindowFrame } from "./window_frame.js";

/** @import { Palette } from "./palette.js" */
/** @import { Block, Box, Grid, Letters, Point, Role } from "./types.js" */

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
    this.title = el("span", {});
    this.frame = new WindowFrame();
    this.cells = new Cells("cells", grid);
    this.surface = el("div", { class: "surface" }, this.cells.element, this.frame.element);
    this.legend = el("div", { class: "legend numbers quiet" });
    this.head = el("figcaption", { class: "head" }, this.title, this.legend);
    this.element = el("figure", { class: `panel ${role}` }, this.head, this.surface);
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
    const value = spokenNumber(grid.texts[index]) || "not counted";
    const letter = grid.letters[index] ? `${grid.letters[index]}, ` : "";
    if (padding) return `padding: ${value}`;
    return `${letter}row ${row}, column ${column}: ${value}${unread ? ", in no window" : ""}`;
  }

  /**
   * Give cells their size in pixels.
   * @param {number} cell
   * @param {number} rem
   * @param {number} least the smallest text that can be read
   */
  resize(cell, rem, least) {
    this.size = cell;
    this.gap = gapOf(cell);
    const longest = Math.max(...this.grid.texts.map((text) => text.length));
    const font = fontFor(cell, longest, LARGEST_FONT_REM * rem, least);
    const extras = extrasFor(cell, font, least);
    const { style } = this.surface;
    style.setProperty("--cell", `${cell}px`);
    style.setProperty("--gap", `${this.gap}px`);
    style.setProperty("--font", `${font}px`);
    style.setProperty("--small", `${extras.letter}px`);
    const below = this.role === "output" ? extras.related : extras.factor;
    this.cells.space = { width: cell, font, below, least };
    const { classList } = this.cells.element;
    classList.toggle("illegible", font === 0);
    classList.toggle("roomy", below > 0);
    classList.toggle("lettered", extras.letter > 0);
    classList.toggle("low", extras.low);
    classList.toggle("crowded", !extras.three);
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
   * The cell at a point of the window, -1 where there is none.
   * @param {number} x
   * @param {number} y
   */
  indexAt(x, y) {
    const box = this.cells.element.getBoundingClientRect();
    const pitch = this.size + this.gap;
    const [row, column] = [Math.floor((y - box.top) / pitch), Math.floor((x - box.left) / pitch)];
    const { rows, columns } = this.grid;
    const isInside = row >= 0 && column >= 0 && row < rows && column < columns;
    return isInside ? row * columns + column : -1;
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
