// Which step of a descent is asked for next, and when: play, pause, to the end. It asks, and is told what came.

/** @import { LearningHeader } from "./types.js" */

/** From one picture to the next, so that steps are seen one after the other. */
const EVERY_MS = 40;

export class Descent {
  /**
   * @param {{ask: (step: number) => void, onrest: () => void, onplaying: () => void}} listeners `onrest`: it stands
   *   still now, and did not before
   */
  constructor(listeners) {
    this.listeners = listeners;
    this.step = 0;
    this.end = "";
    this.isPlaying = false;
    /** Where to stop. */
    this.goal = Infinity;
    /** Whether it makes the steps of a button, each of which is pressed for one. */
    this.isStepping = false;
    /** How many steps are made from one picture to the next. */
    this.pace = 1;
    this.most = 0;
    this.askedAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * Play on from where it is, or from the start where it has ended.
   * @param {{from?: number, goal?: number}} [options]
   */
  play({ from = this.end ? 0 : this.step, goal = Infinity } = {}) {
    this.step = from;
    this.end = "";
    this.goal = goal;
    this.isStepping = false;
    this.isPlaying = true;
    this.listeners.onplaying();
    this.askNext(from === 0);
  }

  /** Make one step; one that is asked for while another is computed follows it. */
  stepOnce() {
    if (this.isPlaying && this.isStepping) {
      this.goal += 1;
      return;
    }
    const from = this.end ? 0 : this.step;
    this.pace = 1;
    this.play({ from, goal: from + 1 });
    this.isStepping = true;
  }

  pause() {
    if (!this.isPlaying) return;
    this.stop();
    this.listeners.onrest();
  }

  /** Be still, without telling. */
  stop() {
    clearTimeout(this.timer);
    this.isPlaying = false;
    this.listeners.onplaying();
  }

  /** @param {boolean} here the picture of this very step, not the one after it */
  askNext(here = false) {
    clearTimeout(this.timer);
    const wait = Math.max(0, this.askedAt + EVERY_MS - performance.now());
    this.timer = setTimeout(() => {
      if (!this.isPlaying) return;
      this.askedAt = performance.now();
      const next = here ? this.step : this.step + this.pace;
      this.listeners.ask(Math.min(next, this.goal, this.most));
    }, wait);
  }

  /**
   * A picture of this descent is on the screen.
   * @param {LearningHeader} header
   */
  reached({ step, end }) {
    this.step = step;
    this.end = end;
    if (!this.isPlaying) return;
    if (end || step >= this.goal) this.pause();
    else this.askNext();
  }
}
