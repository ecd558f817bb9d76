import assert from "node:assert/strict";
import { test } from "node:test";

import { placeAt } from "../../app/browser/tour.js";

const SHARES = Array.from({ length: 101 }, (_, at) => at / 100);

test("a tour begins and ends in the middle of the picture", () => {
  for (const share of [0, 1])
    for (const part of placeAt(share)) assert.ok(Math.abs(part - 0.5) < 1e-9);
});

test("a tour goes to all four quarters and stays on the picture", () => {
  const places = SHARES.map(placeAt);
  for (const [down, across] of places)
    for (const part of [down, across]) assert.ok(part > 0.2 && part < 0.8);
  const quarters = new Set(places.map(([down, across]) => `${down > 0.6} ${across > 0.6}`));
  assert.equal(quarters.size, 4);
});

test("a tour does not jump", () => {
  for (const share of SHARES.slice(1)) {
    const [before, after] = [placeAt(share - 0.01), placeAt(share)];
    assert.ok(Math.hypot(after[0] - before[0], after[1] - before[1]) < 0.06);
  }
});
