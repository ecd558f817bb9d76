// Plays a slide: asks the browser for frames while it runs, and knows how far outputs are filled.

import { SlideClock } from "./clock.js";

const FIRST_WAIT_MS = 700; // a reader looks at the example before the window moves

export class Player {
  /** @param {{ondraw: () => void, isHeld: () => boolean, isThere: () => boolean}} on */
  constructor(on) {
    this.on = on;
    this.clock = new SlideClock();
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.filled = -1;
    this.waitUntil = 0;
    this.looping = false;
    /** @type {number | undefined} when the frame before was drawn */
    this.before = undefined;
    this.tick = (/** @type {number} */ now) => this.frame(now);
  }

  get last() {
    return this.clock.count - 1;
  }

  get playing() {
    return this.clock.playing;
  }

  /** How much of the present stop is shown: 1 for a reader who wants no motion. */
  get phase() {
    return this.still.matches ? 1 : this.clock.phase;
  }

  /**
   * From the first stop; or at a place with everything shown, as for a reader who wants no motion.
   * @param {number} step the place, -1 for none
   */
  begin(step) {
    if (step >= 0 || this.still.matches) {
      this.clock.pause();
      this.clock.go(Math.max(step, 0));
      this.fillAll();
      return;
    }
    this.clock.restart();
    this.waitUntil = performance.now() + FIRST_WAIT_MS;
    this.filled = -1;
  }

  fillAll() {
    this.filled = this.last;
  }

  toggle() {
    this.waitUntil = 0;
    if (this.clock.playing) this.clock.pause();
    else {
      if (this.clock.step === this.last) this.filled = -1;
      this.clock.play();
    }
    this.run();
  }

  /**
   * Pause at a stop, with the outputs up to it.
   * @param {number} step
   */
  go(step) {
    this.clock.pause();
    this.clock.go(step);
    this.filled = this.clock.step;
  }

  run() {
    if (!this.clock.playing || this.looping) return;
    this.looping = true;
    this.before = undefined;
    requestAnimationFrame(this.tick);
  }

  /** @param {number} now */
  frame(now) {
    if (!this.clock.playing || !this.on.isThere()) {
      this.looping = false;
      this.on.ondraw();
      return;
    }
    const passed = now - (this.before ?? now);
    this.before = now;
    // A pointer on a cell holds the slide, so that what is under it can be read in peace.
    if (!this.on.isHeld() && now >= this.waitUntil) this.clock.advance(passed);
    this.filled = this.clock.phase >= 1 ? this.clock.step : this.clock.step - 1;
    this.on.ondraw();
    requestAnimationFrame(this.tick);
  }
}
