// What goes for the page as a whole: classroom mode, presenting, its link, the way back to the start.

import { el, rootOf, setAttributes, setText } from "../dom.js";
import { closeAfterChoice } from "./close_after_choice.js";
import { copyLink } from "./copy_link.js";
import { takeFiles } from "./files.js";
import { keepFocus } from "./keep_focus.js";
import { followKeys, Keys } from "./keys.js";
import { isPresenting, present, stopPresenting, whenPresenting } from "./presenting.js";

/** @import { Mounting, Report } from "../report.js" */
/** @typedef {{classroom: boolean, keys: [string, string][], reset: boolean, undo: boolean}} ToolbarData */

const SAID_MS = 6000;
// Known while one goes from page to page.
/** Whether the window was presenting when a toolbar looked last. */
let wasPresenting = false;
/** Whether classroom mode was off before presenting, which needs it. */
let wasSmall = false;
/** Whether classroom mode is to be on, until a page shows that: what a page reports while it is left is lost. */
let wanted = /** @type {boolean | undefined} */ (undefined);

class Toolbar {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {ToolbarData} */
    this.data = { classroom: false, keys: [], reset: false, undo: false };
    this.classroom = this.button("Classroom", "Larger type and cells, for a projector", () =>
      this.enlarge(!this.data.classroom),
    );
    /** What this toolbar reported last of it. */
    this.reported = /** @type {boolean | undefined} */ (undefined);
    this.present = this.button("Present", "Full screen, the stage alone (P)", () => this.toggle());
    this.copy = this.button("Copy link", "A link to this page as it is now", () => this.copied());
    this.reset = this.button("Reset", "Put this page's settings back to the start", () =>
      this.report(this.data.undo ? { undo: true } : { reset: true }),
    );
    this.help = this.button("?", "Keys of this page", () => this.keys.show());
    this.help.setAttribute("aria-label", "Keys of this page");
    for (const one of [this.classroom, this.present, this.help]) one.classList.add("for-projector");
    this.said = el("output", { class: "said", "aria-live": "polite" });
    this.keys = new Keys();
    this.element = el(
      "div",
      { class: "ks toolbar", role: "toolbar", "aria-label": "This page" },
      this.classroom,
      this.present,
      this.copy,
      this.reset,
      this.help,
      this.said,
      this.keys.element,
    );
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * @param {string} name
   * @param {string} about
   * @param {() => void} onclick
   */
  button(name, about, onclick) {
    return el("button", { title: about, onclick }, name);
  }

  /**
   * @param {ToolbarData} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  update(data, unsettled) {
    this.data = data;
    setAttributes(this.classroom, { "aria-pressed": String(data.classroom) });
    this.reset.hidden = !data.reset;
    setText(this.reset, data.undo ? "Undo reset" : "Reset");
    this.keys.update(data.keys);
    this.presented();
    if (wanted === data.classroom && !("classroom" in unsettled)) wanted = undefined;
    else if (wanted !== undefined && wanted !== this.reported) this.enlarge(wanted);
  }

  /** @param {boolean} classroom */
  enlarge(classroom) {
    wanted = classroom;
    this.reported = classroom;
    this.report({ classroom: classroom ? "1" : "0" });
  }

  /** Full screen with the stage alone, in classroom mode; or back to the page as it was. */
  toggle() {
    if (isPresenting()) stopPresenting();
    else present();
  }

  /** Presenting may have begun or ended, here or while no toolbar was on the page. */
  presented() {
    // A toolbar that was taken off its page hears of it for a moment longer, but nobody hears what it reports.
    if (isPresenting() === wasPresenting || !this.element.isConnected) return;
    wasPresenting = isPresenting();
    if (wasPresenting) wasSmall = !this.data.classroom;
    this.enlarge(wasPresenting || !wasSmall);
  }

  async copied() {
    this.say(await copyLink());
  }

  /** @param {string} text */
  say(text) {
    setText(this.said, text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.said, ""), SAID_MS);
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const toolbar = rootOf(parentElement, () => new Toolbar());
  toolbar.report = report;
  toolbar.update(data, unsettled);
  const ends = [
    followKeys({ P: () => toolbar.toggle(), "?": () => toolbar.keys.show() }),
    whenPresenting(() => toolbar.presented()),
    takeFiles(),
    closeAfterChoice(),
    keepFocus(),
  ];
  return () => {
    for (const end of ends) end();
  };
}
