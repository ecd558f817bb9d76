import assert from "node:assert/strict";
import { test } from "node:test";

import { heightForCells, placeOfSum } from "../../app/lessons/kernel_lab/live_view/sum_place.js";
import { cellForm } from "../../app/lessons/kernel_lab/live_view/window_cells.js";

const sobel = { rows: 3, columns: 3, longest: [3, 2, 4] };
const room = { width: 184, height: 240, letter: 14 };
const screen = { width: 44, free: 28.3, aspect: 1, all: false, pools: false };

test("three by three cells have two lines each where they are wide, three where they are narrow", () => {
  assert.equal(cellForm(sobel, room, true), "wide");
  assert.equal(cellForm(sobel, { ...room, width: 160 }, true), "tall");
});

test("where numbers do not fit, or there are none, cells are colors", () => {
  assert.equal(cellForm(sobel, { ...room, width: 80 }, true), "map");
  assert.equal(cellForm(sobel, { ...room, height: 60 }, true), "map");
  assert.equal(cellForm({ ...sobel, rows: 7, columns: 7 }, room, true), "map");
  assert.equal(cellForm(sobel, { ...room, width: 1000 }, false), "map");
});

test("square pictures have the sum beside them, wide ones below", () => {
  assert.deepEqual(placeOfSum(screen), { beside: true, below: 0 });
  assert.deepEqual(placeOfSum({ ...screen, aspect: 2 }), { beside: false, below: 9 });
  assert.equal(placeOfSum({ ...screen, width: 73, free: 50 }).beside, false);
});

test("four pictures in a row have the sum below", () => {
  assert.equal(placeOfSum({ ...screen, all: true }).beside, false);
});

test("a sentence on pooling takes some of the room for cells", () => {
  const place = placeOfSum(screen);
  const [without, having] = [false, true].map((pools) =>
    heightForCells(place, { free: 28.3, isPhone: false, pools }),
  );
  assert.ok(having < without);
  assert.equal(heightForCells(place, { free: 28.3, isPhone: true, pools: true }), Infinity);
});
