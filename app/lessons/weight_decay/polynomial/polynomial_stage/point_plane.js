// Points that are dragged, added and removed, and the curves through them.

import { ARROWS } from "../../../../browser/arrows.js";
import { setAttributes, svg } from "../../../../browser/dom.js";
import { isPresenting } from "../../../../browser/toolbar/presenting.js";
import { Plot } from "../../../../browser/plot.js";

/** @import { Pair } from "../../../../browser/plot.js" */
/** @import { FitHeader, PageHeader } from "./types.js" */

/**
 * How near a pointer has to come to a point to take hold of it, in px; a fingertip is larger. There it drags; beside
 * the points it scrolls the page.
 */
const NEAR = { mouse: 14, touch: 22 };
const [STEP, LARGE_STEP] = [0.02, 0.2];

/** @param {number} value */
const hundredths = (value) => Math.round(100 * value) / 100 + 0;

export class PointPlane {
  /**
   * @param {{onmove: () => void, oncommit: () => void}} listeners told when points moved, and when they stay
   */
  constructor(listeners) {
    this.listeners = listeners;
    /** @type {Pair[]} */
    this.points = [];
    /** @type {FitHeader | undefined} */
    this.shown = undefined;
    this.most = { x: 1, y: 1, points: 1, degree: 0 };
    this.chosen = 0;
    /** What is drawn of the true curve and the test points, and how large. */
    this.hidden = "";
    this.isHeld = false;
    /** Whether a press that is over by now held a point. */
    this.wasHeld = false;
    this.plot = new Plot(() => this.draw());
    this.element = this.plot.element;
    setAttributes(this.element, {
      class: "plot plane",
      role: "application",
      tabindex: "0",
      "aria-roledescription": "plane with movable points",
    });
    this.truth = svg("path", { class: "truth" });
    this.curve = svg("path", { class: "fit" });
    this.descent = svg("path", { class: "descent" });
    this.tests = svg("g");
    /** @type {SVGElement[][]} what can be touched of each point, and the point */
    this.made = [];
    this.dots = svg("g");
    this.plot.inside.append(this.truth, this.tests, this.curve, this.descent);
    this.plot.over.append(this.dots);
    this.element.addEventListener("pointerdown", (event) => this.grab(event));
    this.element.addEventListener("pointermove", (event) => this.drag(event));
    for (const type of ["pointerup", "pointercancel"])
      this.element.addEventListener(type, () => this.drop());
    this.element.addEventListener("click", (event) => this.tap(event));
    // A finger that holds a point does not scroll: inside a drawing, touch-action alone does not say so.
    this.element.addEventListener(
      "touchstart",
      (event) => {
        if (this.isHeld) event.preventDefault();
      },
      { passive: false },
    );
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {PageHeader} page */
  start(page) {
    this.most = page.most;
    this.plot.setAxes(page.plane.x, page.plane.y);
    this.plot.start();
  }

  /**
   * @param {FitHeader} header
   * @param {boolean} withPoints whether the points are taken over, too
   */
  update(header, withPoints) {
    this.shown = header;
    if (withPoints) this.points = header.points.map(([x, y]) => [x, y]);
    this.chosen = Math.min(this.chosen, this.points.length - 1);
    this.draw();
  }

  draw() {
    const { plot, shown } = this;
    if (!shown || !plot.width) return;
    this.drawHidden(shown);
    this.curve.setAttribute("d", plot.path(shown.curve));
    this.descent.setAttribute("d", plot.path(shown.descent?.curve ?? []));
    this.drawPoints();
  }

  /**
   * The true curve and the test points, which stay as they are while something is dragged.
   * @param {FitHeader} shown
   */
  drawHidden({ truth, test }) {
    const { plot } = this;
    const drawn = JSON.stringify([truth, test, plot.width, plot.height]);
    if (drawn === this.hidden) return;
    this.hidden = drawn;
    this.truth.setAttribute("d", plot.path(truth));
    this.tests.replaceChildren(
      ...test.map(([x, y]) =>
        svg("circle", { class: "test", cx: plot.px(x), cy: plot.py(y), r: 0.27 * plot.size }),
      ),
    );
  }

  drawPoints() {
    const { plot } = this;
    const radius = 0.42 * plot.size;
    // Kept and moved: a finger's events go to what it touched first.
    while (this.made.length > this.points.length)
      for (const one of this.made.pop() ?? []) one.remove();
    while (this.made.length < this.points.length) {
      const both = [svg("circle", { class: "around", r: NEAR.touch }), svg("circle")];
      this.made.push(both);
      this.dots.append(...both);
    }
    this.points.forEach(([x, y], at) => {
      const place = { cx: plot.px(x), cy: plot.py(y) };
      const isChosen = at === this.chosen;
      const [around, dot] = this.made[at];
      setAttributes(around, place);
      setAttributes(dot, {
        ...place,
        class: isChosen ? "point chosen" : "point",
        r: isChosen ? 1.25 * radius : radius,
      });
    });
    const [x, y] = this.points[this.chosen] ?? [0, 0];
    setAttributes(this.element, {
      "aria-label":
        `${this.points.length} training points; point ${this.chosen + 1} at x ${x}, y ${y}. Arrow keys move it, ` +
        "Page Up and Page Down choose another one, plus adds one, Delete removes it.",
    });
  }

  /**
   * The point under a pointer, -1 where there is none.
   * @param {PointerEvent} event
   */
  pointAt(event) {
    const box = this.element.getBoundingClientRect();
    const far = this.points.map(([x, y]) =>
      Math.hypot(
        this.plot.px(x) - (event.clientX - box.left),
        this.plot.py(y) - (event.clientY - box.top),
      ),
    );
    const at = far.indexOf(Math.min(...far));
    return far[at] <= (event.pointerType === "touch" ? NEAR.touch : NEAR.mouse) ? at : -1;
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button) return;
    this.wasHeld = false;
    const at = this.pointAt(event);
    if (at < 0 && (event.pointerType === "touch" || !this.add(this.plot.at(event)))) return;
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    this.isHeld = true;
    if (at >= 0) this.choose(at);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (this.isHeld) this.put(this.plot.at(event));
  }

  drop() {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.wasHeld = true;
    this.listeners.oncommit();
  }

  /**
   * A finger's tap on an empty place adds a point; everything else was done when it came down.
   * @param {MouseEvent} event
   */
  tap(event) {
    const wasHeld = this.wasHeld;
    this.wasHeld = false;
    if (wasHeld || /** @type {PointerEvent} */ (event).pointerType !== "touch") return;
    if (this.add(this.plot.at(event))) this.listeners.oncommit();
  }

  /** @param {number} at */
  choose(at) {
    this.chosen = (at + this.points.length) % this.points.length;
    this.drawPoints();
  }

  /** @param {Pair} place */
  clamped([x, y]) {
    const within = (/** @type {number} */ value, /** @type {number} */ most) =>
      hundredths(Math.min(most, Math.max(-most, value)));
    return /** @type {Pair} */ ([within(x, this.most.x), within(y, this.most.y)]);
  }

  /** @param {Pair} place */
  put(place) {
    const [x, y] = this.clamped(place);
    const [oldX, oldY] = this.points[this.chosen];
    if (x === oldX && y === oldY) return;
    this.points[this.chosen] = [x, y];
    this.drawPoints();
    this.listeners.onmove();
  }

  /**
   * Whether there was still place for one.
   * @param {Pair} place
   */
  add(place) {
    if (this.points.length >= this.most.points) return false;
    const [x, y] = place;
    const isInside = Math.abs(x) <= 1.1 * this.most.x && Math.abs(y) <= 1.1 * this.most.y;
    if (!isInside) return false;
    this.points.push(this.clamped(place));
    this.choose(this.points.length - 1);
    this.listeners.onmove();
    return true;
  }

  remove() {
    if (this.points.length < 2) return;
    this.points.splice(this.chosen, 1);
    this.choose(Math.min(this.chosen, this.points.length - 1));
    this.listeners.onmove();
    this.listeners.oncommit();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = ARROWS[event.key];
    const [x, y] = this.points[this.chosen] ?? [0, 0];
    const far = event.shiftKey ? LARGE_STEP : STEP;
    if (step) this.put([x + far * step[1], y - 2 * far * step[0]]);
    else if ((event.key === "PageDown" || event.key === "PageUp") && !isPresenting())
      this.choose(this.chosen + (event.key === "PageDown" ? 1 : -1));
    else if (event.key === "Delete" || event.key === "Backspace") this.remove();
    else if (event.key === "+") this.add([x > 0.9 ? x - 0.1 : x + 0.1, y]);
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (step || event.key === "+") this.listeners.oncommit();
  }
}
