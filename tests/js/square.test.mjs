import assert from "node:assert/strict";
import { test } from "node:test";

import { clampSquare, movedSquare, resizedSquare } from "../../app/browser/square.js";

const picture = { height: 100, width: 60 };

test("a square stays on the picture", () => {
  assert.deepEqual(clampSquare([-5, 50, 20], picture), [0, 40, 20]);
  assert.deepEqual(clampSquare([95, -1, 20], picture), [80, 0, 20]);
});

test("a square larger than the picture shrinks to its shorter side", () => {
  assert.deepEqual(clampSquare([10, 10, 90], picture), [10, 0, 60]);
});

test("an arrow key moves down or across, and stops at the border", () => {
  assert.deepEqual(movedSquare([10, 10, 20], [0, 1], 4, picture), [10, 14, 20]);
  assert.deepEqual(movedSquare([10, 10, 20], [-1, 0], 16, picture), [0, 10, 20]);
});

test("another size keeps the middle", () => {
  assert.deepEqual(resizedSquare([40, 20, 20], 10, picture), [45, 25, 10]);
  assert.deepEqual(resizedSquare([40, 20, 20], 0, picture), [50, 30, 1]);
});
