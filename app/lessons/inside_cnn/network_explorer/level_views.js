// The middle of the explorer, one view for each level: all layers, one layer, one map, one unit.

import { el, setAttributes } from "../../../browser/dom.js";
import { NetworkBand } from "./band.js";
import { DecompositionView } from "./decomposition.js";
import { flowTiles } from "./geometry.js";
import { LayerBar, orderFor } from "./layer_bar.js";
import { channelName, isClassLayer, mapPlace, unitPlace } from "./place.js";
import { rootSize } from "./root_size.js";
import { NetworkOverview } from "./overview.js";
import { MapSheet, zeroText } from "./sheet.js";
import { TileCaptions } from "./tile_captions.js";
import { UnitView } from "./unit.js";

/** @import { OverviewColumn } from "./overview_column.js" */
/** @import { Changes, Facts, Layer, Level, Place, Settings, Sheet, TilePoint } from "./types.js" */

const UNKNOWN_HEIGHT_PX = 500;
const LEGEND_REM = 3; // two lines below the columns
const LEAST_PANEL_REM = 19.5; // in which a map can be written out beside the columns
const THIN_COLUMNS_PX = 200; // of all columns, where they make room for it
const LAYER_TILE_PX = { vector: 22, upTo16: 112, upTo64: 80, more: 64 };
const CAPTIONED_PX = { unit: 64, class: 112, ratio: 0.3 }; // numbers of a vector: wide enough for words below

export class LevelViews {
  /**
   * `onhover`: a tile; `oncell`: a cell of a map; `onopen`: a layer or a map of it; `ondescend`: what something is
   * made of; `onneed`: other layers are in sight; `onglide`: the band moves by itself, stands, or stands elsewhere;
   * `onpoint`: a tile of the overview; `onclose`: a click beside the open map; `onchange`: another order of the maps.
   * @param {{onhover: (layer: Layer, sheet: MapSheet, stats: string[] | undefined, at: TilePoint | null) => void,
   *   oncell: (layer: string, channel: number, at: TilePoint | null) => void,
   *   onopen: (layer: string, at: TilePoint | null) => void, ondescend: (place: Place) => void,
   *   onneed: () => void, onglide: () => void, onclose: () => void, onchange: (changes: Changes) => void,
   *   onpoint: (column: OverviewColumn, at: TilePoint | null) => void, onunfold: () => void}} on
   * @param {HTMLElement} fieldText says what the receptive field of the open unit is
   */
  constructor(on, fieldText) {
    const { onhover, oncell, onopen, ondescend, onneed, onglide, onchange } = on;
    this.overview = new NetworkOverview({
      onpoint: on.onpoint,
      onopen,
      onclose: on.onclose,
      onneed: on.onunfold,
    });
    /** Whether the open map is written out beside the columns. */
    this.isBeside = false;
    this.band = new NetworkBand({
      onneed,
      onglide,
      onhover: ({ layer, sheet, stats }, at) => onhover(layer, sheet, stats, at),
      onopen,
    });
    this.layerSheet = new MapSheet({
      onhover: (at) => {
        const { layer } = this.layerSheet;
        if (layer) onhover(layer, this.layerSheet, this.layerStats, at);
      },
      onopen: (at) => {
        const { layer } = this.layerSheet;
        if (layer) onopen(layer.name, at);
      },
    });
    /** @type {string[] | undefined} a text for each map of the open layer */
    this.layerStats = undefined;
    this.layerBar = new LayerBar(onchange);
    this.captions = new TileCaptions();
    this.layerSheet.element.append(this.captions.element);
    /** @type {{layer: string, isOrdered: boolean}} what is painted of the open layer */
    this.painted = { layer: "", isOrdered: false };
    /** @type {Facts | undefined} of the network that is shown */
    this.facts = undefined;
    this.layerBox = el(
      "div",
      { class: "layer-all" },
      this.layerBar.element,
      el("div", { class: "scroll" }, this.layerSheet.element),
    );
    const onmap = (/** @type {string} */ layer, /** @type {number} */ channel) =>
      ondescend(mapPlace(layer, channel));
    const onunit = (
      /** @type {string} */ layer,
      /** @type {number} */ channel,
      /** @type {{row?: number, column?: number}} */ at,
    ) => ondescend(unitPlace(layer, channel, at));
    this.decomposition = new DecompositionView({ onhover: oncell, onunit, onmap });
    this.unit = new UnitView({ onunit, onmap }, fieldText);
    setAttributes(this.decomposition.element, { tabindex: "0" });
    this.element = el(
      "div",
      { class: "stage" },
      this.overview.element,
      this.band.element,
      this.layerBox,
      this.decomposition.element,
      this.unit.element,
    );
  }

  /** Pixels there are for a view. */
  get height() {
    return this.element.clientHeight || UNKNOWN_HEIGHT_PX;
  }

  /**
   * Show the view of a level, and lay out what does not wait for an answer.
   * @param {Level} level
   * @param {Facts} facts
   * @param {Settings} settings
   * @param {Layer | undefined} layer the one that is open
   */
  show(level, facts, { depth, map_order }, layer) {
    this.facts = facts;
    const rem = rootSize();
    const isScreen = depth === "screen";
    this.isBeside = isScreen && level === "map" && this.fitsBeside(rem);
    this.overview.element.hidden = !(isScreen && level === "overview") && !this.isBeside;
    this.band.element.hidden = level !== "overview" || isScreen;
    this.layerBox.hidden = level !== "layer";
    this.decomposition.element.hidden = level !== "map";
    this.unit.element.hidden = level !== "unit";
    if (!this.overview.element.hidden)
      this.showOverview(facts, rem, this.isBeside ? layer : undefined);
    const panel = this.isBeside ? this.overview.layout?.panel : null;
    this.decomposition.element.classList.toggle("beside", Boolean(panel));
    Object.assign(
      this.decomposition.element.style,
      panel ? { left: `${panel.left}px`, width: `${panel.width}px` } : { left: "", width: "" },
    );
    if (level === "overview" && !isScreen) this.band.show(facts, depth, this.height, rem / 16);
    if (level !== "layer" || !layer) return;
    this.layerBar.show(layer, map_order);
    const isPainted = this.painted.layer === layer.name;
    if (!isPainted) this.layerBar.tell(undefined);
    const wanted = orderFor(layer, map_order) !== "index";
    this.layLayer(layer, isPainted ? this.painted.isOrdered : wanted);
  }

  /**
   * Whether a map has room beside the columns, when these are narrow.
   * @param {number} rem
   */
  fitsBeside(rem) {
    return this.element.clientWidth > LEAST_PANEL_REM * rem + THIN_COLUMNS_PX;
  }

  /**
   * @param {Facts} facts
   * @param {number} rem
   * @param {Layer | undefined} open the layer of the map that is open beside the columns
   */
  showOverview(facts, rem, open) {
    this.overview.show(facts, {
      width: this.element.clientWidth,
      height: this.height - LEGEND_REM * rem,
      rem,
      open,
    });
  }

  /**
   * @param {Layer} layer
   * @param {boolean} isOrdered whether words stand below the tiles
   */
  layLayer(layer, isOrdered) {
    const [count, rows, columns] = layer.shape;
    const { vector, upTo16, upTo64, more } = LAYER_TILE_PX;
    const bare = layer.vector ? vector : count <= 16 ? upTo16 : count <= 64 ? upTo64 : more;
    const isClass = this.facts && isClassLayer(layer, this.facts);
    const wide = isOrdered && layer.vector;
    const side = wide ? (isClass ? CAPTIONED_PX.class : CAPTIONED_PX.unit) : bare;
    this.layerSheet.lay(
      flowTiles({
        count,
        width: Math.max(200, this.element.clientWidth - 24),
        side: Math.round((side * rootSize()) / 16), // classroom mode enlarges everything
        ratio: wide ? CAPTIONED_PX.ratio : rows / columns,
        below: isOrdered ? this.captions.height : 0,
      }),
      layer,
    );
  }

  /**
   * Paint all maps of the open layer.
   * @param {Sheet} sheet
   * @param {ImageBitmap} sprite
   * @param {Layer} layer
   */
  paintLayer(sheet, sprite, layer) {
    const { facts, layerSheet } = this;
    const isOrdered = Boolean(sheet.order);
    this.layerStats = sheet.stats;
    this.painted = { layer: layer.name, isOrdered };
    this.layerBar.tell(sheet);
    this.layLayer(layer, isOrdered);
    layerSheet.paint(sheet, sprite);
    if (layerSheet.tiles && facts)
      this.captions.show(layerSheet.tiles, sheet.order, (at) => channelName(layer, at, facts));
    setAttributes(layerSheet.canvas, {
      "aria-label": `All of ${layer.title}: ${sheet.count} maps${zeroText(sheet)}. Arrow keys move, Enter opens.`,
    });
  }

  /**
   * Put the keyboard into the view of a level.
   * @param {Level} level
   */
  focus(level) {
    if (level === "overview" && !this.overview.element.hidden) {
      this.overview.focus();
      return;
    }
    const target = {
      overview: this.band.scroller,
      layer: this.layerSheet.canvas,
      map: this.decomposition.element,
      unit: this.unit.element,
    }[level];
    target.focus({ preventScroll: true });
  }

  close() {
    this.band.close();
  }
}
