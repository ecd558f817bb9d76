import assert from "node:assert/strict";
import { test } from "node:test";

import {
  SlideClock,
  arrivedAt,
  flightAt,
  glideAt,
  stopDuration,
  termsAt,
} from "../../app/lessons/step_by_step/slide_explorer/clock.js";

function started(count, holds = []) {
  const clock = new SlideClock();
  clock.setSlide(count, holds);
  clock.restart();
  return clock;
}

function play(clock, ms, step = 16) {
  for (let spent = 0; spent < ms; spent += step) clock.advance(step);
}

test("a slide begins at its first stop, before anything has happened", () => {
  const clock = started(6);
  assert.deepEqual([clock.step, clock.phase, clock.playing], [0, 0, true]);
});

test("time moves the window on, stop by stop, and it ends at the last one", () => {
  const clock = started(4);
  play(clock, stopDuration(4) * 1.5);
  assert.equal(clock.step, 1);
  play(clock, stopDuration(4) * 4);
  assert.deepEqual([clock.step, clock.phase, clock.playing], [3, 1, false]);
});

test("twice the speed takes half the time", () => {
  const slow = started(40);
  const fast = started(40);
  fast.speed = 2;
  play(slow, 8000);
  play(fast, 4000);
  assert.ok(Math.abs(slow.step + slow.phase - fast.step - fast.phase) < 0.1);
});

test("a page that was in the background goes on where it was", () => {
  const clock = started(4);
  clock.advance(60000);
  assert.equal(clock.step, 0);
});

test("stops of interest are held", () => {
  const clock = started(4, [0]);
  play(clock, stopDuration(4) + 300);
  assert.deepEqual([clock.step, clock.phase], [0, 1]);
  play(clock, 600);
  assert.equal(clock.step, 1);
});

test("play at the end starts over, and pausing completes the stop", () => {
  const clock = started(3);
  clock.go(2);
  clock.play();
  assert.deepEqual([clock.step, clock.phase], [0, 0]);
  clock.advance(100);
  clock.pause();
  assert.equal(clock.phase, 1);
});

test("a shorter slide keeps its place as far as there is one", () => {
  const clock = started(9);
  clock.go(8);
  clock.setSlide(4, []);
  assert.equal(clock.step, 3);
  clock.go(-5);
  assert.equal(clock.step, 0);
});

test("terms appear in order after the window has come, and all arrive before the stop ends", () => {
  assert.equal(termsAt(0.1, 9), 0);
  assert.equal(termsAt(1, 9), 9);
  let before = 0;
  for (let phase = 0; phase <= 1; phase += 0.01) {
    const terms = termsAt(phase, 9);
    assert.ok(terms >= before && arrivedAt(phase, 9) <= terms);
    before = terms;
  }
  assert.equal(arrivedAt(0.9, 9), 9);
  assert.equal(flightAt(0.1, 0, 9), 0);
  assert.equal(glideAt(0), 0);
  assert.equal(glideAt(0.5), 1);
});

test("few stops go slowly, many stay bearable", () => {
  assert.ok(stopDuration(4) > 2000);
  assert.ok(stopDuration(256) * 256 < 130000);
});
