// How one window gives one number: hover, pin, step and play over a small input.
// All numbers and their texts come from Python (explorer_data.py); here they are laid out, marked and played.

import { el, isDark, rootOf, setText } from "../../../browser/dom.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { ChoiceBar, ControlBar } from "./bars.js";
import { Interaction } from "./interaction.js";
import { sumHeight } from "./layout.js";
import { Moment } from "./moment.js";
import { Palette } from "./palette.js";
import { PatchPicker } from "./patch_picker.js";
import { Player } from "./player.js";
import { Selection } from "./selection.js";
import { Stage } from "./stage.js";
import { isNarrow } from "./stage_layout.js";
import { spokenSum, SumView } from "./sum.js";
import { Transport } from "./transport.js";

/** @import { Mounting } from "../../../browser/report.js" */
/** @import { Action, ExplorerData } from "./types.js" */

const HINT =
  "Point at an output, an input or a weight. A click selects it, arrow keys move, Space plays.";
const DRAWING_HINT =
  "Drag over the input to draw; from a cell that is drawn already, to erase. A click selects a cell.";
const PINNED_HINTS = {
  output: "Selected. Arrow keys move, Escape ends the selection.",
  input: "Selected. Type a number to change it. Escape ends the selection.",
  kernel: "Selected. Type a number or press ↑ ↓ to change it. Escape ends the selection.",
};
const BELOW_SUM_REM = 6.2;
const STAGE_REM = { least: 15, leastNarrow: 34, most: 46 };

class Explorer {
  /** @param {ExplorerData} data */
  constructor(data) {
    this.data = data;
    /** @type {(action: Action) => void} */
    this.report = () => {};
    /** @type {string | undefined} the version of the scene that is shown */ this.version =
      undefined;
    /** @type {number | undefined} the story that is played */ this.story = undefined;
    this.selection = new Selection();
    this.palette = new Palette();
    this.player = new Player({
      ondraw: () => this.draw(),
      isHeld: () => Boolean(this.selection.hovered),
      isThere: () => this.element.isConnected,
    });
    const set = (/** @type {string} */ key, /** @type {string} */ text) =>
      this.report({ do: "set", key, text });
    this.examples = new ChoiceBar("Examples", (key) => this.report({ do: "example", key }));
    this.modes = new ChoiceBar("What the window does", (key) => set("walk_mode", key));
    this.controls = new ControlBar(set);
    this.message = el("div", { class: "message", role: "alert", hidden: true });
    this.picker = new PatchPicker((text) => set("walk_patch", text));
    this.stage = new Stage(data.scene, (view, index, text) =>
      this.interaction.sendEdit(view, index, text),
    );
    this.sum = new SumView(data.scene, this.palette);
    this.moment = new Moment(this.stage, this.sum);
    this.spoken = el("div", { class: "spoken", "aria-live": "polite" });
    this.hint = el("div", { class: "hint quiet" });
    this.facts = el("div", { class: "facts numbers quiet" });
    this.transport = new Transport({
      back: () => this.interaction.stepTo(this.player.clock.step - 1),
      forward: () => this.interaction.stepTo(this.player.clock.step + 1),
      toggle: () => this.interaction.toggle(),
      scrub: (step) => this.interaction.stepTo(step),
      speed: (speed) => {
        this.player.clock.speed = Number(speed);
        set("walk_speed", speed);
      },
    });
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
    this.interaction = new Interaction({
      element: this.element,
      stage: this.stage,
      selection: this.selection,
      player: this.player,
      palette: this.palette,
      data: () => this.data,
      report: (action) => this.report(action),
      ondraw: () => this.draw(),
      onspeak: () => this.speak(),
    });
    this.resized = new ResizeObserver(() => this.layOut());
  }

  get scene() {
    return this.data.scene;
  }

  /** The cell that is looked at. */
  get target() {
    return this.selection.at(this.player.clock.step);
  }

  /** @param {ExplorerData} data */
  update(data) {
    const { scene } = data;
    const changed = this.version !== data.version;
    const another = this.story !== data.story;
    this.version = data.version;
    this.story = data.story;
    this.data = data;
    this.palette.update(data.tables, isDark(this.element));
    this.element.classList.toggle("classroom", data.classroom);
    this.examples.update(data.examples, data.example);
    this.modes.update(data.modes, scene.mode);
    this.controls.update(data.controls);
    setText(this.message, data.message);
    this.message.hidden = !data.message;
    this.picker.update(data.patch);
    this.player.clock.speed = Number(data.speed);
    const holds = scene.stops.map(([at]) => at);
    this.player.clock.setSlide(scene.steps.length, holds);
    this.transport.update(scene, data.speeds, data.speed);
    const { palette } = this;
    this.stage.update(scene, { palette, letters: data.letters, patch: this.picker.element });
    this.interaction.drawing.update();
    this.sum.setScene(scene, data.letters);
    this.facts.replaceChildren(
      ...scene.formulas.map((line) => el("span", { class: "formula" }, line)),
      ...scene.notes.map((line) => el("span", { class: "note" }, line)),
      el("span", {}, scene.rounding),
    );
    if (changed) this.selection.hovered = null;
    if (another) this.begin(data.at);
    else if (changed) this.keepPlace();
    this.layOut();
    this.resized.observe(this.element);
    this.interaction.listenToPage();
    this.player.run();
  }

  /**
   * A new example plays from its first stop; a link to a place shows that place.
   * @param {[number, number] | null} at
   */
  begin(at) {
    const { shape, steps } = this.scene;
    const step = at ? at[0] * shape[1] + at[1] : -1;
    const linked = at !== null && at[1] < shape[1] && step < steps.length;
    this.selection.pinned = linked ? { role: "output", channel: 0, index: step } : null;
    this.player.begin(linked ? step : -1);
  }

  /** Settings changed: everything is shown at once, unless the slide is under way. */
  keepPlace() {
    this.selection.keepWithin(this.scene);
    if (!this.player.playing) this.player.fillAll();
  }

  layOut() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = this.element.clientWidth;
    const { inputs, kernels, input_indices: windows } = this.scene;
    const reserved = sumHeight({
      terms: windows[0][0].length * windows[1][0].length,
      channels: inputs.length,
      weighs: kernels.length > 0,
      widthRem: width / rem,
    });
    this.sum.reserve(width / rem, reserved);
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = this.stage.element.getBoundingClientRect().top + scrolled;
    const free = window.innerHeight - top - (reserved + BELOW_SUM_REM) * rem;
    const least = isNarrow({ width, rem }) ? STAGE_REM.leastNarrow : STAGE_REM.least;
    const height = Math.min(Math.max(free, least * rem), STAGE_REM.most * rem);
    this.stage.resize({ width, height, rem }, this.data.patch !== null);
    this.moment.forget();
    this.draw();
  }

  draw() {
    const { target, player, scene } = this;
    const { pinned, hovered } = this.selection;
    const moving = player.playing && !pinned && !hovered;
    this.transport.show(scene, player.clock.step, player.playing);
    this.moment.show(target, moving ? player.phase : 1, player.filled);
    const hint = this.data.brush ? DRAWING_HINT : HINT;
    setText(this.hint, pinned ? PINNED_HINTS[target.role] : hint);
  }

  /** Tell a screen reader the sum of the stop that is looked at. */
  speak() {
    const { target } = this;
    if (target.role === "output" && !this.player.playing)
      setText(this.spoken, spokenSum(this.scene, target.index));
  }

  close() {
    this.interaction.close();
    this.resized.disconnect();
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const explorer = rootOf(parentElement, () => new Explorer(data));
  setStage(explorer.element);
  explorer.report = report;
  explorer.update(data);
  return () => explorer.close();
}
