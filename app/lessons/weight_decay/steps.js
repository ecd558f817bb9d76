// Texts that are shown one after the other.

export class Steps {
  /**
   * @param {number} every milliseconds from one to the next
   * @param {(text: string, isLast: boolean) => void} show
   */
  constructor(every, show) {
    this.every = every;
    this.show = show;
    /** @type {string[]} */
    this.texts = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  get isPlaying() {
    return this.timer !== undefined;
  }

  /** @param {string[]} texts */
  start(texts) {
    this.stop();
    this.texts = [...texts];
    this.next();
  }

  next() {
    const text = this.texts.shift();
    if (text === undefined) {
      this.stop();
      return;
    }
    const isLast = !this.texts.length;
    this.timer = isLast ? undefined : setTimeout(() => this.next(), this.every);
    this.show(text, isLast);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
