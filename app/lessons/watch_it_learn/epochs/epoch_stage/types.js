// What app/lessons/watch_it_learn/epochs/frame.py and live.py write.

/** @import { Choice } from "../../../../browser/choice_bar.js" */
/** @import { InputHeader } from "../../../../browser/input_choice.js" */

/** @typedef {{low: string, middle: string, high: string}} Legend what is written at a color scale */
/**
 * Many small pictures in one: tiles in a row, their number, pixels of each.
 * @typedef {{columns: number, count: number, height: number, width: number, legend: Legend}} Sheet
 */
/** @typedef {{channel: number, name: string, share: number, text: string}} ClassRow a share of 1, and as text */
/** @typedef {{at: number, weights: Sheet, maps: Sheet, rows: ClassRow[]}} TrainingMoment */
/** @typedef {{index: number, label: string, before: string, now: string}} ChangedPicture */
/**
 * Which test pictures change their class; `pair`: the earlier and the later moment.
 * @typedef {{pair: [number, number], text: string, verdict: string, pictures: ChangedPicture[]}} Changes
 */
/** @typedef {{moments: TrainingMoment[], changes: Changes}} MomentsAnswer */
/**
 * A kept moment in words; `text`: in the link; `training`, `test`: what was measured.
 * @typedef {{text: string, name: string, words: string, training: string, test: string}} MomentWords
 */
/**
 * Where the moments are on the chart: margins in px, shares of the width between them, shares of an axis.
 * @typedef {{margin: {l: number, r: number, t: number, b: number}, axes: [number, number][], moments: number[]}} Marks
 */
/**
 * The header of the frame that the page sends. `about`: what the live channel's answers have to be about; `keys`: the
 * settings of this network; `placed`: whether the link says which moment is shown; `marks`: null without a chart.
 * @typedef {{token: string, settings: Record<string, string>, about: string, placed: boolean,
 *   network: string, networks: Choice[], keys: {at: string, other: string, layer: string},
 *   moments: MomentWords[], at: number, other: number | null, layer: string, layers: Choice[],
 *   colors: string, titles: {long: string, short: string, maps: string},
 *   gradients: Record<"signed" | "activation", string>,
 *   inks: [string, string], input: InputHeader, true_class: string, marks: Marks | null,
 *   answer: MomentsAnswer}} PageHeader
 */

export {};
