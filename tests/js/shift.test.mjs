// A shift stays in its range, in whole pixels.

import assert from "node:assert/strict";
import test from "node:test";

import { clampShift } from "../../app/lessons/translation/shifted_picture/shift.js";

test("a shift is rounded to whole pixels and kept in its range", () => {
  assert.deepEqual(clampShift([0.4, -0.4], 16), [0, 0]);
  assert.deepEqual(clampShift([3.6, -2.2], 16), [4, -2]);
  assert.deepEqual(clampShift([40, -40], 16), [16, -16]);
});
