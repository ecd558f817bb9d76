// What a key on a cell means: walk to another cell, set a number, or open it for typing.

import { tidy } from "../../kernel_lab/kernel_painter/kernel_text.js";
import { neighbor } from "./data.js";

/**
 * @param {KeyboardEvent} event
 * @param {{grid: Object, index: number, editable: boolean, turns: boolean, fine: boolean}} cell
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
  if (/^[-−0-9.]$/.test(key)) return { type: key };
  if (key === "Delete" || key === "Backspace") return { set: "0" };
  return null;
}
