// What a pointer, or the keyboard's cursor, shows of the map or the cell it is on.

import { channelName } from "./place.js";

/** @import { ColorLegend } from "./legend.js" */
/** @import { MapSheet } from "./sheet.js" */
/** @import { Navigation } from "./navigation.js" */
/** @import { Parts } from "./parts.js" */
/** @import { Layer, TilePoint, Unit } from "./types.js" */

export class Pointing {
  /**
   * @param {Navigation} navigation
   * @param {Parts} parts
   * @param {ColorLegend} legend
   * @param {(unit: Unit) => void} oncell asks for a unit's value
   */
  constructor(navigation, parts, legend, oncell) {
    this.navigation = navigation;
    this.parts = parts;
    this.legend = legend;
    this.oncell = oncell;
    /** Whether the value of a unit is wanted: its answer may come when the pointer has gone. */
    this.peeking = false;
  }

  /**
   * A pointer on a tile, or gone from the tiles: the map enlarged, with its name, range and share of zeros.
   * @param {Layer} layer
   * @param {MapSheet} sheet
   * @param {string[] | undefined} stats
   * @param {TilePoint | null} at
   */
  tile(layer, sheet, stats, at) {
    const { input, foot } = this.parts;
    input.lens.hidden = !at || layer.vector;
    if (!at) {
      this.cell(layer.name, 0, null);
      return;
    }
    this.legend.point(layer.name);
    const text = stats?.[at.index] ?? "";
    const name = channelName(layer, at.index, this.navigation.facts());
    this.peeking = false;
    foot.read(`${layer.title}, ${name}: ${text}`);
    if (!layer.vector) input.enlarge(sheet, at.index, `${layer.title}, ${name}`, text);
    if (at.row !== undefined) input.markPassing(layer, at);
  }

  /**
   * A pointer on a cell of a map, or gone from it: the unit's value and its receptive field.
   * @param {string} name of the layer
   * @param {number} channel
   * @param {TilePoint | null} at
   */
  cell(name, channel, at) {
    const { input, foot } = this.parts;
    const layer = this.navigation.layerOf(name);
    this.peeking = Boolean(at);
    if (at) this.legend.point(name);
    else foot.read("");
    if (!at || at.row === undefined || !layer) {
      if (this.navigation.level === "unit") input.remark();
      else input.mark(null);
      return;
    }
    input.markPassing(layer, at);
    this.oncell({ layer: name, channel, row: at.row, column: at.column ?? 0 });
  }

  /**
   * The answer: a unit's value in words.
   * @param {string} text
   */
  show(text) {
    if (this.peeking) this.parts.foot.read(text);
  }
}
