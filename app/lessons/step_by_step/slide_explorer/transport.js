// The transport bar: step back, play, step forward, speed, the scrubber and the stops of interest.

import { el, setAttributes, setText, svg } from "../../../browser/dom.js";

/** @import { Scene } from "./types.js" */

const ICONS = {
  back: "M14 4 6 10l8 6zM4 4h2v12H4z",
  play: "M5 3l12 7-12 7z",
  pause: "M5 3h4v14H5zM11 3h4v14h-4z",
  forward: "M6 4l8 6-8 6zM14 4h2v12h-2z",
};

export class Transport {
  /**
   * @param {{back: () => void, toggle: () => void, forward: () => void, speed: (speed: string) => void,
   *   scrub: (step: number) => void}} on
   */
  constructor(on) {
    this.scrub = on.scrub;
    this.back = roundButton("Step back", "←", "back", on.back);
    this.toggle = el("button", { class: "round large", onclick: on.toggle }, icon("play"));
    this.forward = roundButton("Step forward", "→", "forward", on.forward);
    this.speed = el("select", {
      "aria-label": "Speed",
      title: "Speed",
      onchange: () => on.speed(this.speed.value),
    });
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
    this.element = el(
      "div",
      { class: "transport", role: "group", "aria-label": "Playing the slide" },
      this.back,
      this.toggle,
      this.forward,
      this.speed,
      el("div", { class: "track" }, this.range, this.ticks),
      this.count,
      this.stops,
    );
    /** @type {boolean | undefined} */
    this.playing = undefined;
  }

  /**
   * @param {Scene} scene
   * @param {string[]} speeds
   * @param {string} speed
   */
  update(scene, speeds, speed) {
    if (!this.speed.children.length)
      this.speed.append(...speeds.map((one) => el("option", { value: one }, `${one} ×`)));
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
          {
            "data-stop": name,
            title: `Go to this position: ${name}`,
            onclick: () => this.scrub(at),
          },
          `${name} `,
          el("b", { class: "numbers" }, value),
        ),
      ),
    );
  }

  /**
   * Show where the window is.
   * @param {Scene} scene
   * @param {number} step
   * @param {boolean} playing
   */
  show(scene, step, playing) {
    if (this.range.value !== String(step)) this.range.value = String(step);
    setText(this.count, `${step + 1} / ${scene.steps.length}`);
    setAttributes(this.range, { "aria-valuetext": scene.places[step] });
    if (this.playing === playing) return;
    this.playing = playing;
    this.toggle.replaceChildren(icon(playing ? "pause" : "play"));
    const name = playing ? "Pause" : "Play";
    setAttributes(this.toggle, { "aria-label": name, title: `${name} (Space)` });
  }
}

/**
 * @param {string} label
 * @param {string} key
 * @param {keyof typeof ICONS} name
 * @param {() => void} onclick
 */
function roundButton(label, key, name, onclick) {
  const title = `${label} (${key})`;
  return el("button", { class: "round", "aria-label": label, title, onclick }, icon(name));
}

/** @param {keyof typeof ICONS} name */
function icon(name) {
  const drawn = svg("svg");
  drawn.setAttribute("viewBox", "0 0 20 20");
  drawn.setAttribute("aria-hidden", "true");
  const path = svg("path");
  path.setAttribute("d", ICONS[name]);
  drawn.append(path);
  return drawn;
}
