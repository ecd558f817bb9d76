// Which cells belong to which stop of a walk: look-ups in the tables that Python made (app/render/walk_scene.py).
// Cells are counted in the input grid with its padding, row by row. Terms are counted in the kernel, row by row.

/**
 * @typedef {{rows: number, columns: number, texts: string[], values: number[], colors: number[], scale: string,
 *   before: [number, number], after: [number, number], letters: string[], unread: number[], name: string}} Grid
 * @typedef {{shape: [number, number], inputs: Grid[], kernels: Grid[], outputs: Grid[], steps: Object[],
 *   taps: [number[][], number[][]]}} Scene
 */

/** The row and column of a stop in the output. @param {Scene} scene */
export function placeOf(scene, step) {
  return [Math.floor(step / scene.shape[1]), step % scene.shape[1]];
}

/** Cells under the window at a stop, in the order of the terms. @param {Scene} scene */
export function tapsAt(scene, step) {
  const [row, column] = placeOf(scene, step);
  const width = scene.inputs[0].columns;
  return scene.taps[0][row].flatMap((r) => scene.taps[1][column].map((c) => r * width + c));
}

/** First row, first column, last row and last column under the window at a stop. @param {Scene} scene */
export function reachAt(scene, step) {
  const [row, column] = placeOf(scene, step);
  const [rows, columns] = [scene.taps[0][row], scene.taps[1][column]];
  return {
    top: rows[0],
    left: columns[0],
    bottom: rows[rows.length - 1],
    right: columns[columns.length - 1],
  };
}

/** Every stop that reads a cell, and the term it is there. @param {Scene} scene */
export function readersOf(scene, cell) {
  const width = scene.inputs[0].columns;
  const [row, column] = [Math.floor(cell / width), cell % width];
  const down = positionsIn(scene.taps[0], row);
  const across = positionsIn(scene.taps[1], column);
  const wide = scene.taps[1][0].length;
  return down.flatMap(({ at: r, tap: i }) =>
    across.map(({ at: c, tap: j }) => ({ step: r * scene.shape[1] + c, term: i * wide + j })),
  );
}

/** Every cell that one weight ever multiplies, and at which stop. @param {Scene} scene */
export function touchedBy(scene, term) {
  return scene.steps.map((_, step) => ({ step, cell: tapsAt(scene, step)[term] }));
}

function positionsIn(taps, wanted) {
  const found = [];
  taps.forEach((cells, at) => {
    const tap = cells.indexOf(wanted);
    if (tap >= 0) found.push({ at, tap });
  });
  return found;
}

/** Whether a cell lies in the padding. @param {Grid} grid */
export function isPadding(grid, cell) {
  const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
  return (
    row < grid.before[0] ||
    row >= grid.rows - grid.after[0] ||
    column < grid.before[1] ||
    column >= grid.columns - grid.after[1]
  );
}

/** Row and column of a cell in the picture, without its padding. @param {Grid} grid */
export function withoutPadding(grid, cell) {
  return [Math.floor(cell / grid.columns) - grid.before[0], (cell % grid.columns) - grid.before[1]];
}

/** The texts of one channel's terms at a stop. */
export function termTexts(step, channel) {
  return step.terms[channel].split("\t");
}

/** The running totals of one channel at a stop. */
export function runningTexts(step, channel) {
  return step.running.length ? step.running[channel].split("\t") : [];
}

/** The cell an arrow key leads to, or the same one at the rim. @param {{rows: number, columns: number}} grid */
export function neighbor(grid, cell, key) {
  const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
  const [down, across] = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  }[key] ?? [0, 0];
  const [toRow, toColumn] = [row + down, column + across];
  if (toRow < 0 || toRow >= grid.rows || toColumn < 0 || toColumn >= grid.columns) return cell;
  return toRow * grid.columns + toColumn;
}

/** A table of 256 colors written as one line of hexadecimal digits. */
export function colorsFrom(hex) {
  return Array.from({ length: 256 }, (_, index) =>
    [0, 2, 4].map((at) => parseInt(hex.slice(6 * index + at, 6 * index + at + 2), 16)),
  );
}
