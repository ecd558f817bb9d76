// What the reader does with pointer and keys: look at a cell, pin it, go on to another, change a number, play.

import { Drawing } from "./drawing.js";
import { cellAction, PAGE_KEYS, playerAction } from "./keys.js";
import { isPadding, placeOf, withoutPadding } from "./scene.js";

/** @import { Palette } from "./palette.js" */
/** @import { Player } from "./player.js" */
/** @import { Selection } from "./selection.js" */
/** @import { Stage } from "./stage.js" */
/** @import { Action, ExplorerData, Target, View } from "./types.js" */

const LINK_MS = 900;

export class Interaction {
  /**
   * `ondraw`: something else is looked at; `onspeak`: it stays for a while, and can be read out.
   * @param {{element: HTMLElement, stage: Stage, selection: Selection, player: Player, palette: Palette,
   *   data: () => ExplorerData, report: (action: Action) => void, ondraw: () => void, onspeak: () => void}} needs
   */
  constructor({ element, stage, selection, player, palette, data, report, ondraw, onspeak }) {
    this.stage = stage;
    this.selection = selection;
    this.player = player;
    this.data = data;
    this.report = report;
    this.ondraw = ondraw;
    this.onspeak = onspeak;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.linking = undefined;
    this.drawing = new Drawing({
      stage,
      palette,
      brush: () => this.data().brush,
      onbegin: () => this.beginStroke(),
      ondrawn: (channel, cells, text) => this.report({ do: "draw", channel, cells, text }),
    });
    this.listenTo(element);
    // With nothing focused, the player's keys work on the whole page, as on any player.
    this.onpagekey = (/** @type {KeyboardEvent} */ event) => {
      const { target, key } = event;
      const free = target === document.body || target === document.documentElement;
      if (free && PAGE_KEYS.includes(key)) this.key(event);
    };
  }

  /** @param {HTMLElement} element the whole component */
  listenTo(element) {
    const stage = this.stage.element;
    const hoverAt = (/** @type {Event} */ event) => this.hover(this.stage.targetOf(event));
    stage.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") hoverAt(event);
    });
    stage.addEventListener("pointerleave", () => this.hover(null));
    stage.addEventListener("click", (event) => this.click(event));
    stage.addEventListener("dblclick", (event) => {
      const target = this.stage.targetOf(event);
      if (target) this.openEditor(target);
    });
    stage.addEventListener("keydown", (event) => this.cellKey(event));
    stage.addEventListener("focusin", (event) => {
      if (elementOf(event).matches(":focus-visible")) hoverAt(event);
    });
    stage.addEventListener("focusout", () => this.hover(null));
    element.addEventListener("keydown", (event) => this.key(event));
  }

  listenToPage() {
    document.addEventListener("keydown", this.onpagekey);
  }

  close() {
    clearTimeout(this.linking);
    document.removeEventListener("keydown", this.onpagekey);
  }

  // Playing.

  toggle() {
    this.unpin();
    this.selection.hovered = null;
    this.player.toggle();
    this.ondraw();
  }

  /** @param {number} step */
  stepTo(step) {
    this.unpin();
    this.player.go(step);
    this.ondraw();
    this.onspeak();
  }

  // Pointing and pinning.

  /** @param {Target | null} target */
  hover(target) {
    if (this.drawing.isUnderWay) return;
    if (this.selection.hover(target)) this.ondraw();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const target = this.stage.targetOf(event);
    if (elementOf(event).closest(".patch") || this.hasDragged(target)) return;
    if (!target) this.unpin();
    else if (!this.selection.isPinned(target)) {
      this.pin(target);
      this.stage.viewOf(target).cells.focus(target.index);
    } else if (target.role === "output") this.unpin();
    else this.openEditor(target);
  }

  /**
   * Whether a click is the end of a stroke, or of a drag of a point.
   * @param {Target | null} target
   */
  hasDragged(target) {
    if (this.drawing.hasEnded) return true;
    const view = this.stage.viewOf(target ?? { role: "output", channel: 0, index: 0 });
    return "dragged" in view && view.dragged;
  }

  /** @param {Target} target */
  pin(target) {
    const { filled, clock } = this.player;
    this.player.go(target.role === "output" ? target.index : clock.step);
    this.player.filled = Math.max(filled, this.player.filled);
    this.selection.pinned = target;
    if (target.role === "output") {
      const text = placeOf(this.data().scene, target.index).join();
      clearTimeout(this.linking);
      // The address follows where the reader stays, not every cell an arrow key passes.
      this.linking = setTimeout(() => this.report({ do: "set", key: "walk_at", text }), LINK_MS);
    }
    this.ondraw();
    this.onspeak();
  }

  unpin() {
    clearTimeout(this.linking);
    const pinned = this.selection.unpin();
    if (!pinned) return;
    if (pinned.role === "output" && this.data().at)
      this.report({ do: "set", key: "walk_at", text: "" });
    this.ondraw();
  }

  // Keys.

  /** @param {KeyboardEvent} event */
  key(event) {
    const from = elementOf(event);
    const hasArrows = from.matches("input[type=range]") || from.closest(".stage") !== null;
    if (from.closest("input, select") && !from.matches("input[type=range]")) return;
    const action = playerAction(event.key, {
      onButton: from.closest("button") !== null,
      hasArrows,
      step: this.player.clock.step,
      last: this.data().scene.steps.length - 1,
    });
    if (!action) return;
    event.stopPropagation();
    if ("unpin" in action) {
      this.unpin();
      return;
    }
    event.preventDefault();
    if ("toggle" in action) this.toggle();
    else this.stepTo(action.go);
  }

  /**
   * A key on a cell: go to another one, change its number, or type into it.
   * @param {KeyboardEvent} event
   */
  cellKey(event) {
    const target = this.stage.targetOf(event);
    if (!target || elementOf(event).matches("input")) return;
    const view = this.stage.viewOf(target);
    const isLine = this.data().scene.mode === "line";
    const action = cellAction(event, {
      grid: view.grid,
      index: target.index,
      editable: target.role !== "output" && !isPadding(view.grid, target.index),
      turns: target.role === "kernel" || isLine,
      fine: isLine,
    });
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    if ("set" in action) this.sendEdit(view, target.index, action.set);
    else if ("type" in action) this.openEditor(target, action.type || undefined);
    else {
      this.pin({ ...target, index: action.go });
      view.cells.focus(action.go);
    }
  }

  // Editing.

  beginStroke() {
    if (this.player.playing) this.player.toggle();
    this.unpin();
    this.selection.hovered = null;
    this.ondraw();
  }

  /**
   * @param {Target} target
   * @param {string} [typed] the first key, where typing opened it
   */
  openEditor(target, typed) {
    if (target.role === "output") return;
    const view = this.stage.viewOf(target);
    if (this.player.playing) this.player.toggle();
    view.cells.edit(target.index, typed, (text, refocus) => {
      if (text !== null) this.sendEdit(view, target.index, text);
      else view.cells.write(target.index);
      if (refocus) view.cells.focus(target.index);
    });
  }

  /**
   * @param {View} view
   * @param {number} index
   * @param {string} text
   */
  sendEdit({ role, channel, grid }, index, text) {
    const [row, column] = withoutPadding(grid, index);
    this.report({ do: role === "kernel" ? "weight" : "cell", channel, row, column, text });
  }
}

/**
 * The element an event happened on.
 * @param {Event} event
 */
function elementOf(event) {
  return /** @type {Element} */ (event.target);
}
