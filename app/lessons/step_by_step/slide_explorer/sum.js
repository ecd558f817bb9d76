// The sum below the grids: that of one stop, revealed term by term, or a list of where a cell or weight is used.

import { el, setText } from "../../../browser/dom.js";
import { pooledCells } from "./pooled_cells.js";
import { showsFactors, sumSize } from "./sum_size.js";
import { tileOf } from "./tile.js";
import { longest, WeightedSum } from "./weighted_sum.js";

/** @import { Palette } from "./palette.js" */
/** @import { Grid, Letters, Scene } from "./types.js" */
/**
 * A sum that is written out. `parts`: sums of channels, shown after so many terms; `ends`: what follows the terms.
 * @typedef {{lines: HTMLElement[], terms: HTMLElement[], parts: {element: HTMLElement, after: number}[],
 *   ends: HTMLElement[]}} WrittenSum
 */
/** @typedef {{factors: (Node | string)[], text: string, name: string}} ListedTerm */

const LISTED_MOST = 40;

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
  }

  /** How many terms the sum of a stop has. */
  get count() {
    return this.written?.terms.length ?? 0;
  }

  /** Whether the window multiplies by weights. */
  get weighs() {
    return this.scene.kernels.length > 0;
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
  }

  /**
   * Reserve the height that the longest sum of the scene needs, and a line of a list of uses, so that the page does not
   * move while what is written changes.
   * @param {{projected: boolean, most: number}} how `projected`: large type, `most`: pixels at most
   */
  reserve({ projected, most }) {
    const { terms, results } = this.scene.steps[0];
    const each = terms[0].split("\t").length;
    this.element.dataset.size = sumSize(each * terms.length, this.scene.mode);
    this.element.classList.toggle("brief", !showsFactors(each, terms.length, projected));
    this.element.style.setProperty("--reserved", "auto");
    const tile = () => this.tile(this.scene.inputs[0], 0);
    const name = longest(this.scene.places);
    this.showList("longest", name, [{ factors: [tile()], text: results[0], name }]);
    const list = this.element.offsetHeight;
    this.writeLongest();
    const needed = Math.max(list, this.element.offsetHeight);
    this.element.classList.toggle("capped", needed > most);
    const height = Math.min(needed, most);
    this.element.style.setProperty("--reserved", `${height}px`);
    this.shown = undefined;
  }

  /** Write what needs the most space of all stops. */
  writeLongest() {
    const { steps } = this.scene;
    const letters = longest(steps.map(({ equation }) => equation));
    this.setHeading(longest(this.scene.places), this.isLettered ? letters : "");
    if (this.weighs) {
      const sum = this.weightedSum();
      sum.fillLongest();
      this.write(sum);
    } else {
      const lengths = steps.map(({ terms }) => terms.join().length);
      this.write(pooledCells(this.scene, lengths.indexOf(Math.max(...lengths)), this.palette));
    }
    this.revealed = undefined;
    this.reveal(Infinity, true);
  }

  /** Whether the heading has the sum in letters. */
  get isLettered() {
    return this.weighs && this.letters !== "numbers";
  }

  /** The elements of a weighted sum. While a slide plays, texts change many times a second, and elements stay. */
  weightedSum() {
    this.weighted ??= new WeightedSum(this.scene, this.palette);
    return this.weighted;
  }

  /** @param {WrittenSum} sum */
  write(sum) {
    this.written = sum;
    this.element.classList.toggle("many", this.scene.inputs.length > 1);
    if (this.lines.firstChild !== sum.lines[0]) this.lines.replaceChildren(...sum.lines);
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
    this.setHeading(scene.places[step], this.isLettered ? scene.steps[step].equation : "");
    if (this.weighs) {
      const sum = this.weightedSum();
      sum.fill(step);
      this.write(sum);
    } else this.write(pooledCells(scene, step, this.palette));
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
    this.element.classList.remove("many");
    this.setHeading(heading, "");
    const terms = items
      .slice(0, LISTED_MOST)
      .map(({ factors, text, name }) =>
        el(
          "span",
          { class: "term listed" },
          el("span", { class: "factors" }, ...factors),
          el("span", { class: "product" }, text),
          el("span", { class: "running" }, name),
        ),
      );
    const rest = el("span", { class: "quiet rest" });
    const line = el("div", { class: "line" }, ...terms, rest);
    this.lines.replaceChildren(line);
    this.cut(terms, items.length, rest);
  }

  /**
   * Leave out what of a list has no space, and say how much that is.
   * @param {HTMLElement[]} terms
   * @param {number} count of all
   * @param {HTMLElement} rest
   */
  cut(terms, count, rest) {
    const { bottom } = this.element.getBoundingClientRect();
    const overflows = (/** @type {Element | null} */ one) =>
      one !== null && one.getBoundingClientRect().bottom > bottom + 1;
    let kept = terms.length;
    const keep = (/** @type {number} */ fewer) => {
      for (const term of terms.slice(fewer, kept)) term.remove();
      kept = fewer;
      setText(rest, `and ${count - kept} more`);
    };
    if (kept < count) keep(kept);
    const first = terms.findIndex(overflows);
    if (first > 0) keep(first);
    while (kept > 1 && overflows(rest)) keep(kept - 1);
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
      ...(equation ? [el("span", { class: "equation" }, unbroken(equation))] : []),
    );
  }
}

/**
 * A sum in letters that no line break parts in the middle of a term or before "=".
 * @param {string} equation
 */
function unbroken(equation) {
  return equation.replaceAll(/(?<=\d) (?=w)|(?<=[+−]) | (?==)|(?<==) /g, "\u00a0");
}
