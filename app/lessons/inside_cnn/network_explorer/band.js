// The overview: a ribbon with every block of the network, and below it a band with a column of maps per layer.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Flow } from "./flow.js";
import { fitTiles } from "./geometry.js";
import { Ribbon } from "./ribbon.js";
import { MapSheet, zeroText } from "./sheet.js";

/** @import { Tiles } from "./geometry.js" */
/** @import { Facts, Layer, Sheet, TilePoint } from "./types.js" */
/**
 * `about` is the revision its maps were painted for; `stats` a text for each map.
 * @typedef {{layer: Layer, sheet: MapSheet, element: HTMLElement, legend: HTMLElement, tiles: Tiles,
 *   about: string | undefined, stats: string[] | undefined}} Column
 * @typedef {{name: string, columns: Column[]}} Block
 */

const COLUMN_PX = 136;
const TILE_PX = 62;
const SMALLEST_PX = { few: 38, many: TILE_PX, numbers: 5 };
const FEW = 24; // so many maps are all shown, if smaller

export class NetworkBand {
  /**
   * `onneed`: other columns are in sight now.
   * @param {{onneed: () => void, onhover: (column: Column, at: TilePoint | null) => void,
   *   onopen: (layer: string, at: TilePoint | null) => void}} on
   */
  constructor({ onneed, onhover, onopen }) {
    this.onneed = onneed;
    this.onhover = onhover;
    this.onopen = onopen;
    this.ribbon = new Ribbon((at) => {
      this.flow.halt();
      const left = this.leftOf(this.blocks[at].columns[0]);
      this.scroller.scrollTo({ left, behavior: "smooth" });
    });
    this.scroller = el("div", { class: "band", tabindex: "-1" });
    this.element = el("div", { class: "overview" }, this.ribbon.element, this.scroller);
    /** @type {Column[]} */ this.columns = [];
    /** @type {Block[]} */ this.blocks = [];
    /** @type {Set<string>} names of layers */ this.visible = new Set();
    /** @type {string | undefined} */ this.key = undefined;
    this.flow = new Flow(this.scroller);
    this.watcher = new IntersectionObserver((entries) => this.see(entries), {
      root: this.scroller,
      rootMargin: "0px 160px",
    });
    this.scroller.addEventListener("scroll", () => this.follow(), { passive: true });
    for (const type of ["wheel", "pointerdown", "keydown"]) {
      this.element.addEventListener(type, () => this.flow.halt(), { passive: true });
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  see(entries) {
    for (const { target, isIntersecting } of entries) {
      const name = target.getAttribute("data-layer") ?? "";
      if (isIntersecting) this.visible.add(name);
      else this.visible.delete(name);
    }
    this.onneed();
  }

  /**
   * Build the columns of a network; nothing happens if they are there already.
   * @param {Facts} facts
   * @param {string} depth "outcomes" or "all"
   * @param {number} height pixels there are for the maps of a column
   * @param {number} enlarged by how much classroom mode enlarges everything
   */
  show(facts, depth, height, enlarged) {
    const key = `${facts.name} ${depth} ${height} ${enlarged}`;
    if (this.key === key) return;
    this.key = key;
    this.flow.halt();
    this.watcher.disconnect();
    this.visible.clear();
    const layers = facts.plan.filter(
      (layer) => layer.kind !== "input" && (depth === "all" || layer.outcome),
    );
    this.columns = layers.map((layer, index) => this.column(layer, index, height, enlarged));
    this.blocks = blocksOf(this.columns);
    this.scroller.replaceChildren(
      ...this.blocks.map((block) =>
        el(
          "section",
          { class: "block", "aria-label": block.name },
          el("h5", {}, block.name),
          el("div", { class: "block-columns" }, ...block.columns.map((column) => column.element)),
        ),
      ),
    );
    this.ribbon.show(
      this.blocks.map(({ name, columns }) => ({ name, layers: columns.map(({ layer }) => layer) })),
      facts.size,
    );
    this.scroller.scrollLeft = 0;
    for (const column of this.columns) this.watcher.observe(column.element);
    this.follow();
  }

  /**
   * @param {Layer} layer
   * @param {number} index among the columns
   * @param {number} height
   * @param {number} enlarged
   * @returns {Column}
   */
  column(layer, index, height, enlarged) {
    const [count, rows, columns] = layer.shape;
    const tiles = fitTiles({
      count,
      width: COLUMN_PX * enlarged,
      height: Math.max(80, height),
      ratio: rows / columns,
      largest: Math.round(enlarged * (layer.vector ? 16 : TILE_PX)),
      smallest: Math.round(
        enlarged *
          (layer.vector ? SMALLEST_PX.numbers : count <= FEW ? SMALLEST_PX.few : SMALLEST_PX.many),
      ),
    });
    const sheet = new MapSheet({
      onhover: (at) => this.onhover(column, at),
      onopen: (at) => this.onopen(layer.name, at),
      onedge: (key) => this.beside(index, key),
    });
    sheet.lay(tiles, layer);
    const all = tiles.shown < count ? `all ${count.toLocaleString("en")} …` : "";
    const legend = el("span", { class: "legend-text" });
    const element = el(
      "div",
      { class: "column", "data-layer": layer.name },
      el(
        "button",
        {
          class: "layer",
          title: `${layer.title}: ${layer.words}, ${layer.parameters_text}`,
          onclick: () => this.onopen(layer.name, null),
        },
        el("b", {}, layer.label),
        el("span", {}, layer.chain.join(" → ")),
      ),
      el("div", { class: "shape quiet numbers" }, layer.shape_text),
      sheet.element,
      el(
        "div",
        { class: "under quiet numbers" },
        legend,
        all && el("button", { class: "more", onclick: () => this.onopen(layer.name, null) }, all),
      ),
    );
    /** @type {Column} */
    const column = { layer, sheet, element, legend, tiles, about: undefined, stats: undefined };
    return column;
  }

  /** @param {Column} column */
  leftOf(column) {
    return column.element.offsetLeft - this.scroller.offsetLeft - 4;
  }

  /** Mark the blocks on the ribbon that are on the screen. */
  follow() {
    const [left, right] = [
      this.scroller.scrollLeft,
      this.scroller.scrollLeft + this.scroller.clientWidth,
    ];
    this.blocks.forEach((block, at) => {
      const first = this.leftOf(block.columns[0]);
      const last = block.columns[block.columns.length - 1];
      const seen = first < right - 20 && this.leftOf(last) + last.element.offsetWidth > left + 20;
      this.ribbon.mark(at, seen);
    });
  }

  /** Columns on the screen, or nearly, left to right. */
  onScreen() {
    return this.columns.filter(({ layer }) => this.visible.has(layer.name));
  }

  /** @param {string} name */
  find(name) {
    return this.columns.find(({ layer }) => layer.name === name);
  }

  /**
   * @param {Column} column
   * @param {Sheet} sheet
   * @param {ImageBitmap} sprite
   * @param {string} about the revision of the settings it was drawn for
   */
  paint(column, sheet, sprite, about) {
    column.about = about;
    column.sheet.paint(sheet, sprite);
    column.stats = sheet.stats;
    setText(column.legend, [sheet.legend.low, sheet.legend.high].filter(Boolean).join(" … "));
    setAttributes(column.sheet.canvas, {
      "aria-label": `${column.layer.title}: ${sheet.count} of ${column.layer.shape_text}${zeroText(sheet)}. Arrow keys move, Enter opens.`,
    });
    if (!column.element.classList.contains("shown")) column.element.classList.add("shown");
  }

  /**
   * Go to the neighboring column with the keyboard; false where there is none.
   * @param {number} index
   * @param {string} key
   */
  beside(index, key) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const next = step && this.columns[index + step];
    if (!next) return false;
    next.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    next.sheet.at = Math.min(next.sheet.at, next.tiles.shown - 1);
    next.sheet.canvas.focus();
    next.sheet.point(next.sheet.at);
    return true;
  }

  close() {
    this.flow.halt();
    this.watcher.disconnect();
    this.key = undefined;
  }
}

/**
 * Group columns by the block of the network they belong to.
 * @param {Column[]} columns
 * @returns {Block[]}
 */
function blocksOf(columns) {
  /** @type {Block[]} */
  const blocks = [];
  for (const column of columns) {
    const last = blocks[blocks.length - 1];
    if (last?.name === column.layer.block) last.columns.push(column);
    else blocks.push({ name: column.layer.block, columns: [column] });
  }
  return blocks;
}
