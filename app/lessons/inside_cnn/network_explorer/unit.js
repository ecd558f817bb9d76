// One unit written out: its steps, its window one layer down, the channels that matter most first.

import { el, setText } from "../../../browser/dom.js";
import { Roving } from "../roving.js";
import { wantsNoMotion } from "./flow.js";
import { wholeLines } from "./geometry.js";
import { numberGrid } from "./number_grid.js";
import { clickWord } from "../../../browser/pointer_words.js";

/** @import { Layer, Term, UnitHeader, UnitWindow } from "./types.js" */

// Sides of a window's cells in pixels: [largest window for that side, side].
const CELL_PX = [
  [1, 46],
  [3, 44],
  [5, 34],
];
const SMALLEST_CELL_PX = 27;
const PADDING_PX = 3; // of the view

export class UnitView {
  /**
   * @param {{onunit: (layer: string, channel: number, at: {row: number, column: number}) => void,
   *   onmap: (layer: string, channel: number) => void}} on
   * @param {HTMLElement} fieldText says what the unit's receptive field is
   */
  constructor({ onunit, onmap }, fieldText) {
    this.onunit = onunit;
    this.onmap = onmap;
    this.value = el("output", { class: "unit-value numbers" });
    this.lead = el("p", { class: "lead" });
    this.steps = el("ol", { class: "steps" });
    this.head = el("div", { class: "terms-head quiet" });
    this.terms = el("div", { class: "terms" });
    this.roving = new Roving(this.terms, "button", "rows");
    this.rest = el("div", { class: "rest numbers quiet" });
    // For the pointer: the keyboard scrolls to what it goes to.
    this.further = el("button", {
      class: "further",
      tabindex: "-1",
      hidden: true,
      onclick: () => this.scrollOn(),
    });
    this.element = el(
      "div",
      { class: "unit", tabindex: "0", role: "group", "aria-label": "One unit written out" },
      el("div", { class: "unit-top" }, this.value, this.lead),
      fieldText,
      this.steps,
      this.head,
      this.terms,
      this.rest,
      this.further,
    );
    this.element.addEventListener("scroll", () => this.countFurther(), { passive: true });
    // What is said above the numbers comes bit by bit, and may take another line.
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.element);
    this.resized.observe(fieldText);
  }

  /** Where not all channels are in sight, give their numbers a height with which none of them is cut off. */
  fit() {
    const { element, terms } = this;
    terms.style.removeProperty("--tall");
    const grid = terms.querySelector(".grid");
    const cell = grid?.firstElementChild;
    if (grid instanceof HTMLElement && cell && element.scrollHeight > element.clientHeight) {
      terms.style.setProperty("--tall", "0px");
      const tops = [
        ...new Set([...terms.children].map((term) => term.getBoundingClientRect().top)),
      ];
      const { height } = terms.children[0].getBoundingClientRect();
      const gap = tops.length > 1 ? tops[1] - tops[0] - height : 0;
      const rows = Number(grid.style.getPropertyValue("--rows"));
      const frame = grid.offsetHeight - rows * cell.getBoundingClientRect().height;
      const tall = wholeLines({
        free: element.clientHeight - PADDING_PX - (terms.offsetTop - element.offsetTop),
        below: this.rest.offsetHeight && this.rest.offsetHeight + gap,
        count: tops.length,
        height,
        gap,
      });
      // Not whole pixels: what is lost of each row, all rows together, would show the frame of the next line.
      terms.style.setProperty("--tall", `${Math.floor((10 * (tall - frame)) / rows) / 10}px`);
    }
    this.countFurther();
  }

  /** Say how many channels lie below what is in sight. */
  countFurther() {
    const end = this.element.getBoundingClientRect().bottom + PADDING_PX;
    const below = [...this.terms.querySelectorAll(".term")].filter(
      (term) => term.getBoundingClientRect().bottom > end,
    ).length;
    this.further.hidden = below === 0;
    setText(this.further, `${below} more ↓`);
  }

  scrollOn() {
    this.element.scrollBy({
      top: this.element.clientHeight / 2,
      behavior: wantsNoMotion() ? "instant" : "smooth",
    });
  }

  /**
   * @param {UnitHeader} unit
   * @param {Layer[]} plan
   */
  show(unit, plan) {
    // What has the focus in it goes: the arrow keys are to lead on from here all the same.
    if (this.terms.matches(":focus-within")) this.element.focus({ preventScroll: true });
    setText(this.value, unit.value);
    setText(this.lead, unit.lead);
    this.steps.replaceChildren(
      ...unit.steps.map((step, index) =>
        el(
          "li",
          { class: index === unit.steps.length - 1 ? "last" : "" },
          el("span", { class: "step-name" }, step.name),
          el("span", { class: "formula numbers" }, step.formula),
          el("b", { class: "numbers" }, `= ${step.value}`),
        ),
      ),
    );
    this.showWindow(unit, plan);
    if (unit.addends.length) this.showAddends(unit, plan);
    if (unit.classes.length) this.showClasses(unit);
    this.roving.refresh();
    this.fit();
  }

  /**
   * The cells below that the unit is computed from, the strongest channels first.
   * @param {UnitHeader} unit
   * @param {Layer[]} plan
   */
  showWindow(unit, plan) {
    const { window: read } = unit;
    setText(this.rest, read?.rest ?? "");
    const source = plan.find((layer) => layer.name === read?.source);
    if (!read || !source) {
      setText(this.head, "");
      this.terms.replaceChildren();
      return;
    }
    setText(
      this.head,
      read.pools
        ? `The window in ${source.title}. ${clickWord()} a number to see how it is computed.`
        : `The window in ${source.title}${read.count === 1 ? "" : ", largest sums first, the sign left aside"}: input × weight = product. ${clickWord()} an input to see how it is computed.`,
    );
    const size = Math.max(read.height, read.width);
    const cell = CELL_PX.find(([largest]) => size <= largest)?.[1] ?? SMALLEST_CELL_PX;
    this.terms.replaceChildren(...read.terms.map((term) => this.term(term, read, source, cell)));
  }

  /**
   * One channel of the window: its numbers, its weights, their products and the sum of those.
   * @param {Term} term
   * @param {UnitWindow} read
   * @param {Layer} source
   * @param {number} cell side of a cell in pixels
   */
  term(term, read, source, cell) {
    const open = el(
      "button",
      {
        class: "source-map",
        title: `Open map ${term.channel} of ${source.title}`,
        onclick: () => this.onmap(read.source, term.channel),
      },
      `${source.vector ? "unit" : "map"} ${term.channel}`,
    );
    return el(
      "div",
      { class: "term", "data-channel": term.channel },
      open,
      ...(term.grids.length ? this.grids(term, read, source, cell) : []),
      ...(read.pools ? [] : [termSum(term)]),
    );
  }

  /**
   * @param {Term} term
   * @param {UnitWindow} read
   * @param {Layer} source
   * @param {number} cell
   */
  grids(term, read, source, cell) {
    const [inputs, weights, products] = term.grids;
    const [, height, width] = source.shape;
    const values = numberGrid(inputs, {
      cell,
      onpick: (row, column) => {
        const at = { row: read.rows[row], column: read.columns[column] };
        const inside = at.row >= 0 && at.column >= 0 && at.row < height && at.column < width;
        if (inside) this.onunit(read.source, term.channel, at);
      },
    });
    values.classList.add("window");
    for (const at of read.padding) values.children[at].classList.add("padding");
    if (read.argmax) {
      const [row, column] = [
        read.rows.indexOf(read.argmax[0]),
        read.columns.indexOf(read.argmax[1]),
      ];
      values.children[row * inputs.columns + column]?.classList.add("argmax");
    }
    if (read.pools) return [values];
    const shown = numberGrid(weights, { cell });
    shown.classList.add("window");
    return [
      values,
      el("span", { class: "sign" }, "×"),
      shown,
      el("span", { class: "sign" }, "="),
      numberGrid(products, { cell }),
    ];
  }

  /**
   * The quotient as bars: every class's exponential, the chosen one marked; click another one, or open the
   * contributions to the chosen one's logit.
   * @param {UnitHeader} unit
   */
  showClasses(unit) {
    setText(this.head, `The exponential of each class. ${clickWord()} one.`);
    const rows = unit.classes.map((one) =>
      el(
        "button",
        {
          class: "exponential",
          "data-channel": one.channel,
          "aria-pressed": String(one.chosen),
          onclick: () => this.onunit(unit.layer, one.channel, { row: 0, column: 0 }),
        },
        el("span", { class: "name" }, one.name),
        el("span", { class: "numbers quiet" }, one.formula),
        el("b", { class: "numbers" }, one.value),
        el(
          "span",
          { class: "track" },
          el("i", { class: "bar", style: `width:${100 * one.share}%` }),
        ),
      ),
    );
    const name = unit.classes.find((one) => one.chosen)?.name;
    const contributions = el(
      "button",
      { class: "contributions", onclick: () => this.onmap(unit.logits_layer, unit.channel) },
      `What raises the score of ${name}?`,
    );
    this.terms.replaceChildren(contributions, el("div", { class: "exponentials" }, ...rows));
  }

  /**
   * The two numbers that an addition layer adds.
   * @param {UnitHeader} unit
   * @param {Layer[]} plan
   */
  showAddends(unit, plan) {
    setText(this.head, `${clickWord()} one of the two to see how it is computed.`);
    const titleOf = (/** @type {string} */ name) =>
      plan.find((layer) => layer.name === name)?.title ?? name;
    this.terms.replaceChildren(
      ...unit.addends.map((one) =>
        el(
          "button",
          {
            class: "addend numbers",
            onclick: () => this.onunit(one.layer, one.channel, one),
          },
          `${titleOf(one.layer)}: ${one.text}`,
        ),
      ),
    );
  }
}

/**
 * The sum of a channel's products, and a bar from the middle: left of it where it lowers the unit.
 * @param {Term} term
 */
function termSum({ sum, share }) {
  return el(
    "span",
    { class: "term-sum" },
    el("b", { class: "numbers" }, sum),
    el(
      "span",
      { class: "track" },
      el("i", {
        class: share < 0 ? "against" : "for",
        style: `width:${50 * Math.abs(share)}%`,
      }),
    ),
  );
}
