import assert from "node:assert/strict";
import { test } from "node:test";

import { movedTo } from "../../app/lessons/inside_cnn/network_explorer/pad_cursor.js";
import { alongLine, besideRow } from "../../app/lessons/inside_cnn/roving.js";

test("along a line arrow keys lead on and back, Home and End to its ends", () => {
  assert.equal(alongLine("ArrowRight", 1, "horizontal", 4), 2);
  assert.equal(alongLine("ArrowLeft", 0, "horizontal", 4), 0);
  assert.equal(alongLine("ArrowDown", 3, "vertical", 4), 3);
  assert.equal(alongLine("Home", 2, "vertical", 4), 0);
  assert.equal(alongLine("End", 0, "rows", 4), 3);
});

test("keys of the other direction are left to the page", () => {
  assert.equal(alongLine("ArrowDown", 1, "horizontal", 4), null);
  assert.equal(alongLine("ArrowRight", 1, "vertical", 4), null);
  assert.equal(alongLine("Tab", 1, "rows", 4), null);
});

test("up and down lead to the nearest in the next row, however far apart rows are", () => {
  // Two grids of two by two, one below the other.
  const corners = [0, 20, 100, 120].flatMap((top) => [0, 20].map((left) => ({ left, top })));
  assert.equal(besideRow(corners, 1, 1), 3);
  assert.equal(besideRow(corners, 3, 1), 5);
  assert.equal(besideRow(corners, 4, -1), 2);
  assert.equal(besideRow(corners, 0, -1), 0);
  assert.equal(besideRow(corners, 7, 1), 7);
});

test("the cursor of the pad stays inside it", () => {
  assert.deepEqual(movedTo(14, 14, "ArrowUp", 28), [13, 14]);
  assert.deepEqual(movedTo(0, 27, "ArrowUp", 28), [0, 27]);
  assert.deepEqual(movedTo(0, 27, "ArrowRight", 28), [0, 27]);
});
