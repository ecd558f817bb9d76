// Which cells of each picture belong to the place that is pointed at. Layout only.

import { cellAt, nearestOutput, windowSpan } from "../../../browser/window_geometry.js";

/** @import { Box, PanelHeader, PanelKey, Place, WindowHeader } from "./types.js" */

/**
 * The cell under a place.
 * @param {Place} place
 * @param {PanelHeader} panel
 */
export function cellUnder(place, panel) {
  return { row: cellAt(place.y, panel.height), column: cellAt(place.x, panel.width) };
}

/**
 * The window that belongs to a place in one of the pictures, as boxes in all of them.
 * @param {Place} place
 * @param {PanelHeader} panel the picture that the place is in
 * @param {WindowHeader} window
 * @returns {Map<PanelKey, Box>}
 */
export function windowMarks(place, panel, { rows, columns, pool }) {
  let { row, column } = cellUnder(place, panel);
  if (place.key === "source")
    [row, column] = [nearestOutput(rows, row), nearestOutput(columns, column)];
  /** @type {Map<PanelKey, Box>} */
  const marks = new Map();
  let last = { row, column };
  if (place.key === "pooled") {
    marks.set("pooled", boxOf({ row, column }));
    [row, column] = [row * pool, column * pool];
    last = { row: row + pool - 1, column: column + pool - 1 };
  } else if (pool) {
    marks.set("pooled", boxOf({ row: Math.floor(row / pool), column: Math.floor(column / pool) }));
  }
  for (const key of /** @type {const} */ (["response", "activated"]))
    marks.set(key, boxOf({ row, column }, last));
  const down = windowSpan(rows, row, last.row);
  const across = windowSpan(columns, column, last.column);
  marks.set("source", {
    top: down.start,
    left: across.start,
    bottom: down.end,
    right: across.end,
  });
  return marks;
}

/**
 * @param {{row: number, column: number}} first
 * @param {{row: number, column: number}} [last]
 * @returns {Box}
 */
function boxOf(first, last = first) {
  return { top: first.row, left: first.column, bottom: last.row + 1, right: last.column + 1 };
}

/**
 * The place in the middle of another cell of the same picture, at its edge where there is none.
 * @param {Place} place
 * @param {PanelHeader} panel
 * @param {[number, number]} by rows and columns
 * @returns {Place}
 */
export function movedPlace(place, panel, [down, across]) {
  return {
    key: place.key,
    x: movedShare(place.x, panel.width, across),
    y: movedShare(place.y, panel.height, down),
  };
}

/**
 * @param {number} share
 * @param {number} count
 * @param {number} by cells
 */
function movedShare(share, count, by) {
  const there = Math.min(Math.max(cellAt(share, count) + by, 0), count - 1);
  return (there + 0.5) / count;
}
