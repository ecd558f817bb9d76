// A picture that is dragged by up to some pixels, and what Python makes of it: maps, errors, class probabilities.
// Every pixel and number is Python's; here only the shift is chosen.

import { ARROWS } from "../../../browser/arrows.js";
import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { FreeHeight } from "../../../browser/free_height.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { LiveClient } from "../../../browser/live_client.js";
import { PicturePanel } from "./picture_panel.js";
import { clampShift, pointerStep, SHOWN } from "./shift.js";

/** @import { Frame } from "../../../browser/frame.js" */
/** @import { Answer } from "../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { ShiftedHeader } from "./types.js" */
/** @import { Shift } from "./shift.js" */

const REST_MS = 350;
const LARGE_STEP = 4;
const QUIET_LOST = "Live view lost. Connecting again…";

class ShiftedPicture {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {ShiftedHeader | undefined} what the page sent last */
    this.received = undefined;
    /** @type {Shift} */
    this.by = [0, 0];
    /** @type {[number, number] | undefined} the pointer when the picture was taken hold of, less the shift */
    this.held = undefined;
    /** The shift that the page has, or was told. */
    this.told = "0,0";
    this.shownSequence = 0;
    this.painted = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    /** @type {Map<string, PicturePanel>} */
    this.panels = new Map();
    this.pictures = el("div", { class: "panels" });
    this.pad = el("div", {
      class: "pad",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "movable picture",
    });
    this.hint = el("span", { class: "hint" }, "drag");
    this.pad.append(this.hint);
    this.by_text = el("strong", { class: "numbers" });
    this.back = el("button", { onclick: () => this.unshift() }, "No shift");
    this.status = el("span", { class: "quiet" });
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.element = el(
      "div",
      { class: "ks shifted-picture" },
      el("div", { class: "controls" }, this.by_text, this.back, this.status),
      this.pictures,
      this.spoken,
    );
    this.free = new FreeHeight(this.element);
    this.pad.addEventListener("pointerdown", (event) => this.grab(event));
    this.pad.addEventListener("pointermove", (event) => this.drag(event));
    for (const type of ["pointerup", "pointercancel"])
      this.pad.addEventListener(type, () => this.drop());
    this.pad.addEventListener("keydown", (event) => this.key(event));
    // What is pressed next must not be overtaken by a shift that waits to be told.
    this.pad.addEventListener("blur", () => {
      if (this.soon) this.commit();
    });
  }

  /** What the page sent last; there is nothing to drag before the first time. */
  get header() {
    return /** @type {ShiftedHeader} */ (this.received);
  }

  connect() {
    this.free.start();
    this.client ??= new LiveClient({
      onanswer: (answer) => void this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      onstate: (state) => setText(this.status, state === "lost" ? QUIET_LOST : ""),
    });
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  async update(data, unsettled) {
    const frame = unpackFrame(data);
    const header = /** @type {ShiftedHeader} */ (frame.header);
    const isAhead = this.received && (this.held || this.soon || "shift_by" in unsettled);
    this.received = header;
    // The page's frame may be of a shift that the hand, or the last report, has left already.
    const isOvertaken = isAhead && String(this.by) !== String(header.by);
    if (!isOvertaken) {
      this.by = [...header.by];
      this.told = header.by.join();
      // Answers to what was asked before are of another shift.
      this.shownSequence = (this.client?.sequence ?? 0) + 1;
    }
    setAttributes(this.pad, {
      "aria-label":
        `Shift the picture by up to ${header.most} pixels: arrow keys move it by 1, ` +
        `with Shift by ${LARGE_STEP}.`,
    });
    this.label();
    if (isOvertaken) this.ask();
    else await this.show(frame, header);
  }

  ask() {
    const { kind, token, settings } = this.header;
    this.client?.ask(kind, {
      token,
      settings: { ...settings, shift_by: this.by.join(",") },
    });
  }

  /** @param {Answer} answer */
  async receive(answer) {
    const header = /** @type {ShiftedHeader} */ (answer.header);
    if (header.about !== this.header?.about) return;
    if ((header.sequence ?? 0) < this.shownSequence) return;
    this.shownSequence = header.sequence ?? 0;
    setText(this.status, "");
    await this.show(answer, header);
    const now = performance.now();
    document.dispatchEvent(
      new CustomEvent("kernelscope:shifted", {
        detail: {
          sequence: header.sequence,
          latency: now - (answer.askedAt ?? now),
          compute: header.ms,
        },
      }),
    );
  }

  /**
   * Paint what came; all pictures of a frame change together.
   * @param {Frame} frame
   * @param {ShiftedHeader} header
   */
  async show({ blobs }, header) {
    this.painted += 1;
    const turn = this.painted;
    const pictures = await Promise.all(
      [...blobs.values()].map(async ({ name, type, bytes }) => ({
        name,
        bitmap: await createImageBitmap(new Blob([bytes], { type })),
      })),
    );
    if (turn !== this.painted) {
      for (const { bitmap } of pictures) bitmap.close();
      return;
    }
    for (const panel of header.panels) this.panelOf(panel.key).show(panel);
    const wanted = new Set(this.header.panels.map(({ key }) => key));
    for (const [key, panel] of this.panels) panel.element.hidden = !wanted.has(key);
    for (const { name, bitmap } of pictures) this.panelOf(name).paint(bitmap);
    // The bars beside it show the same moment.
    document.dispatchEvent(new CustomEvent(SHOWN, { detail: header }));
    if (!this.held) setText(this.spoken, header.words);
    setAttributes(this.element, { "data-by": header.by.join(","), "data-kind": header.kind });
  }

  /** @param {string} key */
  panelOf(key) {
    const known = this.panels.get(key);
    if (known) return known;
    const made = new PicturePanel();
    this.panels.set(key, made);
    if (key === "shifted") {
      made.frame.append(this.pad);
      this.pictures.prepend(made.element);
    } else this.pictures.append(made.element);
    return made;
  }

  /**
   * Where a pointer is, in steps of the shift.
   * @param {PointerEvent} event
   */
  pixels(event) {
    const step = pointerStep(this.pad.getBoundingClientRect().width / this.header.width);
    return [event.clientY / step, event.clientX / step];
  }

  /** @param {PointerEvent} event */
  grab(event) {
    event.preventDefault();
    this.pad.focus({ preventScroll: true });
    this.pad.setPointerCapture(event.pointerId);
    const [row, column] = this.pixels(event);
    this.held = [row - this.by[0], column - this.by[1]];
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held) return;
    const [row, column] = this.pixels(event);
    this.put([row - this.held[0], column - this.held[1]]);
  }

  drop() {
    if (!this.held) return;
    this.held = undefined;
    this.commit();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = ARROWS[event.key];
    const far = event.shiftKey ? LARGE_STEP : 1;
    if (step) this.put([this.by[0] + far * step[0], this.by[1] + far * step[1]]);
    else if (event.key === "Home") this.put([0, 0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {readonly [number, number]} shift
   * @param {boolean} [isLast] whether the page is told at once
   */
  put(shift, isLast = false) {
    const by = clampShift(shift, this.header.most);
    if (String(by) !== String(this.by)) {
      this.by = by;
      this.label();
      this.ask();
    }
    this.pad.classList.add("tried");
    clearTimeout(this.soon);
    // Where the hand rests, the curves follow.
    if (isLast) this.commit();
    else this.soon = setTimeout(() => this.commit(), REST_MS);
  }

  /** Back to no shift: the button has nothing left to do then, so the keyboard goes on at the picture. */
  unshift() {
    this.pad.focus({ preventScroll: true });
    this.put([0, 0], true);
  }

  commit() {
    clearTimeout(this.soon);
    this.soon = undefined;
    const by = this.by.join(",");
    if (by !== this.told) this.report({ shift_by: by });
    this.told = by;
  }

  label() {
    const [down, right] = this.by;
    const parts = [
      down ? `${Math.abs(down)} px ${down > 0 ? "down" : "up"}` : "",
      right ? `${Math.abs(right)} px ${right > 0 ? "right" : "left"}` : "",
    ].filter(Boolean);
    setText(this.by_text, parts.length ? `Shift: ${parts.join(", ")}` : "No shift yet: drag it");
    setAttributes(this.back, { disabled: !parts.length });
  }

  close() {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.free.stop();
    this.client?.close();
    this.client = undefined;
    this.received = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const view = rootOf(parentElement, () => new ShiftedPicture());
  setStage(view.element);
  view.report = report;
  view.connect();
  void view.update(data, unsettled);
  return () => view.close();
}
