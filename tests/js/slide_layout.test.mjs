import assert from "node:assert/strict";
import { test } from "node:test";

import { arrangementsOf } from "../../app/lessons/step_by_step/slide_explorer/arrangements.js";
import {
  bestFit,
  extrasFor,
  fontFor,
  LEGIBLE_PX,
  legibleCell,
} from "../../app/lessons/step_by_step/slide_explorer/layout.js";
import { blockFor, boxAround } from "../../app/lessons/step_by_step/slide_explorer/patch_picker.js";
import { heightOf, valueAt } from "../../app/lessons/step_by_step/slide_explorer/plot.js";
import { spokenNumber } from "../../app/lessons/step_by_step/slide_explorer/spoken.js";
import { showsFactors, sumSize } from "../../app/lessons/step_by_step/slide_explorer/sum_size.js";

const size = (rows, columns) => ({ rows, columns });
const head = { width: 90, height: 22 };
const furniture = {
  heads: { input: head, kernel: head, output: head },
  sign: 32,
  word: 90,
  down: 20,
  apart: 8,
  patch: null,
};

/** The best arrangement of grids in a space, and what it takes of it. */
function fitted(space, grids, legible = { input: 0, kernel: 0, output: 0 }) {
  const { arrangement, cells } = bestFit(
    { largest: 96, ...space },
    arrangementsOf({ kernel: null, channels: 1, ...grids }, furniture),
    legible,
  );
  return { name: arrangement.name, cells, ...arrangement.needed(cells) };
}

const LECTURE = { input: size(3, 4), kernel: size(2, 2), output: size(2, 3) };
const COLORS = { input: size(4, 5), kernel: size(2, 2), output: size(3, 4), channels: 3 };

test("grids fill the space there is and never leave it", () => {
  for (const space of [
    { width: 940, height: 330 },
    { width: 1180, height: 360 },
    { width: 346, height: 650 },
  ])
    for (const grids of [
      LECTURE,
      COLORS,
      { input: size(4, 4), output: size(2, 2) },
      { input: size(4, 5), output: size(2, 2), channels: 3 },
      { input: size(16, 16), kernel: size(7, 7), output: size(10, 10) },
      { input: size(22, 22), kernel: size(1, 1), output: size(22, 22) },
    ]) {
      const { width, height } = fitted(space, grids);
      assert.ok(width <= space.width && height <= space.height);
    }
});

test("grids stand in a row on a wide page, and below each other on a phone", () => {
  assert.equal(fitted({ width: 940, height: 330 }, LECTURE).name, "in-row");
  assert.equal(fitted({ width: 346, height: 650 }, LECTURE).name, "in-lines");
  assert.equal(fitted({ width: 940, height: 330 }, COLORS).name, "below");
  assert.equal(fitted({ width: 346, height: 650 }, COLORS).name, "in-lines");
});

test("the lecture's cells are large, and a large input does not shrink the kernel with it", () => {
  assert.ok(fitted({ width: 940, height: 330 }, LECTURE).cells.input >= 80);
  const large = { input: size(16, 16), kernel: size(3, 3), output: size(14, 14) };
  const { cells } = fitted({ width: 940, height: 330 }, large);
  assert.ok(cells.kernel > cells.input);
});

test("numbers are made legible before cells are made large", () => {
  const grids = { input: size(10, 10), kernel: size(3, 3), output: size(8, 8) };
  const legible = { input: 20, kernel: 20, output: 33 };
  const { cells } = fitted({ width: 940, height: 330 }, grids, legible);
  assert.deepEqual([cells.input >= 20, cells.output >= 33], [true, true]);
  // Where not all can be, the output gives way.
  const low = fitted({ width: 940, height: 260 }, grids, legible);
  assert.deepEqual([low.cells.input >= 20, low.cells.output >= 33], [true, false]);
});

test("a number is legible or is not drawn", () => {
  for (const least of [LEGIBLE_PX, 18, 27])
    for (let cell = 6; cell < 140; cell += 1)
      for (let characters = 1; characters < 9; characters += 1) {
        const font = fontFor(cell, characters, 60, least);
        assert.ok(font === 0 || font >= least);
        assert.ok(font * characters * 0.53 <= cell);
        assert.equal(font > 0, cell >= legibleCell(characters, least));
      }
});

test("what stands beside a number in its cell is legible or is not drawn", () => {
  for (let cell = 10; cell < 140; cell += 1) {
    const { letter, factor, related } = extrasFor(cell, fontFor(cell, 2), LEGIBLE_PX);
    for (const one of [letter, factor, related]) assert.ok(one === 0 || one >= LEGIBLE_PX);
  }
  assert.equal(extrasFor(90, 0, LEGIBLE_PX).letter, 0);
});

test("longer sums are written smaller, and without factors where there is no space", () => {
  const sizes = [4, 9, 12, 27, 75].map((terms) => sumSize(terms, "convolution"));
  assert.deepEqual(sizes, ["few", "large", "middle", "small", "tiny"]);
  assert.equal(sumSize(3, "line"), "large");
  assert.deepEqual([showsFactors(25, 1, false), showsFactors(25, 1, true)], [true, false]);
  assert.deepEqual([showsFactors(4, 3, false), showsFactors(9, 3, false)], [true, false]);
});

test("numbers are read out as they are shown, with at most four digits before they end", () => {
  for (const [text, spoken] of [
    ["−800", "−800"],
    ["0.5", "0.5"],
    ["−1020.25", "−1020"],
    ["12345", "12345"],
    ["0.00390625", "0.003906"],
    ["−0.0625", "−0.0625"],
    ["1.25", "1.25"],
    ["", ""],
    ["…", "…"],
  ])
    assert.equal(spokenNumber(text), spoken);
});

test("a dragged box stays on the picture", () => {
  assert.deepEqual(boxAround(0, 511, 60, 512, 512), [0, 452]);
  assert.deepEqual(boxAround(256, 256, 60, 512, 512), [226, 226]);
  assert.equal(blockFor(10000, 10, 512, 300, 64), 30);
  assert.equal(blockFor(1, 10, 512, 300, 64), 1);
});

test("a dragged point reads back the value it is at, and stays on its scale", () => {
  for (const value of [-10, -3.5, 0, 0.5, 10])
    assert.equal(valueAt(heightOf(value, 10), 10), value);
  assert.equal(valueAt(-3, 10), 10);
  assert.equal(valueAt(2, 10), -10);
});
