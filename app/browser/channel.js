// What the components of one lab tell each other while a control is being moved.
//
// Python's settings are "committed". A control that is being dragged announces a "draft": settings not yet
// committed. The live view asks for frames of committed settings with the drafts laid over them. A draft is
// forgotten when Python has taken it over, or when it did not within `GRACE_MS` after the hand let go.

const GRACE_MS = 2500;

class LabChannel extends EventTarget {
  constructor() {
    super();
    /** @type {Object<string, string>} */ this.committed = {};
    /** @type {Object<string, string>} */ this.drafts = {};
    this.held = 0;
    this.timer = 0;
  }

  /** The settings a frame should show now. */
  get wanted() {
    return { ...this.committed, ...this.drafts };
  }

  get pending() {
    return Object.keys(this.drafts).length > 0;
  }

  /** A control moved. @param {Object<string, string>} changes */
  draft(changes) {
    this.drafts = { ...this.drafts, ...changes };
    this.tell("draft");
  }

  /** A hand has taken hold of a control. */
  grab() {
    this.held += 1;
    clearTimeout(this.timer);
  }

  /** The hand let go; Python will be told next. */
  release() {
    this.held = Math.max(0, this.held - 1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.held || !this.pending) return;
      this.drafts = {};
      this.tell("draft");
    }, GRACE_MS);
  }

  /** Python's settings arrived. @param {Object<string, string>} settings */
  commit(settings) {
    this.committed = settings;
    for (const [key, text] of Object.entries(this.drafts)) {
      if (settings[key] === text && !this.held) delete this.drafts[key];
    }
    this.tell("commit");
  }

  /** A frame was painted. @param {Object} header */
  show(header) {
    this.shown = header;
    this.tell("frame", header);
  }

  /** @param {string} type @param {any} [detail] */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** The one channel of this name on the page; every component has its own copy of this file. */
export function labChannel(name) {
  const channels = (window[Symbol.for("kernelscope.channels")] ??= new Map());
  if (!channels.has(name)) channels.set(name, new LabChannel());
  return channels.get(name);
}
