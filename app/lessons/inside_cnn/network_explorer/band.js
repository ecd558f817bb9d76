// The overview: a ribbon with every block of the network, and below it a band with a column of maps per layer.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { fitTiles } from "./geometry.js";
import { MapSheet } from "./sheet.js";

/** @import { Tiles } from "./geometry.js" */
/** @import { Facts, Layer, Sheet, TilePoint } from "./types.js" */
/**
 * `about` is the revision its maps were painted for; `stats` a text for each map.
 * @typedef {{layer: Layer, sheet: MapSheet, element: HTMLElement, legend: HTMLElement, tiles: Tiles,
 *   about: string | undefined, stats: string[] | undefined}} Column
 * @typedef {{name: string, columns: Column[], bar: HTMLElement}} Block
 */

const COLUMN_PX = 136;
const TILE_PX = 62;
const SMALLEST_PX = { few: 38, many: TILE_PX, numbers: 5 };
const FEW = 24; // so many maps are all shown, if smaller
const FLOW_MS = { least: 1500, perPixel: 0.9, most: 9000 };

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
    this.ribbon = el("div", {
      class: "ribbon",
      role: "group",
      "aria-label": "All blocks of the network",
    });
    this.scroller = el("div", { class: "band", tabindex: "-1" });
    this.element = el("div", { class: "overview" }, this.ribbon, this.scroller);
    /** @type {Column[]} */ this.columns = [];
    /** @type {Block[]} */ this.blocks = [];
    /** @type {Set<string>} names of layers */ this.visible = new Set();
    /** @type {string | undefined} */ this.key = undefined;
    this.flowing = false;
    this.watcher = new IntersectionObserver((entries) => this.see(entries), {
      root: this.scroller,
      rootMargin: "0px 160px",
    });
    this.scroller.addEventListener("scroll", () => this.follow(), { passive: true });
    for (const type of ["wheel", "pointerdown", "keydown"]) {
      this.element.addEventListener(type, () => this.halt(), { passive: true });
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
    this.halt();
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
    this.buildRibbon(facts.size);
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
          title: `${layer.name}: ${layer.words}, ${layer.parameters_text}`,
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

  /**
   * One bar per block: as tall as its maps are large, as wide as it has columns.
   * @param {number[]} size height and width of the network's input
   */
  buildRibbon(size) {
    for (const block of this.blocks) {
      const share = Math.max(...block.columns.map(({ layer }) => layer.shape[1] / size[0]));
      block.bar.append(el("i", { style: `height:${Math.max(8, 100 * Math.sqrt(share))}%` }));
      block.bar.addEventListener("click", () => {
        this.halt();
        this.scroller.scrollTo({ left: this.leftOf(block.columns[0]), behavior: "smooth" });
      });
    }
    this.ribbon.replaceChildren(...this.blocks.map(({ bar }) => bar));
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
    for (const block of this.blocks) {
      const first = this.leftOf(block.columns[0]);
      const last = block.columns[block.columns.length - 1];
      const seen = first < right - 20 && this.leftOf(last) + last.element.offsetWidth > left + 20;
      setAttributes(block.bar, { "aria-current": seen ? "true" : null });
    }
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
    setText(column.legend, `${sheet.legend.low} … ${sheet.legend.high}`);
    const dead = sheet.dead.length ? `, ${sheet.dead.length} of them dead` : "";
    setAttributes(column.sheet.canvas, {
      "aria-label": `${column.layer.name}: ${sheet.count} of ${column.layer.shape_text}${dead}. Arrow keys walk, Enter opens.`,
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

  /** Let the picture flow through: glide from the first layer to the last; any touch stops it. */
  flow() {
    this.halt();
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const began = performance.now();
    const way = this.scroller.scrollWidth - this.scroller.clientWidth;
    const lasts = Math.min(FLOW_MS.most, FLOW_MS.least + way * FLOW_MS.perPixel);
    this.flowing = true;
    /** @param {number} now */
    const step = (now) => {
      if (!this.flowing) return;
      const part = Math.min(1, Math.max(0, (now - began) / lasts));
      this.scroller.scrollLeft = way * part * part * (3 - 2 * part);
      if (part < 1) requestAnimationFrame(step);
      else this.flowing = false;
    };
    requestAnimationFrame(step);
  }

  halt() {
    this.flowing = false;
  }

  close() {
    this.halt();
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
    else blocks.push({ name: column.layer.block, columns: [column], bar: barOf(column.layer) });
  }
  for (const { bar, columns: own } of blocks) bar.style.flexGrow = String(own.length);
  return blocks;
}

/**
 * The button on the ribbon that leads to a block.
 * @param {Layer} first the block's first layer
 */
function barOf(first) {
  return el("button", {
    class: "bar",
    title: `${first.block}: ${first.shape_text}`,
    "aria-label": `Go to ${first.block}`,
  });
}
