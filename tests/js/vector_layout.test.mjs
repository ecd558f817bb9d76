import assert from "node:assert/strict";
import { test } from "node:test";

import {
  between,
  middleOf,
  neighborsOf,
  rowInPicture,
  rowInVector,
  rowProgress,
} from "../../app/lessons/dense_layer/stage/vector_layout.js";

const picture = { x: 10, y: 20, width: 30, height: 40 };
const vector = { x: 0, y: 100, width: 120, height: 8 };

test("rows start in the picture and end in the vector, one behind the other", () => {
  assert.deepEqual(rowInPicture(picture, 3, 4), { x: 10, y: 50, width: 30, height: 10 });
  assert.deepEqual(rowInVector(vector, 3, 4), { x: 90, y: 100, width: 30, height: 8 });
  assert.deepEqual(between(picture, vector, 0), picture);
  assert.deepEqual(between(picture, vector, 1), vector);
});

test("the first row leaves first, and all have arrived at the end", () => {
  const rows = [0, 1, 2, 3];
  assert.deepEqual(
    rows.map((row) => rowProgress(row, 4, 0)),
    [0, 0, 0, 0],
  );
  assert.deepEqual(
    rows.map((row) => Math.round(1e6 * rowProgress(row, 4, 1)) / 1e6),
    [1, 1, 1, 1],
  );
  const half = rows.map((row) => rowProgress(row, 4, 0.5));
  assert.deepEqual(
    half,
    [...half].sort((one, other) => other - one),
  );
  assert.equal(rowProgress(0, 1, 1), 1);
});

test("a place of the vector has its middle half a place further", () => {
  assert.equal(middleOf(vector, 0, 12), 5);
  assert.equal(middleOf(vector, 11, 12), 115);
});

test("pixels at the border have fewer neighbors", () => {
  const around = [-1, 0, 1].flatMap((down) =>
    [-1, 0, 1].filter((right) => down || right).map((right) => ({ down, right })),
  );
  const placesOf = (pixel) => neighborsOf(pixel, around, 4, 3).map(({ place }) => place);
  assert.deepEqual(placesOf([1, 1]), [0, 1, 2, 3, 5, 6, 7, 8]);
  assert.deepEqual(placesOf([0, 0]), [1, 3, 4]);
  assert.deepEqual(placesOf([3, 2]), [7, 8, 10]);
});
