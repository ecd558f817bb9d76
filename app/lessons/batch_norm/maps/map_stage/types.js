// What Python sends: app/lessons/batch_norm/maps/frame.py and choices.py.

/** @import { Choice } from "../../../../browser/choice_bar.js" */
/** @import { InputHeader } from "../../../../browser/input_choice.js" */
/** @import { StageControl } from "../../../../browser/stage_controls.js" */
/** @typedef {{at: number, text: string}} Tick */
/** @typedef {{name: string, text: string}} Fact */
/**
 * Heights are shares of the highest one; `top` is what that stands for.
 * @typedef {{key: string, title: string, limit: number, ticks: Tick[], heights: number[], top: string, mean: number,
 *   deviation: number, facts: Fact[], alt: string}} HistogramHeader
 */
/**
 * Ticks and dots are differences from `center`.
 * @typedef {{title: string, limit: number, center: number, ticks: Tick[], dots: number[], facts: Fact[],
 *   alt: string}} MeansHeader
 */
/** @typedef {{name: string, share: number, reference: number, text: string, best: boolean}} BarHeader */
/** @typedef {{columns: number, rows: string[], legend: {name: string, low: string, high: string}[], counts: boolean, gradient: string, alt: string}}
 *   SheetHeader */
/**
 * @typedef {{kind?: "norm_maps", sequence?: number, token: string, settings: Record<string, string>,
 *   controls: StageControl[], own: StageControl[], is_trained: boolean, modes: Choice[], mode: string, member: string,
 *   others: number, is_alone: boolean, damage: string, input: InputHeader, sheet: SheetHeader,
 *   panels: HistogramHeader[], formula: string, whose: string, means: MeansHeader, bars: BarHeader[],
 *   ms?: number}} MapsHeader
 */

export {};
