// What Python sends: app/lessons/watch_it_learn/kernel/frame.py.

/** @import { SaidCells } from "../../number_grid.js" */
/** @typedef {"wanted" | "made" | "residual"} PanelKey */
/** @typedef {{key: PanelKey, title: string, alt: string}} PanelHeader */
/** @typedef {{steps: number[], losses: (number | null)[]}} Curve */
/**
 * A moment of a descent. `settings` are those it was drawn with, `end` why it ends here, "" while it goes on.
 * @typedef {{kind: "learning", sequence?: number, settings: Record<string, string>, step: number,
 *   end: "" | "found" | "exploded" | "given up", hidden: SaidCells, learned: SaidCells, name: string,
 *   about: {step: string, loss: string, distance: string, why: string}, stable: string, aspect: number,
 *   panels: PanelHeader[], legend: {low: string, middle: string, high: string, gradient: string},
 *   curve: Curve, ms?: number}} LearningHeader
 */
/** @typedef {LearningHeader & {lab: string, token: string, digest: string, speeds: string[], most: number,
 *   script: string}} PageHeader what a page adds */

export {};
