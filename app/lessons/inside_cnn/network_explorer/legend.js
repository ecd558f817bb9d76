// Which layer's legend of colors is shown: that of the maps pointed at, else of those that are open.

/** @import { Navigation } from "./navigation.js" */
/** @import { Parts } from "./parts.js" */
/** @import { Colored, Level, PageHeader } from "./types.js" */

export class ColorLegend {
  /** @param {{navigation: Navigation, parts: Parts, header: () => PageHeader}} needs */
  constructor({ navigation, parts, header }) {
    this.navigation = navigation;
    this.parts = parts;
    this.header = header;
    /** How painted maps are colored. @type {Map<string, Colored>} */
    this.colored = new Map();
    /** @type {{level: Level, layer: string} | undefined} what was pointed at last, and where */
    this.pointed = undefined;
  }

  /**
   * Where maps are shown: one layer may be colored otherwise in another place.
   * @param {string} layer
   */
  keyOf(layer) {
    const { level, place } = this.navigation;
    return [level, layer, level === "overview" ? "" : place.channel].join(" ");
  }

  /**
   * Maps of a layer were painted where the reader is.
   * @param {string} layer
   * @param {Colored} how
   */
  painted(layer, { scale, legend }) {
    this.colored.set(this.keyOf(layer), { scale, legend });
    this.show();
  }

  /** @param {string} layer whose maps the pointer is on */
  point(layer) {
    this.pointed = { level: this.navigation.level, layer };
    this.show();
  }

  /** The layer whose legend is shown. */
  get layer() {
    const { level, place } = this.navigation;
    if (this.pointed?.level === level && this.colored.has(this.keyOf(this.pointed.layer)))
      return this.pointed.layer;
    if (level !== "overview") return place.layer;
    const { band, overview } = this.parts.views;
    const shown = overview.element.hidden ? band.onScreen() : overview.columns;
    return shown[0]?.layer.name ?? "";
  }

  show() {
    const how = this.colored.get(this.keyOf(this.layer));
    const { foot } = this.parts;
    const title = this.navigation.layerOf(this.layer)?.title ?? "";
    if (how) foot.showLegend(title, how.legend, this.header().gradients[how.scale]);
    else foot.hideLegend();
  }

  /** Another network came. */
  forget() {
    this.colored.clear();
    this.pointed = undefined;
  }
}
