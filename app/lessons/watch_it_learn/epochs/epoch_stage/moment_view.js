// One moment of a training: the weights that read the pixels, and the maps of a layer.

import { el, setAttributes, setText } from "../../../../browser/dom.js";
import { drawSheet } from "./sheet_canvas.js";

/** @import { DrawnMoment } from "./moment_store.js" */
/** @import { Legend, PageHeader } from "./types.js" */

class LegendLine {
  constructor() {
    this.colors = el("span", { class: "colors" });
    this.texts = [el("span"), el("span"), el("span")];
    this.element = el(
      "div",
      { class: "legend numbers" },
      this.colors,
      el("div", { class: "ends" }, ...this.texts),
    );
  }

  /**
   * @param {Legend} legend
   * @param {string} gradient
   */
  show({ low, middle, high }, gradient) {
    this.colors.style.background = gradient;
    [low, middle, high].forEach((text, at) => setText(this.texts[at], text));
  }
}

export class MomentView {
  /** @param {Node} [chooser] chooses the layer whose maps are shown; without it the layer is named */
  constructor(chooser) {
    this.title = el("h4", { class: "moment-title" });
    this.weightsTitle = el("h5");
    this.mapsTitle = el("h5", {}, ...(chooser ? [chooser] : []));
    this.namesLayer = !chooser;
    this.weights = el("canvas", { role: "img" });
    this.maps = el("canvas", { role: "img" });
    this.weightsLegend = new LegendLine();
    this.mapsLegend = new LegendLine();
    this.element = el(
      "section",
      { class: "moment" },
      this.title,
      el(
        "div",
        { class: "sheets" },
        el("div", { class: "sheet" }, this.weightsTitle, this.weights, this.weightsLegend.element),
        el("div", { class: "sheet" }, this.mapsTitle, this.maps, this.mapsLegend.element),
      ),
    );
  }

  /**
   * @param {DrawnMoment} moment
   * @param {PageHeader} header
   * @param {string} title
   */
  show(moment, header, title) {
    const layer = header.layers.find(({ key }) => key === header.layer)?.name ?? "";
    const { name } = header.moments[moment.at];
    setText(this.title, title);
    setText(this.weightsTitle, header.weights_title);
    if (this.namesLayer) setText(this.mapsTitle, layer);
    drawSheet(this.weights, moment.weightsSheet, moment.weights);
    drawSheet(this.maps, moment.mapsSheet, moment.maps);
    setAttributes(this.weights, { "aria-label": `${header.weights_title}. ${name}` });
    setAttributes(this.maps, { "aria-label": `Maps of ${layer}. ${name}` });
    this.weightsLegend.show(moment.weights.legend, header.gradients.signed);
    this.mapsLegend.show(moment.maps.legend, header.gradients.activation);
  }
}
