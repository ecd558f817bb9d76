// How a component tells Python what the reader changed.
//
// What is reported is kept until the page's data shows that Python took it over: the stamp of the last report that was
// taken comes with the data (app/browser/component.py). A report repeats those before it that were not, since
// Streamlit keeps one value, the last, and sends none while it is disconnected. Python leaves out what it has taken.

/** @typedef {(changes: Record<string, unknown>) => void} Report with no changes: a request for another run */
/**
 * What a component is given each time it mounts or is updated; each knows its own data. `unsettled`: what it reported
 * and Python had not taken over when it made this data, which is older than these changes.
 * @typedef {{data: any, parentElement: Node, report: Report, unsettled: Record<string, unknown>}} Mounting
 */
/** @typedef {(name: string, value: unknown) => void} SetStateValue Streamlit's */
/** @typedef {Record<string, unknown> & {stamp: number}} Stamped */

/** Said on the document by this module: a report has not been taken over in good time. */
export const UNCONFIRMED = "kernelscope:unconfirmed";
/** Said on the document by the guard: Streamlit is connected and at rest, so send again what was not taken over. */
export const CONNECTED = "kernelscope:connected";
/** Said on the document by the guard, before it opens the page's link again: the link, for what it does not have yet. */
export const REOPENING = "kernelscope:reopening";

export const PATIENCE_MS = 3000;
/** A report that breaks something in Python would never be taken over. */
export const MOST_REPEATS = 5;
const MOST_KEPT = 100;
const RUNNING = "[data-test-script-state=running]";
const EVERY_MS = 50;

let lastStamp = 0;
let isListening = false;

/** @type {Set<Reports>} those that wait for Python */
const waiting = new Set();

/** Whether Streamlit is in the middle of a run. */
export function isRunning() {
  return document.querySelector(RUNNING) !== null;
}

/**
 * Wait until Python has taken over what was reported, and Streamlit is at rest.
 * @param {number} most milliseconds
 */
export async function settled(most) {
  const end = performance.now() + most;
  const isAtRest = () => !waiting.size && !isRunning();
  while (!isAtRest() && performance.now() < end)
    await new Promise((done) => setTimeout(done, EVERY_MS));
}

function sendAgain() {
  for (const one of waiting) one.repeat();
}

export class Reports {
  /** @param {Node} place where the component is mounted; once it left the page, nothing is sent again */
  constructor(place) {
    this.place = place;
    /** @type {Stamped[]} reported, and not known to be taken over */
    this.pending = [];
    this.repeats = 0;
    /** @type {SetStateValue} */
    this.setStateValue = () => {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.report = this.report.bind(this);
  }

  /**
   * The component is mounted or updated.
   * @param {SetStateValue} setStateValue
   * @param {number} [taken] the stamp of the last report that Python took over
   */
  adopt(setStateValue, taken = 0) {
    this.setStateValue = setStateValue;
    this.pending = this.pending.filter(({ stamp }) => stamp > taken);
    if (!this.pending.length) this.rest();
  }

  /** What was reported and is not known to be taken over, the latest of each key. */
  get unsettled() {
    const { stamp: _, ...changes } = Object.assign({}, ...this.pending);
    return changes;
  }

  /** @param {Record<string, unknown>} changes */
  report(changes) {
    // A clock that is put back must not make a report look taken.
    lastStamp = Math.max(lastStamp + 1, Date.now());
    const unsettled = this.pending.filter((one) => Object.keys(one).length > 1);
    this.pending = [...unsettled, { ...changes, stamp: lastStamp }].slice(-MOST_KEPT);
    this.repeats = 0;
    this.send();
  }

  send() {
    const earlier = this.pending.slice(0, -1);
    const newest = this.pending[this.pending.length - 1];
    waiting.add(this);
    if (!isListening) document.addEventListener(CONNECTED, sendAgain);
    isListening = true;
    this.watch();
    this.setStateValue("changes", earlier.length ? { ...newest, earlier } : newest);
  }

  repeat() {
    if (!this.place.isConnected || this.repeats === MOST_REPEATS) {
      this.rest();
      return;
    }
    this.repeats += 1;
    this.send();
  }

  watch() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.place.isConnected) {
        this.rest();
        return;
      }
      this.watch();
      document.dispatchEvent(new CustomEvent(UNCONFIRMED));
    }, PATIENCE_MS);
  }

  rest() {
    clearTimeout(this.timer);
    waiting.delete(this);
  }
}
