// Wires between tiles: what the pointed unit is made of, and what it feeds. Width by the size of a term, color and
// dashes by its sign. Python computes the terms.

import { el, setAttributes, setText, svg } from "../../../browser/dom.js";
import { tileBox, wireEnds, wirePath } from "./overview_layout.js";

/** @import { NetworkOverview } from "./overview.js" */
/** @import { ConnectionsAnswer, WireEnds } from "./types.js" */
/** @typedef {{x: number, y: number, width: number, height: number}} Rectangle */

const WIDEST_PX = 5;
const THINNEST_PX = 1;
const LEAST_SHARE = 0.01; // of the largest term: below it no wire is seen
const VEIL_PX = 3;
const HINT =
  "Point at a map to see its wires: solid for terms that raise the value, dashed for terms that lower it, wide for large terms.";

export class Wires {
  /** @param {NetworkOverview} overview */
  constructor(overview) {
    this.overview = overview;
    this.veil = svg("path", { class: "veil", "fill-rule": "evenodd" });
    this.lines = svg("g");
    this.frames = svg("g");
    this.element = svg("svg", { class: "net-wires", "aria-hidden": "true" });
    this.element.append(this.veil, this.lines, this.frames);
    this.words = el("output", { class: "net-words numbers", "aria-live": "off" }, HINT);
    this.legend = el(
      "p",
      { class: "net-legend" },
      el("span", { class: "sample plus", "aria-hidden": "true" }),
      el("span", {}, "raises"),
      el("span", { class: "sample minus", "aria-hidden": "true" }),
      el("span", {}, "lowers"),
      this.words,
    );
  }

  /** The drawing has the size of the columns. */
  resize() {
    const { layout, element } = this.overview;
    if (layout) setAttributes(this.element, { width: layout.width, height: element.clientHeight });
  }

  /**
   * @param {ConnectionsAnswer} answer
   * @param {WireEnds} ends where wires to the input and to the classes end
   */
  show(answer, ends) {
    const { layout, columns } = this.overview;
    if (!layout) return;
    const { unit, before, after } = answer;
    const at = columns.findIndex(({ layer }) => layer.name === unit.layer);
    const here = at < 0 ? ends.score(unit.channel) : this.tile(at, unit.channel);
    if (!here) return this.clear();
    /** @type {Rectangle[]} */ const lit = at < 0 ? [] : [here];
    /** @type {Element[]} */ const lines = [];
    /** @type {Element[]} */ const frames = at < 0 ? [] : [frameOf(here, "here")];
    for (const [side, wires] of /** @type {const} */ ([
      ["before", before],
      ["after", after],
    ])) {
      if (!wires) continue;
      const beside = columns.findIndex(({ layer }) => layer.name === wires.layer);
      wires.channels.forEach((channel, index) => {
        const share = wires.shares[index];
        const there =
          beside >= 0
            ? this.tile(beside, channel)
            : side === "before"
              ? ends.input(channel, wires.channels.length)
              : ends.score(channel);
        if (!there || Math.abs(share) < LEAST_SHARE) return;
        const [from, to] = side === "before" ? wireEnds(there, here) : wireEnds(here, there);
        lines.push(
          ...lineOf(wirePath(from, to), share, {
            "data-side": side,
            "data-channel": channel,
            "data-term": wires.texts[index],
          }),
        );
        if (beside < 0) return;
        lit.push(there);
        frames.push(frameOf(there, share > 0 ? "plus" : "minus"));
      });
      if (side === "before" && beside >= 0 && wires.rest) {
        const box = this.restBox(beside);
        const [from, to] = wireEnds(box, here);
        if (Math.abs(wires.rest.share) >= LEAST_SHARE)
          lines.push(...lineOf(wirePath(from, to), wires.rest.share, { "data-side": "rest" }));
        lit.push(box);
      }
    }
    this.lines.replaceChildren(...lines);
    this.frames.replaceChildren(...frames);
    setAttributes(this.veil, {
      d: veilPath(
        columns.map((_, index) => this.box(index)),
        lit,
      ),
    });
    setAttributes(this.element, { "data-lit": `${unit.layer} ${unit.channel}` });
    setText(
      this.words,
      [before?.words, after?.words, ...new Set([before?.how, after?.how])]
        .filter(Boolean)
        .join(" "),
    );
  }

  /**
   * The tile of a map, where it is among those shown.
   * @param {number} column
   * @param {number} channel
   */
  tile(column, channel) {
    const { layout, columns } = this.overview;
    const index = columns[column].shown?.channels.indexOf(channel) ?? -1;
    return layout && index >= 0 ? tileBox(layout, column, index) : null;
  }

  /**
   * All tiles of a column.
   * @param {number} column
   * @returns {Rectangle}
   */
  box(column) {
    const { layout } = this.overview;
    if (!layout) return { x: 0, y: 0, width: 0, height: 0 };
    const { left, squeeze, tiles } = layout.columns[column];
    return { x: left, y: layout.head, width: tiles.width * squeeze, height: tiles.height };
  }

  /**
   * What the maps that are not shown are drawn as: the button below the column, which leads to them.
   * @param {number} column
   * @returns {Rectangle}
   */
  restBox(column) {
    const { x, y, width, height } = this.box(column);
    return { x, y: y + height + 6, width, height: 10 };
  }

  clear() {
    if (!this.element.hasAttribute("data-lit")) return;
    this.lines.replaceChildren();
    this.frames.replaceChildren();
    setAttributes(this.veil, { d: null });
    setAttributes(this.element, { "data-lit": null });
    setText(this.words, HINT);
  }
}

/**
 * A wire with a rim in the color of the page, so that it is seen over maps of any color.
 * @param {string} path
 * @param {number} share of the largest term, from -1 to 1
 * @param {Record<string, string | number>} about
 */
function lineOf(path, share, about) {
  const wide = THINNEST_PX + (WIDEST_PX - THINNEST_PX) * Math.abs(share);
  const kind = share > 0 ? "plus" : "minus";
  return [
    svg("path", { d: path, class: "rim", "stroke-width": wide + 2.5 }),
    svg("path", { d: path, class: `wire ${kind}`, "stroke-width": wide, ...about }),
  ];
}

/**
 * @param {Rectangle} box
 * @param {string} kind
 */
function frameOf({ x, y, width, height }, kind) {
  return svg("rect", { x, y, width, height, class: `frame ${kind}` });
}

/**
 * What does not take part is veiled: the columns without the tiles that do.
 * @param {Rectangle[]} columns
 * @param {Rectangle[]} lit
 */
function veilPath(columns, lit) {
  const around = columns.map(({ x, y, width, height }) =>
    rectangle({
      x: x - VEIL_PX,
      y: y - VEIL_PX,
      width: width + 2 * VEIL_PX,
      height: height + 2 * VEIL_PX,
    }),
  );
  return [...around, ...lit.map(rectangle)].join("");
}

/** @param {Rectangle} box */
function rectangle({ x, y, width, height }) {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}
