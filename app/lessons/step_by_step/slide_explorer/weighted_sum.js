// A sum of products: every term with its factors, sums of channels, the bias, the total and the activation.

import { el, setText } from "../../../browser/dom.js";
import { inputIndices, runningTexts, termTexts } from "./scene.js";
import { channelTag, tileOf } from "./tile.js";

/** @import { Palette } from "./palette.js" */
/** @import { Grid, Scene } from "./types.js" */
/** @typedef {{element: HTMLElement, tile: HTMLElement, product: HTMLElement, running: HTMLElement,
 *   channel: number, term: number}} Term */
/** @typedef {{element: HTMLElement, channel: number, after: number, signed: boolean}} Part the sum of a channel */

/** The elements are made once for a scene; `fill` writes a stop into them. */
export class WeightedSum {
  /**
   * @param {Scene} scene
   * @param {Palette} palette
   */
  constructor(scene, palette) {
    this.scene = scene;
    this.palette = palette;
    this.many = scene.kernels.length > 1;
    // Running totals go from term to term; where channels have lines of their own they would mislead.
    this.runs = scene.steps[0].running.length > 0 && !this.many;
    /** @type {Term[]} */ this.own = [];
    /** @type {Part[]} */ this.parts = [];
    this.bias = scene.bias === "0" ? null : { product: product(), running: running() };
    this.total = el("b", { class: "total" });
    this.result = scene.activation ? el("b", { class: "total" }) : null;
    this.lines = scene.kernels.map((kernel, channel) => this.channelLine(kernel, channel));
    this.terms = this.own.map(({ element }) => element);
    this.ends = this.layEnds();
    if (this.many) this.lines.push(this.finalLine());
    else this.lines[0].append(...this.ends);
  }

  /**
   * The products of one channel, and their sum where there are several channels.
   * @param {Grid} kernel
   * @param {number} channel
   */
  channelLine(kernel, channel) {
    const own = kernel.texts.map((_, term) => this.term(kernel, channel, term));
    this.own.push(...own);
    const elements = own.map(({ element }) => element);
    if (!this.many) return el("div", { class: "line" }, ...elements);
    const element = el("b", { class: "part" });
    this.parts.push({ element, channel, after: this.own.length, signed: false });
    return el(
      "div",
      { class: "line of-many" },
      channelTag(channel),
      ...elements,
      el("span", { class: "equals" }, "="),
      element,
    );
  }

  /**
   * @param {Grid} kernel
   * @param {number} channel
   * @param {number} term
   * @returns {Term}
   */
  term(kernel, channel, term) {
    const parts = { tile: el("span", { class: "tile" }), product: product(), running: running() };
    const element = el(
      "span",
      { class: "term" },
      el("span", { class: "factors" }, parts.tile, "×", tileOf(this.palette, kernel, term)),
      parts.product,
      ...(this.runs ? [parts.running] : []),
    );
    return { ...parts, element, channel, term };
  }

  /** Bias, total, and what the activation makes of it. */
  layEnds() {
    const { bias, result, scene } = this;
    return [
      ...(bias
        ? [
            el(
              "span",
              { class: "term" },
              el("span", { class: "factors quiet" }, "bias"),
              bias.product,
              ...(this.runs ? [bias.running] : []),
            ),
          ]
        : []),
      el("span", { class: "equals" }, "="),
      this.total,
      ...(result ? [el("span", { class: "after" }, `→ ${scene.activation} →`), result] : []),
    ];
  }

  /** The sums of all channels added up. */
  finalLine() {
    const sums = this.scene.kernels.map((_, channel) => {
      const element = el("span", { class: `part c${channel}` });
      this.parts.push({ element, channel, after: Infinity, signed: channel > 0 });
      return element;
    });
    const sigma = el("span", { class: "tag" }, "Σ");
    return el("div", { class: "line final" }, sigma, ...sums, ...this.ends);
  }

  /**
   * Write the numbers of a stop.
   * @param {number} step
   */
  fill(step) {
    const { scene, palette } = this;
    const stop = scene.steps[step];
    const cells = inputIndices(scene, step);
    const products = scene.kernels.map((_, channel) => termTexts(stop, channel));
    const totals = scene.kernels.map((_, channel) => runningTexts(stop, channel));
    for (const one of this.own) {
      const { channel, term } = one;
      const input = scene.inputs[channel];
      const [fill, ink] = palette.paint(input, cells[term]);
      const value = input.texts[cells[term]];
      const text = products[channel][term];
      setText(one.tile, value);
      one.tile.style.background = fill;
      one.tile.style.color = ink;
      setText(one.product, term ? signedText(text) : text);
      setText(one.running, totals[channel][term] ?? "");
      one.element.title = `${value} × ${scene.kernels[channel].texts[term]} = ${text}`;
    }
    for (const { element, channel, signed } of this.parts)
      setText(element, signed ? signedText(stop.sums[channel]) : stop.sums[channel]);
    if (this.bias) {
      setText(this.bias.product, signedText(stop.bias));
      setText(this.bias.running, stop.totals[0]);
    }
    setText(this.total, stop.totals[0]);
    if (this.result) setText(this.result, stop.results[0]);
  }
}

function product() {
  return el("span", { class: "product" });
}

function running() {
  return el("span", { class: "running" });
}

/**
 * A number that is added to a sum: "+ 3" or "− 3".
 * @param {string} text
 */
function signedText(text) {
  return `${text.startsWith("−") ? "−" : "+"} ${text.replace(/^−/, "")}`;
}
