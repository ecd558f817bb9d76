// The sum below the grids: that of one stop, revealed term by term, or a list of where a cell or weight is used.

import { el, setText } from "../../../browser/dom.js";
import { showsFactors, sumSize } from "./layout.js";
import { pooledCells } from "./pooled_cells.js";
import { tileOf } from "./tile.js";
import { WeightedSum } from "./weighted_sum.js";

/** @import { Palette } from "./palette.js" */
/** @import { Grid, Letters, Scene } from "./types.js" */
/**
 * A sum that is written out. `parts`: sums of channels, shown after so many terms; `ends`: what follows the terms.
 * @typedef {{lines: HTMLElement[], terms: HTMLElement[], parts: {element: HTMLElement, after: number}[],
 *   ends: HTMLElement[]}} WrittenSum
 */
/** @typedef {{factors: (Node | string)[], text: string, name: string}} ListedTerm */

const LISTED_REM = { width: 5.6, height: 4.5 };
const HEADING_REM = 2.1;
const LIST_MARGIN_REM = 9;

export class SumView {
  /**
   * @param {Scene} scene the first one; `setScene` prepares for it
   * @param {Palette} palette
   */
  constructor(scene, palette) {
    this.scene = scene;
    this.palette = palette;
    this.heading = el("div", { class: "heading" });
    this.lines = el("div", { class: "lines numbers" });
    this.element = el(
      "section",
      { class: "sum", "aria-label": "The sum, term by term" },
      this.heading,
      this.lines,
    );
    /** @type {Letters} */ this.letters = "numbers";
    /** @type {WrittenSum | undefined} the sum of a stop; undefined while a list is shown */
    this.written = undefined;
    /** @type {WeightedSum | undefined} the elements of a weighted sum, made once for a scene */
    this.weighted = undefined;
    /** @type {string | undefined} what is written */ this.shown = undefined;
    /** @type {string | undefined} what of it is revealed */ this.revealed = undefined;
    this.available = { widthRem: 59, heightRem: 7.4 };
  }

  /** How many terms the sum of a stop has. */
  get count() {
    return this.written?.terms.length ?? 0;
  }

  /**
   * Reserve a height, so that the page does not move while what is written changes.
   * @param {number} widthRem
   * @param {number} heightRem
   */
  reserve(widthRem, heightRem) {
    this.available = { widthRem, heightRem };
    this.shown = undefined;
    this.element.style.setProperty("--reserved", `${heightRem}rem`);
  }

  /**
   * @param {Scene} scene
   * @param {Letters} letters
   */
  setScene(scene, letters) {
    this.scene = scene;
    this.letters = letters;
    this.shown = undefined;
    this.weighted = undefined;
    const { terms } = scene.steps[0];
    const count = terms.reduce((sum, one) => sum + one.split("\t").length, 0);
    this.element.dataset.size = sumSize(count);
    const brief = !showsFactors(count / terms.length, terms.length);
    this.element.classList.toggle("brief", brief);
  }

  /**
   * Write out one stop.
   * @param {number} step
   */
  showStep(step) {
    const key = `step ${step}`;
    if (this.shown === key) return;
    this.shown = key;
    this.revealed = undefined;
    const { scene } = this;
    const stop = scene.steps[step];
    const weighs = scene.kernels.length > 0;
    const lettered = weighs && this.letters !== "numbers";
    this.setHeading(scene.places[step], lettered ? stop.equation : "");
    if (weighs) {
      // While a slide plays this happens many times a second: texts change, elements stay.
      this.weighted ??= new WeightedSum(scene, this.palette);
      this.weighted.fill(step);
      this.written = this.weighted;
      this.lines.classList.toggle("many", scene.kernels.length > 1);
    } else {
      this.written = pooledCells(scene, step, this.palette);
      this.lines.classList.toggle("many", scene.inputs.length > 1);
    }
    if (this.lines.firstChild !== this.written.lines[0])
      this.lines.replaceChildren(...this.written.lines);
  }

  /**
   * Show the first `terms` terms of a stop, and the end of the sum if it is complete.
   * @param {number} terms
   * @param {boolean} complete
   */
  reveal(terms, complete) {
    const key = `${terms} ${complete}`;
    if (!this.written || this.revealed === key) return;
    this.revealed = key;
    this.written.terms.forEach((term, index) => {
      term.classList.toggle("waiting", index >= terms);
      term.classList.toggle("newest", index === terms - 1 && !complete);
    });
    for (const end of this.written.ends) end.classList.toggle("waiting", !complete);
    for (const { element, after } of this.written.parts)
      element.classList.toggle("waiting", !complete && terms < after);
  }

  /**
   * Write a list of products that belong to one cell or one weight.
   * @param {string} key what it is a list of
   * @param {string} heading
   * @param {ListedTerm[]} items
   */
  showList(key, heading, items) {
    if (this.shown === key) return;
    this.shown = key;
    this.revealed = undefined;
    this.written = undefined;
    const { widthRem, heightRem } = this.available;
    const fitting =
      Math.floor((widthRem - LIST_MARGIN_REM) / LISTED_REM.width) *
      Math.max(1, Math.floor((heightRem - HEADING_REM) / LISTED_REM.height));
    this.lines.classList.remove("many");
    this.setHeading(heading, "");
    const terms = items
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
    const left = items.length - fitting;
    const rest = left > 0 ? [el("span", { class: "quiet rest" }, `and ${left} more`)] : [];
    this.lines.replaceChildren(el("div", { class: "line" }, ...terms, ...rest));
  }

  /**
   * A number as it is in its grid, in its color.
   * @param {Grid} grid
   * @param {number} index
   */
  tile(grid, index) {
    return tileOf(this.palette, grid, index);
  }

  /**
   * @param {string} text
   * @param {string} equation the sum in letters, "" for none
   */
  setHeading(text, equation) {
    if (this.heading.dataset.text === text + equation) return;
    this.heading.dataset.text = text + equation;
    this.heading.replaceChildren(
      el("span", { class: "quiet" }, text),
      ...(equation ? [el("span", { class: "equation" }, equation)] : []),
    );
  }
}

/**
 * The sum of a stop as one sentence, for screen readers.
 * @param {Scene} scene
 * @param {number} step
 */
export function spokenSum(scene, step) {
  const { terms, results } = scene.steps[step];
  const largest = scene.mode === "max";
  const joined = terms.map((one) =>
    one
      .split("\t")
      .filter(Boolean)
      .join(largest ? ", " : " + "),
  );
  return `${scene.places[step]}: ${largest ? "largest of " : ""}${joined.join(" + ")}, result ${results.join(", ")}`;
}
