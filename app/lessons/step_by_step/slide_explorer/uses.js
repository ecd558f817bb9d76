// Where one cell or one weight is used: every output that an input cell is used in,
// and every input cell that a weight multiplies.

import { isPadding, outputIndices, termTexts, weightIndices, weightText } from "./scene.js";

/** @import { Stage } from "./stage.js" */
/** @import { SumView } from "./sum.js" */
/** @import { Scene, Target } from "./types.js" */

/**
 * @param {Stage} stage
 * @param {SumView} sum
 * @param {Target} target a cell of an input
 */
export function showCellUses(stage, sum, { channel, index }) {
  const { scene, views } = stage;
  const grid = scene.inputs[channel];
  const weights = scene.kernels[channel];
  const uses = outputIndices(scene, index);
  const productAt = (/** @type {{step: number, term: number}} */ { step, term }) =>
    termTexts(scene.steps[step], channel)[term];
  views.input[channel].cells.mark(index, "chosen");
  for (const { cells } of weights ? views.output : [views.output[channel]]) {
    cells.dim();
    for (const use of uses) cells.mark(use.step, "related", weights ? productAt(use) : "");
  }
  if (weights) {
    const { cells } = views.kernel[channel];
    cells.dim();
    for (const { term } of uses) cells.mark(term, "related");
  }
  const cell = isPadding(grid, index) ? "This cell of the padding" : `This ${grid.texts[index]}`;
  const count = uses.length === 1 ? "one output" : `${uses.length} outputs`;
  sum.showList(
    `input ${channel} ${index}`,
    uses.length ? `${cell} is used in ${count}` : `${cell} is in no window`,
    uses.map((use) => ({
      factors: weights
        ? [sum.tile(grid, index), "×", sum.tile(weights, use.term)]
        : [sum.tile(grid, index)],
      text: weights ? `= ${productAt(use)}` : pooledAs(scene, use.step, channel, index),
      name: nameOf(scene, use.step),
    })),
  );
}

/**
 * @param {Stage} stage
 * @param {SumView} sum
 * @param {Target} target a weight of a kernel
 */
export function showWeightUses(stage, sum, { channel, index }) {
  const { scene, views, letters } = stage;
  const grid = scene.inputs[channel];
  const weights = scene.kernels[channel];
  const uses = weightIndices(scene, index);
  const productAt = (/** @type {number} */ step) => termTexts(scene.steps[step], channel)[index];
  views.kernel[channel].cells.mark(index, "chosen");
  for (const { cells } of views.input) cells.dim();
  const { cells } = views.input[channel];
  for (const { step, cell } of uses) {
    const factors = `${grid.texts[cell]}×${weightText(weights, index, letters)}`;
    cells.mark(cell, "multiplied", factors);
    cells.write(cell, productAt(step));
  }
  const name = weights.letters[index] ? `${weights.letters[index]} = ` : "";
  const times =
    uses.length === 1 ? "once" : `${uses.length} times: the same weight at every position`;
  sum.showList(
    `kernel ${channel} ${index}`,
    `The weight ${name}${weights.texts[index]} is used ${times}`,
    uses.map(({ step, cell }) => ({
      factors: [sum.tile(grid, cell), "×", sum.tile(weights, index)],
      text: `= ${productAt(step)}`,
      name: nameOf(scene, step),
    })),
  );
}

/**
 * @param {Scene} scene
 * @param {number} step
 */
function nameOf(scene, step) {
  return scene.outputs[0].letters[step] ?? scene.places[step];
}

/**
 * What a pooling window makes of one of its cells.
 * @param {Scene} scene
 * @param {number} step
 * @param {number} channel
 * @param {number} index
 */
function pooledAs(scene, step, channel, index) {
  const { results, argmax } = scene.steps[step];
  if (scene.mode !== "max") return `mean ${results[channel]}`;
  return argmax[channel] === index ? "is the largest" : `largest: ${results[channel]}`;
}
