// The overview on one screen: a column of tiles for each step or block of the network, its strongest maps first.

import { el, setAttributes } from "../../../browser/dom.js";
import { Roving } from "../roving.js";
import { Palettes } from "./color_levels.js";
import { OverviewColumn } from "./overview_column.js";
import { overviewLayout } from "./overview_layout.js";
import { Wires } from "./wires.js";

/** @import { Layout } from "./overview_layout.js" */
/** @import { Facts, FrameBlob, Layer, OverviewAnswer, TilePoint } from "./types.js" */
/** @typedef {{width: number, height: number, rem: number, open: Layer | undefined}} Room */

const MOST_DEVICE_PIXELS = 2;
const TOUCHED_PX = 40;
const PHONE_PX = 600;

export class NetworkOverview {
  /**
   * `onpoint`: a tile of a column, null where the pointer has gone; `onopen`: a layer, or a map of it; `onclose`: a
   * click beside everything; `onneed`: other maps are to be shown.
   * @param {{onpoint: (column: OverviewColumn, at: TilePoint | null) => void,
   *   onopen: (layer: string, at: TilePoint | null) => void, onclose: () => void, onneed: () => void}} on
   */
  constructor(on) {
    this.on = on;
    this.palettes = new Palettes();
    this.wires = new Wires(this);
    this.columnsBox = el("div", { class: "net-columns" });
    this.inner = el("div", { class: "net-inner" }, this.columnsBox, this.wires.element);
    this.scroller = el("div", { class: "net-scroll" }, this.inner);
    this.element = el("div", { class: "net" }, this.scroller, this.wires.legend);
    // Three stops of the Tab key: the names, the tiles, and what leads to all maps of a layer.
    this.heads = new Roving(this.columnsBox, ".net-head", "horizontal");
    this.sheets = new Roving(this.columnsBox, "canvas.tiles", null);
    this.ends = new Roving(this.columnsBox, ".net-more", "horizontal");
    /** @type {OverviewColumn[]} */ this.columns = [];
    /** @type {Layout | undefined} */ this.layout = undefined;
    /** The block that is unfolded into its steps; "" for none. */
    this.unfolded = "";
    /** What is laid out, and what was painted last. */
    this.key = "";
    this.painted = "";
    /** Whether columns keep their maps, whichever are the strongest. */
    this.isHeld = false;
    /** The network whose columns they are. */
    this.network = "";
    this.handlers = {
      onhover: (/** @type {OverviewColumn} */ column, /** @type {TilePoint | null} */ at) =>
        this.point(column, at),
      onopen: (/** @type {OverviewColumn} */ column, /** @type {TilePoint} */ at) =>
        this.tap(column, at),
      onedge: (/** @type {OverviewColumn} */ column, /** @type {string} */ key) =>
        this.beside(column, key),
      onall: (/** @type {string} */ layer) => on.onopen(layer, null),
      onunfold: (/** @type {string} */ block) => this.unfold(block),
    };
    /** Whether a finger points: it is on nothing any more as soon as it is lifted. */
    this.touched = false;
    /** @type {{layer: string, index: number} | undefined} the tile that was touched last */
    this.tapped = undefined;
    for (const type of ["pointerdown", "pointermove"])
      this.element.addEventListener(
        type,
        (event) => {
          if (event instanceof PointerEvent) this.touched = event.pointerType === "touch";
        },
        { capture: true },
      );
    this.element.addEventListener("click", ({ target }) => {
      if (target instanceof Element && !target.closest("button, canvas, .net-legend")) {
        this.tapped = undefined;
        on.onclose();
      }
    });
    this.scroller.addEventListener("scroll", () => this.wires.clear(), { passive: true });
  }

  /**
   * The layers that are columns now.
   * @param {Facts} facts
   */
  layersOf(facts) {
    return facts.plan.filter(
      (layer) =>
        layer.in_overview || (layer.outcome && layer.block === this.unfolded && !layer.vector),
    );
  }

  /**
   * Lay out the columns of a network; those that are there already stay, and glide to their places.
   * @param {Facts} facts
   * @param {Room} room
   */
  show(facts, { width, height, rem, open }) {
    if (!facts.plan.some(({ block }) => block === this.unfolded)) this.unfolded = "";
    const layers = this.layersOf(facts);
    const at = open ? columnFor(open, layers, facts.plan) : -1;
    const touch = window.matchMedia("(pointer: coarse)").matches;
    const key = [
      facts.name,
      this.unfolded,
      Math.round(width),
      Math.round(height),
      rem,
      at,
      touch,
    ].join(" ");
    if (key === this.key) return;
    this.key = key;
    this.wires.clear();
    this.reconcile(facts, layers);
    const sizes = layers.map(({ shape: [count, rows, columns], vector, block }) => ({
      count,
      ratio: rows / columns,
      vector,
      spread: block === this.unfolded && !vector,
    }));
    this.layout = overviewLayout({
      columns: sizes,
      width,
      height,
      rem,
      open: at,
      least: touch && width < PHONE_PX ? TOUCHED_PX : 0,
      touch,
    });
    const { layout } = this;
    setAttributes(this.element, { "data-open": at >= 0 });
    Object.assign(this.inner.style, { width: `${layout.width}px` });
    this.scroller.classList.toggle("wide", layout.width > width + 1);
    this.element.style.setProperty("--head", `${layout.head}px`);
    const distance = layout.width / this.columns.length;
    this.columns.forEach((column, index) => {
      const { layer } = column;
      const spread = layer.block === this.unfolded && !layer.vector;
      const thin = at >= 0 && index !== at;
      column.place(layout.columns[index], { distance, rem, spread, thin });
    });
    this.wires.resize();
    for (const roving of [this.heads, this.sheets, this.ends]) roving.refresh();
  }

  /**
   * Make the columns that are missing, and take away those that are not shown any more.
   * @param {Facts} facts
   * @param {Layer[]} layers
   */
  reconcile(facts, layers) {
    const isSame = this.network === facts.name;
    this.network = facts.name;
    const before = new Map(this.columns.map((column) => [column.layer.name, column]));
    this.columns = layers.map((layer, index) => {
      const there = isSame ? before.get(layer.name) : undefined;
      return there ?? new OverviewColumn(layer, facts, this.painted ? 0 : index, this.handlers);
    });
    for (const column of before.values())
      if (!this.columns.includes(column)) column.element.remove();
    this.columns.forEach(({ element }, index) => {
      const there = this.columnsBox.children[index];
      if (there !== element) this.columnsBox.insertBefore(element, there ?? null);
    });
  }

  /** What the columns show, as the question has it. @returns {{columns: [string, number][], side: number}} */
  get wanted() {
    const columns = this.layout?.columns ?? [];
    const ratio = Math.min(window.devicePixelRatio || 1, MOST_DEVICE_PIXELS);
    const side = Math.max(1, ...columns.map(({ tiles }) => tiles.side));
    return {
      columns: this.columns.map(({ layer }, at) => [layer.name, columns[at].tiles.shown]),
      side: Math.round(side * ratio),
    };
  }

  /** All that the maps on the screen depend on, besides the revision `about`. @param {string} about */
  keyOf(about) {
    return `${about} ${JSON.stringify(this.wanted)}`;
  }

  /** @param {string} about */
  isFresh(about) {
    return this.columns.length > 0 && this.painted === this.keyOf(about);
  }

  /**
   * @param {Pick<OverviewAnswer, "about" | "columns">} answer
   * @param {Map<string, FrameBlob>} blobs
   */
  paint({ about, columns }, blobs) {
    const [levels, palettes] = [blobs.get("levels"), blobs.get("palettes")];
    if (!levels || !palettes) return;
    this.palettes.take(palettes.bytes);
    let from = 0;
    let whole = columns.length === this.columns.length;
    for (const sheet of columns) {
      const { width, height, count, scale, name } = sheet;
      const end = from + width * height * count;
      const at = this.columns.findIndex(({ layer }) => layer.name === name);
      if (at < 0 || this.layout?.columns[at].tiles.shown !== count) whole = false;
      else {
        const layout = { scale, width, height: height * count };
        const sprite = this.palettes.sprite(levels.bytes.subarray(from, end), layout);
        this.columns[at].paint(sheet, sprite, this.isHeld);
      }
      from = end;
    }
    if (whole) this.painted = this.keyOf(about);
  }

  /**
   * @param {OverviewColumn} column
   * @param {TilePoint | null} at
   */
  point(column, at) {
    if ((!at && this.touched) || this.layout?.panel) return;
    this.on.onpoint(column, at);
  }

  /**
   * A click opens a map; a finger points first, and opens what it points at.
   * @param {OverviewColumn} column
   * @param {TilePoint} at
   */
  tap(column, at) {
    const { layer } = column;
    const isPointed = this.tapped?.layer === layer.name && this.tapped.index === at.index;
    if (!column.shown) return;
    if (this.touched && !isPointed) {
      this.tapped = { layer: layer.name, index: at.index };
      column.sheet.hover(at);
      return;
    }
    this.tapped = undefined;
    const channel = column.shown?.channels[at.index];
    if (channel !== undefined) this.on.onopen(layer.name, { ...at, index: channel });
  }

  /**
   * Go to the neighboring column with the keyboard; false where there is none.
   * @param {OverviewColumn} column
   * @param {string} key
   */
  beside(column, key) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const next = step && this.columns[this.columns.indexOf(column) + step];
    if (!next) return false;
    const across = column.sheet.tiles?.columns ?? 1;
    const row = Math.floor(column.sheet.at / across);
    const tiles = next.sheet.tiles;
    next.sheet.at = tiles ? Math.min(row * tiles.columns, tiles.shown - 1) : 0;
    next.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    next.sheet.canvas.focus();
    next.sheet.point(next.sheet.at);
    return true;
  }

  /**
   * Show the steps of a block as columns, or fold them again.
   * @param {string} block
   */
  unfold(block) {
    this.unfolded = this.unfolded === block ? "" : block;
    this.on.onneed();
  }

  /** Put the keyboard where it was. */
  focus() {
    (this.sheets.current ?? this.element).focus({ preventScroll: true });
  }
}

/**
 * Which column a layer belongs to: its own, or that of the step it is a part of.
 * @param {Layer} layer
 * @param {Layer[]} columns
 * @param {Layer[]} plan
 */
function columnFor(layer, columns, plan) {
  const own = columns.findIndex(({ name }) => name === layer.name);
  if (own >= 0) return own;
  const at = plan.findIndex(({ name }) => name === layer.name);
  const next = columns.findIndex((one) => plan.indexOf(one) >= at);
  return next < 0 ? columns.length - 1 : next;
}
