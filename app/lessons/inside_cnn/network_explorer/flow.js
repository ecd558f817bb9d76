// Lets the picture flow through the network: the band glides on from where it stands to its last layer.

const LASTS_MS = { least: 1500, perPixel: 2.2, most: 20000 };
const ALMOST_PX = 2;

export class Flow {
  /**
   * @param {HTMLElement} scroller what is scrolled
   * @param {() => void} onchange it began to move, or stopped
   */
  constructor(scroller, onchange) {
    this.scroller = scroller;
    this.onchange = onchange;
    this.isFlowing = false;
  }

  /** How far the band can be scrolled. */
  get way() {
    return this.scroller.scrollWidth - this.scroller.clientWidth;
  }

  /** Glide on to the end, from the start again where that is reached; in steps for who wants no motion. */
  start() {
    this.halt();
    const { scroller, way } = this;
    const from = scroller.scrollLeft >= way - ALMOST_PX ? 0 : scroller.scrollLeft;
    if (wantsNoMotion()) {
      const isAtEnd = from < scroller.scrollLeft;
      scroller.scrollLeft = isAtEnd ? 0 : from + scroller.clientWidth;
      return;
    }
    const began = performance.now();
    const lasts = Math.min(LASTS_MS.most, LASTS_MS.least + (way - from) * LASTS_MS.perPixel);
    this.tell(true);
    /** @param {number} now */
    const step = (now) => {
      if (!this.isFlowing) return;
      const part = Math.min(1, Math.max(0, (now - began) / lasts));
      scroller.scrollLeft = from + (way - from) * part * part * (3 - 2 * part);
      if (part < 1) requestAnimationFrame(step);
      else this.tell(false);
    };
    requestAnimationFrame(step);
  }

  halt() {
    if (this.isFlowing) this.tell(false);
  }

  /** @param {boolean} isFlowing */
  tell(isFlowing) {
    this.isFlowing = isFlowing;
    this.onchange();
  }
}

/** Whether the reader asked for a page without motion. */
export function wantsNoMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
