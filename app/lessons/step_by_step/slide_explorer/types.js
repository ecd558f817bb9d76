// The types of the slide explorer: the scene that Python printed, and what its modules pass to each other.

/**
 * A grid of numbers, row by row, padding included: app/lessons/step_by_step/scene/parts.py. `before` and `after`
 * are rows and columns of padding, `colors` positions in the table of `scale`.
 * @typedef {{name: string, rows: number, columns: number, texts: string[], values: number[], colors: number[],
 *   scale: string, legend: [string, string, string], limit: number, before: [number, number],
 *   after: [number, number], letters: string[], unread: number[]}} Grid
 */
/**
 * One stop of the window; lists have an entry for each channel, terms and running totals are joined by tabs.
 * @typedef {{terms: string[], running: string[], sums: string[], bias: string, totals: string[], results: string[],
 *   equation: string, argmax: number[], counted: number}} Stop
 */
/**
 * A whole slide. `input_indices`: cells of the padded input under each output row and each output column; `stops`: a step
 * of interest, its name and its value.
 * @typedef {{mode: "convolution" | "max" | "average" | "line", shape: [number, number], inputs: Grid[],
 *   kernels: Grid[], outputs: Grid[], input_indices: [number[][], number[][]], steps: Stop[],
 *   stops: [number, string, string][], sign: string, activation: string, bias: string, rounding: string, formulas: string[],
 *   notes: string[], places: string[]}} Scene
 */

/** @typedef {"numbers" | "both" | "letters"} Letters what is written in cells */
/** @typedef {{colors: string, inks: string[]}} SentTable 256 colors as one line, and the ink on each */
/** @typedef {{fills: string[], inks: string[]}} ColorTable the same, each as CSS writes it */
/** @typedef {import("../../../browser/choice_bar.js").Choice} Choice */
/**
 * A control: app/lessons/step_by_step/controls.py.
 * `changed` says what is not as at first, and a `rare` one stands under "More".
 * @typedef {{key: string, label: string, help: string, changed: string, rare: boolean}} ControlBase
 * @typedef {ControlBase & {kind: "stepper", shown: string, value: number, less: string | null, more: string | null}} Stepper
 * @typedef {ControlBase & {kind: "toggle", on: boolean, text: string}} Toggle
 * @typedef {ControlBase & {kind: "number", shown: string}} NumberControl
 * @typedef {ControlBase & {kind: "menu", value: string, groups: [string, [string, string][]][]}} Menu
 * @typedef {Stepper | Toggle | NumberControl | Menu} Control
 */
/**
 * The picture that a patch is cut from, and where; a cell is the mean of `block` x `block` pixels.
 * @typedef {{source: string, alt: string, height: number, width: number, row: number, column: number,
 *   block: number, cells: number, most: number}} PatchChoice
 */
/** @typedef {{ink: string, paper: string}} Brush the numbers that strokes on a drawn input write and erase with */
/**
 * All that Python sends: app/lessons/step_by_step/explorer_data.py.
 * @typedef {{scene: Scene, version: string, examples: Choice[], example: string, modes: Choice[],
 *   controls: Control[], message: string, story: number, speed: string, speeds: string[],
 *   at: [number, number] | null, patch: PatchChoice | null, brush: Brush | null, tables: Record<string, SentTable>, classroom: boolean,
 *   letters: Letters}} ExplorerData
 */

/** @typedef {"input" | "kernel" | "output"} Role */
/** @typedef {{role: Role, channel: number, index: number}} Target a cell of one of the grids */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {Point & {width: number, height: number}} Box in pixels */
/** @typedef {{top: number, left: number, bottom: number, right: number}} Block first and last rows and columns */

/** @typedef {import("./grid.js").GridView} GridView */
/** @typedef {import("./plot.js").PlotView} PlotView */
/** @typedef {GridView | PlotView} View */
/** @typedef {{input: View[], kernel: View[], output: View[]}} Views */

/**
 * What the reader did, as app/lessons/step_by_step/edits.py takes it.
 * @typedef {{do: "example", key: string} | {do: "set", key: string, text: string} |
 *   {do: "cell" | "weight", channel: number, row: number, column: number, text: string} |
 *   {do: "draw", channel: number, cells: [number, number][], text: string}} Action
 */

export {};
