// How one window gives one number: hover, pin, step and play over a small input.
// All numbers and their texts come from Python (explorer_data.py); here they are laid out, marked and played.

import { el, rootOf, setText } from "../../../browser/dom.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { hintsHere } from "./hints.js";
import { Interaction } from "./interaction.js";
import { LEGIBLE_PX } from "./layout.js";
import { Moment } from "./moment.js";
import { Palette } from "./palette.js";
import { PatchPicker } from "./patch_picker.js";
import { Player } from "./player.js";
import { Selection } from "./selection.js";
import { SettingsBar } from "./settings_bar.js";
import { spokenSum } from "./spoken.js";
import { Stage } from "./stage.js";
import { SumView } from "./sum.js";
import { Transport } from "./transport.js";

/** @import { Mounting } from "../../../browser/report.js" */
/** @import { Action, ExplorerData } from "./types.js" */

const NARROW_PX = 640; // a page like a phone's: all settings are folded, and the page scrolls
const SCROLLED_PX = 800; // a page beside an outline: it is scrolled where numbers could not be read otherwise
// The smallest text on a projected page, which is read from the last row: of the window's width, and in pixels.
const PROJECTED = { share: 0.014, px: 14 };
const STAGE_REM = { least: 9, most: 46 };
const SUM_SHARE = 0.42; // of the window's height, at most
const SPARE_PX = 4;
const NARROW_SPARE_PX = 80; // for what the browser and the page show above the stage

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
    this.hints = hintsHere();
    this.settings = new SettingsBar({
      choose: (key) => this.report({ do: "example", key }),
      set,
      onfold: () => this.layOut(),
      oncover: () => this.showDrawing(),
    });
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
      this.settings.element,
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
    this.onresize = () => this.layOut();
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
    this.palette.update(data.tables);
    this.element.classList.toggle("classroom", data.classroom);
    this.settings.update(data);
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
    window.addEventListener("resize", this.onresize);
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

  /** Fold the settings, reserve the space of the sum, and give the stage what is left of the window. */
  layOut() {
    const { element, sum, stage, data } = this;
    const width = element.clientWidth;
    if (!width) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const narrow = width < NARROW_PX;
    const projected = Math.max(PROJECTED.px, PROJECTED.share * window.innerWidth);
    const least = data.classroom ? projected : LEGIBLE_PX;
    element.classList.toggle("narrow", narrow);
    element.style.setProperty("--least", `${least}px`);
    this.settings.arrange(data.classroom || narrow);
    const most = narrow ? Infinity : SUM_SHARE * window.innerHeight;
    sum.reserve({ projected: data.classroom, most });
    const { least: lowest, most: highest } = STAGE_REM;
    const free = narrow ? this.freeScrolled() : this.free();
    const height = Math.min(Math.max(free, lowest * rem), highest * rem);
    const mayScroll = !data.classroom && width < SCROLLED_PX;
    const space = { width, height, rem, least, narrow, mayScroll };
    stage.resize(space, data.patch ? this.picker.element : null);
    this.moment.forget();
    this.draw();
  }

  /** Pixels of the window that are left for the stage when all that belongs to it is on the screen, too. */
  free() {
    const { element, sum, stage, transport, facts } = this;
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = stage.element.getBoundingClientRect().top + scrolled;
    const gap = parseFloat(getComputedStyle(element).rowGap);
    const parts = [sum.element, transport.element, ...(this.data.classroom ? [] : [facts])];
    const below = parts.reduce((height, part) => height + part.offsetHeight + gap, 0);
    return window.innerHeight - top - below - SPARE_PX;
  }

  /** Pixels of the window for the stage of a page that is scrolled to it, with the way to play below. */
  freeScrolled() {
    return window.innerHeight - this.transport.element.offsetHeight - NARROW_SPARE_PX;
  }

  /** On a phone, scroll to the grids: below them the settings lie over the page. */
  showDrawing() {
    if (this.element.classList.contains("narrow")) this.element.scrollIntoView({ block: "start" });
  }

  draw() {
    const { target, player, scene } = this;
    const { pinned, hovered } = this.selection;
    const moving = player.playing && !pinned && !hovered;
    this.transport.show(scene, player.clock.step, player.playing);
    this.moment.show(target, moving ? player.phase : 1, player.filled);
    const { look, draw, pinned: selected } = this.hints;
    setText(this.hint, pinned ? selected[target.role] : this.data.brush ? draw : look);
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
    window.removeEventListener("resize", this.onresize);
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
