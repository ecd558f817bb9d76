// What Python sends: app/lessons/dropout/doubt/frame.py.

/** @import { Garment } from "../../../../browser/input_choice.js" */
/** @import { DropHeader } from "../../drop_stage.js" */
/**
 * The probability of a class: its mean over the masks, between which ends about 9 of 10 masks lie, at evaluation, and under
 * each of up to a hundred masks.
 * @typedef {{name: string, text: string, mean: number, low: number, high: number, at_eval: number, best: boolean,
 *   masks: number[]}} DoubtRow
 */
/** @typedef {{key: "garment" | "strange", title: string, words: string, rows: DoubtRow[]}} DoubtPanel */
/** @typedef {DropHeader & {garment: Garment, panels: DoubtPanel[], words: string, count: number}} DoubtHeader */

export {};
