import assert from "node:assert/strict";
import { test } from "node:test";

import {
  CHECK_MS,
  decide,
  isSamePage,
  PATIENCE_MS,
  RETRY_MS,
} from "../../app/browser/guard/watch.js";

test("silence is said and checked again soon; nothing is opened anew meanwhile", () => {
  assert.deepEqual(decide("silent", false, 0), { lost: true, reopen: false, again: RETRY_MS });
  assert.deepEqual(decide("silent", true, 0), { lost: true, reopen: false, again: RETRY_MS });
});

test("a session that is there again clears the line", () => {
  assert.deepEqual(decide("here", true, 0), { lost: false, reopen: false, again: CHECK_MS });
});

test("a session that is gone opens the page anew", () => {
  assert.equal(decide("gone", true, 0).reopen, true);
  assert.equal(decide("gone", false, 0).reopen, true);
});

test("Streamlit may reconnect by itself for a while; then the page is opened anew", () => {
  assert.equal(decide("waiting", true, PATIENCE_MS - 1).reopen, false);
  assert.equal(decide("waiting", true, PATIENCE_MS).reopen, true);
});

test("another query is the same page, another path is not", () => {
  const here = "http://localhost:8501/kernel_lab?stride=2";
  assert.equal(isSamePage("/kernel_lab?stride=3", here), true);
  assert.equal(isSamePage("?stride=3", here), true);
  assert.equal(isSamePage(undefined, here), true);
  assert.equal(isSamePage("/inside_cnn", here), false);
  assert.equal(isSamePage("/", here), false);
});
