// The first time, the lens on a picture moves by itself, so that a visitor sees that it can be moved: once on each
// page, and until they do.

const TOUR_MS = 6000;
const SEEN = "kernelscope:toured";
const ENDS = ["pointerdown", "keydown", "wheel"];

/**
 * Where the lens is after a share of the tour: parts of the picture's height and width, from its top left corner.
 * A figure of eight, slow at both ends, from the middle and back to it.
 * @param {number} share 0 to 1
 * @returns {[number, number]}
 */
export function placeAt(share) {
  const turn = 2 * Math.PI * share * share * (3 - 2 * share);
  return [0.5 - 0.28 * Math.sin(2 * turn), 0.5 + 0.28 * Math.sin(turn)];
}

export class Tour {
  /**
   * @param {HTMLElement} picture a pointer that moves over it ends the tour
   * @param {string} page whose tour this is
   * @param {(place: [number, number]) => void} show draws the lens at a place; see `placeAt`
   * @param {() => void} [onend] called when a tour that was under way is over
   */
  constructor(picture, page, show, onend = () => {}) {
    this.picture = picture;
    this.page = page;
    this.show = show;
    this.onend = onend;
    this.isUnderWay = false;
    this.end = this.end.bind(this);
  }

  /** Begin, unless there was a tour since the browser was opened, or the reader wants no motion. */
  beginOnce() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || !isFirst(this.page)) return;
    this.isUnderWay = true;
    for (const name of ENDS)
      document.addEventListener(name, this.end, { capture: true, passive: true });
    this.picture.addEventListener("pointermove", this.end);
    /** @type {number | undefined} */
    let began;
    const step = (/** @type {number} */ now) => {
      if (!this.isUnderWay) return;
      if (!this.picture.isConnected) {
        this.end();
        return;
      }
      began ??= now;
      const share = Math.min((now - began) / TOUR_MS, 1);
      this.show(placeAt(share));
      if (share < 1) requestAnimationFrame(step);
      else this.end();
    };
    requestAnimationFrame(step);
  }

  /** Leave the lens where it is. */
  end() {
    const wasUnderWay = this.isUnderWay;
    this.isUnderWay = false;
    for (const name of ENDS) document.removeEventListener(name, this.end, { capture: true });
    this.picture.removeEventListener("pointermove", this.end);
    if (wasUnderWay) this.onend();
  }
}

/**
 * Whether this is the first time, which it then no longer is; never where the browser keeps nothing.
 * @param {string} page
 */
export function isFirst(page) {
  const name = `${SEEN}:${page}`;
  try {
    if (sessionStorage.getItem(name)) return false;
    sessionStorage.setItem(name, "1");
    return true;
  } catch {
    return false;
  }
}
