// What sums are written with: a number in the color of its cell, and the letter of a channel.

import { el } from "../../../browser/dom.js";

/** @import { Palette } from "./palette.js" */
/** @import { Grid } from "./types.js" */

const CHANNELS = ["R", "G", "B"];

/**
 * A number as it is in its grid, in its color; a dash where padding is not counted.
 * @param {Palette} palette
 * @param {Grid} grid
 * @param {number} index
 */
export function tileOf(palette, grid, index) {
  const [fill, ink] = palette.paint(grid, index);
  const text = grid.texts[index] === "" ? "–" : grid.texts[index];
  return el("span", { class: "tile", style: `background:${fill};color:${ink}` }, text);
}

/** @param {number} channel */
export function channelTag(channel) {
  return el("span", { class: `tag c${channel}` }, CHANNELS[channel]);
}
