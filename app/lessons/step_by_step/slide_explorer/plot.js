// A row of numbers as points over a line, for one dimension: points to read, to drag and to type into.
// Speaks the same language as walk_grid.js, so that the explorer treats both alike.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { isPadding } from "./data.js";
import { typeInto } from "./typing.js";

const SNAP = 0.5;
const MOVED_PX = 3;
const RIM_PX = 34; // room for numbers above and below the points

/** The value at a height: `part` is 0 at the top and 1 at the bottom of the plot. Snapped, inside ±limit. */
export function valueAt(part, limit) {
  const value = Math.round(((0.5 - part) * 2 * limit) / SNAP) * SNAP;
  return Math.min(Math.max(value, -limit), limit);
}

/** How far down a value stands: 0 at the top, 1 at the bottom. */
export function heightOf(value, limit) {
  return 0.5 - Math.min(Math.max(value / limit, -1), 1) / 2;
}

export class PlotView {
  /** @param {{role: "input" | "kernel" | "output", commit: (index: number, text: string) => void}} options */
  constructor({ role, commit }) {
    Object.assign(this, { role, channel: 0, commit });
    this.title = el("figcaption", {});
    this.frame = el("div", { class: "frame", hidden: true });
    this.curve = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.path = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    this.curve.append(this.path);
    this.curve.setAttribute("aria-hidden", "true");
    this.cells = el("div", { class: "strips", role: "grid" });
    this.field = el(
      "div",
      { class: "field plot" },
      el("div", { class: "zero" }),
      this.curve,
      this.cells,
      this.frame,
    );
    this.element = el("figure", { class: `panel plot-panel ${role}` }, this.title, this.field);
    this.marked = new Set();
    this.current = 0;
    this.nodes = [];
    this.cells.addEventListener("pointerdown", (event) => this.press(event));
    this.cells.addEventListener("pointermove", (event) => this.drag(event));
    for (const type of ["pointerup", "pointercancel"])
      this.cells.addEventListener(type, () => this.lift());
  }

  update(grid, { colors, letters, editable }) {
    const same = this.grid && this.grid.columns === grid.columns;
    Object.assign(this, { grid, letters, editable });
    if (!same) this.build();
    setText(this.title, `${grid.name}: ${grid.columns - grid.before[1] - grid.after[1]} numbers`);
    setAttributes(this.cells, { "aria-label": grid.name });
    this.current = Math.min(this.current, grid.texts.length - 1);
    const unread = new Set(grid.unread);
    this.nodes.forEach(({ cell, letter }, index) => {
      const padding = isPadding(grid, index);
      cell.style.setProperty("--fill", `rgb(${colors[grid.colors[index]].join(" ")})`);
      cell.classList.toggle("padding", padding);
      cell.classList.toggle("unread", unread.has(index));
      cell.classList.toggle("editable", editable && !padding);
      setText(letter, letters !== "numbers" ? (grid.letters[index] ?? "") : "");
      setAttributes(cell, {
        tabindex: index === this.current ? "0" : "-1",
        "aria-label": `${grid.name} ${index - grid.before[1] + 1}: ${grid.texts[index]}${padding ? ", padding" : ""}`,
      });
      this.write(index);
    });
  }

  build() {
    this.nodes = [];
    this.marked.clear();
    this.hides = undefined;
    this.cells.replaceChildren(
      el(
        "div",
        { role: "row", class: "row" },
        ...Array.from({ length: this.grid.columns }, (_, index) => {
          const parts = {
            letter: el("span", { class: "letter" }),
            value: el("span", { class: "value" }),
            factor: el("span", { class: "factor" }),
            stem: el("i", { class: "stem" }),
            dot: el("i", { class: "dot" }),
          };
          parts.cell = el(
            "div",
            { role: "gridcell", class: "strip numbers", "data-at": index },
            parts.stem,
            parts.dot,
            parts.value,
            parts.factor,
            parts.letter,
          );
          this.nodes.push(parts);
          return parts.cell;
        }),
      ),
    );
  }

  /** Place the points: `middles` are their x in pixels, `strip` is how wide each one's reach is. */
  place({ width, height, middles, strip, font }) {
    Object.assign(this, { width, height, middles, strip, font });
    Object.assign(this.field.style, { width: `${width}px`, height: `${height}px` });
    this.field.style.setProperty("--font", `${font}px`);
    this.curve.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.nodes.forEach(({ cell }, index) => {
      Object.assign(cell.style, { left: `${middles[index] - strip / 2}px`, width: `${strip}px` });
    });
    this.nodes.forEach((_, index) => this.raise(index, this.grid.values[index]));
    this.drawCurve();
  }

  raise(index, value) {
    const node = this.nodes[index];
    const at = heightOf(value, this.grid.limit) * (this.height - 2 * RIM_PX) + RIM_PX;
    node.y = at;
    const zero = this.height / 2;
    Object.assign(node.stem.style, {
      top: `${Math.min(at, zero)}px`,
      height: `${Math.abs(at - zero)}px`,
    });
    node.dot.style.top = `${at}px`;
    node.value.style.top = `${at + (value < 0 ? 1 : -1) * (this.font * 0.6 + 9)}px`;
  }

  drawCurve() {
    const points = this.nodes.flatMap(({ y }, index) =>
      this.hides?.(index) ? [] : [`${this.middles[index]},${y}`],
    );
    this.path.setAttribute("points", points.join(" "));
  }

  write(index, text) {
    const node = this.nodes[index];
    if (!node.input)
      setText(node.value, text ?? (this.hides?.(index) ? "" : this.grid.texts[index]));
  }

  fill(hides) {
    this.hides = hides;
    let changed = false;
    this.nodes.forEach(({ cell }, index) => {
      const empty = hides(index);
      if (cell.classList.contains("empty") === empty) return;
      changed = true;
      cell.classList.toggle("empty", empty);
      this.write(index);
    });
    if (changed && this.middles) this.drawCurve();
  }

  mark(index, name, factor) {
    const { cell, factor: below } = this.nodes[index];
    this.marked.add(index);
    cell.classList.add(name);
    if (factor !== undefined) setText(below, factor);
  }

  clearMarks() {
    for (const index of this.marked) {
      const { cell, factor } = this.nodes[index];
      cell.classList.remove("tap", "touched", "winner", "chosen", "reader");
      setText(factor, "");
      this.write(index);
    }
    this.marked.clear();
    this.cells.classList.remove("dimmed");
  }

  dim() {
    this.cells.classList.add("dimmed");
  }

  boxOf({ left, right }) {
    const first = this.middles[left] - this.strip / 2;
    return {
      x: first,
      y: 0,
      width: this.middles[right] + this.strip / 2 - first,
      height: this.height,
    };
  }

  boxOfCell(index) {
    return this.boxOf({ left: index, right: index });
  }

  /** Where the number of a point stands, in the field. */
  centerOf(index) {
    return { x: this.middles[index], y: this.nodes[index].y };
  }

  moveFrame({ x, width, height }) {
    if (this.frameWidth !== width || this.frameHeight !== height) {
      Object.assign(this, { frameWidth: width, frameHeight: height });
      Object.assign(this.frame.style, { width: `${width}px`, height: `${height}px` });
    }
    this.frame.style.transform = `translate(${x}px, 0px)`;
    if (this.frame.hidden) this.frame.hidden = false;
  }

  hideFrame() {
    if (!this.frame.hidden) this.frame.hidden = true;
  }

  indexOf(event) {
    const cell = event.target.closest?.("[data-at]");
    return cell && this.cells.contains(cell) ? Number(cell.dataset.at) : -1;
  }

  focus(index) {
    this.settle(index);
    this.nodes[index].cell.focus({ preventScroll: true });
  }

  settle(index) {
    setAttributes(this.nodes[this.current].cell, { tabindex: "-1" });
    this.current = index;
    setAttributes(this.nodes[index].cell, { tabindex: "0" });
  }

  press(event) {
    const index = this.indexOf(event);
    if (index < 0 || !this.editable || event.button !== 0 || isPadding(this.grid, index)) return;
    this.holding = { index, y: event.clientY, moved: false };
    this.cells.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (!this.holding) return;
    if (Math.abs(event.clientY - this.holding.y) > MOVED_PX) this.holding.moved = true;
    if (!this.holding.moved) return;
    const box = this.field.getBoundingClientRect();
    const part = (event.clientY - box.top - RIM_PX) / (box.height - 2 * RIM_PX);
    const value = valueAt(part, this.grid.limit);
    this.holding.value = value;
    this.nodes[this.holding.index].cell.classList.add("moving");
    this.raise(this.holding.index, value);
    setText(this.nodes[this.holding.index].value, String(value).replace("-", "−"));
    this.drawCurve();
  }

  lift() {
    const held = this.holding;
    this.holding = undefined;
    if (!held?.moved) return;
    // The click that follows a drag is not a pin.
    this.dragged = true;
    setTimeout(() => {
      this.dragged = false;
    });
    this.nodes[held.index].cell.classList.remove("moving");
    this.commit(held.index, String(held.value));
  }

  edit(index, typed, done) {
    if (!isPadding(this.grid, index))
      typeInto(this.nodes[index], this.grid.texts[index], typed, done);
  }
}
