// What the components of one lab tell each other while a control is being moved.
//
// Python's settings are "committed". A control that is being dragged previews other settings, which are not
// committed yet. The live view asks for frames of the committed settings with the previewed ones laid over them.
// A preview ends when Python has taken it over, or when it did not within `GRACE_MS` after the control was released.

const GRACE_MS = 2500;

/** @typedef {Record<string, string>} Texts settings as text, by key */

export class LabChannel extends EventTarget {
  constructor() {
    super();
    /** @type {Texts} */
    this.committed = {};
    /** @type {Texts} */
    this.previewed = {};
    /** How many controls are being held. */
    this.held = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {any} the header of the frame that is on the screen, as the live view knows it */
    this.shown = undefined;
  }

  /** The settings a frame should show now. */
  get wanted() {
    return { ...this.committed, ...this.previewed };
  }

  get isPending() {
    return Object.keys(this.previewed).length > 0;
  }

  /**
   * A control moved.
   * @param {Texts} changes
   */
  preview(changes) {
    this.previewed = { ...this.previewed, ...changes };
    this.tell("preview");
  }

  /** A pointer has taken hold of a control. */
  grab() {
    this.held += 1;
    clearTimeout(this.timer);
  }

  /** The control was released; Python will be told next. */
  release() {
    this.held = Math.max(0, this.held - 1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.held || !this.isPending) return;
      this.previewed = {};
      this.tell("preview");
    }, GRACE_MS);
  }

  /**
   * Python's settings arrived.
   * @param {Texts} settings
   */
  commit(settings) {
    this.committed = settings;
    for (const [key, text] of Object.entries(this.previewed)) {
      if (settings[key] === text && !this.held) delete this.previewed[key];
    }
    this.tell("commit");
  }

  /**
   * A frame was painted.
   * @param {any} header as the live view knows it
   */
  show(header) {
    this.shown = header;
    this.tell("frame", header);
  }

  /**
   * @param {"preview" | "commit" | "frame"} type
   * @param {unknown} [detail]
   */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @type {Map<string, LabChannel>} one for all components of a page */
const channels = new Map();

/**
 * The channel of this name.
 * @param {string} name
 */
export function labChannel(name) {
  const channel = channels.get(name) ?? new LabChannel();
  channels.set(name, channel);
  return channel;
}
