// The sum written out: every term with its factors, partial sums of channels, bias, total, activation.

import { el, setText } from "../../../browser/dom.js";
import { showsFactors, sumSize } from "./layout.js";
import { runningTexts, tapsAt, termTexts } from "./data.js";

const TAGS = ["R", "G", "B"];
const LISTED_REM = { width: 5.6, height: 4.5 };

export class SumView {
  constructor() {
    this.heading = el("div", { class: "heading" });
    this.lines = el("div", { class: "lines numbers" });
    this.element = el(
      "section",
      { class: "sum", "aria-label": "The sum, term by term" },
      this.heading,
      this.lines,
    );
    this.terms = [];
    this.parts = [];
    this.ends = [];
    this.room = { widthRem: 59, reserved: 7.4 };
  }

  /** Reserve a height, so that the page does not move while what is written changes; both in rem. */
  setRoom(widthRem, reserved) {
    this.room = { widthRem, reserved };
    this.shown = undefined;
    this.element.style.setProperty("--reserved", `${reserved}rem`);
  }

  /** @param {Object} scene @param {(grid: Object, index: number) => [string, string]} paint fill and ink of a cell */
  setScene(scene, paint, letters) {
    Object.assign(this, { scene, paint, letters });
    this.shown = undefined;
    this.laid = undefined;
    const count = scene.steps[0].terms.reduce((sum, one) => sum + one.split("\t").length, 0);
    this.element.dataset.size = sumSize(count);
    this.element.classList.toggle(
      "brief",
      !showsFactors(count / scene.steps[0].terms.length, scene.steps[0].terms.length),
    );
  }

  /** Write out one stop. */
  showStep(step) {
    if (this.shown === `step ${step}`) return;
    this.shown = `step ${step}`;
    const { scene } = this;
    const one = scene.steps[step];
    const weighs = scene.kernels.length > 0;
    const lettered = weighs && one.equation && this.letters !== "numbers";
    this.setHeading(scene.places[step], lettered ? one.equation : "");
    if (!weighs) {
      this.writePool(one, step);
      return;
    }
    // While a walk plays this happens many times a second: texts change, elements stay.
    this.laid ??= this.layTerms();
    if (this.lines.firstChild !== this.laid.lines[0])
      this.lines.replaceChildren(...this.laid.lines);
    this.lines.classList.toggle("many", this.laid.many);
    this.terms = this.laid.terms.map(({ element }) => element);
    this.parts = this.laid.parts;
    this.ends = this.laid.ends;
    this.fillTerms(one, step);
  }

  /** Make the elements of a sum, once for a scene. */
  layTerms() {
    const { scene } = this;
    const many = scene.kernels.length > 1;
    const count = scene.kernels[0].texts.length;
    const runs = scene.steps[0].running.length > 0 && !many;
    const terms = [];
    const parts = [];
    const lines = scene.kernels.map((kernel, channel) => {
      const own = Array.from({ length: count }, (_, term) => {
        const tile = el("span", { class: "tile" });
        const product = el("span", { class: "product" });
        const running = el("span", { class: "running" });
        const element = el(
          "span",
          { class: "term" },
          el("span", { class: "factors" }, tile, "×", this.tile(kernel, term)),
          product,
          ...(runs ? [running] : []),
        );
        return { element, tile, product, running, channel, term };
      });
      terms.push(...own);
      const line = el(
        "div",
        { class: `line${many ? " of-many" : ""}` },
        ...(many ? [el("span", { class: `tag c${channel}` }, TAGS[channel])] : []),
        ...own.map(({ element }) => element),
      );
      if (many) {
        const part = {
          element: el("b", { class: "part" }),
          channel,
          after: (channel + 1) * count,
          signed: false,
        };
        parts.push(part);
        line.append(el("span", { class: "equals" }, "="), part.element);
      }
      return line;
    });
    const bias =
      scene.bias === "0"
        ? null
        : { product: el("span", { class: "product" }), running: el("span", { class: "running" }) };
    const total = el("b", { class: "total" });
    const result = scene.activation ? el("b", { class: "total" }) : null;
    const ends = [
      ...(bias
        ? [
            el(
              "span",
              { class: "term" },
              el("span", { class: "factors quiet" }, "bias"),
              bias.product,
              ...(runs ? [bias.running] : []),
            ),
          ]
        : []),
      el("span", { class: "equals" }, "="),
      total,
      ...(result ? [el("span", { class: "after" }, `→ ${scene.activation} →`), result] : []),
    ];
    if (many) {
      const sums = scene.kernels.flatMap((_, channel) => {
        const part = {
          element: el("span", { class: `part c${channel}` }),
          channel,
          after: Infinity,
          signed: channel > 0,
        };
        parts.push(part);
        return [part.element];
      });
      lines.push(
        el("div", { class: "line final" }, el("span", { class: "tag" }, "Σ"), ...sums, ...ends),
      );
    } else lines[0].append(...ends);
    return { lines, terms, parts, ends, bias, total, result, many };
  }

  fillTerms(one, step) {
    const { scene, laid } = this;
    const taps = tapsAt(scene, step);
    const products = scene.kernels.map((_, channel) => termTexts(one, channel));
    const running = scene.kernels.map((_, channel) => runningTexts(one, channel));
    laid.terms.forEach(({ element, tile, product, running: total, channel, term }) => {
      const input = scene.inputs[channel];
      const [fill, ink] = this.paint(input, taps[term]);
      const value = input.texts[taps[term]];
      const text = products[channel][term];
      setText(tile, value);
      tile.style.background = fill;
      tile.style.color = ink;
      setText(product, term ? `${sign(text)} ${body(text)}` : text);
      setText(total, running[channel][term] ?? "");
      element.title = `${value} × ${scene.kernels[channel].texts[term]} = ${text}`;
    });
    for (const { element, channel, signed } of laid.parts) {
      const text = one.sums[channel];
      setText(element, signed ? `${sign(text)} ${body(text)}` : text);
    }
    if (laid.bias) {
      setText(laid.bias.product, `${sign(one.bias)} ${body(one.bias)}`);
      setText(laid.bias.running, one.totals[0]);
    }
    setText(laid.total, one.totals[0]);
    if (laid.result) setText(laid.result, one.results[0]);
  }

  writePool(one, step) {
    const { scene } = this;
    const taps = tapsAt(scene, step);
    const largest = scene.mode === "max";
    this.terms = [];
    this.parts = [];
    this.lines.classList.toggle("many", scene.inputs.length > 1);
    this.lines.replaceChildren(
      ...scene.inputs.map((input, channel) => {
        const blocks = [];
        termTexts(one, channel).forEach((text, term) => {
          if (!text) return;
          const tile = this.tile(input, taps[term]);
          if (largest && one.winners[channel] === taps[term]) tile.classList.add("won");
          blocks.push(
            el(
              "span",
              { class: "term" },
              el("span", { class: "product" }, blocks.length ? (largest ? ", " : "+ ") : "", tile),
            ),
          );
        });
        this.terms.push(...blocks);
        const share = largest
          ? []
          : [
              el("span", { class: "ending" }, `/ ${one.counted}`),
              el("span", { class: "ending equals" }, "="),
              el("span", { class: "ending" }, `${one.sums[channel]} / ${one.counted}`),
            ];
        return el(
          "div",
          { class: "line pool" },
          ...(scene.inputs.length > 1
            ? [el("span", { class: `tag c${channel}` }, TAGS[channel])]
            : []),
          el("span", { class: "open" }, largest ? "largest of (" : "("),
          ...blocks,
          el("span", { class: "close" }, ")"),
          ...share,
          el("span", { class: "ending equals" }, "="),
          el("b", { class: "ending total" }, one.results[channel]),
        );
      }),
    );
    this.ends = [...this.lines.querySelectorAll(".ending")];
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
      term.classList.toggle("waiting", index >= terms);
      term.classList.toggle("newest", index === terms - 1 && !complete);
    });
    for (const end of this.ends) end.classList.toggle("waiting", !complete);
    for (const { element, after } of this.parts)
      element.classList.toggle("waiting", !complete && terms < after);
  }

  /** Write a list of products that belong to one cell or one weight. */
  showList(key, heading, items) {
    const { widthRem, reserved } = this.room;
    const fitting =
      Math.floor((widthRem - 9) / LISTED_REM.width) *
      Math.max(1, Math.floor((reserved - 2.1) / LISTED_REM.height));
    if (this.shown === key) return;
    this.shown = key;
    this.terms = [];
    this.ends = [];
    this.parts = [];
    this.lines.classList.remove("many");
    this.setHeading(heading, "");
    const blocks = items
      .slice(0, fitting)
      .map(({ factors, text, name }) =>
        el(
          "span",
          { class: "term listed" },
          el("span", { class: "factors" }, ...factors),
          el("span", { class: "product" }, text),
          el("span", { class: "running" }, name),
        ),
      );
    const rest =
      items.length > fitting
        ? [el("span", { class: "quiet rest" }, `and ${items.length - fitting} more`)]
        : [];
    this.lines.replaceChildren(el("div", { class: "line" }, ...blocks, ...rest));
  }

  setHeading(text, equation) {
    if (this.heading.dataset.text !== text + equation) {
      this.heading.dataset.text = text + equation;
      this.heading.replaceChildren(
        el("span", { class: "quiet" }, text),
        ...(equation ? [el("span", { class: "equation" }, equation)] : []),
      );
    }
  }

  /** What a screen reader says of a stop. */
  static spoken(scene, step) {
    const one = scene.steps[step];
    const sums = one.terms
      .map((terms) =>
        terms
          .split("\t")
          .filter(Boolean)
          .join(scene.mode === "max" ? ", " : " + "),
      )
      .join(" + ");
    return `${scene.places[step]}: ${scene.mode === "max" ? "largest of " : ""}${sums}, result ${one.results.join(", ")}`;
  }
}

function sign(text) {
  return text.startsWith("−") ? "−" : "+";
}

function body(text) {
  return text.replace(/^−/, "");
}

export function setStatus(element, text) {
  setText(element, text);
  element.hidden = !text;
}
