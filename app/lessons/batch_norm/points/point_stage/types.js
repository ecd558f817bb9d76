// What Python sends: app/lessons/batch_norm/points/frame.py.

/** @typedef {"raw" | "normed" | "length"} PlaneKey */
/** @typedef {[number, number]} Pair one number for each feature */
/**
 * Points of a plane, their mean and standard deviation, and what is written below it.
 * @typedef {{key: PlaneKey, title: string, points: Pair[], mean: Pair, deviation: Pair,
 *   facts: {name: string, text: string}[], lines: string[], alt: string}} PlaneHeader
 */
/**
 * `points` as the setting has them; `selected`: the number of the chosen point, 0 for all; `written`: the position of
 * the point whose numbers are written out; planes reach from -farthest to farthest.
 * @typedef {{kind?: "norm_points", sequence?: number, token: string, points: string, selected: number,
 *   written: number, farthest: number, ticks: {at: number, text: string}[], planes: PlaneHeader[],
 *   ms?: number}} PointsHeader
 */

export {};
