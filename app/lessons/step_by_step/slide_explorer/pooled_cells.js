// What a pooling window makes of its cells, written out: the largest of them, or their sum divided by their number.

import { el } from "../../../browser/dom.js";
import { inputIndices, termTexts } from "./scene.js";
import { channelTag, tileOf } from "./tile.js";

/** @import { Palette } from "./palette.js" */
/** @import { Scene } from "./types.js" */

/**
 * One line for each channel; only cells that count are terms.
 * @param {Scene} scene
 * @param {number} step
 * @param {Palette} palette
 */
export function pooledCells(scene, step, palette) {
  const stop = scene.steps[step];
  const cells = inputIndices(scene, step);
  const largest = scene.mode === "max";
  /** @type {HTMLElement[]} */ const terms = [];
  /** @type {HTMLElement[]} */ const ends = [];
  const lines = scene.inputs.map((input, channel) => {
    const counted = termTexts(stop, channel).flatMap((text, term) => (text ? [cells[term]] : []));
    const own = counted.map((cell, index) => {
      const tile = tileOf(palette, input, cell);
      if (largest && stop.argmax[channel] === cell) tile.classList.add("largest");
      const before = index === 0 ? "" : largest ? ", " : "+ ";
      return el("span", { class: "term" }, el("span", { class: "product" }, before, tile));
    });
    const division = largest
      ? []
      : [
          el("span", { class: "ending" }, `/ ${stop.counted}`),
          el("span", { class: "ending equals" }, "="),
          el("span", { class: "ending" }, `${stop.sums[channel]} / ${stop.counted}`),
        ];
    const end = [
      ...division,
      el("span", { class: "ending equals" }, "="),
      el("b", { class: "ending total" }, stop.results[channel]),
    ];
    terms.push(...own);
    ends.push(...end);
    return el(
      "div",
      { class: "line pool" },
      ...(scene.inputs.length > 1 ? [channelTag(channel)] : []),
      el("span", { class: "open" }, largest ? "largest of (" : "("),
      ...own.slice(0, -1),
      el(
        "span",
        { class: "together" },
        ...own.slice(-1),
        el("span", { class: "close" }, ")"),
        ...end,
      ),
    );
  });
  return { lines, terms, parts: [], ends };
}
