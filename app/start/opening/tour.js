// Moves the window over the picture once by itself, so that a newcomer sees what it does.

const SEEN = "kernelscope.tour";
const MS = 5000;
/** Where it ends: on the upper half of the picture, where faces are. */
const END = { x: 0.5, y: 0.36 };

export class Tour {
  /** @param {(x: number, y: number) => void} move to a place, in shares of the picture's sides */
  constructor(move) {
    this.move = move;
    this.frame = 0;
  }

  /** Begin, unless this visitor has seen it or wants nothing to move; then the window is at its end. */
  begin() {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isStill || sessionStorage.getItem(SEEN)) {
      this.move(END.x, END.y);
      return;
    }
    let began = 0;
    const step = (/** @type {number} */ now) => {
      began ||= now;
      const part = Math.min((now - began) / MS, 1);
      const { x, y } = placeAt(part);
      this.move(x, y);
      if (part < 1) this.frame = requestAnimationFrame(step);
      else this.stop();
    };
    this.frame = requestAnimationFrame(step);
  }

  /** It is over, or a hand has taken the window. */
  stop() {
    cancelAnimationFrame(this.frame);
    sessionStorage.setItem(SEEN, "1");
  }
}

/**
 * The place on the way: an arc from the lower left, that slows down towards its end.
 * @param {number} part of the time, 0 to 1
 */
export function placeAt(part) {
  const slowed = 1 - (1 - part) ** 3;
  const turn = Math.PI * (1.25 - 1.75 * slowed);
  const radius = 0.34 * (1 - slowed);
  return { x: END.x + radius * Math.cos(turn), y: END.y - radius * Math.sin(turn) };
}
