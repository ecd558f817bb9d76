// What Python sends: app/lessons/dropout/masks/frame.py.

/** @import { DropHeader } from "../../drop_stage.js" */
/** @typedef {{text: string, fill: string, ink: string, dropped: boolean}} DrawnNeuron */
/** @typedef {{title: string, nodes: DrawnNeuron[]}} DrawnLayer */
/** @typedef {{ink: string, ink_in_dark: string, width: number}} Wire */
/**
 * `wires`: between each pair of layers, by the neuron they end at and the one they come from; `neuron`: the one whose
 * sum `lines` write out, its layer from 0 and its place from 0; `quarters`: a number of the picture's parts, another
 * for others; `size`: width and height of the sheet.
 * @typedef {DropHeader & {layers: DrawnLayer[], wires: Wire[][][], neuron: [number, number], lines: string[],
 *   quarters: number, size: [number, number], mask: number, summary: string, sheet_words: string, alt: string, gradient: string}} MasksHeader
 */

export {};
