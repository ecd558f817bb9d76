// What arrow keys mean where things lie in rows and columns.

/**
 * Rows down and columns across, by the key's name.
 * @type {Readonly<Record<string, readonly [number, number]>>}
 */
export const ARROWS = Object.freeze({
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
});
