// What Python sends: app/lessons/dropout/average/frame.py.

/** @import { DropHeader } from "../../drop_stage.js" */
/** @typedef {{name: string, kind: string, cells: string[]}} TableRow */
/** @typedef {{groups: [string, number][], heads: string[], rows: TableRow[], title: string}} NumberTable */
/**
 * Means of the first n masks, half the width of a band around what they approach, and what evaluation computes; those
 * that begin with `relu` are behind a ReLU.
 * @typedef {{key: "lecture" | "pytorch", n: number[], means: number[], relu_means: number[], band_n: number[],
 *   band: number[], relu_band: number[], at_eval: number, relu_at_eval: number, relu_exact: number}} MeanCurve
 */
/**
 * @typedef {DropHeader & {seed: number, table: NumberTable, words: string[], curves: MeanCurve[], most: number,
 *   count: number, script?: string}} AverageHeader
 */

export {};
