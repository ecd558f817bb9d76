// What Python sends: app/lessons/dropout/average/frame.py.

/** @import { Axis } from "../../../../browser/plot.js" */
/** @import { DropHeader } from "../../drop_stage.js" */
/** @typedef {{name: string, kind: string, cells: string[]}} TableRow */
/** @typedef {{groups: [string, number][], heads: string[], rows: TableRow[], title: string}} NumberTable */
/**
 * Places on the axes: means of the first n masks, half the width of a band around what they approach, and what
 * evaluation computes.
 * @typedef {{key: "lecture" | "pytorch", at: number[], means: number[], band_at: number[], band: number[],
 *   center: number, at_eval: number}} MeanCurve
 */
/** @typedef {{words: string, x: Axis, y: Axis, curves: MeanCurve[]}} MeanPanel */
/**
 * @typedef {DropHeader & {seed: number, table: NumberTable, words: string[], panels: MeanPanel[],
 *   count: number}} AverageHeader
 */

export {};
