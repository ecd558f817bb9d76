// Where a playing slide is: which stop, and how much of it is shown. Time comes in, a position comes out.

const GLIDE_END = 0.2;
const TERMS_END = 0.86;
const FLIGHT = 0.2;
const HOLD_MS = 700;
const LONGEST_GAP_MS = 250;

/**
 * Milliseconds for one stop at speed 1: few stops go slowly, many stay bearable.
 * @param {number} count
 */
export function stopDuration(count) {
  return Math.min(2800, Math.max(480, 50000 / Math.max(count, 1)));
}

/**
 * 0..1 eased at both ends.
 * @param {number} part
 */
export function eased(part) {
  const t = Math.min(Math.max(part, 0), 1);
  return t * t * (3 - 2 * t);
}

/**
 * How far the window has come to its new place in this phase of a stop.
 * @param {number} phase
 */
export function glideAt(phase) {
  return eased(phase / GLIDE_END);
}

/**
 * How many of `count` terms have appeared in this phase.
 * @param {number} phase
 * @param {number} count
 */
export function termsAt(phase, count) {
  if (phase >= TERMS_END) return count;
  if (phase < GLIDE_END) return 0;
  return Math.min(
    count,
    1 + Math.floor((count * (phase - GLIDE_END)) / (TERMS_END - GLIDE_END - FLIGHT)),
  );
}

/**
 * How far term `index` of `count` has flown to its sum: 0 before it starts, 1 when it is there.
 * @param {number} phase
 * @param {number} index
 * @param {number} count
 */
export function flightAt(phase, index, count) {
  const start = GLIDE_END + ((TERMS_END - GLIDE_END - FLIGHT) * index) / Math.max(count, 1);
  return Math.min(Math.max((phase - start) / FLIGHT, 0), 1);
}

/**
 * How many terms have arrived at their sum.
 * @param {number} phase
 * @param {number} count
 */
export function arrivedAt(phase, count) {
  let arrived = 0;
  while (arrived < count && flightAt(phase, arrived, count) >= 1) arrived += 1;
  return arrived;
}

export class SlideClock {
  constructor() {
    this.count = 1;
    this.speed = 1;
    this.step = 0;
    this.phase = 1;
    this.playing = false;
    /** @type {Set<number>} */ this.holds = new Set();
    /** Milliseconds that the stop is still held. */
    this.held = 0;
  }

  /** Milliseconds that one stop takes now. */
  get duration() {
    return stopDuration(this.count) / this.speed;
  }

  /**
   * Another slide.
   * @param {number} count its stops
   * @param {number[]} holds the stops that are shown longer
   */
  setSlide(count, holds) {
    this.count = count;
    this.holds = new Set(holds);
    if (this.step >= count) this.go(count - 1);
  }

  /** @param {number} step */
  go(step) {
    this.step = Math.min(Math.max(step, 0), this.count - 1);
    this.phase = 1;
    this.held = 0;
  }

  play() {
    if (this.step === this.count - 1 && this.phase >= 1) {
      this.step = 0;
      this.phase = 0;
    }
    this.playing = true;
  }

  /** From the first stop, from its very beginning. */
  restart() {
    this.step = 0;
    this.phase = 0;
    this.held = 0;
    this.playing = true;
  }

  pause() {
    this.playing = false;
    this.phase = 1;
  }

  /**
   * Time passes.
   * @param {number} ms
   */
  advance(ms) {
    if (!this.playing) return;
    // A page that was in the background comes back with a long gap; the slide goes on where it was.
    let left = Math.min(ms, LONGEST_GAP_MS);
    if (this.held > 0) {
      const spent = Math.min(left, this.held);
      this.held -= spent;
      left -= spent;
      if (this.held > 0) return;
      if (!this.next()) return;
    }
    this.phase += left / this.duration;
    while (this.phase >= 1 && this.playing) {
      const over = this.phase - 1;
      if (this.holds.has(this.step) && this.step < this.count - 1) {
        this.phase = 1;
        this.held = HOLD_MS / this.speed;
        return;
      }
      if (!this.next()) return;
      this.phase = over;
    }
  }

  /** Begin the next stop; false at the last one. */
  next() {
    if (this.step >= this.count - 1) {
      this.phase = 1;
      this.playing = false;
      return false;
    }
    this.step += 1;
    this.phase = 0;
    return true;
  }
}
