// The buttons of back-propagation: along the numbers of the gradient, and the step itself.

import { el, setText } from "../../../../browser/dom.js";

const PLACE_MS = 1800;

export class StepButtons {
  /** @param {{onplace: (by: number) => void, onstep: () => void, onagain: () => void}} on */
  constructor(on) {
    this.on = on;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    this.play = el("button", { onclick: () => (this.timer ? this.stop() : this.start()) }, "Play");
    this.take = el("button", { class: "take", onclick: on.onstep }, "Take the step");
    this.again = el("button", { onclick: on.onagain }, "Start again");
    const previous = el(
      "button",
      { "aria-label": "Previous sum", onclick: () => this.go(-1) },
      "◀",
    );
    const next = el("button", { "aria-label": "Next sum", onclick: () => this.go(1) }, "▶");
    this.along = el("div", { class: "along" }, previous, next, this.play);
    this.element = el("div", { class: "step-buttons" }, this.along, this.take, this.again);
    this.along.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!way) return;
      event.preventDefault();
      this.go(way);
    });
  }

  /** @param {{canStep: boolean, hasStep: boolean}} state */
  show({ canStep, hasStep }) {
    this.take.disabled = !canStep;
    this.take.hidden = !hasStep;
    this.again.hidden = !hasStep;
  }

  /** @param {number} by */
  go(by) {
    this.stop();
    this.on.onplace(by);
  }

  start() {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.on.onplace(1), PLACE_MS);
    setText(this.play, "Pause");
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    setText(this.play, "Play");
  }
}
