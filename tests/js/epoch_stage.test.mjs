// The stage over the kept moments of a training: where tiles and marks go.

import assert from "node:assert/strict";
import test from "node:test";

import { markLeft } from "../../app/lessons/watch_it_learn/epochs/epoch_stage/chart_marks.js";
import { layoutOf } from "../../app/lessons/watch_it_learn/epochs/epoch_stage/sheet_canvas.js";

test("tiles are enlarged by whole pixels, with gaps between them and none around them", () => {
  const { rows, scale, gap, width, height } = layoutOf({
    columns: 4,
    count: 16,
    height: 3,
    width: 3,
  });
  assert.equal(rows, 4);
  assert.ok(Number.isInteger(scale) && scale > 1);
  assert.equal(width, 4 * 3 * scale + 3 * gap);
  assert.equal(height, width);
});

test("a last row that is not full takes its height", () => {
  const full = layoutOf({ columns: 6, count: 12, height: 28, width: 28 });
  const more = layoutOf({ columns: 6, count: 13, height: 28, width: 28 });
  assert.equal(full.rows, 2);
  assert.equal(more.rows, 3);
});

test("a mark is between the margins, at its share of an axis", () => {
  const marks = {
    margin: { l: 50, r: 10, t: 0, b: 0 },
    axes: [
      [0, 0.4],
      [0.6, 1],
    ],
    moments: [0, 0.5, 1],
  };
  assert.equal(markLeft(marks, 1060, 0, 0), 50);
  assert.equal(markLeft(marks, 1060, 0, 1), 250);
  assert.equal(markLeft(marks, 1060, 1, 0), 650);
  assert.equal(markLeft(marks, 1060, 1, 2), 1050);
});
