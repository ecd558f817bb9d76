import assert from "node:assert/strict";
import { test } from "node:test";

import { isNoticed } from "../../app/browser/lesson_stage.js";

const SIGHT = { top: 50, bottom: 850 };

test("a stage is noticed when half of it is in sight", () => {
  assert.ok(isNoticed({ top: 50, bottom: 650 }, SIGHT));
  assert.ok(isNoticed({ top: -250, bottom: 350 }, SIGHT));
  assert.ok(!isNoticed({ top: -350, bottom: 250 }, SIGHT));
  assert.ok(!isNoticed({ top: 900, bottom: 1500 }, SIGHT));
});

test("of a stage that is larger than the window half a window is enough", () => {
  assert.ok(isNoticed({ top: 50, bottom: 2050 }, SIGHT));
  assert.ok(isNoticed({ top: 440, bottom: 2440 }, SIGHT));
  assert.ok(!isNoticed({ top: 500, bottom: 2500 }, SIGHT));
});
