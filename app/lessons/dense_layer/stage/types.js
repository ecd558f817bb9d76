// The types of the stage: what Python sends of each view, and what the views are given.

/** @import { Choice } from "../../../browser/choice_bar.js" */
/** @import { Frame } from "../../../browser/frame.js" */
/** @import { NumberCells } from "../../../browser/number_cells.js" */
/** @import { Garment, InputHeader } from "../../../browser/input_choice.js" */
/** @import { Report } from "../../../browser/report.js" */
/** @import { Square } from "../../../browser/square.js" */

/**
 * A class: app/networks/compared_scores.py. Shares of 1, and the same as text.
 * @typedef {{channel: number, name: string, before: number, after: number, text: string, was: string}} ScoreRow
 */
/** @typedef {{low: string, middle: string, high: string, gradient: string}} Legend */

/** @typedef {{down: number, right: number, distance: number, formula: string}} Neighbor */
/**
 * A neuron of the dense network and the units of a convolution: `outputs` of each neuron, `maps` of each kernel by
 * pixel, row by row.
 * @typedef {{neurons: number, neuron: number, kernel: number, legend: Legend, kernels: NumberCells[],
 *   outputs: string[], maps: string[][]}} Units
 */
/**
 * app/lessons/dense_layer/unroll_frame.py. `lecture`: whether each value is the cell's place; `units`: null there.
 * @typedef {{grids: Choice[], grid: string, rows: number, columns: number, values: number[], lecture: boolean,
 *   pixel: [number, number], neighbors: Neighbor[], caption: string, garment: Garment | null,
 *   units: Units | null}} UnrollHeader
 */

/** @typedef {{key: string, label: string, value: number, most: number, step: number, unit: string, stops: number[],
 *   stop: number}} ParameterRow */
/** @typedef {{title: string, words: string, parameters: string, megabytes: string, outputs: string,
 *   multiplications: string, at: number}} LayerCosts */
/** @typedef {{layers: LayerCosts[], ratio: string}} Costs */
/**
 * app/lessons/dense_layer/parameters_frame.py. `at` of a tick or a layer: its place on the logarithmic scale, 0 to 1.
 * @typedef {{rows: ParameterRow[], presets: {name: string, size: string, changes: Record<string, string>}[],
 *   ticks: {at: number, text: string}[], costs: Costs}} ParametersHeader
 */

/** @typedef {{key: string, title: string, trained: string, named: string, share: string, right: boolean | null,
 *   accuracy: string, rows: ScoreRow[]}} ShuffleCard */
/**
 * app/lessons/dense_layer/shuffle_frame.py; all but the first two entries come live too.
 * @typedef {{input: InputHeader, blocks: string[], share: number, block: number, moved: string,
 *   cards: ShuffleCard[]}} ShuffleHeader
 */

/** @typedef {{key: string, title: string, map_title: string, rows: ScoreRow[]}} SidesCard */
/**
 * app/lessons/dense_layer/sides_frame.py; `cards` come live too. `legend`: null while the maps are computed.
 * @typedef {{input: InputHeader, height: number, width: number, square: Square, alt: string,
 *   legend: (Legend & {words: string}) | null, cards: SidesCard[]}} SidesHeader
 */

/**
 * What a view does for the others: `report` tells Python, `ask` asks on the live channel.
 * @typedef {{report: Report, ask: (kind: string, question: Record<string, unknown>) => void}} Doors
 */
/**
 * How the page's frame came: `isNew`: the view was not open before; `unsettled`: what was reported after the frame was
 * made.
 * @typedef {{isNew: boolean, unsettled: Record<string, unknown>}} Update
 */
/**
 * One of the four views. `update`: the page sent its header and blobs; false: the view keeps what a hand has set since.
 * `receive`: an answer came on the live channel. `bar`: its choices, beside the bar of the views.
 * @typedef {{element: HTMLElement, bar: HTMLElement,
 *   update: (header: any, blobs: Frame["blobs"], update: Update) => boolean | Promise<boolean>,
 *   receive: (header: any, blobs: Frame["blobs"]) => void, close: () => void}} StageView
 */

export {};
