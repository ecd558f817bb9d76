// One unit written out: its steps, its window one layer down, the channels that matter most first.

import { el, setText } from "../../../browser/dom.js";
import { numberGrid } from "./decomposition.js";

export class UnitView {
  /** @param {{onunit: (layer: string, channel: number, at: Object) => void, onmap: (layer: string, channel: number) => void}} on */
  constructor({ onunit, onmap }) {
    Object.assign(this, { onunit, onmap });
    this.value = el("output", { class: "unit-value numbers" });
    this.lead = el("p", { class: "lead" });
    this.steps = el("ol", { class: "steps" });
    this.head = el("div", { class: "terms-head quiet" });
    this.terms = el("div", { class: "terms" });
    this.rest = el("div", { class: "rest numbers quiet" });
    this.element = el(
      "div",
      { class: "unit", tabindex: "0", "aria-label": "One unit written out" },
      el("div", { class: "unit-top" }, this.value, this.lead),
      this.steps,
      this.head,
      this.terms,
      this.rest,
    );
  }

  show(unit, plan) {
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
    if (unit.addends.length) this.showAddends(unit);
    if (unit.classes.length) this.showClasses(unit);
  }

  showWindow(unit, plan) {
    const { window: read } = unit;
    setText(this.rest, read?.rest ?? "");
    if (!read) {
      setText(this.head, "");
      this.terms.replaceChildren();
      return;
    }
    const source = plan.find((layer) => layer.name === read.source);
    setText(
      this.head,
      read.pools
        ? `What the window holds in ${read.source}; click a number to follow it down.`
        : `Window in ${read.source}, ${read.count === 1 ? "one map" : "strongest maps first"}: number × weight = product. Click a number to follow it down.`,
    );
    const size = Math.max(read.height, read.width);
    const cell = size <= 1 ? 46 : size <= 3 ? 44 : size <= 5 ? 34 : 27;
    this.terms.replaceChildren(...read.terms.map((term) => this.term(term, read, source, cell)));
  }

  term(term, read, source, cell) {
    const down = (row, column) => {
      const place = { row: read.rows[row], column: read.columns[column] };
      if (
        place.row >= 0 &&
        place.column >= 0 &&
        place.row < source.shape[1] &&
        place.column < source.shape[2]
      )
        this.onunit(read.source, term.channel, place);
    };
    const parts = [
      el(
        "button",
        {
          class: "source-map",
          title: `Open map ${term.channel} of ${read.source}`,
          onclick: () => this.onmap(read.source, term.channel),
        },
        `${source.vector ? "unit" : "map"} ${term.channel}`,
      ),
    ];
    if (term.grids.length) {
      const [inputs, weights, products] = term.grids;
      const values = numberGrid(inputs, { cell, onpick: down });
      values.classList.add("window");
      for (const at of read.padding) values.children[at].classList.add("padding");
      if (read.winner) {
        const at =
          read.rows.indexOf(read.winner[0]) * inputs.columns + read.columns.indexOf(read.winner[1]);
        values.children[at]?.classList.add("winner");
      }
      parts.push(values);
      if (!read.pools) {
        const shown = numberGrid(weights, { cell });
        shown.classList.add("window");
        parts.push(
          el("span", { class: "sign" }, "×"),
          shown,
          el("span", { class: "sign" }, "="),
          numberGrid(products, { cell }),
        );
      }
    }
    if (!read.pools) {
      parts.push(
        el(
          "span",
          { class: "term-sum" },
          el("b", { class: "numbers" }, term.sum),
          el(
            "span",
            { class: "track" },
            el("i", {
              class: term.share < 0 ? "against" : "for",
              style: `width:${50 * Math.abs(term.share)}%`,
            }),
          ),
        ),
      );
    }
    return el("div", { class: "term", "data-channel": term.channel }, ...parts);
  }

  /** The quotient as bars: every class's exponential, the chosen one marked; click another, or see who voted. */
  showClasses(unit) {
    setText(this.head, "Every class has its exponential; click one.");
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
    const name = unit.classes.find((one) => one.chosen).name;
    const votes = el(
      "button",
      { class: "who", onclick: () => this.onmap(unit.votes, unit.channel) },
      `Who voted for ${name}?`,
    );
    this.terms.replaceChildren(votes, el("div", { class: "exponentials" }, ...rows));
  }

  showAddends(unit) {
    setText(this.head, "Click one of the two to follow it down.");
    this.terms.replaceChildren(
      ...unit.addends.map((one) =>
        el(
          "button",
          {
            class: "addend numbers",
            onclick: () => this.onunit(one.layer, one.channel, one),
          },
          `${one.layer}: ${one.text}`,
        ),
      ),
    );
  }
}
