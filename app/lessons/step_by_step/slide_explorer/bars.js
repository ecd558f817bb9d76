// The rows of controls: examples and modes, settings, and the transport bar of the walk.

import { el, setAttributes, setText } from "../../../browser/dom.js";

const ICONS = {
  back: "M14 4 6 10l8 6zM4 4h2v12H4z",
  play: "M5 3l12 7-12 7z",
  pause: "M5 3h4v14H5zM11 3h4v14h-4z",
  forward: "M6 4l8 6-8 6zM14 4h2v12h-2z",
};

function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 20 20");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  drawn.append(path);
  return drawn;
}

/** Buttons of which one is pressed: examples, modes. */
export class ChoiceBar {
  constructor(label, choose) {
    this.choose = choose;
    this.buttons = new Map();
    this.element = el("div", { class: "choices", role: "group", "aria-label": label });
  }

  /** @param {Array<{key: string, name: string, note?: string}>} options */
  update(options, chosen) {
    const wanted = options.map(({ key }) => key).join();
    if (this.wanted !== wanted) {
      this.wanted = wanted;
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
  constructor(report) {
    this.report = report;
    this.made = new Map();
    this.element = el("div", { class: "controls-row" });
  }

  update(controls) {
    for (const [key, { element }] of this.made) {
      if (!controls.some((one) => one.key === key)) {
        element.remove();
        this.made.delete(key);
      }
    }
    controls.forEach((one, index) => {
      const made = this.made.get(one.key) ?? this.make(one);
      this.made.set(one.key, made);
      made.control = one;
      made.reconcile(one);
      if (this.element.children[index] !== made.element)
        this.element.insertBefore(made.element, this.element.children[index] ?? null);
    });
  }

  make(one) {
    const made = {};
    const set = (text) => this.report({ do: "set", key: one.key, text });
    const label = el("span", { class: "label" }, one.label);
    if (one.kind === "stepper") {
      const shown = el("output", { class: "numbers" });
      const less = el(
        "button",
        { "aria-label": `${one.label}: less`, onclick: () => set(made.control.less) },
        "−",
      );
      const more = el(
        "button",
        { "aria-label": `${one.label}: more`, onclick: () => set(made.control.more) },
        "+",
      );
      made.element = el(
        "span",
        { class: "stepper", role: "group", "aria-label": one.label, "data-key": one.key },
        label,
        less,
        shown,
        more,
      );
      made.reconcile = ({ shown: text, less: down, more: up }) => {
        setText(shown, text);
        less.disabled = down === null;
        more.disabled = up === null;
      };
    } else if (one.kind === "toggle") {
      made.element = el(
        "button",
        { class: "switch", "data-key": one.key, onclick: () => set(made.control.text) },
        one.label,
      );
      made.reconcile = ({ on }) => setAttributes(made.element, { "aria-pressed": String(on) });
    } else if (one.kind === "number") {
      const input = el("input", {
        class: "typed numbers",
        inputmode: "decimal",
        "aria-label": one.label,
        size: "4",
      });
      input.addEventListener("change", () => set(input.value));
      input.addEventListener("keydown", (event) => event.stopPropagation());
      made.element = el("label", { class: "number", "data-key": one.key }, label, input);
      made.reconcile = ({ shown }) => {
        input.value = shown;
      };
    } else {
      const menu = el("select", {
        "aria-label": one.label,
        onchange: () => {
          if (menu.value) set(menu.value);
        },
      });
      made.element = el("label", { class: "menu", "data-key": one.key }, label, menu);
      made.reconcile = ({ groups, value }) => {
        const wanted = JSON.stringify(groups);
        if (made.groups !== wanted) {
          made.groups = wanted;
          menu.replaceChildren(
            ...groups.flatMap(([name, options]) => {
              const items = options.map(([key, text]) => el("option", { value: key }, text));
              return name ? [el("optgroup", { label: name }, ...items)] : items;
            }),
          );
        }
        menu.value = value;
      };
    }
    setAttributes(made.element, { title: one.help });
    return made;
  }
}

/** Step back, play, step forward, speed, the scrubber and the stops of interest. */
export class Transport {
  /** @param {{back: Function, toggle: Function, forward: Function, speed: Function, scrub: Function}} on */
  constructor(on, speeds) {
    this.back = el(
      "button",
      { class: "round", "aria-label": "Step back", title: "Step back (←)", onclick: on.back },
      icon("back"),
    );
    this.toggle = el("button", { class: "round large", onclick: on.toggle }, icon("play"));
    this.forward = el(
      "button",
      {
        class: "round",
        "aria-label": "Step forward",
        title: "Step forward (→)",
        onclick: on.forward,
      },
      icon("forward"),
    );
    this.speed = el(
      "select",
      { "aria-label": "Speed", title: "Speed", onchange: () => on.speed(this.speed.value) },
      ...speeds.map((speed) => el("option", { value: speed }, `${speed} ×`)),
    );
    this.range = el("input", {
      type: "range",
      min: 0,
      step: 1,
      "aria-label": "Position of the window",
    });
    this.range.addEventListener("input", () => on.scrub(Number(this.range.value)));
    this.ticks = el("div", { class: "ticks" });
    this.count = el("output", { class: "numbers count" });
    this.stops = el("div", { class: "stops" });
    this.scrub = on.scrub;
    this.element = el(
      "div",
      { class: "transport", role: "group", "aria-label": "Playing the walk" },
      this.back,
      this.toggle,
      this.forward,
      this.speed,
      el("div", { class: "track" }, this.range, this.ticks),
      this.count,
      this.stops,
    );
  }

  update(scene, speed) {
    const last = scene.steps.length - 1;
    setAttributes(this.range, { max: last });
    this.range.disabled = last === 0;
    this.speed.value = speed;
    this.ticks.replaceChildren(
      ...scene.stops.map(([at]) => el("i", { style: `left:${last ? (100 * at) / last : 0}%` })),
    );
    this.stops.replaceChildren(
      ...scene.stops.map(([at, name, value]) =>
        el(
          "button",
          { "data-stop": name, title: `Go to the ${name}`, onclick: () => this.scrub(at) },
          `${name} `,
          el("b", { class: "numbers" }, value),
        ),
      ),
    );
  }

  /** Where the walk stands. */
  show(scene, step, playing) {
    if (this.range.value !== String(step)) this.range.value = String(step);
    setText(this.count, `${step + 1} / ${scene.steps.length}`);
    setAttributes(this.range, { "aria-valuetext": scene.places[step] });
    if (this.playing !== playing) {
      this.playing = playing;
      this.toggle.replaceChildren(icon(playing ? "pause" : "play"));
      setAttributes(this.toggle, {
        "aria-label": playing ? "Pause" : "Play",
        title: `${playing ? "Pause" : "Play"} (Space)`,
      });
    }
  }
}
