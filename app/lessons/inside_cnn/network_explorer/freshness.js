// Which parts of the screen are painted for what the network is given now, and for the place that is open.

/** @import { Place } from "./types.js" */
/** @typedef {"layer" | "map" | "unit" | "unitMap"} Part a part that belongs to one place */

export class Freshness {
  /** @param {() => Place} place */
  constructor(place) {
    this.place = place;
    /** Counts what goes into the network, and how it is colored; answers name it. */
    this.revision = 1;
    /** @type {string | undefined} all that the maps of this revision depend on */
    this.key = undefined;
    this.since = 0;
    /** @type {string | undefined} the revision of the class scores that are shown */
    this.scores = undefined;
    /** @type {Partial<Record<Part, string>>} the stamp that each part was last painted for */
    this.painted = {};
  }

  /** The present revision, as questions and answers name it. */
  get about() {
    return String(this.revision);
  }

  /** What is shown, in one line: the same input and the same place. */
  get stamp() {
    return [this.revision, ...Object.values(this.place())].join(" ");
  }

  /**
   * Count another revision if `key`, all that maps depend on, is not what it was.
   * @param {string} key
   */
  renew(key) {
    if (this.key === key) return;
    this.key = key;
    this.revision += 1;
    this.since = performance.now();
  }

  /** @param {Part} part */
  mark(part) {
    this.painted[part] = this.stamp;
  }

  /** @param {Part} part */
  isFresh(part) {
    return this.painted[part] === this.stamp;
  }

  get scoresAreFresh() {
    return this.scores === this.about;
  }

  /** Another network came: nothing on the screen is its own. */
  forget() {
    this.scores = undefined;
    this.painted = {};
  }
}
