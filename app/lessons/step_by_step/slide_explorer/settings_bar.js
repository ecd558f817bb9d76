// What is above the stage: examples, what the window does, and the settings, the rare ones folded under "More".
// Where space is short (a projected page, a phone) all settings are folded under "Settings", and the stage comes first:
// open, they lie over the lower end of the window, so that the drawing keeps its size and its change can be seen.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { ChoiceBar } from "../../../browser/choice_bar.js";
import { makeControl } from "./made_controls.js";

/** @import { MadeControl } from "./made_controls.js" */
/** @import { Choice, Control, ExplorerData, Menu } from "./types.js" */

export class SettingsBar {
  /**
   * @param {{choose: (example: string) => void, set: (key: string, text: string) => void, onfold: () => void,
   *   oncover: () => void}} on `onfold`: settings above the stage were folded or unfolded, so it has another height;
   *   `oncover`: the settings lie over the page now
   */
  constructor({ choose, set, onfold, oncover }) {
    this.choose = (/** @type {string} */ example) => {
      if (this.compact) this.fold(true);
      choose(example);
    };
    this.set = set;
    this.onfold = onfold;
    this.examples = new ChoiceBar("Examples", this.choose);
    this.modes = new ChoiceBar("What the window does", (key) => set("walk_mode", key));
    /** @type {MadeControl | undefined} the examples as a menu, where their buttons would fill a page */
    this.menu = undefined;
    /** @type {Map<string, MadeControl>} */ this.made = new Map();
    /** @type {Control[]} */ this.controls = [];
    this.choosing = el("div", { class: "choosing" }, this.examples.element);
    this.row = el("div", { class: "controls-row" });
    this.folded = el("div", { class: "controls-row folded", id: "folded", hidden: true });
    this.more = el("button", {
      class: "more",
      "aria-expanded": "false",
      "aria-controls": "folded",
      onclick: () => {
        // What lies over the page is opened and closed by the browser: it also knows of a click outside.
        if (!this.compact) this.fold(this.isOpen);
      },
    });
    this.element = el("div", { class: "settings" }, this.choosing, this.row, this.folded);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      event.stopPropagation();
      this.fold(true);
      this.more.focus({ preventScroll: true });
    });
    this.folded.addEventListener("toggle", () => {
      if (!this.compact) return;
      setAttributes(this.more, { "aria-expanded": String(this.isOpen) });
      if (this.isOpen) oncover();
    });
    /** Whether all settings are folded. */
    this.compact = false;
  }

  get isOpen() {
    return this.compact ? this.folded.matches(":popover-open") : !this.folded.hidden;
  }

  /** @param {boolean} away */
  fold(away) {
    if (this.compact) {
      if (away) this.folded.hidePopover();
      else this.folded.showPopover();
      return;
    }
    this.folded.hidden = away;
    setAttributes(this.more, { "aria-expanded": String(!away) });
    this.onfold();
  }

  /**
   * Whether all settings are folded and, open, lie over the page; where that changes they are closed.
   * @param {boolean} compact
   */
  setCompact(compact) {
    if (this.compact === compact) return;
    this.compact = compact;
    setAttributes(this.folded, { popover: compact && "auto", hidden: !compact });
    setAttributes(this.more, { popovertarget: compact && "folded", "aria-expanded": "false" });
  }

  /** @param {ExplorerData} data */
  update({ examples, example, modes, controls, scene }) {
    this.examples.update(examples, example);
    this.modes.update(modes, scene.mode);
    const menu = menuOf(examples, example);
    this.menu ??= makeControl(menu, this.choose);
    this.menu.update(menu);
    for (const [key, { element }] of this.made) {
      if (controls.some((one) => one.key === key)) continue;
      element.remove();
      this.made.delete(key);
    }
    for (const control of controls) {
      const set = (/** @type {string} */ text) => this.set(control.key, text);
      const made = this.made.get(control.key) ?? makeControl(control, set);
      this.made.set(control.key, made);
      made.update(control);
    }
    this.controls = controls;
    this.arrange(this.compact);
  }

  /**
   * Put every control where it belongs; those that stay there keep the focus.
   * @param {boolean} compact whether all settings are folded
   */
  arrange(compact) {
    this.setCompact(compact);
    const isFolded = (/** @type {Control} */ { rare }) => compact || rare;
    const elements = (/** @type {Control[]} */ some) =>
      some.flatMap(({ key }) => this.made.get(key)?.element ?? []);
    const folded = this.controls.filter(isFolded);
    const open = elements(this.controls.filter((one) => !isFolded(one)));
    const changed = folded.flatMap((one) => one.changed || []);
    setText(
      this.more,
      [compact ? "Settings" : "More", changed.join(", ")].filter(Boolean).join(" · "),
    );
    const more = folded.length > 0 ? [this.more] : [];
    const menu = this.menu ? [this.menu.element] : [];
    const { examples, modes } = this;
    place(this.choosing, [...menu, examples.element, ...(compact ? more : [modes.element])]);
    place(this.row, [...open, ...(compact ? [] : more)]);
    place(this.folded, [...(compact ? [modes.element] : []), ...elements(folded)]);
    this.row.hidden = this.row.children.length === 0;
  }
}

/**
 * Make these the children, in this order, and leave alone those that are where they belong.
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} children
 */
function place(parent, children) {
  children.forEach((child, index) => {
    const there = parent.children[index];
    if (there !== child) parent.insertBefore(child, there ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild?.remove();
}

/**
 * The examples as a menu.
 * @param {Choice[]} examples
 * @param {string} value
 * @returns {Menu}
 */
function menuOf(examples, value) {
  return {
    kind: "menu",
    key: "example",
    label: "Example",
    help: "",
    changed: "",
    rare: false,
    value,
    groups: [["", examples.map(({ key, name }) => [key, name])]],
  };
}
