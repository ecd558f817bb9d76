// What changed without the stage: not what it told itself, even where the page is behind it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Told } from "../../app/lessons/weight_decay/told.js";

test("what was told comes back, step by step or at once, and is not from elsewhere", () => {
  const told = new Told();
  told.note({ a: "1" });
  told.note({ a: "2" });
  assert.deepEqual(told.others({ a: "0", b: "0" }, { a: "1", b: "0" }, { a: "2" }), []);
  assert.deepEqual(told.others({ a: "1", b: "0" }, { a: "2", b: "0" }, {}), []);
});

test("what nobody told is from elsewhere, also where it had been told long ago", () => {
  const told = new Told();
  told.note({ a: "1" });
  assert.deepEqual(told.others({ a: "0" }, { a: "1" }, {}), []);
  assert.deepEqual(told.others({ a: "1" }, { a: "0" }, {}), ["a"]);
  assert.deepEqual(told.others({ a: "0" }, { a: "1" }, {}), ["a"]);
});

test("what was told and taken back before the page said so is from elsewhere", () => {
  const told = new Told();
  told.note({ a: "1" });
  assert.deepEqual(told.others({ a: "0" }, { a: "0" }, {}), ["a"]);
});
