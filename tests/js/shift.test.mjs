// A shift stays in its range, in whole pixels.

import assert from "node:assert/strict";
import test from "node:test";

import { clampShift, pointerStep } from "../../app/lessons/translation/shifted_picture/shift.js";

test("a shift is rounded to whole pixels and kept in its range", () => {
  assert.deepEqual(clampShift([0.4, -0.4], 16), [0, 0]);
  assert.deepEqual(clampShift([3.6, -2.2], 16), [4, -2]);
  assert.deepEqual(clampShift([40, -40], 16), [16, -16]);
});

test("a hand follows large pixels and goes 8 px for each small one", () => {
  assert.equal(pointerStep(6.5), 6.5);
  assert.equal(pointerStep(0.35), 8);
  assert.ok(16 * pointerStep(180 / 224) > 100);
});
