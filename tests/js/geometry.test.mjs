import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cellAt,
  nearestOutput,
  windowSpan,
  windowStart,
} from "../../app/browser/window_geometry.js";
import { patchSize, patchStart } from "../../app/lessons/pictures/magnifier/patch.js";

const same3 = { stride: 1, before: 1, effective_size: 3, outputs: 8, length: 8 };
const strided = { stride: 2, before: 0, effective_size: 5, outputs: 3, length: 9 };

test("a padded window begins outside the picture", () => {
  assert.equal(windowStart(same3, 0), -1);
  assert.deepEqual(windowSpan(same3, 0), { start: -1, end: 2 });
});

test("several outputs together span from the first window to the last", () => {
  assert.deepEqual(windowSpan(strided, 0, 1), { start: 0, end: 7 });
});

test("the nearest output has its middle under the pointer, and exists", () => {
  assert.equal(nearestOutput(same3, 4), 4);
  assert.equal(nearestOutput(strided, 0), 0);
  assert.equal(nearestOutput(strided, 8), 2);
});

test("a pointer at the far edge is in the last cell", () => {
  assert.equal(cellAt(1, 10), 9);
  assert.equal(cellAt(-0.1, 10), 0);
  assert.equal(cellAt(0.55, 10), 5);
});

test("a patch stays inside the picture and is never larger than it", () => {
  assert.equal(patchStart(0, 8, 512), 0);
  assert.equal(patchStart(511, 8, 512), 504);
  assert.equal(patchSize(8, 3), 3);
  assert.equal(patchStart(1, 3, 3), 0);
});
