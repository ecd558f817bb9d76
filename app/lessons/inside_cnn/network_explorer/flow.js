// Lets the picture flow through the network: the band glides from its first layer to its last.

const LASTS_MS = { least: 1500, perPixel: 0.9, most: 9000 };

export class Flow {
  /** @param {HTMLElement} scroller what is scrolled */
  constructor(scroller) {
    this.scroller = scroller;
    this.flowing = false;
  }

  /** Glide from start to end; nothing moves for a reader who wants no motion. */
  start() {
    this.halt();
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const began = performance.now();
    const way = this.scroller.scrollWidth - this.scroller.clientWidth;
    const lasts = Math.min(LASTS_MS.most, LASTS_MS.least + way * LASTS_MS.perPixel);
    this.flowing = true;
    /** @param {number} now */
    const step = (now) => {
      if (!this.flowing) return;
      const part = Math.min(1, Math.max(0, (now - began) / lasts));
      this.scroller.scrollLeft = way * part * part * (3 - 2 * part);
      if (part < 1) requestAnimationFrame(step);
      else this.flowing = false;
    };
    requestAnimationFrame(step);
  }

  halt() {
    this.flowing = false;
  }
}
