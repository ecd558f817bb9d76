// Move over the picture: the pixels under the pointer stand enlarged, with their values.
// The values are read from losslessly packed pictures that Python made; nothing is computed here.

import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { patchSize, patchStart, readable } from "../../../browser/patch.js";
import { cellAt } from "../../../browser/window_geometry.js";

const LOOKS = [
  ["rgb", "R G B"],
  ["red", "Red"],
  ["green", "Green"],
  ["blue", "Blue"],
  ["gray", "Gray"],
];
const TINT = { red: "rgb(255 0 0)", green: "rgb(0 255 0)", blue: "rgb(0 0 255)" };
const LEGIBLE_PX = { one: 22, three: 40 };
const SIZES = [4, 6, 8, 10, 12, 16];

class Magnifier {
  constructor() {
    this.canvas = el("canvas", { role: "img", tabindex: "0" });
    this.lens = el("div", { class: "lens", hidden: true });
    this.dot = el("div", { class: "dot", hidden: true });
    this.grid = el("div", { class: "grid" });
    this.where = el("output", { class: "where numbers", "aria-live": "polite" });
    this.rows = el("span", { class: "axis rows numbers quiet" });
    this.columns = el("span", { class: "axis columns numbers quiet" });
    this.looks = new Map(
      LOOKS.map(([look, name]) => [
        look,
        el("button", { onclick: () => this.choose({ look }) }, name),
      ]),
    );
    this.sizes = el(
      "select",
      { "aria-label": "Pixels across", onchange: () => this.choose({ cells: this.sizes.value }) },
      ...SIZES.map((size) => el("option", { value: String(size) }, `${size} × ${size} pixels`)),
    );
    this.hint = el("span", { class: "quiet hint" });
    this.element = el(
      "div",
      { class: "ks magnifier" },
      el(
        "div",
        { class: "bar" },
        el(
          "div",
          { class: "group", role: "group", "aria-label": "What the numbers show" },
          ...this.looks.values(),
        ),
        this.sizes,
        this.hint,
      ),
      el(
        "div",
        { class: "sides" },
        el("div", { class: "side" }, el("div", { class: "picture" }, this.canvas, this.lens)),
        el("div", { class: "side" }, el("div", { class: "cells" }, this.grid)),
      ),
      el("div", { class: "foot" }, this.where),
    );
    this.canvas.addEventListener("pointermove", (event) => {
      if (!this.pinned) this.follow(event);
    });
    this.canvas.addEventListener("click", (event) => this.pin(event));
    this.canvas.addEventListener("keydown", (event) => this.walk(event));
    this.middle = null;
  }

  async update(data, report) {
    const { header, blobs } = unpackFrame(data);
    this.report = (changes) => report({ ...changes, stamp: `${Date.now()}` });
    this.header = header;
    this.look = header.look;
    this.size = header.cells;
    if (this.version !== header.version) {
      this.version = header.version;
      const [color, gray] = await Promise.all(
        ["color", "gray"].map((name) => this.decode(blobs.get(name))),
      );
      if (this.version !== header.version) return;
      Object.assign(this, { color, gray });
      this.canvas.width = header.width;
      this.canvas.height = header.height;
      this.middle = null;
      this.pinned = false;
    }
    if (!this.color) return;
    this.element.style.setProperty("--aspect", String(header.width / header.height));
    setAttributes(this.canvas, { "aria-label": header.alt });
    this.paint();
    this.middle ??= header.at ?? [Math.floor(header.height / 2), Math.floor(header.width / 2)];
    if (header.at && !this.pinned) {
      this.middle = header.at;
      this.pinned = true;
    }
    this.draw();
  }

  /** The pixels of a lossless picture. */
  async decode({ bytes, type }) {
    const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
    });
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", {
      willReadFrequently: true,
    });
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  }

  /** The big picture: all colors, gray, or one channel (the picture under a filter of that color). */
  paint() {
    const context = this.canvas.getContext("2d");
    context.putImageData(this.look === "gray" ? this.gray : this.color, 0, 0);
    if (!TINT[this.look]) return;
    context.globalCompositeOperation = "multiply";
    context.fillStyle = TINT[this.look];
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.globalCompositeOperation = "source-over";
  }

  /** A look or a size that was just chosen shows at once; Python hears of it for the link. */
  choose(changes) {
    if (changes.look) this.look = changes.look;
    if (changes.cells) this.size = Number(changes.cells);
    this.paint();
    this.draw();
    this.report(changes);
  }

  placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      cellAt((event.clientY - box.top) / box.height, this.header.height),
      cellAt((event.clientX - box.left) / box.width, this.header.width),
    ];
  }

  follow(event) {
    this.middle = this.placeOf(event);
    this.draw();
  }

  /** A click holds the patch, the next one lets it go. */
  pin(event) {
    this.pinned = !this.pinned;
    this.middle = this.placeOf(event);
    this.draw();
    this.report({ at: this.pinned ? this.middle.join(",") : "" });
  }

  walk(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
      event.key
    ];
    if (!step || !this.middle) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? this.size : 1;
    this.middle = [
      Math.min(Math.max(this.middle[0] + step[0] * far, 0), this.header.height - 1),
      Math.min(Math.max(this.middle[1] + step[1] * far, 0), this.header.width - 1),
    ];
    this.draw();
  }

  draw() {
    const { height, width } = this.header;
    const [rows, columns] = [patchSize(this.size, height), patchSize(this.size, width)];
    const [top, left] = [
      patchStart(this.middle[0], rows, height),
      patchStart(this.middle[1], columns, width),
    ];
    Object.assign(this.lens.style, {
      top: `${(100 * top) / height}%`,
      left: `${(100 * left) / width}%`,
      height: `${(100 * rows) / height}%`,
      width: `${(100 * columns) / width}%`,
    });
    this.lens.hidden = false;
    if (this.grid.childElementCount !== rows * columns || this.across !== columns) {
      this.across = columns;
      this.grid.style.setProperty("--across", String(columns));
      this.grid.style.setProperty("--down", String(rows));
      this.grid.style.setProperty("--most", String(Math.max(rows, columns)));
      this.grid.replaceChildren(
        ...Array.from({ length: rows * columns }, () => el("div", { class: "cell numbers" })),
      );
    }
    const cellPx = this.grid.clientWidth / columns;
    this.legible = cellPx >= (this.look === "rgb" ? LEGIBLE_PX.three : LEGIBLE_PX.one);
    setAttributes(this.grid, { class: `grid ${this.look}` });
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        this.drawCell(this.grid.children[row * columns + column], top + row, left + column);
      }
    }
    for (const [look, button] of this.looks)
      setAttributes(button, { "aria-pressed": String(look === this.look) });
    this.sizes.value = String(this.size);
    setText(
      this.hint,
      this.pinned
        ? "held: click the picture to let go"
        : "move over the picture; a click holds the patch",
    );
    setText(
      this.where,
      `${this.header.name}[${this.middle.join(", ")}] = ${this.valueText(...this.middle)}     rows ${top} to ${top + rows - 1}, columns ${left} to ${left + columns - 1} of ${this.header.shape}`,
    );
  }

  pixel(row, column) {
    const at = 4 * (row * this.header.width + column);
    return [...this.color.data.subarray(at, at + 3), this.gray.data[at]];
  }

  valueText(row, column) {
    const [red, green, blue, gray] = this.pixel(row, column);
    return this.look === "rgb"
      ? `(${red}, ${green}, ${blue})`
      : String({ red, green, blue, gray }[this.look]);
  }

  drawCell(cell, row, column) {
    const [red, green, blue, gray] = this.pixel(row, column);
    const color = {
      rgb: [red, green, blue],
      red: [red, 0, 0],
      green: [0, green, 0],
      blue: [0, 0, blue],
      gray: [gray, gray, gray],
    }[this.look];
    cell.style.background = `rgb(${color.join(" ")})`;
    cell.style.color = readable(...color);
    setText(
      cell,
      !this.legible
        ? ""
        : this.look === "rgb"
          ? `${red}\n${green}\n${blue}`
          : String({ red, green, blue, gray }[this.look]),
    );
    cell.classList.toggle("here", row === this.middle[0] && column === this.middle[1]);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return;
  rootOf(parentElement, () => new Magnifier()).update(data, (changes) =>
    setStateValue("changes", changes),
  );
}
