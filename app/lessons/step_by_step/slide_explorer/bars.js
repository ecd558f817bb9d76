// The rows of controls above the stage: examples and modes to choose from, and the settings of the mode.

import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { Choice, Control, Menu, NumberControl, Stepper, Toggle } from "./types.js" */
/** @typedef {(text: string) => void} SetText reports what a control was set to */
/**
 * The element of a control; `update` takes over what Python sends of it later, which is of the same kind.
 * @typedef {{element: HTMLElement, update(control: Control): void}} MadeControl
 */

/** Buttons of which one is pressed: examples, modes. */
export class ChoiceBar {
  /**
   * @param {string} label
   * @param {(key: string) => void} choose
   */
  constructor(label, choose) {
    this.choose = choose;
    /** @type {Map<string, HTMLElement>} */ this.buttons = new Map();
    /** @type {string | undefined} the keys there are */ this.keys = undefined;
    this.element = el("div", { class: "choices", role: "group", "aria-label": label });
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
    }
    for (const [key, button] of this.buttons)
      setAttributes(button, { "aria-pressed": String(key === chosen) });
  }
}

/** Steppers, switches, menus and numbers; what each would set was worked out by Python. */
export class ControlBar {
  /** @param {(key: string, text: string) => void} onset */
  constructor(onset) {
    this.onset = onset;
    /** @type {Map<string, MadeControl>} */ this.made = new Map();
    this.element = el("div", { class: "controls-row" });
  }

  /** @param {Control[]} controls */
  update(controls) {
    for (const [key, { element }] of this.made) {
      if (controls.some((one) => one.key === key)) continue;
      element.remove();
      this.made.delete(key);
    }
    controls.forEach((control, index) => {
      const made = this.made.get(control.key) ?? this.make(control);
      this.made.set(control.key, made);
      made.update(control);
      const there = this.element.children[index];
      if (there !== made.element) this.element.insertBefore(made.element, there ?? null);
    });
  }

  /**
   * @param {Control} control
   * @returns {MadeControl}
   */
  make(control) {
    const set = (/** @type {string} */ text) => this.onset(control.key, text);
    const made = makerOf(control)(set);
    setAttributes(made.element, { title: control.help });
    return made;
  }
}

/**
 * @param {Control} control
 * @returns {(set: SetText) => MadeControl}
 */
function makerOf(control) {
  if (control.kind === "stepper") return (set) => stepper(control, set);
  if (control.kind === "toggle") return (set) => toggle(control, set);
  if (control.kind === "number") return (set) => numberField(control, set);
  return (set) => menu(control, set);
}

/**
 * @param {Stepper} first
 * @param {SetText} set
 */
function stepper(first, set) {
  const shown = el("output", { class: "numbers" });
  const button = (/** @type {"less" | "more"} */ way, /** @type {string} */ text) =>
    el(
      "button",
      {
        "aria-label": `${first.label}: ${way}`,
        // The direction alone: the page may have taken over a press since it sent what is shown here.
        onclick: () => set(way),
      },
      text,
    );
  const [less, more] = [button("less", "−"), button("more", "+")];
  const element = el(
    "span",
    { class: "stepper", role: "group", "aria-label": first.label, "data-key": first.key },
    labelOf(first),
    less,
    shown,
    more,
  );
  const update = (/** @type {Stepper} */ next) => {
    setText(shown, next.shown);
    // A button that is disabled loses the focus; the keyboard goes on from the other one.
    if (next.less === null && less.matches(":focus")) more.focus({ preventScroll: true });
    if (next.more === null && more.matches(":focus")) less.focus({ preventScroll: true });
    less.disabled = next.less === null;
    more.disabled = next.more === null;
  };
  return { element, update };
}

/**
 * @param {Toggle} first
 * @param {SetText} set
 */
function toggle(first, set) {
  const element = el(
    "button",
    { class: "switch", "data-key": first.key, onclick: () => set("other") },
    first.label,
  );
  const update = (/** @type {Toggle} */ next) => {
    setAttributes(element, { "aria-pressed": String(next.on) });
  };
  return { element, update };
}

/**
 * @param {NumberControl} first
 * @param {SetText} set
 */
function numberField(first, set) {
  const input = el("input", {
    class: "typed numbers",
    inputmode: "decimal",
    "aria-label": first.label,
    size: "4",
  });
  input.addEventListener("change", () => set(input.value));
  input.addEventListener("keydown", (event) => event.stopPropagation());
  const element = el("label", { class: "number", "data-key": first.key }, labelOf(first), input);
  const update = (/** @type {NumberControl} */ next) => {
    input.value = next.shown;
  };
  return { element, update };
}

/**
 * @param {Menu} first
 * @param {SetText} set
 */
function menu(first, set) {
  const select = el("select", {
    "aria-label": first.label,
    onchange: () => {
      if (select.value) set(select.value);
    },
  });
  const element = el("label", { class: "menu", "data-key": first.key }, labelOf(first), select);
  /** @type {string | undefined} */
  let listed;
  const update = (/** @type {Menu} */ { groups, value }) => {
    const wanted = JSON.stringify(groups);
    if (listed !== wanted) {
      listed = wanted;
      select.replaceChildren(
        ...groups.flatMap(([name, options]) => {
          const items = options.map(([key, text]) => el("option", { value: key }, text));
          return name ? [el("optgroup", { label: name }, ...items)] : items;
        }),
      );
    }
    select.value = value;
  };
  return { element, update };
}

/** @param {Control} control */
function labelOf({ label }) {
  return el("span", { class: "label" }, label);
}
