// Keys that work on the whole page, and the list of all keys.

import { el } from "../dom.js";

export class Keys {
  constructor() {
    this.list = el("dl", {});
    this.element = el(
      "dialog",
      { class: "keys", "aria-label": "Keys of this page" },
      el("h2", {}, "Keys"),
      this.list,
      el("form", { method: "dialog" }, el("button", {}, "Close")),
    );
    this.element.addEventListener("click", (event) => {
      // Outside of what is in it: on the backdrop.
      if (event.composedPath()[0] === this.element) this.element.close();
    });
  }

  /** @param {[string, string][]} keys and what each does */
  update(keys) {
    this.list.replaceChildren(
      ...keys.flatMap(([key, does]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, does)]),
    );
  }

  show() {
    if (!this.element.open) this.element.showModal();
  }
}

/**
 * Answer keys wherever nothing is typed; returns what ends it.
 * @param {Record<string, () => void>} actions by key, as the keyboard gives it with Shift
 */
export function followKeys(actions) {
  const listener = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event)) return;
    const action = actions[event.key.length === 1 ? event.key.toUpperCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  const [inner] = event.composedPath();
  if (!(inner instanceof HTMLElement)) return false;
  if (inner.isContentEditable || inner.matches("textarea, select, dialog, dialog *")) return true;
  return inner instanceof HTMLInputElement && !["range", "checkbox", "radio"].includes(inner.type);
}
