// One column of the overview: the name above, the tiles of its strongest maps, and what leads to all of them.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { MapSheet, zeroText } from "./sheet.js";

/** @import { ColumnPlace } from "./overview_layout.js" */
/** @import { Facts, Layer, OverviewSheet, TilePoint } from "./types.js" */

// The distance of two columns from which on there is room for the whole name of a block, and for a count below it.
const WHOLE_NAME_REM = 2;
const COUNT_REM = 3.6;

export class OverviewColumn {
  /**
   * `onhover`, `onopen`: a tile; `onedge`: an arrow key leads out of the column; `onall`: all maps of the layer;
   * `onunfold`: the steps of its block.
   * @param {Layer} layer
   * @param {Facts} facts
   * @param {number} order after how many others it appears
   * @param {{onhover: (column: OverviewColumn, at: TilePoint | null) => void,
   *   onopen: (column: OverviewColumn, at: TilePoint) => void,
   *   onedge: (column: OverviewColumn, key: string) => boolean,
   *   onall: (layer: string) => void, onunfold: (block: string) => void}} on
   */
  constructor(layer, facts, order, on) {
    this.layer = layer;
    /** What is painted. @type {OverviewSheet | undefined} */
    this.shown = undefined;
    const steps = facts.plan.filter((one) => one.outcome && one.block === layer.block);
    /** Whether it is the only column of a block of several steps, which can be shown. */
    this.isFolded =
      steps.length > 1 && !layer.vector && steps.filter((one) => one.in_overview).length === 1;
    this.isAlone = this.isFolded || steps.length === 1 || layer.kind === "global_pool";
    this.sheet = new MapSheet({
      onhover: (at) => on.onhover(this, at),
      onopen: (at) => on.onopen(this, at),
      onedge: (key) => on.onedge(this, key),
    });
    this.name = el("b", {});
    this.step = el("span", { class: "step" });
    this.count = el("span", { class: "quiet numbers" });
    const all = () => on.onall(this.layer.name);
    this.head = el(
      "button",
      {
        class: "net-head",
        "aria-label": `${layer.title}: ${layer.shape_text}`,
        title: this.isFolded ? `${layer.title}: show or hide the steps of this block` : layer.title,
        "data-folded": this.isFolded,
        onclick: () => (this.isFolded ? on.onunfold(layer.block) : all()),
      },
      this.name,
      this.step,
      this.count,
    );
    this.more = el("button", {
      class: "net-more",
      "aria-label": `Open all of ${layer.title}: ${layer.shape_text}`,
      onclick: all,
    });
    this.element = el(
      "div",
      { class: "net-column", "data-layer": layer.name, style: `--order:${order}` },
      this.head,
      el("div", { class: "net-sheet" }, this.sheet.element),
      this.more,
    );
  }

  /**
   * Put it at its place.
   * @param {ColumnPlace} place
   * @param {{distance: number, rem: number, spread: boolean, thin: boolean}} how `distance`: pixels to the next
   *   column; `spread`: it is a step of an unfolded block; `thin`: it makes room for an open map
   */
  place({ left, squeeze, tiles }, { distance, rem, spread, thin }) {
    const { element, head, sheet } = this;
    const width = spread ? COUNT_REM * rem : distance - 2;
    this.write(spread ? COUNT_REM : distance / rem, spread, squeeze < 1 && !thin);
    setAttributes(head, { "aria-expanded": this.isFolded ? String(spread) : null });
    element.classList.toggle("thin", thin);
    element.style.setProperty("--distance", `${Math.max(tiles.width * squeeze, width)}px`);
    element.style.setProperty("--squeeze", String(squeeze));
    Object.assign(element.style, { left: `${left}px`, width: `${tiles.width * squeeze}px` });
    sheet.lay(tiles, this.layer);
    sheet.at = Math.min(sheet.at, tiles.shown - 1);
    if (this.shown && sheet.sprite) sheet.paint(this.shown, sheet.sprite);
  }

  /**
   * Write as much of the name and the count as there is room for; they are read out whole.
   * @param {number} roomy rem to the next column
   * @param {boolean} spread
   * @param {boolean} squeezed
   */
  write(roomy, spread, squeezed) {
    const { layer } = this;
    const block = layer.kind === "global_pool" ? "Pool" : layer.block;
    const short = block.replace(/^Block /, "");
    const narrow = squeezed && short === block ? "" : short;
    setText(this.name, roomy < WHOLE_NAME_REM ? narrow : block);
    setText(this.step, this.isAlone && !spread ? "" : layer.label.split(",")[0]);
    const [count, few] = [layer.shape[0].toLocaleString("en"), String(layer.shape[0])];
    setText(this.count, roomy >= WHOLE_NAME_REM ? count : squeezed ? "" : few);
    setText(this.more, roomy < COUNT_REM ? "all" : `all ${count}`);
  }

  /**
   * @param {OverviewSheet} shown
   * @param {ImageBitmap} sprite
   * @param {boolean} isHeld whether they stay these maps, whichever are the strongest
   */
  paint(shown, sprite, isHeld) {
    const { layer, sheet } = this;
    this.shown = shown;
    sheet.paint(shown, sprite);
    setAttributes(sheet.canvas, {
      "aria-label": `${layer.title}: ${isHeld ? "" : "the strongest "}${shown.count} of ${layer.shape_text}${zeroText(shown)}. Arrow keys move, Enter opens.`,
    });
    this.element.classList.add("shown");
  }
}
