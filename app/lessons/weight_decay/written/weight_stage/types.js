// What Python sends: app/lessons/weight_decay/written/frame.py and page.py.

/** @import { Choice } from "../../../../browser/choice_bar.js" */
/** @import { Axis } from "../../../../browser/plot.js" */

/** @typedef {"l2" | "decoupled" | "none"} Way */
/** @typedef {{way: Way, title: string, formula: string, lines: string[], pytorch: string}} WayCard */
/** @typedef {{at: number, chosen: boolean, far: boolean, texts: string[]}} StepRow */
/**
 * What follows from the settings.
 * @typedef {{kind: string, sequence?: number, ms?: number, settings: Record<string, string>,
 *   axes: {x: Axis, y: Axis}, curves: Record<Way, number[]>, names: Record<Way, string>, at: number, target: number,
 *   cards: WayCard[], rows: StepRow[], heads: string[], verdict: string, loss: string}} WrittenHeader
 */
/** @typedef {{key: string, label: string, min: number, max: number, step: number, stops?: string[]}} SliderHeader */
/**
 * What a page adds, which never changes.
 * @typedef {WrittenHeader & {token: string, optimizers: Choice[], sliders: SliderHeader[], most: number}} PageHeader
 */

export {};
