// The sum written out: every term with its factors, partial sums of channels, bias, total, activation.

import { el, setText } from "./dom.js";
import { runningTexts, tapsAt, termTexts } from "./walk_data.js";

const TAGS = ["R", "G", "B"];
const LISTED = 24;

export class SumView {
  constructor() {
    this.heading = el("div", { class: "heading" });
    this.lines = el("div", { class: "lines numbers" });
    this.element = el("section", { class: "sum", "aria-label": "The sum, term by term" }, this.heading, this.lines);
    this.terms = [];
  }

  /** @param {Object} scene @param {(grid: Object, index: number) => [string, string]} paint fill and ink of a cell */
  setScene(scene, paint, letters) {
    Object.assign(this, { scene, paint, letters });
    this.shown = undefined;
    const count = scene.steps[0].terms.reduce((sum, one) => sum + one.split("\t").length, 0);
    this.element.dataset.size = count <= 9 ? "large" : count <= 18 ? "middle" : "small";
  }

  /** Write out one stop. */
  showStep(step) {
    if (this.shown === `step ${step}`) return;
    this.shown = `step ${step}`;
    if (this.scene.kernels.length) this.writeSum(step);
    else this.writePool(step);
  }

  writeSum(step) {
    const { scene } = this;
    const one = scene.steps[step];
    const many = scene.kernels.length > 1;
    const taps = tapsAt(scene, step);
    this.terms = [];
    const lettered = one.equation && this.letters !== "numbers";
    this.setHeading(scene.places[step], lettered ? one.equation : "");
    const lines = scene.kernels.map((kernel, channel) => {
      const products = termTexts(one, channel);
      const running = many ? [] : runningTexts(one, channel);
      const blocks = products.map((product, term) => this.block({
        factors: [this.tile(scene.inputs[channel], taps[term]), "×", this.tile(kernel, term)],
        text: product, first: term === 0, below: running[term],
      }));
      this.terms.push(...blocks);
      const end = many ? [el("span", { class: "equals" }, "="), el("b", { class: "part" }, one.sums[channel])] : this.ending(one, true);
      return el("div", { class: `line${many ? " of-many" : ""}` }, ...(many ? [el("span", { class: `tag c${channel}` }, TAGS[channel])] : []), ...blocks, ...end);
    });
    if (many) {
      const parts = one.sums.flatMap((text, channel) => [
        ...(channel ? [el("span", { class: "sign" }, sign(text))] : []),
        el("span", { class: `part c${channel}` }, channel ? body(text) : text)]);
      lines.push(el("div", { class: "line final" }, el("span", { class: "tag" }, "Σ"), ...parts, ...this.ending(one, false)));
    }
    this.lines.replaceChildren(...lines);
    this.lines.classList.toggle("many", many);
    this.ends = [...this.lines.querySelectorAll(".ending")];
  }

  /** Bias, total and activation. */
  ending(one, block) {
    const pieces = [];
    if (one.bias !== "0" && this.scene.bias !== "0") {
      pieces.push(el("span", { class: `ending term${block ? "" : " plain"}` }, ...(block ? [el("span", { class: "factors quiet" }, "bias")] : []),
        el("span", { class: "product" }, `${sign(one.bias)} ${body(one.bias)}${block ? "" : " (bias)"}`), ...(block ? [el("span", { class: "running" }, one.totals[0])] : [])));
    }
    pieces.push(el("span", { class: "ending equals" }, "="), el("b", { class: "ending total" }, one.totals[0]));
    if (this.scene.activation) {
      pieces.push(el("span", { class: "ending after" }, `→ ${this.scene.activation} →`), el("b", { class: "ending total" }, one.results[0]));
    }
    return pieces;
  }

  writePool(step) {
    const { scene } = this;
    const one = scene.steps[step];
    const taps = tapsAt(scene, step);
    this.terms = [];
    this.setHeading(scene.places[step], "");
    const largest = scene.mode === "max";
    this.lines.classList.toggle("many", scene.inputs.length > 1);
    this.lines.replaceChildren(...scene.inputs.map((input, channel) => {
      const blocks = [];
      termTexts(one, channel).forEach((text, term) => {
        if (!text) return;
        const won = largest && one.winners[channel] === taps[term];
        const tile = this.tile(input, taps[term]);
        if (won) tile.classList.add("won");
        blocks.push(el("span", { class: "term" }, el("span", { class: "product" }, blocks.length ? (largest ? ", " : "+ ") : "", tile)));
      });
      this.terms.push(...blocks);
      const end = largest
        ? [el("span", { class: "close" }, ")")]
        : [el("span", { class: "close" }, ")"), el("span", { class: "ending" }, `/ ${one.counted}`), el("span", { class: "ending equals" }, "="), el("span", { class: "ending" }, `${one.sums[channel]} / ${one.counted}`)];
      return el("div", { class: "line pool" }, ...(scene.inputs.length > 1 ? [el("span", { class: `tag c${channel}` }, TAGS[channel])] : []),
        el("span", { class: "open" }, largest ? "largest of (" : "("), ...blocks, ...end,
        el("span", { class: "ending equals" }, "="), el("b", { class: "ending total" }, one.results[channel]));
    }));
    this.ends = [...this.lines.querySelectorAll(".ending")];
  }

  /** A term: its factors, the product with its sign, the running total. */
  block({ factors, text, first, below }) {
    const product = first ? text : `${sign(text)} ${body(text)}`;
    return el("span", { class: "term" }, el("span", { class: "factors" }, ...factors), el("span", { class: "product" }, product),
      ...(below === undefined ? [] : [el("span", { class: "running" }, below)]));
  }

  /** A number as it stands in its grid, in its color. */
  tile(grid, index) {
    const [fill, ink] = this.paint(grid, index);
    const padding = grid.texts[index] === "" ? "–" : grid.texts[index];
    return el("span", { class: "tile", style: `background:${fill};color:${ink}` }, padding);
  }

  /** Show the first `terms` terms, and the end of the sum if `complete`. */
  reveal(terms, complete) {
    const shown = `${terms} ${complete}`;
    if (this.revealed === shown && this.revealedOf === this.shown) return;
    this.revealed = shown;
    this.revealedOf = this.shown;
    this.terms.forEach((term, index) => {
      const on = index < terms;
      if (term.classList.contains("waiting") === on) term.classList.toggle("waiting", !on);
      term.classList.toggle("newest", on && index === terms - 1 && !complete);
    });
    for (const end of this.ends) end.classList.toggle("waiting", !complete);
    for (const part of this.lines.querySelectorAll(".part")) {
      const channel = [...this.lines.querySelectorAll(".line.of-many")].indexOf(part.closest(".line"));
      const needed = channel < 0 ? Infinity : ((channel + 1) * this.terms.length) / this.scene.kernels.length;
      part.classList.toggle("waiting", !complete && terms < needed);
    }
  }

  /** Write a list of products that belong to one cell or one weight. */
  showList(key, heading, items) {
    if (this.shown === key) return;
    this.shown = key;
    this.terms = [];
    this.ends = [];
    this.lines.classList.remove("many");
    this.setHeading(heading, "");
    const blocks = items.slice(0, LISTED).map(({ factors, text, name }) => el("span", { class: "term listed" },
      el("span", { class: "factors" }, ...factors), el("span", { class: "product" }, text), el("span", { class: "running" }, name)));
    const rest = items.length > LISTED ? [el("span", { class: "quiet rest" }, `and ${items.length - LISTED} more, all drawn above`)] : [];
    this.lines.replaceChildren(el("div", { class: "line" }, ...blocks, ...rest));
  }

  setHeading(text, equation) {
    if (this.heading.dataset.text !== text + equation) {
      this.heading.dataset.text = text + equation;
      this.heading.replaceChildren(el("span", { class: "quiet" }, text), ...(equation ? [el("span", { class: "equation" }, equation)] : []));
    }
  }

  /** What a screen reader says of a stop. */
  static spoken(scene, step) {
    const one = scene.steps[step];
    const sums = one.terms.map((terms) => terms.split("\t").filter(Boolean).join(scene.mode === "max" ? ", " : " + ")).join(" + ");
    return `${scene.places[step]}: ${scene.mode === "max" ? "largest of " : ""}${sums}, result ${one.results.join(", ")}`;
  }
}

function sign(text) { return text.startsWith("−") ? "−" : "+"; }

function body(text) { return text.replace(/^−/, ""); }

export function setStatus(element, text) {
  setText(element, text);
  element.hidden = !text;
}
