import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  boundedWeight,
  cellBeside,
  cellText,
  isLegible,
  kernelText,
  mirrored,
  refusal,
  resized,
  typedNumber,
} from "../../app/lessons/kernel_lab/kernel_painter/kernel_text.js";

test("a kernel is written row by row", () => {
  assert.equal(
    kernelText([
      [-1, 0],
      [0.5, 2],
    ]),
    "-1,0;0.5,2",
  );
});

test("what a drag sets is written as Python writes it", () => {
  assert.equal(cellText(-2), "−2");
  assert.equal(cellText(-0.5), "−.5");
  assert.equal(cellText(0.1 + 0.2), ".3");
});

test("arrow keys read on at the end of a row and stop at the ends of the kernel", () => {
  assert.deepEqual(cellBeside([0, 2], 3, 3, "ArrowRight"), [1, 0]);
  assert.deepEqual(cellBeside([1, 1], 3, 3, "ArrowUp"), [0, 1]);
  assert.deepEqual(cellBeside([1, 1], 3, 3, "ArrowDown"), [2, 1]);
  assert.equal(cellBeside([0, 1], 3, 3, "ArrowUp"), null);
  assert.equal(cellBeside([2, 2], 3, 3, "ArrowRight"), null);
  assert.equal(cellBeside([1, 1], 3, 3, "Enter"), null);
});

test("growing keeps the middle where it was, shrinking too", () => {
  assert.deepEqual(resized([[5]], 3, 3), [
    [0, 0, 0],
    [0, 5, 0],
    [0, 0, 0],
  ]);
  assert.deepEqual(
    resized(
      [
        [0, 0, 0],
        [0, 5, 0],
        [0, 0, 0],
      ],
      1,
      1,
    ),
    [[5]],
  );
});

test("one size up and down again gives the same kernel, from any side", () => {
  for (const side of [1, 2, 3, 4, 5]) {
    const rows = Array.from({ length: side }, (_, row) => [row + 1, 2, -1]);
    assert.deepEqual(resized(resized(rows, side + 1, 4), side, 3), rows);
  }
});

test("growing step by step leaves the weights in the middle", () => {
  let rows = [[5]];
  for (let side = 2; side <= 5; side += 1) rows = resized(rows, side, side);
  assert.equal(rows[2][2], 5);
});

test("a mirrored brush touches opposite cells", () => {
  assert.deepEqual(mirrored([0, 0], 3, 3, "left-right"), [
    [0, 0],
    [0, 2],
  ]);
  assert.deepEqual(mirrored([0, 1], 3, 3, "point"), [
    [0, 1],
    [2, 1],
  ]);
  assert.equal(mirrored([0, 0], 3, 3, "both").length, 4);
});

const CASES = JSON.parse(
  readFileSync(new URL("../cases/number_grammar.json", import.meta.url), "utf8"),
);

for (const { text, number } of CASES.filter((one) => "text" in one)) {
  test(`${JSON.stringify(text)} is read as Python reads it`, () => {
    assert.equal(typedNumber(text), number);
  });
}

test("typed numbers and fractions are read, anything else is not", () => {
  assert.equal(typedNumber(" -1.5 "), -1.5);
  assert.equal(typedNumber("1/4"), 0.25);
  for (const text of ["", "x", "1e999", "1/0", "NaN", "--1"]) assert.equal(typedNumber(text), null);
});

test("a drag stops at the largest weight", () => {
  assert.equal(boundedWeight(1e6 + 5), 1e6);
  assert.equal(boundedWeight(-2e6), -1e6);
  assert.equal(boundedWeight(0.1 + 0.2), 0.3);
});

test("a refused weight is told apart: no number, or too large a one", () => {
  assert.equal(refusal("two", "−1"), "“two” is not a number; the weight stays −1.");
  assert.equal(
    refusal("1e9", "0.5"),
    "“1e9” is too large: a weight can be from −1000000 to 1000000; the weight stays 0.5.",
  );
});

test("a text that does not fit its cell is not written", () => {
  assert.ok(isLegible("−.06", 25, 10.5) && isLegible("−1.2e5", 48, 10.5));
  assert.ok(!isLegible("−.06", 25, 18) && !isLegible("4.9e−324", 46, 10.5));
});
