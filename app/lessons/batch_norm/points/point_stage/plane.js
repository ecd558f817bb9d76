// One plane of points: axes, the cross of its mean, the ellipse of its standard deviations, numbered points.
// It is given places and lays them out.

import { el, setAttributes, setText, svg } from "../../../../browser/dom.js";

/** @import { Pair, PlaneHeader, PointsHeader } from "./types.js" */

/** Where on the ellipse its handle is: to the right, and down. */
export const DIAGONAL = [Math.SQRT1_2, -Math.SQRT1_2];

export class Plane {
  /** @param {string} key */
  constructor(key) {
    this.farthest = 3;
    this.title = el("figcaption");
    this.grid = svg("g", { class: "grid" });
    this.axes = svg("g", { class: "axes" });
    this.circle = svg("circle", { class: "unit" });
    this.ellipse = svg("ellipse", { class: "spread" });
    this.cross = svg("g", { class: "cross" });
    this.drawing = svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" });
    this.drawing.append(this.grid, this.axes, this.circle, this.ellipse, this.cross);
    this.labels = el("div", { class: "ticks numbers", "aria-hidden": "true" });
    this.points = el("div", { class: "points" });
    this.mean = el("span", { class: "handle mean", "aria-hidden": "true" });
    this.corner = el("span", { class: "handle corner", "aria-hidden": "true" });
    this.area = el("div", { class: "area" }, this.drawing, this.labels, this.points);
    this.facts = el("p", { class: "facts numbers" });
    this.lines = el("p", { class: "lines numbers" });
    this.element = el("figure", { class: key }, this.title, this.area, this.facts, this.lines);
  }

  /** Make what can be dragged here. */
  makeMovable() {
    this.area.append(this.mean, this.corner);
    return this.area;
  }

  /**
   * @param {PlaneHeader} plane
   * @param {PointsHeader} header
   */
  show(plane, header) {
    this.farthest = header.farthest;
    setText(this.title, plane.title);
    if (!this.grid.childNodes.length) this.drawAxes(header.ticks);
    const [x, y] = this.place(plane.mean);
    const [across, up] = plane.deviation.map((one) => (50 * one) / this.farthest);
    setAttributes(this.ellipse, { cx: x, cy: y, rx: across, ry: up });
    const [first, second] = this.cross.childNodes;
    setAttributes(/** @type {Element} */ (first), { x1: x, x2: x, y1: 0, y2: 100 });
    setAttributes(/** @type {Element} */ (second), { x1: 0, x2: 100, y1: y, y2: y });
    this.put(this.mean, plane.mean);
    this.put(this.corner, [
      plane.mean[0] + DIAGONAL[0] * plane.deviation[0],
      plane.mean[1] + DIAGONAL[1] * plane.deviation[1],
    ]);
    this.showPoints(plane.points, header);
    this.showFacts(plane);
    if (!this.area.hasAttribute("tabindex"))
      setAttributes(this.area, { role: "img", "aria-label": plane.alt });
  }

  /** @param {PointsHeader["ticks"]} ticks */
  drawAxes(ticks) {
    for (const { at, text } of ticks) {
      const [x, y] = this.place([at, at]);
      const kind = at === 0 ? this.axes : this.grid;
      kind.append(
        svg("line", { x1: x, x2: x, y1: 0, y2: 100 }),
        svg("line", { x1: 0, x2: 100, y1: y, y2: y }),
      );
      this.labels.append(
        el("span", { style: `left:${x}%;top:100%`, class: "across" }, text),
        el("span", { style: `left:0;top:${y}%`, class: "up" }, text),
      );
    }
    this.labels.append(
      el("span", { class: "name first" }, "x₁"),
      el("span", { class: "name second" }, "x₂"),
    );
    setAttributes(this.circle, { cx: 50, cy: 50, r: 50 / this.farthest });
    this.cross.append(svg("line"), svg("line"));
  }

  /**
   * @param {Pair[]} points
   * @param {PointsHeader} header
   */
  showPoints(points, { selected }) {
    const marks = this.points.children;
    while (marks.length > points.length) marks[marks.length - 1].remove();
    while (marks.length < points.length)
      this.points.append(
        el("span", { class: "point", "data-at": marks.length }, `${marks.length + 1}`),
      );
    points.forEach((point, at) => {
      const mark = /** @type {HTMLElement} */ (marks[at]);
      this.put(mark, point);
      mark.classList.toggle("selected", selected === 0 || at === selected - 1);
    });
  }

  /** @param {PlaneHeader} plane */
  showFacts({ facts, lines }) {
    if (this.facts.children.length !== facts.length)
      this.facts.replaceChildren(...facts.map(() => el("span", {}, el("i"), el("b"))));
    facts.forEach(({ name, text }, at) => {
      const [label, value] = this.facts.children[at].children;
      setText(label, `${name} `);
      setText(value, text);
    });
    if (this.lines.children.length !== lines.length)
      this.lines.replaceChildren(...lines.map(() => el("span")));
    lines.forEach((line, at) => setText(this.lines.children[at], line));
  }

  /**
   * Where two features are in the plane, in percent from its top left corner.
   * @param {Pair} features
   * @returns {Pair}
   */
  place([across, up]) {
    return [50 + (50 * across) / this.farthest, 50 - (50 * up) / this.farthest];
  }

  /**
   * Which features a pointer is at.
   * @param {PointerEvent} event
   * @returns {Pair}
   */
  features(event) {
    const { left, top, width, height } = this.area.getBoundingClientRect();
    return [
      this.farthest * ((2 * (event.clientX - left)) / width - 1),
      this.farthest * (1 - (2 * (event.clientY - top)) / height),
    ];
  }

  /**
   * @param {HTMLElement} mark
   * @param {Pair} features
   */
  put(mark, features) {
    const [x, y] = this.place(features);
    mark.style.left = `${x}%`;
    mark.style.top = `${y}%`;
  }
}
