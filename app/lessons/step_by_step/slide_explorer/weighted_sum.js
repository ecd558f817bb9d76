// A sum of products: every term with its factors, sums of channels, the bias, the total and the activation.

import { el, setText } from "../../../browser/dom.js";
import { inputIndices, runningTexts, termTexts } from "./scene.js";
import { channelTag, tileOf } from "./tile.js";

/** @import { Palette } from "./palette.js" */
/** @import { Grid, Scene, Stop } from "./types.js" */
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
    /** @type {HTMLElement[]} what is shown once the sum is complete */ this.ends = [];
    this.lines = scene.kernels.map((kernel, channel) => this.channelLine(kernel, channel));
    this.terms = this.own.map(({ element }) => element);
    if (this.many) this.lines.push(this.finalLine());
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
    if (!this.many) return el("div", { class: "line" }, ...this.closed(elements));
    const element = el("b", { class: "part" });
    this.parts.push({ element, channel, after: this.own.length, signed: false });
    return el(
      "div",
      { class: "line of-many" },
      channelTag(channel),
      ...elements.slice(0, -1),
      together(elements[elements.length - 1], equals(), element),
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

  /**
   * Put bias, total and what the activation makes of it behind the parts of a sum. The last part and the total stay on
   * one line: no line begins with "=".
   * @param {HTMLElement[]} parts
   */
  closed(parts) {
    const { bias, result, scene, total } = this;
    const added = bias
      ? [
          el(
            "span",
            { class: "term" },
            el("span", { class: "factors quiet" }, "bias"),
            bias.product,
            ...(this.runs ? [bias.running] : []),
          ),
        ]
      : [];
    const all = [...parts, ...added];
    const sign = equals();
    const active = result
      ? together(el("span", { class: "after" }, `→ ${scene.activation} →`), result)
      : null;
    this.ends = [...added, sign, total, ...(active ? [active] : [])];
    const last = together(all[all.length - 1], sign, total);
    return [...all.slice(0, -1), last, ...(active ? [active] : [])];
  }

  /** The sums of all channels added up. */
  finalLine() {
    const sums = this.scene.kernels.map((_, channel) => {
      const element = el("span", { class: `part c${channel}` });
      this.parts.push({ element, channel, after: Infinity, signed: channel > 0 });
      return element;
    });
    const sigma = el("span", { class: "tag" }, "Σ");
    return el("div", { class: "line final" }, sigma, ...this.closed(sums));
  }

  /**
   * Write the numbers of a stop.
   * @param {number} step
   */
  fill(step) {
    const { scene, palette } = this;
    const cells = inputIndices(scene, step);
    for (const { tile, channel, term } of this.own) {
      const input = scene.inputs[channel];
      const [fill, ink] = palette.paint(input, cells[term]);
      setText(tile, input.texts[cells[term]]);
      tile.style.background = fill;
      tile.style.color = ink;
    }
    this.write(scene.steps[step]);
  }

  /** Write the longest text of all stops everywhere, to measure the space that the sum can need. */
  fillLongest() {
    const { scene } = this;
    for (const { tile, channel } of this.own) setText(tile, longest(scene.inputs[channel].texts));
    this.write(longestStop(scene));
  }

  /** @param {Stop} stop */
  write(stop) {
    const { scene } = this;
    const products = scene.kernels.map((_, channel) => termTexts(stop, channel));
    const totals = scene.kernels.map((_, channel) => runningTexts(stop, channel));
    for (const one of this.own) {
      const { channel, term } = one;
      const text = products[channel][term];
      setText(one.product, term ? signedText(text) : text);
      setText(one.running, totals[channel][term] ?? "");
      one.element.title = `${one.tile.textContent} × ${scene.kernels[channel].texts[term]} = ${text}`;
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

/**
 * A stop that has the longest text of all stops in every place.
 * @param {Scene} scene
 * @returns {Stop}
 */
function longestStop({ steps }) {
  const [first] = steps;
  const each = (/** @type {(stop: Stop) => string[]} */ texts) => {
    const all = steps.map(texts);
    return all[0].map((_, at) => longest(all.map((some) => some[at])));
  };
  const joined = (/** @type {(stop: Stop) => string[]} */ texts) =>
    texts(first).map((_, channel) => each((stop) => texts(stop)[channel].split("\t")).join("\t"));
  return {
    ...first,
    terms: joined((stop) => stop.terms),
    running: joined((stop) => stop.running),
    sums: each((stop) => stop.sums),
    totals: each((stop) => stop.totals),
    results: each((stop) => stop.results),
  };
}

/**
 * The longest of some texts.
 * @param {string[]} texts
 */
export function longest(texts) {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), "");
}

/**
 * Elements that no line break parts.
 * @param {...HTMLElement} elements
 */
function together(...elements) {
  return el("span", { class: "together" }, ...elements);
}

function equals() {
  return el("span", { class: "equals" }, "=");
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
