import assert from "node:assert/strict";
import { test } from "node:test";

import { cellAction, playerAction } from "../../app/lessons/step_by_step/slide_explorer/keys.js";
import { readTable } from "../../app/lessons/step_by_step/slide_explorer/palette.js";
import {
  inputIndices,
  isPadding,
  neighbor,
  outputIndices,
  placeOf,
  weightIndices,
  weightText,
  windowAt,
  withoutPadding,
} from "../../app/lessons/step_by_step/slide_explorer/scene.js";
import { Selection } from "../../app/lessons/step_by_step/slide_explorer/selection.js";

const grid = (rows, columns, pad = 0) => ({
  rows,
  columns,
  before: [pad, pad],
  after: [pad, pad],
  texts: Array(rows * columns).fill("0"),
  values: Array(rows * columns).fill(2),
});

// A 3 x 4 input under a 2 x 2 kernel: outputs 2 x 3.
const plain = {
  shape: [2, 3],
  inputs: [grid(3, 4)],
  steps: Array(6).fill({}),
  input_indices: [
    [
      [0, 1],
      [1, 2],
    ],
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  ],
};
// A 2 x 2 input, padded by one, under a dilated 2 x 2 kernel with stride 1: outputs 2 x 2.
const dilated = {
  shape: [2, 2],
  inputs: [grid(4, 4, 1)],
  steps: Array(4).fill({}),
  input_indices: [
    [
      [0, 2],
      [1, 3],
    ],
    [
      [0, 2],
      [1, 3],
    ],
  ],
};

test("the window of a stop lists its cells in reading order", () => {
  assert.deepEqual(inputIndices(plain, 4), [5, 6, 9, 10]);
  assert.deepEqual(inputIndices(dilated, 0), [0, 2, 8, 10]);
  assert.deepEqual(placeOf(plain, 4), [1, 1]);
  assert.deepEqual(windowAt(dilated, 3), { top: 1, left: 1, bottom: 3, right: 3 });
});

test("a cell in the middle takes part in four outputs, a corner in one", () => {
  assert.deepEqual(outputIndices(plain, 0), [{ step: 0, term: 0 }]);
  assert.deepEqual(outputIndices(plain, 5), [
    { step: 0, term: 3 },
    { step: 1, term: 2 },
    { step: 3, term: 1 },
    { step: 4, term: 0 },
  ]);
});

test("looking from a cell and looking from a stop agree", () => {
  for (const scene of [plain, dilated]) {
    for (let cell = 0; cell < scene.inputs[0].texts.length; cell += 1) {
      for (const { step, term } of outputIndices(scene, cell))
        assert.equal(inputIndices(scene, step)[term], cell);
    }
    const pairs = scene.steps.flatMap((_, step) => inputIndices(scene, step));
    const found = scene.inputs[0].texts.flatMap((_, cell) => outputIndices(scene, cell));
    assert.equal(found.length, pairs.length);
  }
});

test("a weight meets another cell at every stop", () => {
  assert.deepEqual(
    weightIndices(plain, 3).map(({ cell }) => cell),
    [5, 6, 7, 9, 10, 11],
  );
});

test("padding lies around the picture and is not counted in places", () => {
  assert.equal(isPadding(dilated.inputs[0], 0), true);
  assert.equal(isPadding(dilated.inputs[0], 5), false);
  assert.deepEqual(withoutPadding(dilated.inputs[0], 10), [1, 1]);
});

test("arrow keys stop at the rim", () => {
  assert.equal(neighbor(grid(3, 4), 3, "ArrowRight"), 3);
  assert.equal(neighbor(grid(3, 4), 3, "ArrowDown"), 7);
});

test("a table of colors is read back as it was written", () => {
  const colors = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, "0").repeat(3));
  const inks = colors.map((_, at) => (at < 128 ? "#ffffff" : "#10151c"));
  const table = readTable({ colors: colors.join(""), inks });
  assert.deepEqual([table.fills[200], table.inks[200]], ["#c8c8c8", "#10151c"]);
});

test("keys on a weight change it, keys on an input go to another cell", () => {
  const on = (key, more = {}) =>
    cellAction(
      { key, ...more },
      { grid: grid(3, 3), index: 4, editable: true, turns: true, fine: false },
    );
  assert.deepEqual(on("ArrowUp"), { set: "3" });
  assert.deepEqual(on("ArrowUp", { ctrlKey: true }), { go: 1 });
  assert.deepEqual(on("ArrowLeft"), { go: 3 });
  assert.deepEqual(on("-"), { type: "-" });
  assert.deepEqual(on("Delete"), { set: "0" });
  const input = (key) =>
    cellAction({ key }, { grid: grid(3, 3), index: 4, editable: false, turns: false, fine: false });
  assert.deepEqual(input("ArrowUp"), { go: 1 });
  assert.equal(input("7"), null);
  assert.deepEqual(input("End"), { go: 8 });
});

test("keys beside the cells are the player's, but Space presses a button and arrows move the scrubber", () => {
  const on = (key, more = {}) =>
    playerAction(key, { onButton: false, hasArrows: false, step: 3, last: 9, ...more });
  assert.deepEqual(on(" "), { toggle: true });
  assert.equal(on(" ", { onButton: true }), null);
  assert.deepEqual(on("ArrowLeft"), { go: 2 });
  assert.deepEqual(on("End"), { go: 9 });
  assert.equal(on("ArrowLeft", { hasArrows: true }), null);
  assert.deepEqual(on("Escape", { hasArrows: true }), { unpin: true });
  assert.equal(on("x"), null);
});

test("a pinned cell is looked at before the one under the pointer, and that before the player's stop", () => {
  const selection = new Selection();
  const target = (role, index) => ({ role, channel: 0, index });
  assert.deepEqual(selection.at(4), target("output", 4));
  assert.equal(selection.hover(target("input", 1)), true);
  assert.equal(selection.hover(target("input", 1)), false);
  assert.deepEqual(selection.at(4), target("input", 1));
  selection.pinned = target("kernel", 2);
  assert.deepEqual(selection.at(4), target("kernel", 2));
  assert.equal(selection.isPinned(target("kernel", 2)), true);
  assert.deepEqual(selection.unpin(), target("kernel", 2));
  assert.equal(selection.unpin(), null);
  assert.deepEqual(selection.at(4), target("output", 4));
});

test("a pinned cell is let go where another scene does not have it", () => {
  const selection = new Selection();
  selection.pinned = { role: "output", channel: 0, index: 5 };
  selection.keepWithin({ ...plain, kernels: [] });
  assert.equal(selection.pinned.index, 5);
  selection.keepWithin({ ...dilated, kernels: [] });
  assert.equal(selection.pinned, null);
});

test("a weight is written as its cell shows it", () => {
  const weights = { ...grid(1, 2), letters: ["w1", "w2"] };
  assert.equal(weightText(weights, 1, "letters"), "w2");
  assert.equal(weightText(weights, 1, "both"), "0");
  assert.equal(weightText({ ...weights, letters: [] }, 1, "letters"), "0");
});
