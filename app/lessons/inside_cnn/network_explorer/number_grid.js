// A small grid of numbers; Python chose the color of each cell and of the number on it.

import { el } from "../../../browser/dom.js";
import { cellStyle } from "../../../browser/number_cells.js";

/** @import { NumberCells } from "../../../browser/number_cells.js" */

/**
 * @param {NumberCells} grid
 * @param {{cell?: number, texts?: boolean, label?: string, onpick?: (row: number, column: number) => void}} [options]
 *   `cell`: side of a cell in pixels; `texts`: whether the numbers are written; `onpick` makes cells buttons
 */
export function numberGrid(grid, { cell = 20, texts = true, onpick, label = "" } = {}) {
  const table = el("div", {
    class: texts ? "grid" : "grid bare",
    role: onpick ? "group" : "img",
    "aria-label": label || `${grid.rows} by ${grid.columns} numbers: ${grid.texts.join(", ")}`,
    style: `--columns:${grid.columns};--rows:${grid.rows};--cell:${cell}px`,
  });
  table.append(
    ...grid.texts.map((text, at) => {
      const [row, column] = [Math.floor(at / grid.columns), at % grid.columns];
      return el(
        onpick ? "button" : "span",
        {
          class: "cell numbers",
          title: text,
          style: cellStyle(grid, at),
          ...(onpick ? { onclick: () => onpick(row, column) } : {}),
        },
        texts ? text : "",
      );
    }),
  );
  return table;
}
