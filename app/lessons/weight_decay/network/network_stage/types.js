// What Python sends: app/lessons/weight_decay/network/frame.py.

/** @import { Axis } from "../../../../browser/plot.js" */

/** @typedef {{train: string, test: string, length: string, heights: number[], alt: string}} TrainingHeader */
/** @typedef {{seeds: number[][], mean: number[]}} SweptCurve a list for each seed, over the weight decay */
/**
 * All trainings, by "weight decay seed".
 * @typedef {{settings: Record<string, string>, script: string, decays: string[], seeds: string[],
 *   kernels: {count: number, side: number}, trainings: Record<string, TrainingHeader>, axes: {x: Axis, y: Axis},
 *   edges: number[], before: number[], percents: [number, number], legend: {low: string, middle: string, high: string, gradient: string},
 *   curves: {train: SweptCurve, test: SweptCurve, length: SweptCurve}}} NetworkHeader
 */

export {};
