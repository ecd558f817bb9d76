// How a map is made: input maps through kernel slices, their partial maps, the sum, and what follows.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { Roving } from "../roving.js";
import { copyTile } from "../sprite.js";
import { oneTile } from "./geometry.js";
import { numberGrid } from "./number_grid.js";
import { clickWord } from "../../../browser/pointer_words.js";
import { rootSize } from "./root_size.js";
import { MapSheet } from "./sheet.js";

/** @import { SpriteLayout } from "../sprite.js" */
/** @import { NumberCells } from "../../../browser/number_cells.js" */
/** @import { Decomposition, DecompositionRow, DecompositionStage, Layer, TilePoint } from "./types.js" */

const SMALL_PX = 64;
const SMALLEST_PX = 44; // where the view is narrower than so many rem
const NARROW_REM = 24;
const RESULT_PX = { least: 64, most: 340 };
const RESULT_RATIO = 1.6; // of a map on the way to one that goes into the sum
const STEP_PX = 12;
const PLACES_PX = 120;
const USUAL_PX = 954; // of the whole view, for which the sizes above are; a wider one has larger maps
// In rem, as in decomposition.css: what else is in a row of the sum, above and below the rows, and between two of them.
const REM = { row: 5.6, aroundRows: 3.5, betweenRows: 0.45, middle: 1.4, between: 1, caption: 7.2 };
const PADDING_PX = 6;

export class DecompositionView {
  /**
   * @param {{onhover: (layer: string, channel: number, at: TilePoint | null) => void,
   *   onunit: (layer: string, channel: number, at: TilePoint | {}) => void,
   *   onmap: (layer: string, channel: number) => void}} on
   */
  constructor({ onhover, onunit, onmap }) {
    this.onhover = onhover;
    this.onunit = onunit;
    this.onmap = onmap;
    this.rows = el("div", {
      class: "parts",
      role: "toolbar",
      "aria-orientation": "vertical",
      "aria-label": "Input maps, those that matter most first",
    });
    this.roving = new Roving(this.rows, ".source-map", "vertical");
    this.rowsHead = el("div", { class: "parts-head" });
    this.rowsEnd = el("div", { class: "quiet" });
    /** Side of a map that goes into the sum, in pixels. */
    this.small = SMALL_PX;
    this.left = el("div", { class: "inputs" }, this.rowsHead, this.rows, this.rowsEnd);
    this.stages = el("div", { class: "stages" });
    this.element = el(
      "div",
      { class: "decomposition", role: "group", "aria-label": "How this map is computed" },
      this.left,
      this.stages,
    );
  }

  /**
   * @param {Decomposition} made header of the answer
   * @param {Map<string, ImageBitmap>} sprites
   * @param {Layer[]} plan
   * @param {number} height pixels there are for it
   */
  show(made, sprites, plan, height) {
    this.left.hidden = made.rows.length === 0;
    const zoom = Math.max(1, this.element.clientWidth / USUAL_PX);
    this.small = this.smallSide(made, zoom, height);
    this.element.style.setProperty("--small", `${this.small}px`);
    if (made.rows.length) this.showInputs(made, sprites, plan);
    const between = REM.between * rootSize();
    const free = this.stages.clientWidth - PADDING_PX + between;
    const fitting = Math.floor(free / (REM.caption * rootSize() + between));
    const columns = Math.max(1, Math.min(made.stages.length, fitting));
    this.stages.style.setProperty("--columns", String(columns));
    const most = Math.min(free / columns - between, zoom * RESULT_PX.most, height);
    // Smaller, until all of them fit.
    for (let side = Math.floor(most); side > RESULT_PX.least; side -= STEP_PX) {
      this.showStages(made, sprites, plan, side);
      if (this.stages.scrollHeight <= this.stages.clientHeight) return;
    }
    this.showStages(made, sprites, plan, RESULT_PX.least);
  }

  /**
   * The side of a map that goes into the sum: as large as the maps on the way leave width for it, and as all of them
   * have height.
   * @param {Decomposition} made
   * @param {number} zoom how much wider than usual the view is
   * @param {number} height pixels there are for it
   */
  smallSide(made, zoom, height) {
    const isNarrow = this.element.clientWidth < NARROW_REM * rootSize();
    const least = isNarrow ? SMALLEST_PX : Math.floor(zoom * SMALL_PX);
    const isStacked = getComputedStyle(this.element).flexDirection === "column";
    if (isStacked || !made.rows[0]?.kernel) return least;
    const rem = rootSize();
    const results = made.stages.length;
    const aside = REM.row + REM.middle + REM.between * (results - 1);
    const across =
      (this.element.clientWidth - PADDING_PX - aside * rem) / (3 + RESULT_RATIO * results);
    const down = (height - REM.aroundRows * rem) / made.rows.length - REM.betweenRows * rem;
    return Math.max(least, Math.floor(Math.min(across, down)));
  }

  /**
   * The maps on the way.
   * @param {Decomposition} made
   * @param {Map<string, ImageBitmap>} sprites
   * @param {Layer[]} plan
   * @param {number} side in pixels
   */
  showStages(made, sprites, plan, side) {
    const end = made.stages.length - 1;
    const held = this.stages.querySelector(":focus")?.closest("[data-layer]");
    this.stages.replaceChildren(
      ...(made.sum_text ? [sumCard(made, sprites)] : []),
      ...made.stages.map((stage, index) =>
        this.stageCard(stage, made.channel, sprites, plan, { isLast: index === end, side }),
      ),
    );
    // The map that had the focus is another element now.
    if (held instanceof HTMLElement)
      this.stages
        .querySelector(`[data-layer="${held.dataset.layer}"]`)
        ?.querySelector("canvas")
        ?.focus({ preventScroll: true });
  }

  /**
   * @param {Decomposition} made
   * @param {Map<string, ImageBitmap>} sprites
   * @param {Layer[]} plan
   */
  showInputs(made, sprites, plan) {
    const source = layerNamed(plan, made.source);
    // A dense layer has no kernel: each place of its input maps contributes to the logit on its own.
    const dense = !made.rows[0].kernel;
    this.rowsHead.replaceChildren(
      el(
        "span",
        {},
        source.kind === "input" ? "channels of the picture" : `maps of ${source.title}`,
      ),
      ...(dense ? [] : [el("span", {}, "kernel")]),
      el("span", {}, dense ? "contribution to the score" : "result"),
    );
    setAttributes(this.left, { class: dense ? "inputs dense" : "inputs" });
    this.rows.replaceChildren(
      ...made.rows.map((row, index) => this.inputRow(row, index, made, sprites, source)),
    );
    this.roving.refresh();
    setText(this.rowsEnd, made.rest);
  }

  /**
   * One input map, its slice of the kernel, and what the two add to the sum.
   * @param {DecompositionRow} row
   * @param {number} index
   * @param {Decomposition} made
   * @param {Map<string, ImageBitmap>} sprites
   * @param {Layer} source
   */
  inputRow(row, index, made, sprites, source) {
    const open = el(
      "button",
      {
        class: "source-map",
        title: `Open map ${row.channel} of ${source.title}`,
        onclick: () => this.onmap(made.source, row.channel),
      },
      tileOf(sprites.get("inputs"), made.inputs, index, this.small),
      el("small", { class: "numbers" }, String(row.channel)),
    );
    return el(
      "div",
      { class: "part", "data-channel": row.channel },
      open,
      ...(row.kernel
        ? [
            el("span", { class: "sign" }, "⊛"),
            kernelSlice(row.kernel, row.channel, this.small),
            el("span", { class: "sign" }, "="),
          ]
        : [el("span", { class: "sign", title: "Each input times its weight" }, "×\u00a0w\u00a0=")]),
      tileOf(sprites.get("partials"), made.partials, index, this.small),
      el(
        "span",
        { class: "strength", title: row.strength_text },
        el("i", { style: `height:${Math.max(3, 100 * row.strength)}%` }),
      ),
      el("small", { class: "quiet strength-text" }, row.strength_text),
    );
  }

  /**
   * One whole map on the way.
   * @param {DecompositionStage} stage
   * @param {number} channel
   * @param {Map<string, ImageBitmap>} sprites
   * @param {Layer[]} plan
   * @param {{isLast: boolean, side: number}} how
   */
  stageCard(stage, channel, sprites, plan, { isLast, side }) {
    const layer = layerNamed(plan, stage.layer);
    return el(
      "figure",
      {
        class: isLast ? "stage-card last" : "stage-card",
        "data-layer": stage.layer,
      },
      el(
        "figcaption",
        {},
        el("b", {}, stage.title),
        el("span", { class: "quiet numbers" }, stage.text),
      ),
      layer.vector
        ? el(
            "button",
            {
              class: "number-unit numbers",
              onclick: () => this.onunit(stage.layer, channel, {}),
            },
            stage.stat ?? "",
          )
        : this.stageMap(stage, channel, sprites, layer, side),
      el("small", { class: "quiet numbers" }, layer.vector ? "" : (stage.stat ?? "")),
    );
  }

  /**
   * @param {DecompositionStage} stage
   * @param {number} channel
   * @param {Map<string, ImageBitmap>} sprites
   * @param {Layer} layer
   * @param {number} side
   */
  stageMap(stage, channel, sprites, layer, side) {
    const sheet = new MapSheet({
      onhover: (at) => this.onhover(stage.layer, channel, at),
      onopen: (at) => this.onunit(stage.layer, channel, at),
    });
    sheet.lay(oneTile(side, stage), layer);
    const sprite = sprites.get(stage.blob);
    if (sprite) sheet.paint({ ...stage, zero: [], dead: [] }, sprite);
    setAttributes(sheet.canvas, {
      "aria-label": `Map ${channel} of ${layer.title}. ${clickWord()} a cell to see how it is computed.`,
    });
    return sheet.element;
  }
}

/**
 * The sum in words; of a dense layer also every place's contribution to the logit, all maps together.
 * @param {Decomposition} made
 * @param {Map<string, ImageBitmap>} sprites
 */
function sumCard(made, sprites) {
  const { places, sum_text: text = "" } = made;
  const caption = el("figcaption", { class: "quiet" }, "contributions of all maps, by position");
  return el(
    "div",
    { class: "stage-card sum" },
    el("b", { class: "sigma" }, "Σ"),
    el("span", {}, text),
    ...(places
      ? [
          el(
            "figure",
            {},
            tileOf(sprites.get("places"), { ...places, columns: 1 }, 0, PLACES_PX),
            caption,
          ),
        ]
      : []),
  );
}

/**
 * @param {NumberCells} kernel
 * @param {number} channel
 * @param {number} side in pixels
 */
function kernelSlice(kernel, channel, side) {
  const many = Math.max(kernel.rows, kernel.columns);
  return numberGrid(kernel, {
    cell: Math.floor(side / many),
    texts: many === 1,
    label: `kernel for map ${channel}: ${kernel.texts.join(", ")}`,
  });
}

/**
 * A picture cut out of a sprite, shown `side` pixels wide and tall.
 * @param {ImageBitmap | undefined} sprite
 * @param {SpriteLayout} layout
 * @param {number} index
 * @param {number} side
 */
function tileOf(sprite, layout, index, side) {
  const canvas = el("canvas", {
    class: "tile",
    style: `width:${side}px;height:${side}px`,
    "aria-hidden": "true",
  });
  if (sprite) copyTile(canvas, sprite, layout, index);
  return canvas;
}

/**
 * @param {Layer[]} plan
 * @param {string} name
 */
function layerNamed(plan, name) {
  return /** @type {Layer} */ (plan.find((layer) => layer.name === name));
}
