// Texts that are shown one after the other: in order, the last one told apart, and stopped at once.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Steps } from "../../app/lessons/weight_decay/steps.js";

/** @returns {{steps: Steps, shown: [string, boolean][]}} */
function made() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {[string, boolean][]} */
  const shown = [];
  return { steps: new Steps(100, (text, isLast) => shown.push([text, isLast])), shown };
}

test("each text is shown in its turn, and the last one is told apart", () => {
  const { steps, shown } = made();
  steps.start(["a", "b"]);
  assert.deepEqual(shown, [["a", false]]);
  assert.equal(steps.isPlaying, true);
  mock.timers.tick(100);
  assert.deepEqual(shown[1], ["b", true]);
  assert.equal(steps.isPlaying, false);
});

test("nothing is shown after it was stopped", () => {
  const { steps, shown } = made();
  steps.start(["a", "b", "c"]);
  steps.stop();
  mock.timers.tick(1000);
  assert.equal(shown.length, 1);
});
