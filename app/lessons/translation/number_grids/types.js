// What Python sends: app/lessons/translation/grids_frame.py.

/** @import { NumberCells } from "../../../browser/number_cells.js" */

/**
 * A grid and its place: `rows`: how many of the stage it spans; `longest`, characters of its longest number.
 * @typedef {{key: string, title: string, note: string, row: number, column: number, rows: number, longest: number,
 *   cells: NumberCells, alt: string}} GridView
 */
/** @typedef {[number, number, number, number]} Span top, left, bottom, right, in cells; the last two are outside */
/**
 * A place of the window: what it covers of each grid, where the maximum lies, what is computed.
 * @typedef {{marks: Record<string, Span>, best: Record<string, [number, number]>, lines: string[]}} Step
 */
/** @typedef {{type: "slider", key: string, label: string, value: string, text: string, min: number, max: number,
 *   step: number, default: string}} SliderControl */
/** @typedef {{type: "choice", key: string, label: string, value: string, options: [string, string][]}} ChoiceControl */
/** @typedef {SliderControl | ChoiceControl} StageControl */
/**
 * `columns`: grids beside each other; `widest`, `highest`: cells beside and below each other.
 * @typedef {{kind: "shift_grids", sequence?: number, columns: number, widest: number, highest: number,
 *   grids: GridView[], steps: Step[], summary: string[], controls: StageControl[], token: string,
 *   settings: Record<string, string>}} GridsHeader
 */
export {};
