// How large tiles are: as large as the width and the height allow, in one row or in two.

/** @import { Strip } from "./types.js" */

export const GAP = 3;
const MOST_PX = 76;
const MOST_CELL_PX = 16;
const LEAST_PX = 4;
const LEAST_SHARE = 0.2;

/** @typedef {{perRow: number, lines: number, width: number, height: number}} Layout of a strip, a tile's size in pixels */

/**
 * Lay strips out so that all of them fit.
 * @param {Strip[]} strips
 * @param {{width: number, height: number, caption: number}} room `height` for all strips with their captions
 * @returns {Layout[]}
 */
export function layOut(strips, { width, height, caption }) {
  const best = [2, 1]
    .map((lines) => withLines(strips, lines, { width, height, caption }))
    .reduce((one, other) => (sizeOf(other) > sizeOf(one) ? other : one));
  return best;
}

/** @param {Layout[]} layouts */
function sizeOf(layouts) {
  return layouts.reduce((sum, { width, height }) => sum + width * height, 0);
}

/**
 * @param {Strip[]} strips
 * @param {number} lines
 * @param {{width: number, height: number, caption: number}} room
 */
function withLines(strips, lines, { width, height, caption }) {
  const wide = strips.map((strip) => {
    if (strip.count === 1 && strip.columns > strip.rows) {
      const across = Math.min(width, strip.columns * MOST_CELL_PX);
      const down = (across * strip.rows) / strip.columns;
      return { perRow: 1, lines: 1, width: across, height: down, isWide: true };
    }
    const rows = Math.min(lines, strip.count);
    const perRow = Math.ceil(strip.count / rows);
    const side = Math.min(MOST_PX, (width - (perRow - 1) * GAP) / perRow);
    return { perRow, lines: rows, width: side, height: side, isWide: false };
  });
  const fixed = wide.reduce(
    (sum, one) => sum + caption + (one.lines - 1) * GAP + (one.isWide ? one.height : 0),
    0,
  );
  const tall = wide.reduce((sum, one) => sum + (one.isWide ? 0 : one.lines * one.height), 0);
  const share = tall ? Math.min(1, Math.max(LEAST_SHARE, (height - fixed) / tall)) : 1;
  return wide.map(({ isWide, perRow, lines: rows, width: across, height: down }) => ({
    perRow,
    lines: rows,
    width: Math.floor(isWide ? across : across * share),
    height: Math.max(LEAST_PX, Math.floor(isWide ? down : down * share)),
  }));
}
