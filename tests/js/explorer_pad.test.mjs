import assert from "node:assert/strict";
import { test } from "node:test";

import { dab, drawingText } from "../../app/lessons/inside_cnn/network_explorer/pad.js";

test("a dab leaves gray, rubbing takes it away, and text has one digit a pixel", () => {
  const pixels = new Uint8Array(784);
  dab(pixels, 28, 14, 14, false);
  assert.equal(pixels[14 * 28 + 14], 255);
  assert.equal(pixels[0], 0);
  assert.equal(drawingText(pixels).length, 784);
  assert.equal(drawingText(pixels)[14 * 28 + 14], "f");
  dab(pixels, 28, 14, 14, true);
  assert.equal(pixels[14 * 28 + 14], 0);
});

test("a dab at the rim stays inside the pad", () => {
  const pixels = new Uint8Array(784);
  dab(pixels, 28, 0, 27.9, false);
  assert.ok(pixels.some((gray) => gray > 0));
});
