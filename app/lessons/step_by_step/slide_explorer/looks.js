// Two other ways to look at a walk: from an input cell to every output it takes part in,
// and from a weight to every cell it ever multiplies.

import { isPadding, readersOf, termTexts, touchedBy } from "./data.js";
import { factorText } from "./stage.js";

/** @param {{channel: number, index: number}} target a cell of an input */
export function showReaders(stage, sum, { channel, index }) {
  const { scene, views } = stage;
  const grid = scene.inputs[channel];
  const weights = scene.kernels[channel];
  const readers = readersOf(scene, index);
  const productAt = ({ step, term }) => termTexts(scene.steps[step], channel)[term];
  views.input[channel].mark(index, "chosen");
  for (const output of weights ? views.output : [views.output[channel]]) {
    output.dim();
    for (const reader of readers)
      output.mark(reader.step, "reader", weights ? productAt(reader) : "");
  }
  if (weights) {
    views.kernel[channel].dim();
    for (const { term } of readers) views.kernel[channel].mark(term, "reader");
  }
  const cell = isPadding(grid, index) ? "This cell of the padding" : `This ${grid.texts[index]}`;
  const count = readers.length === 1 ? "one output" : `${readers.length} outputs`;
  const heading = readers.length
    ? `${cell} takes part in ${count}`
    : `${cell} is read by no window`;
  sum.showList(
    `input ${channel} ${index}`,
    heading,
    readers.map((reader) => ({
      factors: weights
        ? [sum.tile(grid, index), "×", sum.tile(weights, reader.term)]
        : [sum.tile(grid, index)],
      text: weights ? `= ${productAt(reader)}` : verdict(scene, reader.step, channel, index),
      name: nameOf(scene, reader.step),
    })),
  );
}

/** @param {{channel: number, index: number}} target a weight of a kernel */
export function showTouched(stage, sum, { channel, index }) {
  const { scene, views } = stage;
  const grid = scene.inputs[channel];
  const weights = scene.kernels[channel];
  const touched = touchedBy(scene, index);
  const productAt = (step) => termTexts(scene.steps[step], channel)[index];
  views.kernel[channel].mark(index, "chosen");
  for (const view of views.input) view.dim();
  for (const { step, cell } of touched) {
    views.input[channel].mark(
      cell,
      "touched",
      `${grid.texts[cell]}×${factorText(weights, index, views.input[channel].letters)}`,
    );
    views.input[channel].write(cell, productAt(step));
  }
  const name = weights.letters[index] ? `${weights.letters[index]} = ` : "";
  const times =
    touched.length === 1 ? "once" : `${touched.length} times: the same weight at every stop`;
  sum.showList(
    `kernel ${channel} ${index}`,
    `The weight ${name}${weights.texts[index]} is used ${times}`,
    touched.map(({ step, cell }) => ({
      factors: [sum.tile(grid, cell), "×", sum.tile(weights, index)],
      text: `= ${productAt(step)}`,
      name: nameOf(scene, step),
    })),
  );
}

function nameOf(scene, step) {
  return scene.outputs[0].letters[step] ?? scene.places[step];
}

/** What becomes of a cell under a pooling window. */
function verdict(scene, step, channel, index) {
  const one = scene.steps[step];
  if (scene.mode !== "max") return `a part of ${one.results[channel]}`;
  return one.winners[channel] === index ? "is the largest" : `loses to ${one.results[channel]}`;
}
