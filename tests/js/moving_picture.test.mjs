import assert from "node:assert/strict";
import { test } from "node:test";

import { windowAt } from "../../app/browser/moving_picture.js";

const moments = Array.from({ length: 400 }, (_, at) => windowAt(at / 5));

test("the window never leaves the picture, and shows at least four tenths of each side", () => {
  for (const { left, top, width, height } of moments) {
    assert.ok(left >= 0 && top >= 0 && left + width <= 1 + 1e-9 && top + height <= 1 + 1e-9);
    assert.ok(width >= 0.4 && width === height);
  }
});

test("the window is nowhere twice within a minute, so that the picture never stands still", () => {
  const places = moments.slice(0, 300).map(({ left, top, width }) => `${left} ${top} ${width}`);
  assert.equal(new Set(places).size, places.length);
});
