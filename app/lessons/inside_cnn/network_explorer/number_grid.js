// A small grid of numbers; Python chose the color of each cell and of the number on it.

import { el } from "../../../browser/dom.js";

/** @import { NumberGrid } from "./types.js" */

/**
 * @param {NumberGrid} grid
 * @param {{cell?: number, texts?: boolean, label?: string, onpick?: (row: number, column: number) => void}} [options]
 *   `cell`: side of a cell in pixels; `texts`: whether the numbers are written; `onpick` makes cells buttons
 */
export function numberGrid(grid, { cell = 20, texts = true, onpick, label = "" } = {}) {
  const table = el("div", {
    class: texts ? "grid" : "grid bare",
    role: "img",
    "aria-label": label || `${grid.rows} by ${grid.columns} numbers: ${grid.texts.join(", ")}`,
    style: `grid-template-columns:repeat(${grid.columns}, ${cell}px);grid-auto-rows:${cell}px`,
  });
  table.append(
    ...grid.texts.map((text, at) => {
      const [row, column] = [Math.floor(at / grid.columns), at % grid.columns];
      return el(
        onpick ? "button" : "span",
        {
          class: "cell numbers",
          title: text,
          style: `background:${grid.fills[at]};color:${grid.dark_ink[at] ? "#000" : "#fff"}`,
          ...(onpick ? { onclick: () => onpick(row, column) } : {}),
        },
        texts ? text : "",
      );
    }),
  );
  return table;
}
