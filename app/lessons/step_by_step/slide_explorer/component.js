// Watch one window become one number: hover, pin, walk and play over a small input.
// All numbers and their texts come from Python (app/render/walk.py); here they are laid out, marked and played.

import { el, isDark, rootOf, setText } from "../../../browser/dom.js";
import { readable } from "../../../browser/patch.js";
import { ChoiceBar, ControlBar, Transport } from "./bars.js";
import { colorsFrom, isPadding, withoutPadding } from "./data.js";
import { cellAction } from "./keys.js";
import { Moment } from "./moment.js";
import { PatchPicker } from "./patch.js";
import { Player } from "./player.js";
import { sumHeight } from "./layout.js";
import { Stage } from "./stage.js";
import { SumView, setStatus } from "./sum.js";

const SPEEDS = ["0.25", "0.5", "1", "2", "4", "8"];
const PAGE_KEYS = [" ", "Escape", "ArrowLeft", "ArrowRight"];
const HINT =
  "Point at an output, an input or a weight. A click pins, arrow keys walk, Space plays.";
const PINNED_HINTS = {
  output: "Pinned. Arrow keys walk, Escape lets go.",
  input: "Pinned. Type a number to change it, Escape lets go.",
  kernel: "Pinned. Type a number or press ↑ ↓ to change it, Escape lets go.",
};
const BELOW_SUM_REM = 6.2;

class Explorer {
  constructor() {
    this.hovered = null;
    this.pinned = null;
    this.player = new Player({
      ondraw: () => this.draw(),
      isHeld: () => Boolean(this.hovered),
      isThere: () => this.element.isConnected,
    });
    this.examples = new ChoiceBar("Examples", (key) => this.report({ do: "example", key }));
    this.modes = new ChoiceBar("What the window does", (key) =>
      this.report({ do: "set", key: "walk_mode", text: key }),
    );
    this.controls = new ControlBar((action) => this.report(action));
    this.message = el("div", { class: "message", role: "alert", hidden: true });
    this.picker = new PatchPicker((text) => this.report({ do: "set", key: "walk_patch", text }));
    this.stage = new Stage({ onplot: (view, index, text) => this.sendEdit(view, index, text) });
    this.sum = new SumView();
    this.moment = new Moment(this.stage, this.sum);
    this.spoken = el("div", { class: "spoken", "aria-live": "polite" });
    this.hint = el("div", { class: "hint quiet" });
    this.facts = el("div", { class: "facts numbers quiet" });
    this.transport = new Transport(
      {
        back: () => this.stepTo(this.player.clock.step - 1),
        forward: () => this.stepTo(this.player.clock.step + 1),
        toggle: () => this.toggle(),
        scrub: (step) => this.stepTo(step),
        speed: (speed) => {
          this.player.clock.speed = Number(speed);
          this.report({ do: "set", key: "walk_speed", text: speed });
        },
      },
      SPEEDS,
    );
    this.element = el(
      "div",
      { class: "ks explorer" },
      el("div", { class: "settings" }, this.examples.element, this.modes.element),
      this.controls.element,
      this.message,
      this.stage.element,
      this.sum.element,
      this.transport.element,
      this.facts,
      this.hint,
      this.spoken,
    );
    this.listen();
    this.watch = new ResizeObserver(() => this.layOut());
    // With nothing focused, the player's keys work on the whole page, as on any player.
    this.pageKey = (event) => {
      const free = event.target === document.body || event.target === document.documentElement;
      if (free && PAGE_KEYS.includes(event.key)) this.key(event);
    };
  }

  listen() {
    const stage = this.stage.element;
    stage.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") this.hover(this.targetOf(event));
    });
    stage.addEventListener("pointerleave", () => this.hover(null));
    stage.addEventListener("click", (event) => this.click(event));
    stage.addEventListener("dblclick", (event) => {
      const target = this.targetOf(event);
      if (target) this.openEditor(target);
    });
    stage.addEventListener("keydown", (event) => this.cellKey(event));
    stage.addEventListener("focusin", (event) => {
      if (event.target.matches(":focus-visible")) this.hover(this.targetOf(event));
    });
    stage.addEventListener("focusout", () => this.hover(null));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  update(data, report) {
    const { scene } = data;
    this.report = (action) => report({ ...action, stamp: `${Date.now()}-${Math.random()}` });
    const changed = this.version !== data.version;
    const fresh = this.data?.story !== data.story;
    this.data = data;
    this.scene = scene;
    this.dark = isDark(this.element);
    this.element.classList.toggle("classroom", data.classroom);
    this.examples.update(data.examples, data.example);
    this.modes.update(data.modes, scene.mode);
    this.controls.update(data.controls);
    setStatus(this.message, data.message);
    this.picker.update(data.patch);
    this.player.clock.speed = Number(data.speed);
    this.player.clock.setWalk(
      scene.steps.length,
      scene.stops.map(([at]) => at),
    );
    this.transport.update(scene, data.speed);
    this.stage.update(scene, {
      colorsOf: (scale) => this.colorsOf(scale),
      letters: data.letters,
      editable: true,
      patch: this.picker.element,
    });
    this.sum.setScene(scene, (grid, index) => this.paint(grid, index), data.letters);
    this.facts.replaceChildren(
      ...scene.formulas.map((line) => el("span", { class: "formula" }, line)),
      ...scene.notes.map((line) => el("span", { class: "note" }, line)),
      el("span", {}, scene.rounding),
    );
    if (changed) {
      this.hovered = null;
      this.version = data.version;
    }
    if (fresh) this.begin(data.at);
    else if (changed) this.keepPlace();
    this.layOut();
    this.watch.observe(this.element);
    document.addEventListener("keydown", this.pageKey);
    this.player.run();
  }

  /** A new example plays from its first stop; a link to a place shows that place. */
  begin(at) {
    const step = at ? at[0] * this.scene.shape[1] + at[1] : -1;
    const linked = Boolean(at) && at[1] < this.scene.shape[1] && step < this.scene.steps.length;
    this.pinned = linked ? { role: "output", channel: 0, index: step } : null;
    this.player.begin(linked ? step : -1);
  }

  /** Settings changed: everything is shown at once, unless the walk is under way. */
  keepPlace() {
    const size = {
      input: this.scene.inputs[0].texts.length,
      kernel: this.scene.kernels[0]?.texts.length ?? 0,
      output: this.scene.steps.length,
    };
    if (this.pinned && this.pinned.index >= size[this.pinned.role]) this.pinned = null;
    if (!this.player.playing) this.player.fillAll();
  }

  colorsOf(scale) {
    const { tables } = this.data;
    const name = scale === "signed" ? (this.dark ? "signed_dark" : "signed_light") : scale;
    this.tables ??= new Map();
    if (!this.tables.has(name)) this.tables.set(name, colorsFrom(tables[name]));
    return this.tables.get(name);
  }

  paint(grid, index) {
    if (isPadding(grid, index)) return ["transparent", "inherit"];
    const color = this.colorsOf(grid.scale)[grid.colors[index]];
    return [`rgb(${color.join(" ")})`, readable(...color)];
  }

  layOut() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = this.element.clientWidth;
    const { inputs, kernels, taps } = this.scene;
    const reserved = sumHeight({
      terms: taps[0][0].length * taps[1][0].length,
      channels: inputs.length,
      weighs: kernels.length > 0,
      widthRem: width / rem,
    });
    this.sum.setRoom(width / rem, reserved);
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = this.stage.element.getBoundingClientRect().top + scrolled;
    const height = Math.min(
      Math.max(window.innerHeight - top - (reserved + BELOW_SUM_REM) * rem, 15 * rem),
      46 * rem,
    );
    this.stage.resize(width, height, rem, Boolean(this.data.patch));
    this.moment.forget();
    this.draw();
  }

  toggle() {
    this.unpin();
    this.hovered = null;
    this.player.toggle();
    this.draw();
  }

  stepTo(step) {
    this.unpin();
    this.player.go(step);
    this.draw();
    this.speak();
  }

  speak() {
    const target = this.target;
    if (target.role === "output" && !this.player.playing)
      setText(this.spoken, SumView.spoken(this.scene, target.index));
  }

  /* What is looked at */

  get target() {
    return (
      this.pinned ?? this.hovered ?? { role: "output", channel: 0, index: this.player.clock.step }
    );
  }

  targetOf(event) {
    for (const view of this.stage.all) {
      const index = view.indexOf(event);
      if (index >= 0) return { role: view.role, channel: view.channel, index };
    }
    return null;
  }

  viewOf({ role, channel }) {
    return this.stage.views[role][channel];
  }

  hover(target) {
    const same =
      target &&
      this.hovered &&
      ["role", "channel", "index"].every((name) => target[name] === this.hovered[name]);
    if (same || (!target && !this.hovered)) return;
    this.hovered = target;
    this.draw();
  }

  click(event) {
    const target = this.targetOf(event);
    if (
      event.target.closest(".patch") ||
      this.viewOf(target ?? { role: "output", channel: 0 })?.dragged
    )
      return;
    if (!target) return this.unpin();
    const again =
      this.pinned &&
      this.pinned.role === target.role &&
      this.pinned.channel === target.channel &&
      this.pinned.index === target.index;
    if (again && target.role !== "output") return this.openEditor(target);
    if (again) return this.unpin();
    this.pin(target);
    this.viewOf(target).focus(target.index);
    return undefined;
  }

  pin(target) {
    const { filled } = this.player;
    this.player.go(target.role === "output" ? target.index : this.player.clock.step);
    this.player.filled = Math.max(filled, this.player.filled);
    this.pinned = target;
    if (target.role === "output") {
      const [row, column] = [
        Math.floor(target.index / this.scene.shape[1]),
        target.index % this.scene.shape[1],
      ];
      clearTimeout(this.linking);
      // The address follows where the reader stays, not every cell an arrow key passes.
      this.linking = setTimeout(
        () => this.report({ do: "set", key: "walk_at", text: `${row},${column}` }),
        900,
      );
    }
    this.draw();
    this.speak();
  }

  unpin() {
    clearTimeout(this.linking);
    if (!this.pinned) return;
    const was = this.pinned;
    this.pinned = null;
    this.hovered = null;
    if (was.role === "output" && this.data.at) this.report({ do: "set", key: "walk_at", text: "" });
    this.draw();
  }

  /* Keys */

  key(event) {
    if (event.target.closest("input, select") && event.target.type !== "range") return;
    const onButton = event.target.closest("button");
    if (event.key === " " && !onButton) {
      event.preventDefault();
      this.toggle();
    } else if (event.key === "Escape") this.unpin();
    else if (event.target.closest(".stage") || event.target.type === "range") return;
    else if (event.key === "ArrowRight") {
      event.preventDefault();
      this.stepTo(this.player.clock.step + 1);
    } else if (event.key === "ArrowLeft") {
      event.preventDefault();
      this.stepTo(this.player.clock.step - 1);
    } else if (event.key === "Home") {
      event.preventDefault();
      this.stepTo(0);
    } else if (event.key === "End") {
      event.preventDefault();
      this.stepTo(this.scene.steps.length - 1);
    } else return;
    event.stopPropagation();
  }

  /** Keys on a cell: walk, change, type. */
  cellKey(event) {
    const target = this.targetOf(event);
    if (!target || event.target.tagName === "INPUT") return;
    const view = this.viewOf(target);
    const editable = target.role !== "output" && !isPadding(view.grid, target.index);
    const meant = cellAction(event, {
      grid: view.grid,
      index: target.index,
      editable,
      turns: target.role === "kernel" || this.scene.mode === "line",
      fine: this.scene.mode === "line",
    });
    if (!meant) return;
    event.preventDefault();
    event.stopPropagation();
    if (meant.set !== undefined) this.sendEdit(view, target.index, meant.set);
    else if (meant.type !== undefined) this.openEditor(target, meant.type || undefined);
    else {
      this.pin({ ...target, index: meant.go });
      view.focus(meant.go);
    }
  }

  openEditor(target, typed) {
    if (target.role === "output") return;
    const view = this.viewOf(target);
    if (this.player.playing) this.player.toggle();
    view.edit(target.index, typed, (text, walkOn) => {
      if (text !== null) this.sendEdit(view, target.index, text);
      else view.write(target.index);
      if (walkOn) view.focus(target.index);
    });
  }

  sendEdit(view, index, text) {
    const [row, column] = withoutPadding(view.grid, index);
    this.report({
      do: view.role === "kernel" ? "weight" : "cell",
      channel: view.channel,
      row,
      column,
      text,
    });
  }

  /* Drawing */

  draw() {
    const { target, player } = this;
    const making = player.playing && !this.pinned && !this.hovered;
    this.transport.show(this.scene, player.clock.step, player.playing);
    this.moment.show(target, making ? player.phase : 1, player.filled);
    setText(this.hint, this.pinned ? PINNED_HINTS[target.role] : HINT);
  }

  close() {
    clearTimeout(this.linking);
    this.watch.disconnect();
    document.removeEventListener("keydown", this.pageKey);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  const explorer = rootOf(parentElement, () => new Explorer());
  explorer.update(data, (changes) => setStateValue("changes", changes));
  return () => explorer.close();
}
