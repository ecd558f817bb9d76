import assert from "node:assert/strict";
import { test } from "node:test";

import { cellsBetween } from "../../app/lessons/step_by_step/slide_explorer/drawing.js";

test("a fast stroke leaves no gaps between the cells that the pointer was seen on", () => {
  assert.deepEqual(cellsBetween(0, 3, 4), [0, 1, 2, 3]);
  assert.deepEqual(cellsBetween(1, 9, 4), [1, 5, 9]);
  assert.deepEqual(cellsBetween(10, 0, 4), [10, 5, 0]);
  assert.deepEqual(cellsBetween(5, 5, 4), [5, 5]);
});
