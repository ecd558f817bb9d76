// The cells of a window: pixel, weight and product of each, as numbers where they fit and as colors where they do not.

import { contextOf, el, setAttributes, setText } from "../../../browser/dom.js";
import { inkOn } from "../../../browser/ink.js";

/** @import { ChannelSum, WindowSum } from "./types.js" */
/** @typedef {"wide" | "tall" | "map"} CellForm two lines a cell, three, or one dot of color */
/** @typedef {{pixels: Uint8Array<ArrayBuffer>, products: Uint8Array<ArrayBuffer>}} CellColors RGB, of one channel */

const CHARACTER = 0.52; // of the size of the letters
const LINE = 1.25;
const SIGN = 2; // characters: " × ", "= "
const AROUND_PX = 6;
// A large kernel's pictures: the lines above and below them, and their sides, as letters.
const MAP_LINES = 5;
const LEAST_MAP = 3;
const MOST_MAP = 8;

/**
 * How cells are written that have this much room, in pixels.
 * @param {Pick<WindowSum, "rows" | "columns" | "longest">} sum
 * @param {{width: number, height: number, letter: number}} room `letter`: the size of the letters
 * @param {boolean} isWritten whether there are numbers at all
 * @returns {CellForm}
 */
export function cellForm({ rows, columns, longest }, { width, height, letter }, isWritten) {
  const [pixel, weight, product] = longest;
  const fits = (/** @type {number} */ characters, /** @type {number} */ lines) =>
    columns * (characters * CHARACTER * letter + AROUND_PX) <= width &&
    rows * (lines * LINE * letter + AROUND_PX / 2) <= height;
  if (!isWritten) return "map";
  if (fits(Math.max(pixel + SIGN + weight, SIGN + product), 2)) return "wide";
  return fits(Math.max(pixel, SIGN + weight, SIGN + product), 3) ? "tall" : "map";
}

export class WindowCells {
  constructor() {
    this.cells = el("div", { class: "cells" });
    this.pixels = this.makeMap("Pixels");
    this.products = this.makeMap("Products");
    this.strongest = el("div", { class: "strongest" });
    this.maps = el(
      "div",
      { class: "maps", hidden: true },
      el("div", { class: "pair" }, this.pixels.element, this.products.element),
      this.strongest,
    );
    this.element = el("div", { class: "window-cells numbers" }, this.cells, this.maps);
    /** @type {CellForm} */
    this.form = "wide";
    this.shape = "";
  }

  /** @param {string} name */
  makeMap(name) {
    const canvas = el("canvas", { "aria-hidden": "true" });
    const edge = el("div", { class: "edge", hidden: true });
    const element = el("div", { class: "map" }, el("span", {}, name), el("div", {}, canvas, edge));
    return { element, canvas, edge, context: contextOf(canvas, { alpha: false }) };
  }

  /**
   * Make the pictures of a large kernel as large as they fit.
   * @param {{height: number, letter: number, beside: boolean}} room in pixels; `beside`: in a column of its own
   */
  limitMaps({ height, letter, beside }) {
    const lines = (beside ? MAP_LINES : 1) * LINE * letter;
    const side = Math.min(Math.max(height - lines, LEAST_MAP * letter), MOST_MAP * letter);
    this.maps.style.setProperty("--map", `${Math.round(side)}px`);
  }

  /** @param {CellForm} form */
  take(form) {
    this.form = form;
    setAttributes(this.element, { "data-form": form });
    this.cells.hidden = form === "map";
    this.maps.hidden = form !== "map";
  }

  /**
   * @param {WindowSum} sum
   * @param {ChannelSum} channel
   * @param {CellColors} colors
   */
  show(sum, channel, colors) {
    if (this.form === "map") this.showMaps(sum, channel, colors);
    else this.showNumbers(sum, channel, colors);
  }

  /**
   * @param {WindowSum} sum
   * @param {ChannelSum} channel
   * @param {CellColors} colors
   */
  showNumbers({ rows, columns }, { pixels, weights, products, outside }, colors) {
    const shape = `${rows} ${columns}`;
    if (this.shape !== shape) {
      this.shape = shape;
      this.cells.style.setProperty("--columns", String(columns));
      this.cells.replaceChildren(
        ...pixels.map(() =>
          el(
            "div",
            { class: "cell" },
            el("div", { class: "read" }, el("span"), el("span", { class: "weight" })),
            el("div", { class: "product" }),
          ),
        ),
      );
    }
    const beside = new Set(outside);
    pixels.forEach((pixel, at) => {
      const cell = this.cells.children[at];
      const [read, product] = cell.children;
      setText(read.children[0], pixel);
      setText(read.children[1], `× ${weights[at]}`);
      setText(product, `= ${products[at]}`);
      setAttributes(read, { style: colorOf(colors.pixels, at) });
      setAttributes(product, { style: colorOf(colors.products, at) });
      cell.classList.toggle("outside", beside.has(at));
    });
  }

  /**
   * @param {WindowSum} sum
   * @param {ChannelSum} channel
   * @param {CellColors} colors
   */
  showMaps({ rows, columns }, { inside, strongest }, { pixels, products }) {
    for (const [map, bytes] of /** @type {const} */ ([
      [this.pixels, pixels],
      [this.products, products],
    ])) {
      if (map.canvas.width !== columns || map.canvas.height !== rows) {
        map.canvas.width = columns;
        map.canvas.height = rows;
        setAttributes(map.canvas, { style: `--shape:${columns / rows}` });
      }
      map.context.putImageData(new ImageData(opaque(bytes), columns, rows), 0, 0);
      map.edge.hidden = !inside;
      if (!inside) continue;
      const [top, left, bottom, right] = inside;
      const style = `top:${(100 * top) / rows}%;left:${(100 * left) / columns}%;height:${
        (100 * (bottom - top)) / rows
      }%;width:${(100 * (right - left)) / columns}%`;
      setAttributes(map.edge, { style });
    }
    while (this.strongest.children.length < strongest.length) this.strongest.append(el("div"));
    [...this.strongest.children].forEach((line, at) => setText(line, strongest[at] ?? ""));
  }
}

/**
 * @param {Uint8Array} bytes RGB
 * @param {number} at the cell
 */
function colorOf(bytes, at) {
  const [red, green, blue] = bytes.subarray(3 * at, 3 * at + 3);
  return `background:rgb(${red} ${green} ${blue});color:${inkOn(red, green, blue)}`;
}

/** @param {Uint8Array} bytes RGB */
function opaque(bytes) {
  const pixels = new Uint8ClampedArray((bytes.length / 3) * 4).fill(255);
  for (let at = 0; at < bytes.length / 3; at += 1)
    pixels.set(bytes.subarray(3 * at, 3 * at + 3), 4 * at);
  return pixels;
}
