// Parameters: sliders for a picture and two layers; what each layer costs follows while they move.

import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { Frame } from "../../../browser/frame.js" */
/** @import { Costs, Doors, LayerCosts, ParameterRow, ParametersHeader, Update } from "./types.js" */

/** @typedef {{row: ParameterRow, line: HTMLElement, range: HTMLInputElement, field: HTMLInputElement,
 *   isHeld: boolean}} MadeRow */
/** @typedef {{element: HTMLElement, title: HTMLElement, words: HTMLElement, parameters: HTMLElement,
 *   memory: HTMLElement, work: HTMLElement, fill: HTMLElement}} MadeLayer */

export class ParametersView {
  /** @param {Doors} doors */
  constructor({ report, ask }) {
    this.report = report;
    this.ask = ask;
    /** @type {Map<string, MadeRow>} */
    this.rows = new Map();
    /** @type {MadeLayer[]} */
    this.layers = [];
    this.shownPresets = "";
    this.presets = el("div", { class: "presets", role: "group", "aria-label": "Pictures" });
    this.bar = this.presets;
    this.sliders = el("div", { class: "sliders" });
    this.ticks = el("div", { class: "ticks numbers" });
    this.ratio = el("p", { class: "ratio", "aria-live": "polite" });
    this.costs = el("div", { class: "costs" });
    this.element = el(
      "div",
      { class: "parameters" },
      el("div", { class: "columns" }, el("div", {}, this.sliders, this.ratio), this.costs),
    );
  }

  /**
   * @param {ParametersHeader} header
   * @param {Frame["blobs"]} _
   * @param {Update} update
   */
  update(header, _, { unsettled }) {
    const presets = JSON.stringify(header.presets);
    // Buttons that stay the same are not made again: whoever pressed one keeps the focus.
    if (this.shownPresets !== presets) this.showPresets(header.presets);
    this.shownPresets = presets;
    const isOwn = header.rows.map((row) => this.reconcile(row, row.key in unsettled));
    this.ticks.replaceChildren(
      ...header.ticks.map(({ at, text }) =>
        el("span", { style: `left:${100 * at}%` }, el("i"), text),
      ),
    );
    if (isOwn.some(Boolean)) return false;
    this.show(header.costs);
    return true;
  }

  /** @param {ParametersHeader["presets"]} presets */
  showPresets(presets) {
    this.presets.replaceChildren(
      ...presets.map(({ name, size, changes }) =>
        el(
          "button",
          { onclick: () => this.report(changes) },
          name,
          el("span", { class: "numbers" }, ` ${size}`),
        ),
      ),
    );
  }

  /**
   * Take over a number of the page; returns whether the slider keeps a newer one.
   * @param {ParameterRow} row
   * @param {boolean} isOlder than what was reported
   */
  reconcile(row, isOlder) {
    const made = this.rows.get(row.key) ?? this.make(row);
    made.row = row;
    if (made.isHeld || isOlder) return true;
    made.range.value = String(row.stop);
    if (made.field !== rootActive(made.field)) made.field.value = String(row.value);
    setAttributes(made.range, { "aria-valuetext": `${row.value} ${row.unit}`.trim() });
    return false;
  }

  /** @param {{costs: Costs}} header */
  receive({ costs }) {
    if (costs) this.show(costs);
  }

  /**
   * @param {ParameterRow} row
   * @returns {MadeRow}
   */
  make(row) {
    const range = el("input", {
      type: "range",
      min: "0",
      max: String(row.stops.length - 1),
      "aria-label": row.label,
      "data-key": row.key,
    });
    const field = el("input", {
      type: "number",
      min: "1",
      max: String(row.most),
      step: String(row.step),
      class: "numbers",
      "aria-label": `${row.label} as a number`,
    });
    const line = el("div", { class: "row" }, el("span", {}, row.label), range, field);
    const made = { row, line, range, field, isHeld: false };
    range.addEventListener("input", () => {
      made.isHeld = true;
      field.value = String(made.row.stops[Number(range.value)]);
      setAttributes(range, { "aria-valuetext": `${field.value} ${made.row.unit}`.trim() });
      this.preview();
    });
    range.addEventListener("change", () => {
      made.isHeld = false;
      this.report({ [row.key]: field.value });
    });
    field.addEventListener("input", () => {
      if (field.value && field.validity.valid) this.preview();
    });
    field.addEventListener("change", () => {
      if (field.value && field.validity.valid) this.report({ [row.key]: field.value });
      else field.value = String(made.row.value);
    });
    this.rows.set(row.key, made);
    this.sliders.append(line);
    return made;
  }

  /** Ask what the layers cost with the sliders as they are. */
  preview() {
    const settings = Object.fromEntries(
      [...this.rows].map(([key, { field }]) => [key, field.value]),
    );
    this.ask("layer_costs", { settings });
  }

  /** @param {Costs} costs */
  show({ layers, ratio }) {
    layers.forEach((layer, at) => {
      this.layers[at] ??= this.makeLayer();
      this.showLayer(this.layers[at], layer);
    });
    if (!this.ticks.isConnected && this.ticks.parentNode !== this.costs)
      this.costs.append(
        this.ticks,
        el(
          "p",
          { class: "quiet axis" },
          "parameters, on a logarithmic scale: each mark is 1,000 times the one before",
        ),
      );
    setText(this.ratio, ratio);
  }

  makeLayer() {
    /** @type {MadeLayer} */
    const made = {
      element: el("div", { class: "layer" }),
      title: el("b"),
      words: el("p", { class: "quiet numbers" }),
      parameters: el("b", { class: "count numbers" }),
      memory: el("span", { class: "numbers memory" }),
      work: el("p", { class: "quiet numbers" }),
      fill: el("i", { class: "fill" }),
    };
    made.element.append(
      el("div", { class: "layer-head" }, made.title, made.memory),
      el("div", { class: "share-bar" }, made.fill),
      el("div", {}, made.parameters, " parameters"),
      made.words,
      made.work,
    );
    this.costs.append(made.element);
    return made;
  }

  /**
   * @param {MadeLayer} made
   * @param {LayerCosts} layer
   */
  showLayer(made, layer) {
    setText(made.title, layer.title);
    setText(made.words, layer.words);
    setText(made.parameters, layer.parameters);
    setText(made.memory, layer.megabytes);
    setText(
      made.work,
      `${layer.multiplications} multiplications and ${layer.outputs} outputs for one picture`,
    );
    made.fill.style.width = `${100 * layer.at}%`;
  }

  close() {}
}

/**
 * What has the focus beside an element: in its shadow root.
 * @param {HTMLElement} element
 */
function rootActive(element) {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.activeElement : document.activeElement;
}
