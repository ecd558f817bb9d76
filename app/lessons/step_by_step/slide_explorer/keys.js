// What keys mean: on a cell, go to another one, set a number, or open it for typing; elsewhere, the player's.

import { tidy } from "../../../browser/numbers.js";
import { neighbor } from "./scene.js";

/** @import { Grid } from "./types.js" */

/** Keys of the player that work on the whole page while nothing has the focus. */
export const PAGE_KEYS = [" ", "Escape", "ArrowLeft", "ArrowRight"];

/**
 * A key on a cell.
 * @param {Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">} event
 * @param {{grid: Grid, index: number, editable: boolean, turns: boolean, fine: boolean}} cell
 *   `turns`: up and down change the number; `fine`: by a half instead of one.
 * @returns {{go: number} | {set: string} | {type: string} | null} `type` is the first character, "" for none.
 */
export function cellAction(event, { grid, index, editable, turns, fine }) {
  const { key } = event;
  if (event.altKey || event.metaKey) return null;
  if (editable && turns && !event.ctrlKey && (key === "ArrowUp" || key === "ArrowDown")) {
    const step = (event.shiftKey ? 5 : fine ? 0.5 : 1) * (key === "ArrowUp" ? 1 : -1);
    return { set: String(tidy(grid.values[index] + step)) };
  }
  if (key.startsWith("Arrow")) return { go: neighbor(grid, index, key) };
  if (key === "Home") return { go: 0 };
  if (key === "End") return { go: grid.texts.length - 1 };
  if (key === "Enter" || key === "F2") return editable ? { type: "" } : { go: index };
  if (!editable || event.ctrlKey) return null;
  if (/^[-−0-9.,]$/.test(key)) return { type: key };
  if (key === "Delete" || key === "Backspace") return { set: "0" };
  return null;
}

/**
 * A key that is no cell's. On a button Space presses it; on the stage and the scrubber arrows are theirs.
 * @param {string} key
 * @param {{onButton: boolean, hasArrows: boolean, step: number, last: number}} where the stop of the player
 * @returns {{toggle: true} | {unpin: true} | {go: number} | null}
 */
export function playerAction(key, { onButton, hasArrows, step, last }) {
  if (key === " " && !onButton) return { toggle: true };
  if (key === "Escape") return { unpin: true };
  if (hasArrows) return null;
  if (key === "ArrowRight") return { go: step + 1 };
  if (key === "ArrowLeft") return { go: step - 1 };
  if (key === "Home") return { go: 0 };
  return key === "End" ? { go: last } : null;
}
