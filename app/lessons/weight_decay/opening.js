// What a stage shows by itself the first time: until it is over, or until anything is pressed.

import { isFirst } from "../../browser/tour.js";
import { Steps } from "./steps.js";

const ENDS = ["pointerdown", "keydown", "wheel"];

export class Opening {
  /**
   * @param {number} every milliseconds from one text to the next
   * @param {(text: string) => void} show
   * @param {() => void} onend called when it was stopped before its end
   */
  constructor(every, show, onend) {
    this.steps = new Steps(every, (text, isLast) => {
      if (isLast) this.listen(false);
      show(text);
    });
    this.onend = onend;
    this.end = this.end.bind(this);
  }

  /**
   * Begin, unless it was shown since the browser was opened, or the reader wants no motion.
   * @param {string} name
   * @param {string[]} texts
   */
  beginOnce(name, texts) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || !isFirst(name)) return;
    this.listen(true);
    this.steps.start(texts);
  }

  get isPlaying() {
    return this.steps.isPlaying;
  }

  /** @param {boolean} wanted */
  listen(wanted) {
    for (const name of ENDS)
      if (wanted) document.addEventListener(name, this.end, { capture: true, passive: true });
      else document.removeEventListener(name, this.end, { capture: true });
  }

  end() {
    this.listen(false);
    if (!this.steps.isPlaying) return;
    this.steps.stop();
    this.onend();
  }
}
