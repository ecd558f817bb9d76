import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { inkOn } from "../../app/browser/ink.js";

const CASES = JSON.parse(readFileSync(new URL("../cases/ink.json", import.meta.url), "utf8"));

for (const { color, ink } of CASES) {
  test(`the ink on ${color} is the one that Python chooses`, () => {
    assert.equal(inkOn(...color), ink);
  });
}
