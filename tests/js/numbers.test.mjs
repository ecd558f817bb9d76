import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readNumber, tidy } from "../../app/browser/numbers.js";
import { isAnother } from "../../app/lessons/step_by_step/slide_explorer/typing.js";

const CASES = JSON.parse(
  readFileSync(new URL("../cases/number_grammar.json", import.meta.url), "utf8"),
).filter((one) => "text" in one);

test("one number is read as Python reads it", () => {
  for (const { text, number } of CASES)
    assert.equal(readNumber(text), number, JSON.stringify(text));
});

test("a number that a cell shows already is no change, however it is typed", () => {
  for (const { text, number } of CASES) {
    if (number === null) continue;
    const shown = String(number).replace("-", "−");
    assert.equal(isAnother(text, shown), false, JSON.stringify(text));
    assert.equal(isAnother(text, "12345"), true, JSON.stringify(text));
  }
});

test("what is no number is passed on, so that Python can say what is wrong with it", () => {
  for (const { text, number } of CASES)
    if (number === null) assert.equal(isAnother(text, "8"), true, JSON.stringify(text));
});

test("a typed -0 is 0", () => {
  assert.ok(Object.is(readNumber("-0"), 0));
});

test("steps of a tenth leave no dust and no negative zero", () => {
  assert.equal(tidy(0.1 + 0.2), 0.3);
  assert.ok(Object.is(tidy(-0), 0));
});
