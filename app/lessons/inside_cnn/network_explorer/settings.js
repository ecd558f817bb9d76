// The settings of the explorer, kept in step with Python's: changes are shown at once and sent to Python together.

/** @import { Changes, Place, Settings } from "./types.js" */

const COMMIT_MS = 250;
const AHEAD_MS = 4000;

export class SettingsSync {
  /** @param {(changes: Changes) => void} report sends changes to Python */
  constructor(report) {
    this.report = report;
    /** @type {Settings} as they are shown */
    this.current = /** @type {Settings} */ ({});
    /** @type {Changes} not sent yet */
    this.unsent = {};
    /** @type {Changes | undefined} sent, but not yet in what Python sends back */
    this.awaited = undefined;
    this.awaitedSince = 0;
    /** Whether a drawing is under the pointer: what is drawn is ahead of the page, and stays. */
    this.isDrawing = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @returns {Place} */
  get place() {
    const { layer = "", channel = "", row = "", column = "" } = this.current;
    return { layer, channel, row, column };
  }

  /**
   * Take over the page's settings, unless they do not yet contain what was sent; what is still to be sent stays.
   * @param {Settings} settings
   */
  adopt(settings) {
    /** @type {Record<string, string>} */
    const arrived = settings;
    const waits = Object.entries(this.awaited ?? {}).some(([key, text]) => arrived[key] !== text);
    if (waits && performance.now() - this.awaitedSince < AHEAD_MS) return;
    this.awaited = undefined;
    const { go, ...unsent } = this.unsent;
    this.current = { ...settings, ...unsent };
  }

  /**
   * Whether what the page sent is on the pad, or will be: what is drawn here may be ahead of it.
   * @param {Settings} sent
   */
  isOnPad(sent) {
    const { source, garment, drawing } = this.current;
    return sent.source === source && sent.garment === garment && sent.drawing === drawing;
  }

  /** @param {Changes} changes */
  change(changes) {
    Object.assign(this.current, changes);
  }

  /**
   * Send changes to Python, so that the link follows; changes in quick succession go together.
   * @param {Changes} changes
   * @param {number} [wait] milliseconds
   */
  commit(changes, wait = COMMIT_MS) {
    Object.assign(this.unsent, changes);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { go, ...settings } = this.unsent;
      this.awaited = { ...this.awaited, ...settings };
      this.awaitedSince = performance.now();
      this.isDrawing = false;
      this.report(this.unsent);
      this.unsent = {};
    }, wait);
  }

  close() {
    clearTimeout(this.timer);
  }
}
