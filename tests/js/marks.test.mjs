import assert from "node:assert/strict";
import { test } from "node:test";

import { movedPlace, windowMarks } from "../../app/lessons/kernel_lab/live_view/marks.js";

const axis = { stride: 1, before: 1, effective_size: 3, outputs: 8, length: 8 };
const panel = { width: 8, height: 8 };
const axes = { rows: axis, columns: axis, pool: 0 };

test("a cell of the response has its window in the picture", () => {
  const marks = windowMarks({ key: "response", x: 0.6, y: 0.3 }, panel, axes);
  assert.deepEqual(marks.get("response"), { top: 2, left: 4, bottom: 3, right: 5 });
  assert.deepEqual(marks.get("source"), { top: 1, left: 3, bottom: 4, right: 6 });
  assert.equal(marks.get("pooled"), undefined);
});

test("a pixel of the picture stands for the window around it", () => {
  const marks = windowMarks({ key: "source", x: 0, y: 0 }, panel, axes);
  assert.deepEqual(marks.get("response"), { top: 0, left: 0, bottom: 1, right: 1 });
  assert.deepEqual(marks.get("source"), { top: -1, left: -1, bottom: 2, right: 2 });
});

test("a cell of the pooled map has all that it pools, and their windows together", () => {
  const pooled = { width: 4, height: 4 };
  const marks = windowMarks({ key: "pooled", x: 0.3, y: 0 }, pooled, { ...axes, pool: 2 });
  assert.deepEqual(marks.get("pooled"), { top: 0, left: 1, bottom: 1, right: 2 });
  assert.deepEqual(marks.get("activated"), { top: 0, left: 2, bottom: 2, right: 4 });
  assert.deepEqual(marks.get("source"), { top: -1, left: 1, bottom: 3, right: 5 });
});

test("arrow keys lead to the middle of the next cell and stop at the edge", () => {
  const place = { key: "response", x: 0.55, y: 0.95 };
  assert.deepEqual(movedPlace(place, panel, [0, 1]), { key: "response", x: 5.5 / 8, y: 7.5 / 8 });
  assert.deepEqual(movedPlace(place, panel, [10, 0]), { key: "response", x: 4.5 / 8, y: 7.5 / 8 });
});
