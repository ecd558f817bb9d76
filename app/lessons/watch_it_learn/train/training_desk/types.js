// What Python tells the training desk; app/lessons/watch_it_learn/train writes it.

/**
 * A row of tiles: the first kernels, or maps of a layer; `rows` and `columns` of each tile, in cells. The picture of
 * that name has the tiles below each other.
 * @typedef {{key: string, title: string, count: number, rows: number, columns: number, low: string, high: string,
 *   gradient: string}} Strip
 */
/** @typedef {{name: string, text: string, share: number}} ClassRow */
/** @typedef {{strips: Strip[], classes: ClassRow[]}} Inside */
/**
 * How a run is doing. `inside` is there where it is new to the page; `plan` names what the network is made of.
 * @typedef {{state: string, isActive?: boolean, version: number, status: string, score: string, points: number,
 *   run: string, plan?: string, inside?: Inside | null, sequence?: number}} Told
 */
/**
 * What the page sends.
 * @typedef {{token: string, settings: Record<string, string>, owner: string, plan: string, inside: Inside, told: Told,
 *   watched: string, size: string, problem: string}} DeskHeader
 */

export {};
