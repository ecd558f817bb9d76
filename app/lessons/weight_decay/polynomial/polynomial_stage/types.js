// What Python sends: app/lessons/weight_decay/polynomial/frame.py.

/** @import { Axis, Pair } from "../../../../browser/plot.js" */

/**
 * Errors over the degree or over lambda; `overfit`: the places where it overfits.
 * @typedef {{at: number, train: number[], test: number[], best: number, overfit: number[], words: string}} ErrorCurves
 */
/** @typedef {{name: string, place: number, text: string, fill: string, descent: number | null}} WeightBar */
/**
 * What follows from the settings.
 * @typedef {{kind: string, sequence?: number, ms?: number, settings: Record<string, string>, points: Pair[],
 *   test: Pair[], truth: Pair[], curve: Pair[], descent: {curve: Pair[], words: string} | null,
 *   facts: {train: string, test: string, length: string}, formula: string, verdict: string,
 *   degrees: ErrorCurves, lambdas: ErrorCurves, bars: {axis: Axis, bars: WeightBar[]},
 *   validated: {errors: number[], best: number | null, text: string, words: string} | null}} FitHeader
 */
/**
 * What a page adds, which never changes.
 * @typedef {FitHeader & {token: string, digest: string, plane: {x: Axis, y: Axis}, error_axes: {degree: Axis, lambda: Axis},
 *   degree_axis: Axis, lambda_axis: Axis, most: {x: number, y: number, points: number, degree: number},
 *   lambda_texts: string[], sources: [string, string][], steps: string[]}} PageHeader
 */

export {};
