// Buttons of which one is pressed. One Tab stop; arrow keys go along the buttons.

import { el, setAttributes } from "./dom.js";

/** @typedef {{key: string, name: string, note?: string}} Choice what a button chooses */

export class ChoiceBar {
  /**
   * @param {string} label
   * @param {(key: string) => void} choose
   */
  constructor(label, choose) {
    this.choose = choose;
    /** @type {Map<string, HTMLElement>} */ this.buttons = new Map();
    /** @type {string | undefined} the keys there are */ this.keys = undefined;
    this.chosen = "";
    this.element = el("div", { class: "choices", role: "toolbar", "aria-label": label });
    this.element.addEventListener("keydown", (event) => this.key(event));
    // Whoever comes back by Tab comes to the one that is chosen.
    this.element.addEventListener("focusout", () => this.settle(this.stop));
  }

  /**
   * @param {Choice[]} options
   * @param {string} chosen
   */
  update(options, chosen) {
    const keys = options.map(({ key }) => key).join();
    if (this.keys !== keys) {
      this.keys = keys;
      this.buttons = new Map(
        options.map(({ key, name, note }) => [
          key,
          el("button", { "data-key": key, title: note, onclick: () => this.choose(key) }, name),
        ]),
      );
      this.element.replaceChildren(...this.buttons.values());
      this.element.hidden = options.length === 0;
    }
    for (const [key, button] of this.buttons)
      setAttributes(button, { "aria-pressed": String(key === chosen) });
    this.chosen = chosen;
    this.settle(this.stop);
  }

  /** The button that is chosen; the first one where none is. */
  get stop() {
    return this.buttons.get(this.chosen) ?? [...this.buttons.values()][0];
  }

  /**
   * Make one button the Tab stop.
   * @param {HTMLElement | undefined} stop
   */
  settle(stop) {
    for (const button of this.buttons.values())
      setAttributes(button, { tabindex: button === stop ? "0" : "-1" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const buttons = [...this.buttons.values()];
    const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (at < 0 || !way) return;
    event.preventDefault();
    event.stopPropagation();
    const next = buttons[(at + way + buttons.length) % buttons.length];
    this.settle(next);
    next.focus({ preventScroll: true });
  }
}
