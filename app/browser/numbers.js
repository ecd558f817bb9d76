// Numbers that people type, read as cnn_core/number_grammar.py reads them, and numbers without dust.

const DECIMAL = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const NUMBER = new RegExp(`^(${DECIMAL})(?:[ \\t]*/[ \\t]*(${DECIMAL}))?$`, "i");

/**
 * What someone typed where one number is expected: a number or a fraction such as 1/9, with a point or a comma; null
 * for anything else.
 * @param {string} text
 */
export function readNumber(text) {
  const match = text.trim().replaceAll("−", "-").replaceAll(",", ".").match(NUMBER);
  if (!match) return null;
  const value = tidyZero(Number(match[1]) / (match[2] ? Number(match[2]) : 1));
  return Number.isFinite(value) ? value : null;
}

/**
 * Remove the dust that steps of 0.1 leave behind (0.30000000000000004).
 * @param {number} value
 */
export function tidy(value) {
  return tidyZero(Number(value.toPrecision(12)));
}

/**
 * Zero has no sign here.
 * @param {number} value
 */
function tidyZero(value) {
  return Object.is(value, -0) ? 0 : value;
}
