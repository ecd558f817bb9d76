// Paints the answers of the live channel on the parts they belong to; answers about what is no longer shown are ignored.

import { unitOf } from "./place.js";

/** @import { Freshness } from "./freshness.js" */
/** @import { ColorLegend } from "./legend.js" */
/** @import { Navigation } from "./navigation.js" */
/** @import { Parts } from "./parts.js" */
/** @import { Answer, ConnectionsAnswer, OverviewAnswer, DecompositionAnswer, EffectiveFieldAnswer, FrameBlob, MapsAnswer } from "./types.js" */
/** @import { PageHeader, Sheet, Unit, UnitAnswer } from "./types.js" */

export class AnswerPainter {
  /**
   * `onhover`: the value of a cell under the pointer came; `onunit`: a unit is written out, its effective receptive
   * field can be asked for.
   * @param {{parts: Parts, navigation: Navigation, freshness: Freshness, legend: ColorLegend, header: () => PageHeader,
   *   onhover: (text: string) => void, onwires: (answer: ConnectionsAnswer, blobs: Map<string, FrameBlob>) => void,
   *   onoverview: () => void,
   *   onunit: (unit: Unit) => void}} needs
   */
  constructor({
    parts,
    navigation,
    freshness,
    legend,
    header,
    onhover,
    onwires,
    onoverview,
    onunit,
  }) {
    this.parts = parts;
    this.navigation = navigation;
    this.freshness = freshness;
    this.legend = legend;
    this.header = header;
    this.onhover = onhover;
    this.onwires = onwires;
    this.onoverview = onoverview;
    this.onunit = onunit;
    /** Sequence number of the newest maps that were painted. */
    this.newest = 0;
  }

  /**
   * @param {Answer} answer
   * @param {Map<string, ImageBitmap>} sprites
   * @param {Map<string, FrameBlob>} blobs
   */
  paint(answer, sprites, blobs) {
    if (answer.kind === "overview") this.paintOverview(answer, blobs);
    if (answer.kind === "connections" && answer.about === this.freshness.about)
      this.onwires(answer, blobs);
    if (answer.kind === "maps") this.paintMaps(answer, sprites);
    if (answer.kind === "decomposition") this.paintDecomposition(answer, sprites);
    if (answer.kind === "unit") this.paintUnit(answer);
    if (answer.kind === "effective_receptive_field") this.paintEffectiveField(answer, blobs);
    if (answer.kind === "garments")
      this.parts.input.garments.paint(answer, sprites.get("garments"));
    if (answer.kind === "hover") this.onhover(answer.text);
  }

  /** The unit that is open, or the first one of the open map. */
  get here() {
    return unitOf(this.navigation.place);
  }

  /**
   * Whether an answer is about what is shown now.
   * @param {string} about
   * @param {{layer: string, channel: number, row?: number, column?: number}} place
   */
  isHere(about, { layer, channel, row, column }) {
    const { here } = this;
    return (
      about === this.freshness.about &&
      layer === here.layer &&
      channel === here.channel &&
      (row === undefined || (row === here.row && column === here.column))
    );
  }

  /**
   * @param {MapsAnswer} answer
   * @param {Map<string, ImageBitmap>} sprites
   */
  paintMaps({ sequence, about, sheets, scores }, sprites) {
    if (sequence < this.newest) return;
    this.newest = sequence;
    for (const sheet of sheets) {
      const sprite = sprites.get(sheet.name);
      if (sprite) this.paintSheet(sheet, sprite, about);
    }
    this.freshness.scores = about;
    this.parts.scores.show(scores);
  }

  /**
   * @param {OverviewAnswer} answer
   * @param {Map<string, FrameBlob>} blobs
   */
  paintOverview(answer, blobs) {
    const { sequence, about, columns, scores } = answer;
    if (sequence < this.newest) return;
    this.newest = sequence;
    this.parts.views.overview.paint(answer, blobs);
    for (const column of columns) this.legend.painted(column.name, column);
    this.freshness.scores = about;
    this.parts.scores.show(scores);
    this.onoverview();
  }

  /**
   * Paint one layer's maps where they are shown now: in the band, on the layer's own sheet, beside a unit.
   * @param {Sheet} sheet
   * @param {ImageBitmap} sprite
   * @param {string} about
   */
  paintSheet(sheet, sprite, about) {
    const { level, layer } = this.navigation;
    const { views, input } = this.parts;
    if (level === "overview") {
      const column = views.band.find(sheet.name);
      if (!column) return;
      views.band.paint(column, sheet, sprite, about);
      this.legend.painted(sheet.name, sheet);
    } else if (layer?.name !== sheet.name) return;
    else if (level === "layer" && sheet.first === 0) {
      if (about === this.freshness.about) this.freshness.mark("layer");
      views.paintLayer(sheet, sprite, layer);
      this.navigation.order = { layer: layer.name, indices: sheet.order?.indices };
      this.legend.painted(sheet.name, sheet);
    } else if (level === "unit" && sheet.first === this.here.channel) {
      this.freshness.mark("unitMap");
      input.showUnitMap(sheet, sprite, layer, this.here);
      this.legend.painted(sheet.name, sheet);
    }
  }

  /**
   * @param {DecompositionAnswer} answer
   * @param {Map<string, ImageBitmap>} sprites
   */
  paintDecomposition({ about, decomposition }, sprites) {
    if (!this.isHere(about, decomposition)) return;
    this.freshness.mark("map");
    const { views } = this.parts;
    views.decomposition.show(decomposition, sprites, this.header().facts.plan, views.height);
    for (const stage of decomposition.stages) this.legend.painted(stage.layer, stage);
  }

  /** @param {UnitAnswer} answer */
  paintUnit({ about, unit }) {
    if (!this.isHere(about, unit)) return;
    this.freshness.mark("unit");
    const { views, input } = this.parts;
    views.unit.show(unit, this.header().facts.plan);
    input.mark(unit.receptive_field);
    input.describe(unit.receptive_field.text);
    if (unit.kind !== "input") this.onunit(this.here);
  }

  /**
   * @param {EffectiveFieldAnswer} answer
   * @param {Map<string, FrameBlob>} blobs
   */
  paintEffectiveField({ about, place: [layer, channel, row, column], text }, blobs) {
    const overlay = blobs.get("effective_field");
    if (!overlay || !this.isHere(about, { layer, channel, row, column })) return;
    this.parts.input.showEffectiveField(overlay, text);
  }
}
