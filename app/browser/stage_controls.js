// Sliders and menus above grids of numbers: each change is asked for at once, and reported when it is released.

import { el, setAttributes, setText } from "./dom.js";

/**
 * `stops`: the texts between which the slider moves; without them it moves between numbers.
 * @typedef {{type: "slider", key: string, label: string, value: string, text: string, min: number, max: number,
 *   step: number, default?: string, stops?: string[]}} SliderControl
 */
/** @typedef {{type: "choice", key: string, label: string, value: string, options: [string, string][]}} ChoiceControl */
/** @typedef {SliderControl | ChoiceControl} StageControl */
/** @typedef {(key: string, text: string) => void} OnSetting */
/** @typedef {{line: HTMLElement, label: HTMLElement, shown: HTMLElement, input: HTMLInputElement | HTMLSelectElement,
 *   held: boolean, stops: string[] | undefined}} MadeControl */

export class StageControls {
  /**
   * @param {{onmove: OnSetting, oncommit: OnSetting}} on
   * @param {HTMLElement} last what stands behind them
   */
  constructor(on, last) {
    this.on = on;
    this.last = last;
    this.element = el("div", { class: "controls" }, last);
    /** @type {Map<string, MadeControl>} */
    this.made = new Map();
  }

  /** Whether a slider is being dragged. */
  get isHeld() {
    return [...this.made.values()].some(({ held }) => held);
  }

  /** @param {StageControl[]} controls */
  show(controls) {
    for (const [key, { line }] of this.made) {
      if (controls.some((control) => control.key === key)) continue;
      line.remove();
      this.made.delete(key);
    }
    for (const control of controls) {
      const made = this.made.get(control.key) ?? this.make(control);
      this.made.set(control.key, made);
      setText(made.label, control.label);
      setAttributes(made.input, { "aria-label": control.label, "data-key": control.key });
      if (control.type === "slider") {
        const { min, max, step, text } = control;
        setAttributes(made.input, { min, max, step, "aria-valuetext": text });
        setText(made.shown, text);
        made.stops = control.stops;
      } else if (!made.input.children.length) {
        made.input.append(...control.options.map(([value, name]) => el("option", { value }, name)));
      }
      const at = made.stops?.indexOf(control.value) ?? -1;
      if (!made.held) made.input.value = made.stops ? String(at) : control.value;
    }
  }

  /**
   * @param {StageControl} control
   * @returns {MadeControl}
   */
  make({ key, type }) {
    const label = el("span");
    // The slider itself tells its value where it is moved by hand; while something plays, nobody wants to hear each.
    const shown = el("output", { class: "numbers", "aria-live": "off" });
    const input = type === "slider" ? el("input", { type: "range" }) : el("select");
    const line = el("label", { class: `control ${type}` }, label, input);
    if (type === "slider") line.append(shown);
    /** @type {MadeControl} */
    const made = { line, label, shown, input, held: false, stops: undefined };
    const chosen = () => made.stops?.[Number(input.value)] ?? input.value;
    input.addEventListener("input", () => {
      made.held = type === "slider";
      this.on.onmove(key, chosen());
    });
    input.addEventListener("change", () => {
      made.held = false;
      this.on.oncommit(key, chosen());
    });
    this.last.before(line);
    return made;
  }
}
