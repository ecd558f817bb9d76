// What Python sends: app/lessons/watch_it_learn/backward/frame.py.

/** @import { SliderControl, StageControl } from "../../../../browser/stage_controls.js" */
/** @import { GridView, WindowPlace } from "../../../../browser/window_grid.js" */

/**
 * One number of the gradient: its products, the sum as text, and the slider of its weight.
 * @typedef {WindowPlace & {products: GridView, lines: string[], weight: SliderControl | null}} GradientStep
 */
/**
 * The kernel as the setting `key` has it; `next`: as it will be after the step, "" where none can be made.
 * @typedef {{key: string, texts: string[][], next: string}} Weights
 */
/**
 * `columns`: grids beside each other; `widest`, `highest`: cells beside and below each other.
 * @typedef {{kind: "learn_backward", sequence?: number, columns: number, widest: number, highest: number,
 *   grids: GridView[], steps: GradientStep[], summary: string[], controls: StageControl[], weights: Weights | null,
 *   token: string, settings: Record<string, string>}} BackwardHeader
 */
export {};
