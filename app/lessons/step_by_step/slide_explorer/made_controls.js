// The elements of single settings: steppers, switches, numbers and menus. Python worked out what each would set.

import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { Control, Menu, NumberControl, Stepper, Toggle } from "./types.js" */
/** @typedef {(text: string) => void} SetText reports what a control was set to */
/**
 * The element of a control; `update` takes over what Python sends of it later, which is of the same kind.
 * @typedef {{element: HTMLElement, update(control: Control): void}} MadeControl
 */

/**
 * @param {Control} control the first that Python sends of it
 * @param {SetText} set
 * @returns {MadeControl}
 */
export function makeControl(control, set) {
  const made = kindOf(control)(set);
  setAttributes(made.element, { title: control.help });
  // Where nothing can be pointed at, the help stands below its control.
  if (control.help) made.element.append(el("span", { class: "help quiet" }, control.help));
  return made;
}

/**
 * @param {Control} control
 * @returns {(set: SetText) => MadeControl}
 */
function kindOf(control) {
  if (control.kind === "stepper") return (set) => stepper(control, set);
  if (control.kind === "toggle") return (set) => toggle(control, set);
  if (control.kind === "number") return (set) => numberField(control, set);
  return (set) => menu(control, set);
}

/**
 * Two buttons with a number between them. The number is the Tab stop, and arrow keys change it.
 * @param {Stepper} first
 * @param {SetText} set
 */
function stepper(first, set) {
  const shown = el("span", {
    class: "shown numbers",
    role: "spinbutton",
    tabindex: "0",
    "aria-label": first.label,
  });
  const button = (/** @type {"less" | "more"} */ way, /** @type {string} */ text) =>
    el(
      "button",
      {
        "aria-label": `${first.label}: ${way}`,
        tabindex: "-1",
        // The direction alone: the page may have taken over a press since it sent what is shown here.
        onclick: () => set(way),
      },
      text,
    );
  const [less, more] = [button("less", "−"), button("more", "+")];
  shown.addEventListener("keydown", (event) => {
    const way = { ArrowUp: more, ArrowRight: more, ArrowDown: less, ArrowLeft: less }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    way.click();
  });
  const element = el(
    "span",
    { class: "control stepper", role: "group", "aria-label": first.label, "data-key": first.key },
    labelOf(first),
    less,
    shown,
    more,
  );
  const update = (/** @type {Stepper} */ next) => {
    setText(shown, next.shown);
    setAttributes(shown, { "aria-valuenow": next.value, "aria-valuetext": next.shown });
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
  const button = el("button", { class: "switch", onclick: () => set("other") }, first.label);
  const element = el("span", { class: "control", "data-key": first.key }, button);
  const update = (/** @type {Toggle} */ next) => {
    setAttributes(button, { "aria-pressed": String(next.on) });
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
  const element = el("label", { class: "control", "data-key": first.key }, labelOf(first), input);
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
  const element = el(
    "label",
    { class: "control menu", "data-key": first.key },
    labelOf(first),
    select,
  );
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
