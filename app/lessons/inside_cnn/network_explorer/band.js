// The overview: a ribbon with every block of the network, and below it a band with a column of maps per layer.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Roving } from "../roving.js";
import { BandFrame } from "./band_frame.js";
import { Flow, wantsNoMotion } from "./flow.js";
import { fitTiles } from "./geometry.js";
import { Ribbon } from "./ribbon.js";
import { MapSheet, zeroText } from "./sheet.js";

/** @import { Tiles } from "./geometry.js" */
/** @import { Facts, Layer, Sheet, TilePoint } from "./types.js" */
/**
 * `about` is the revision its maps were painted for; `stats` a text for each map.
 * @typedef {{layer: Layer, sheet: MapSheet, element: HTMLElement, legend: HTMLElement, more: HTMLElement,
 *   tiles: Tiles, about: string | undefined, stats: string[] | undefined}} Column
 * @typedef {{name: string, columns: Column[]}} Block
 */

const COLUMN_PX = 136;
const TILE_PX = 62;
const SMALLEST_PX = { few: 38, many: 54, numbers: 5 };
const FEW = 24; // so many maps are all shown, if smaller
const LEAST_FREE_PX = 80;
const PAGE_SHARE = 0.8; // of what is in sight, so that something of it stays
const START_PX = 8;
const STEP_PX = 12;
const NO_TILES = /** @type {Tiles} */ ({ shown: 0 });

export class NetworkBand {
  /**
   * `onneed`: other columns are in sight now; `onglide`: the band moves by itself, or stands, or stands elsewhere.
   * @param {{onneed: () => void, onhover: (column: Column, at: TilePoint | null) => void,
   *   onopen: (layer: string, at: TilePoint | null) => void, onglide: () => void}} on
   */
  constructor({ onneed, onhover, onopen, onglide }) {
    this.onneed = onneed;
    this.onhover = onhover;
    this.onopen = onopen;
    this.onglide = onglide;
    this.ribbon = new Ribbon((at) => this.scrollTo(this.leftOf(this.blocks[at].columns[0])));
    this.scroller = el("div", { class: "band", tabindex: "-1" });
    this.frame = new BandFrame(this.scroller, this.ribbon.element, (way) =>
      this.scrollTo(this.scroller.scrollLeft + way * PAGE_SHARE * this.scroller.clientWidth),
    );
    this.element = this.frame.element;
    // Two stops of the Tab key: the names of the layers, and their maps.
    this.names = new Roving(this.scroller, ".layer", "horizontal");
    this.sheets = new Roving(this.scroller, "canvas.tiles", null);
    /** @type {Column[]} */ this.columns = [];
    /** @type {Block[]} */ this.blocks = [];
    /** @type {Set<string>} names of layers */ this.visible = new Set();
    /** @type {string | undefined} */ this.key = undefined;
    this.flow = new Flow(this.scroller, onglide);
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
   * Go to a place along the band.
   * @param {number} left
   */
  scrollTo(left) {
    this.flow.halt();
    this.scroller.scrollTo({ left, behavior: wantsNoMotion() ? "instant" : "smooth" });
  }

  /** Whether the first layer is in sight. */
  get isAtStart() {
    return this.scroller.scrollLeft < START_PX;
  }

  /**
   * Build the columns of a network; nothing happens if they are there already.
   * @param {Facts} facts
   * @param {string} depth "outcomes" or "all"
   * @param {number} height pixels of the whole band
   * @param {number} enlarged by how much classroom mode enlarges everything
   */
  show(facts, depth, height, enlarged) {
    // In steps: where the page settles by a pixel, nothing is built anew.
    const key = `${facts.name} ${depth} ${Math.round(height / STEP_PX)} ${enlarged}`;
    if (this.key === key) return;
    this.key = key;
    this.flow.halt();
    this.watcher.disconnect();
    this.visible.clear();
    const layers = facts.plan.filter(
      (layer) => layer.kind !== "input" && (depth === "all" || layer.outcome),
    );
    setAttributes(this.element, { class: enlarged > 1 ? "overview large" : "overview" });
    this.columns = layers.map((layer, index) => this.column(layer, index));
    this.blocks = blocksOf(this.columns);
    this.scroller.replaceChildren(
      ...this.blocks.map((block) =>
        el(
          "section",
          { class: "block", "aria-label": block.name },
          el("h5", {}, el("span", {}, block.name)),
          el("div", { class: "block-columns" }, ...block.columns.map((column) => column.element)),
        ),
      ),
    );
    this.ribbon.show(
      this.blocks.map(({ name, columns }) => ({ name, layers: columns.map(({ layer }) => layer) })),
      facts.size,
    );
    this.scroller.scrollLeft = 0;
    const free = this.columns[0].sheet.element.parentElement?.clientHeight ?? 0;
    for (const column of this.columns) layTiles(column, Math.max(LEAST_FREE_PX, free), enlarged);
    this.names.refresh();
    this.sheets.refresh();
    for (const column of this.columns) this.watcher.observe(column.element);
    this.follow();
  }

  /**
   * The column of a layer, whose maps are laid out when it is known how much room there is.
   * @param {Layer} layer
   * @param {number} index among the columns
   * @returns {Column}
   */
  column(layer, index) {
    const sheet = new MapSheet({
      onhover: (at) => this.onhover(column, at),
      onopen: (at) => this.onopen(layer.name, at),
      onedge: (key) => this.beside(index, key),
    });
    const all = `all ${layer.shape[0].toLocaleString("en")} …`;
    // For the pointer: the name above opens the same.
    const more = el(
      "button",
      { class: "more", tabindex: "-1", onclick: () => this.onopen(layer.name, null) },
      all,
    );
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
      el("div", { class: "free" }, sheet.element),
      el("div", { class: "under quiet numbers" }, legend, more),
    );
    /** @type {Column} */
    const column = {
      layer,
      sheet,
      element,
      legend,
      more,
      tiles: NO_TILES,
      about: undefined,
      stats: undefined,
    };
    return column;
  }

  /** @param {Column} column */
  leftOf(column) {
    return column.element.offsetLeft - START_PX / 2;
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
    this.frame.follow();
    this.onglide();
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
 * Lay out the maps of a column.
 * @param {Column} column
 * @param {number} height pixels there are for them
 * @param {number} enlarged
 */
function layTiles(column, height, enlarged) {
  const { layer, sheet, more } = column;
  const [count, rows, columns] = layer.shape;
  const { few, many, numbers } = SMALLEST_PX;
  column.tiles = fitTiles({
    count,
    width: COLUMN_PX * enlarged,
    height,
    ratio: rows / columns,
    largest: Math.round(enlarged * (layer.vector ? 16 : TILE_PX)),
    smallest: Math.round(enlarged * (layer.vector ? numbers : count <= FEW ? few : many)),
  });
  sheet.lay(column.tiles, layer);
  more.hidden = column.tiles.shown === count;
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
