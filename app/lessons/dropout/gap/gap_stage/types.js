// What Python sends: app/lessons/dropout/gap/frame.py.

/** @import { Axis } from "../../../../browser/plot.js" */
/** @import { DropHeader } from "../../drop_stage.js" */
/** @typedef {{epochs: number[], train: (number | null)[], test: (number | null)[]}} RunLosses */
/**
 * Accuracies in percent: means over the seeds for each of `shares`, and single trainings. `runs`: those with the share
 * that is chosen.
 * @typedef {{title: string, words: string, shares: number[], train: number[], test: number[], seed_shares: number[],
 *   seed_train: number[], seed_test: number[], x: Axis, runs: RunLosses[]}} SizeCurves
 */
/**
 * @typedef {DropHeader & {share: number, words: string, sizes: SizeCurves[], lowest: number, loss: Axis,
 *   script?: string}} GapHeader
 */

export {};
