// Pointing in the overview: at a tile or at a class. Its wires, its value, its receptive field, its map enlarged.

import { setText } from "../../../browser/dom.js";
import { channelName } from "./place.js";

/** @import { Navigation } from "./navigation.js" */
/** @import { Parts } from "./parts.js" */
/** @import { OverviewColumn } from "./overview_column.js" */
/** @import { ColorLegend } from "./legend.js" */
/** @import { ConnectionsAnswer, FrameBlob, TilePoint } from "./types.js" */

export class OverviewPointing {
  /**
   * @param {{navigation: Navigation, parts: Parts, legend: ColorLegend,
   *   onask: (entries: Record<string, unknown>) => void}} needs `onask`: the wires of a unit are wanted
   */
  constructor({ navigation, parts, legend, onask }) {
    this.navigation = navigation;
    this.parts = parts;
    this.legend = legend;
    this.onask = onask;
    /** What is pointed at: a layer and a map or class of it; "" for nothing. */
    this.pointed = "";
    /** The question that was asked last, to be asked again about another picture. @type {(() => void) | undefined} */
    this.again = undefined;
  }

  get overview() {
    return this.parts.views.overview;
  }

  /** The layer of the class scores before softmax. */
  get logits() {
    const { plan } = this.navigation.facts();
    return plan[plan.length - 1].inputs[0];
  }

  /**
   * A pointer on a tile, or gone from the tiles.
   * @param {OverviewColumn} column
   * @param {TilePoint | null} at
   */
  tile(column, at) {
    const channel = at ? column.shown?.channels[at.index] : undefined;
    if (!at || channel === undefined) {
      this.leave();
      return;
    }
    const { layer, sheet, shown } = column;
    const { input, foot } = this.parts;
    this.turnTo(`${layer.name} ${channel}`);
    this.legend.point(layer.name);
    const name = channelName(layer, channel, this.navigation.facts());
    const text = shown?.stats[at.index] ?? "";
    foot.read(`${layer.title}, ${name}: ${text}`);
    input.lens.hidden = layer.vector;
    if (!layer.vector) input.enlarge(sheet, at.index, `${layer.title}, ${name}`, text);
    if (at.row !== undefined) input.markPassing(layer, at);
    const { columns, layout } = this.overview;
    const index = columns.indexOf(column);
    const shownIn = (/** @type {number} */ beside) => {
      const tiles = layout?.columns[beside]?.tiles;
      return tiles ? [columns[beside].layer.name, tiles.shown] : null;
    };
    const first = this.navigation.facts().plan[0];
    this.ask({
      unit: {
        layer: layer.name,
        channel,
        ...(at.row === undefined ? {} : { row: at.row, column: at.column }),
      },
      before: shownIn(index - 1) ?? [first.name, first.shape[0]],
      after: shownIn(index + 1) ?? [this.logits, this.parts.scores.shownCount],
    });
  }

  /**
   * A pointer on a class, or gone from the classes.
   * @param {number} channel -1 for none
   */
  score(channel) {
    if (channel < 0 || !this.overview.columns.length) {
      this.leave();
      return;
    }
    this.turnTo(`${this.logits} ${channel}`);
    const { columns, layout } = this.overview;
    const last = columns.length - 1;
    this.ask({
      unit: { layer: this.logits, channel, row: 0, column: 0 },
      before: layout && [columns[last].layer.name, layout.columns[last].tiles.shown],
      after: null,
    });
  }

  /** @param {string} pointed what the pointer has turned to */
  turnTo(pointed) {
    // The wires of another tile would be wrong ones.
    if (this.pointed !== pointed) this.overview.wires.clear();
    this.pointed = pointed;
  }

  /** @param {Record<string, unknown>} entries */
  ask(entries) {
    this.again = () => this.onask(entries);
    this.again();
  }

  /** Other maps were painted, of another picture maybe: the wires of what is pointed at follow. */
  repeat() {
    this.overview.wires.clear();
    this.again?.();
  }

  /** The pointer is on nothing. */
  leave() {
    if (!this.pointed) return;
    this.pointed = "";
    this.again = undefined;
    this.overview.wires.clear();
    this.parts.scores.showTerms(null);
    this.parts.input.lens.hidden = true;
    this.parts.input.mark(null);
    this.parts.foot.read("");
  }

  /**
   * The answer: wires, value, field, and the map in its own size.
   * @param {ConnectionsAnswer} answer
   * @param {Map<string, FrameBlob>} blobs
   */
  paint(answer, blobs) {
    const { unit, text, field, softmax, map } = answer;
    if (this.pointed !== `${unit.layer} ${unit.channel}`) return;
    const { input, foot, scores } = this.parts;
    this.overview.wires.show(answer, {
      input: (channel, count) => this.inputEnd(channel, count),
      score: (channel) => this.scoreEnd(channel),
    });
    foot.read(text);
    if (field) {
      input.frame(field);
      setText(input.lensField, field.text);
    }
    scores.showTerms(softmax);
    const levels = blobs.get("map");
    if (map && levels && !input.lens.hidden)
      this.overview.palettes.paint(input.lensCanvas, levels.bytes, map);
  }

  /**
   * Where the wire of a channel of the input ends: at the right edge of the picture, or of the pad.
   * @param {number} channel
   * @param {number} count
   */
  inputEnd(channel, count) {
    const box = this.onStage(this.parts.input.shownPicture);
    const height = box.height / (count + 1);
    return { x: box.x, y: box.y + height * (channel + 0.5), width: box.width, height };
  }

  /**
   * Where the wires of a class end: at the left of its bar.
   * @param {number} channel
   */
  scoreEnd(channel) {
    const bar = this.parts.scores.barOf(channel);
    return bar ? { ...this.onStage(bar), width: 0 } : null;
  }

  /**
   * The place of an element, in pixels of the stage.
   * @param {Element} element
   */
  onStage(element) {
    const box = element.getBoundingClientRect();
    const stage = this.overview.inner.getBoundingClientRect();
    return {
      x: box.left - stage.left,
      y: box.top - stage.top,
      width: box.width,
      height: box.height,
    };
  }
}
