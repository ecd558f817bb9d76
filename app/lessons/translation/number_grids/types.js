// What Python sends: app/lessons/translation/grids_frame.py.

/** @import { StageControl } from "../../../browser/stage_controls.js" */
/** @import { GridView, WindowPlace } from "../../../browser/window_grid.js" */

/** @typedef {WindowPlace & {lines: string[]}} Step a place of the window, and what is computed there */
/**
 * `columns`: grids beside each other; `widest`, `highest`: cells beside and below each other.
 * @typedef {{kind: "shift_grids", sequence?: number, columns: number, widest: number, highest: number,
 *   grids: GridView[], steps: Step[], summary: string[], controls: StageControl[], token: string,
 *   settings: Record<string, string>}} GridsHeader
 */
export {};
