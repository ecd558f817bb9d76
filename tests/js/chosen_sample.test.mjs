import assert from "node:assert/strict";
import test from "node:test";
import { keyOf } from "../../app/browser/chosen_sample.js";

test("a button for a picture says which it chooses", () => {
  assert.equal(keyOf(["stElementContainer", "st-key-choose_coffee"]), "coffee");
  assert.equal(keyOf(["st-key-choose_lecture_2x2", "stElementContainer"]), "lecture_2x2");
});

test("other elements choose nothing", () => {
  assert.equal(keyOf([]), "");
  assert.equal(keyOf(["stElementContainer", "st-key-upload_file"]), "");
});
