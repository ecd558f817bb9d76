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
  constructor() {
    this.weightsTitle = el("h5");
    this.mapsTitle = el("h5");
    this.weights = el("canvas", { role: "img" });
    this.maps = el("canvas", { role: "img" });
    this.weightsLegend = new LegendLine();
    this.mapsLegend = new LegendLine();
    this.element = el(
      "section",
      { class: "moment" },
      el("div", { class: "sheet" }, this.weightsTitle, this.weights, this.weightsLegend.element),
      el("div", { class: "sheet" }, this.mapsTitle, this.maps, this.mapsLegend.element),
    );
  }

  /**
   * @param {DrawnMoment} moment
   * @param {PageHeader} header
   * @param {string} letter of two moments side by side, "" where one is shown alone
   */
  show(moment, header, letter) {
    const layer = header.layers.find(({ key }) => key === header.layer)?.name ?? "";
    const { name } = header.moments[moment.at];
    const { long, short, maps } = header.titles;
    setText(this.weightsTitle, letter ? `${letter} · ${short}` : long);
    setText(this.mapsTitle, letter ? `${letter} · ${maps}` : `${maps} of ${layer}`);
    drawSheet(this.weights, moment.weightsSheet, moment.weights);
    drawSheet(this.maps, moment.mapsSheet, moment.maps);
    setAttributes(this.weights, { "aria-label": `${long}. ${name}` });
    setAttributes(this.maps, { "aria-label": `${maps} of ${layer}. ${name}` });
    this.weightsLegend.show(moment.weights.legend, header.gradients.signed);
    this.mapsLegend.show(moment.maps.legend, header.gradients.activation);
  }
}
