// What Python sends the live view: the headers of app/lessons/kernel_lab/frame.py and live_drawing.py.

/** @import { Axis } from "../../../browser/window_geometry.js" */

/** @typedef {"source" | "response" | "activated" | "pooled"} PanelKey */
/** @typedef {{low: string, middle: string, high: string, range: string, gradient: string}} Legend */
/** @typedef {{key: PanelKey, title: string, short: string, shape: string, width: number, height: number, alt: string,
 *   legend: Legend}} PanelHeader one picture; width and height in its own pixels; `short`: its name on a button */
/** @typedef {{rows: Axis, columns: Axis, pool: number}} WindowHeader `pool`: side of a pooling window, 0 for none */
/** @import { KernelCells } from "../kernel_painter/cell_grid.js" */
/** @typedef {{name: string, preset: string, weights: number[][], cells: KernelCells}} KernelHeader */
/**
 * A moment of the lab. `more`: only the response, and the rest follows; `picture`: the address of the picture in use;
 * `unfit`: why pictures are missing, "" if none is; `window`: null where the kernel has no place on the picture;
 * `camera`, `kept`: it was made of a camera's picture, and the token of one that was to be kept.
 * @typedef {{kind: "frame", sequence: number, ms: number,
 *   settings: Record<string, string>, aspect: number, kernel: KernelHeader,
 *   window: WindowHeader | null, panels: PanelHeader[], unfit: string, more?: boolean, picture?: string, camera?: boolean, kept?: string}} LabHeader
 */
/** @typedef {{response: string, activated: string, pooled: string}} SumResults what follows a sum, as texts */
/**
 * The window in one channel. `pixels`, `weights`, `products`: texts by cell, empty for a large kernel; `outside`: cells
 * beside the picture; `inside`: the box of those on it, null if all or none are; `step`: why Step by step cannot show
 * it, "" if it can. What follows the sum is missing where the channels are added; see `total`.
 * @typedef {{name: string, title: string, pixels: string[], weights: string[], products: string[], outside: number[],
 *   inside: [number, number, number, number] | null, strongest: string[], note: string, sum: string, said: string,
 *   step: string} & Partial<SumResults>} ChannelSum
 */
/**
 * The sum at a place, as app/lessons/kernel_lab/window_sum.py writes it. `longest`: characters of a pixel, a weight,
 * a product; `bias`: what is added, "" for 0; `activation`: its title. The colors come as blobs: "pixels", "products".
 * @typedef {{rows: number, columns: number, longest: [number, number, number], bias: string, activation: string,
 *   channels: ChannelSum[], total: ({sum: string} & SumResults) | null}} WindowSum
 */
/** @typedef {{panel: PanelKey, row: number, column: number}} AskedPlace */
/** @typedef {{kind: "probe", sequence: number, text: string, place: AskedPlace, sum: WindowSum}} ProbeHeader what a cell of a picture holds */
/**
 * As the page sends it; `middle`: what the middle of the response holds, null where there is none.
 * @typedef {LabHeader & {lab: string, token: string, version: string,
 *   middle: Omit<ProbeHeader, "kind" | "sequence"> | null}} PageHeader
 */

/** @typedef {{key: PanelKey, x: number, y: number}} Place in a panel; x and y are shares of its sides */
/** @typedef {{top: number, left: number, bottom: number, right: number}} Box in a panel's own pixels */

export {};
