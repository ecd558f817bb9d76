// Which step of a descent is asked for, and when it rests.

import assert from "node:assert/strict";
import test from "node:test";

import { Descent } from "../../app/lessons/watch_it_learn/kernel/kernel_stage/descent.js";

/** A descent that notes at which steps it rested; its pictures are given to it by hand. */
function followed() {
  /** @type {number[]} */
  const rests = [];
  const descent = new Descent({
    ask: () => {},
    onrest: () => rests.push(descent.step),
    onplaying: () => {},
  });
  descent.most = 100;
  return { descent, rests };
}

test("one step goes on by one and rests", () => {
  const { descent, rests } = followed();
  descent.reached({ step: 7, end: "" });
  descent.stepOnce();
  descent.reached({ step: 8, end: "" });
  assert.deepEqual(rests, [8]);
  assert.equal(descent.isPlaying, false);
});

test("a step that is asked for while another is computed is not lost", () => {
  const { descent, rests } = followed();
  descent.reached({ step: 7, end: "" });
  for (let press = 0; press < 3; press += 1) descent.stepOnce();
  for (const step of [8, 9, 10]) descent.reached({ step, end: "" });
  assert.deepEqual(rests, [10]);
});

test("after the end, one step begins again", () => {
  const { descent, rests } = followed();
  descent.reached({ step: 40, end: "found" });
  descent.stepOnce();
  assert.deepEqual([descent.step, descent.goal], [0, 1]);
  descent.reached({ step: 1, end: "" });
  assert.deepEqual(rests, [1]);
});

test("one step while it plays is one step more, and then a rest", () => {
  const { descent, rests } = followed();
  descent.play();
  descent.reached({ step: 3, end: "" });
  descent.stepOnce();
  descent.reached({ step: 4, end: "" });
  assert.deepEqual(rests, [4]);
});
