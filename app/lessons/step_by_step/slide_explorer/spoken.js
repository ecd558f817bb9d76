// What a screen reader is told: short numbers, and the sum of a stop as one sentence.

/** @import { Scene } from "./types.js" */

const DIGITS = 4;

/**
 * A printed number as it is read out: as it is shown, but no digits behind the point after the fourth one that counts.
 * @param {string} text
 */
export function spokenNumber(text) {
  const [whole, behind = ""] = text.split(".");
  const counted = whole.replace(/^−?0?/, "").length;
  const zeros = counted ? 0 : behind.length - behind.replace(/^0+/, "").length;
  const kept = Math.max(DIGITS - counted + zeros, 0);
  if (behind.length <= kept) return text;
  const rounded = Number(text.replace("−", "-")).toFixed(kept).replace("-", "−");
  return /[1-9]/.test(rounded) ? rounded : rounded.replace("−", "");
}

/**
 * The sum of a stop as one sentence.
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
      .map(spokenNumber)
      .join(largest ? ", " : " + "),
  );
  const result = results.map(spokenNumber).join(", ");
  return `${scene.places[step]}: ${largest ? "largest of " : ""}${joined.join(" + ")}, result ${result}`;
}
