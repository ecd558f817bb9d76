// Under each tile of an ordered sheet: which map it is, and the figure that it is ordered by.

import { el } from "../../../browser/dom.js";
import { tilePlace } from "./geometry.js";

/** @import { Tiles } from "./geometry.js" */
/** @import { MapOrder } from "./types.js" */

const LINES = 2;
const LINE_HEIGHT = 1.25; // as sheet.css has it

export class TileCaptions {
  constructor() {
    // What a screen reader is told of a tile is said when the keyboard comes to it.
    this.element = el("div", { class: "tile-captions numbers", "aria-hidden": "true" });
  }

  /** Pixels that are to be free below each tile. */
  get height() {
    const size = Number.parseFloat(getComputedStyle(this.element).fontSize) || 12;
    return Math.ceil(LINES * LINE_HEIGHT * size);
  }

  /**
   * @param {Tiles} tiles
   * @param {MapOrder | undefined} order
   * @param {(index: number) => string} nameOf what a map is called
   */
  show(tiles, order, nameOf) {
    const captions = (order?.indices ?? []).map((index, at) => {
      const { x, y } = tilePlace(tiles, at);
      const style = `left:${x}px;top:${y + tiles.tall}px;width:${tiles.side}px`;
      const figure = order?.figures[index] ?? "";
      return el("div", { style }, el("b", {}, nameOf(index)), el("span", {}, figure));
    });
    this.element.replaceChildren(...captions);
  }
}
