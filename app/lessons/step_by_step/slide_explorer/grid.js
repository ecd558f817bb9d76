// A grid of numbers on colored cells, with a frame around the window and marks on the cells it reads.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { readable } from "../../../browser/patch.js";
import { isPadding } from "./data.js";
import { typeInto } from "./typing.js";
import { fontFor, gapOf } from "./layout.js";

const ROOM_FOR_FACTOR = 32;

export class GridView {
  /** @param {{role: "input" | "kernel" | "output", channel: number}} options */
  constructor({ role, channel }) {
    Object.assign(this, { role, channel });
    this.title = el("figcaption", {});
    this.frame = el("div", { class: "frame", hidden: true });
    this.cells = el("div", { class: "cells", role: "grid" });
    this.field = el("div", { class: "field" }, this.cells, this.frame);
    this.legend = el("div", { class: "legend numbers quiet" });
    this.element = el("figure", { class: `panel ${role}` }, this.title, this.field, this.legend);
    this.marked = new Set();
    this.current = 0;
    this.nodes = [];
  }

  /** Take over a grid and its colors. */
  update(grid, { colors, letters, editable }) {
    const same = this.grid && this.grid.rows === grid.rows && this.grid.columns === grid.columns;
    this.grid = grid;
    this.letters = letters;
    if (!same) this.build();
    setText(
      this.title,
      `${grid.name} ${grid.rows - grid.before[0] - grid.after[0]} × ${grid.columns - grid.before[1] - grid.after[1]}`,
    );
    setAttributes(this.cells, { "aria-label": grid.name });
    this.current = Math.min(this.current, grid.texts.length - 1);
    const unread = new Set(grid.unread);
    this.nodes.forEach(({ cell, letter }, index) => {
      const padding = isPadding(grid, index);
      const [red, green, blue] = colors[grid.colors[index]];
      cell.style.setProperty("--fill", `rgb(${red} ${green} ${blue})`);
      cell.style.setProperty("--on-fill", readable(red, green, blue));
      cell.classList.toggle("padding", padding);
      cell.classList.toggle("unread", unread.has(index));
      cell.classList.toggle("editable", editable && !padding);
      setText(letter, letters !== "numbers" ? (grid.letters[index] ?? "") : "");
      setAttributes(cell, {
        tabindex: index === this.current ? "0" : "-1",
        "aria-label": this.labelOf(index, padding, unread.has(index)),
      });
      this.write(index);
    });
    this.cells.classList.toggle("only-letters", letters === "letters" && grid.letters.length > 0);
    const [low, middle, high] = grid.legend;
    const stops = [0, 32, 64, 96, 128, 160, 192, 224, 255]
      .map((at) => `rgb(${colors[at].join(" ")})`)
      .join(",");
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
    this.nodes = [];
    this.marked.clear();
    this.hides = undefined;
    this.cells.replaceChildren(
      ...Array.from({ length: rows }, (_, row) =>
        el(
          "div",
          { role: "row", class: "row" },
          ...Array.from({ length: columns }, (_unused, column) => {
            const parts = {
              letter: el("span", { class: "letter" }),
              value: el("span", { class: "value" }),
              factor: el("span", { class: "factor" }),
            };
            parts.cell = el(
              "div",
              { role: "gridcell", class: "cell numbers", "data-at": row * columns + column },
              parts.letter,
              parts.value,
              parts.factor,
            );
            this.nodes.push(parts);
            return parts.cell;
          }),
        ),
      ),
    );
    this.cells.style.setProperty("--columns", String(columns));
  }

  labelOf(index, padding, unread) {
    const row = Math.floor(index / this.grid.columns) - this.grid.before[0] + 1;
    const column = (index % this.grid.columns) - this.grid.before[1] + 1;
    const value = this.grid.texts[index] || "not counted";
    const letter = this.grid.letters[index] ? `${this.grid.letters[index]}, ` : "";
    if (padding) return `padding: ${value}`;
    return `${letter}row ${row}, column ${column}: ${value}${unread ? ", never read" : ""}`;
  }

  /** Give cells their size in pixels. */
  resize(cell, rem) {
    this.size = cell;
    this.gap = gapOf(cell);
    const longest = Math.max(...this.grid.texts.map((text) => text.length));
    this.font = fontFor(cell, longest, 2.2 * rem);
    this.field.style.setProperty("--cell", `${cell}px`);
    this.field.style.setProperty("--gap", `${this.gap}px`);
    this.field.style.setProperty("--font", `${this.font}px`);
    this.field.style.setProperty(
      "--small",
      `${Math.max(Math.min(this.font * 0.66, cell * 0.27), 9)}px`,
    );
    this.cells.classList.toggle("illegible", this.font === 0);
    this.cells.classList.toggle("roomy", cell >= ROOM_FOR_FACTOR);
    this.cells.classList.toggle("lettered", cell >= 2.2 * rem);
  }

  /** Pixels from one cell to the next. */
  get pitch() {
    return this.size + this.gap;
  }

  write(index, text) {
    const node = this.nodes[index];
    if (node.input) return;
    setText(node.value, text ?? (this.hides?.(index) ? "" : this.grid.texts[index]));
  }

  /** Hide outputs that the walk has not come to; `hides` tells for each cell. */
  fill(hides) {
    this.hides = hides;
    this.nodes.forEach(({ cell }, index) => {
      const empty = hides(index);
      if (cell.classList.contains("empty") !== empty) {
        cell.classList.toggle("empty", empty);
        this.write(index);
      }
    });
  }

  /** Mark a cell: `name` is a class, `factor` what stands below its number. */
  mark(index, name, factor) {
    const { cell, factor: below } = this.nodes[index];
    this.marked.add(index);
    cell.classList.add(name);
    if (factor !== undefined) setText(below, factor);
  }

  clearMarks() {
    for (const index of this.marked) {
      const { cell, factor } = this.nodes[index];
      cell.classList.remove("tap", "touched", "winner", "chosen", "reader");
      setText(factor, "");
      this.write(index);
    }
    this.marked.clear();
    this.cells.classList.remove("dimmed");
  }

  dim() {
    this.cells.classList.add("dimmed");
  }

  /** Top left corner and size of a block of cells, in pixels of the field. */
  boxOf({ top, left, bottom, right }) {
    const pitch = this.pitch;
    return {
      x: left * pitch,
      y: top * pitch,
      width: (right - left) * pitch + this.size,
      height: (bottom - top) * pitch + this.size,
    };
  }

  boxOfCell(index) {
    const [row, column] = [Math.floor(index / this.grid.columns), index % this.grid.columns];
    return this.boxOf({ top: row, left: column, bottom: row, right: column });
  }

  /** Put the frame somewhere; only a transform changes while it moves. */
  moveFrame({ x, y, width, height }) {
    if (this.frameWidth !== width || this.frameHeight !== height) {
      Object.assign(this, { frameWidth: width, frameHeight: height });
      Object.assign(this.frame.style, { width: `${width}px`, height: `${height}px` });
    }
    this.frame.style.transform = `translate(${x}px, ${y}px)`;
    if (this.frame.hidden) this.frame.hidden = false;
  }

  hideFrame() {
    if (!this.frame.hidden) this.frame.hidden = true;
  }

  /** The cell an event happened on, -1 if none. */
  indexOf(event) {
    const cell = event.target.closest?.("[data-at]");
    return cell && this.cells.contains(cell) ? Number(cell.dataset.at) : -1;
  }

  focus(index) {
    setAttributes(this.nodes[this.current].cell, { tabindex: "-1" });
    this.current = index;
    setAttributes(this.nodes[index].cell, { tabindex: "0" });
    this.nodes[index].cell.focus({ preventScroll: true });
  }

  /** Keep the tab stop on a cell without taking the focus. */
  settle(index) {
    if (this.current === index) return;
    setAttributes(this.nodes[this.current].cell, { tabindex: "-1" });
    this.current = index;
    setAttributes(this.nodes[index].cell, { tabindex: "0" });
  }

  /** Where the number of a cell stands, in the field. */
  centerOf(index) {
    const { x, y, width, height } = this.boxOfCell(index);
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** Type into a cell; see typeInto. */
  edit(index, typed, done) {
    if (!isPadding(this.grid, index))
      typeInto(this.nodes[index], this.grid.texts[index], typed, done);
  }
}
