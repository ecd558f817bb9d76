// How large a sum of so many terms is written, and how much of each term.

const FACTORS_MOST = { many: 12, projected: 9 };

/** @import { Scene } from "./types.js" */

/**
 * In which size a sum of so many terms is written; two plots leave less height for it than grids.
 * @param {number} terms
 * @param {Scene["mode"]} mode
 */
export function sumSize(terms, mode) {
  if (terms <= 4 && mode !== "line") return "few";
  return terms <= 9 ? "large" : terms <= 18 ? "middle" : terms <= 27 ? "small" : "tiny";
}

/**
 * Whether each product is written with its factors; there is no space for them in long sums of several channels, and in
 * long sums of the large type that is projected.
 * @param {number} terms of one channel
 * @param {number} channels
 * @param {boolean} projected
 */
export function showsFactors(terms, channels, projected) {
  const all = terms * channels;
  if (projected && all > FACTORS_MOST.projected) return false;
  return channels === 1 || all <= FACTORS_MOST.many;
}
