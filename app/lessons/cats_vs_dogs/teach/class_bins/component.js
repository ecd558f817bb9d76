// The classes with their pictures. Files are dropped, pasted or chosen; a picture is moved by dragging or by its buttons.

import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { ClassBin, HAS_TOUCH } from "./class_bin.js";
import { addressIn, listRefused, TOLD_EVERY_MS, UNDER_WAY, Uploading } from "../../uploading.js";

/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { Progress } from "../../uploading.js" */
/** @import { BinData } from "./class_bin.js" */
/**
 * app/lessons/cats_vs_dogs/teach/frames.py writes it.
 * @typedef {{owner: string, path: string, sight: number, is_example: boolean, can_undo: boolean, can_add: boolean, free: number,
 *   said: string, classes: BinData[]}} BinsData
 */

class ClassBins {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {BinsData | undefined} */
    this.data = undefined;
    /** @type {ClassBin[]} */
    this.bins = [];
    /** @type {Uploading | undefined} */
    this.uploading = undefined;
    this.toldAt = 0;
    /** Whether the pictures that were sent last are not among those that are shown. */
    this.isElsewhere = false;
    this.isTakenBack = false;
    this.list = el("div", { class: "bins" });
    this.add = el(
      "button",
      { onclick: () => this.tellEdit({ action: "add_class" }) },
      "Add a class",
    );
    this.undo = el("button", { onclick: () => this.takeBack() }, "Undo");
    this.stop = el("button", { onclick: () => this.uploading?.stop() }, "Stop");
    this.status = el("span", { class: "status numbers", role: "status" });
    this.refused = el("ul", { class: "refused" });
    this.element = el(
      "div",
      { class: "ks class-bins" },
      this.list,
      el("div", { class: "foot" }, this.add, this.undo, this.stop, this.status),
      this.refused,
    );
    this.stop.hidden = true;
    this.refused.hidden = true;
    this.free = new FreeHeight(this.element);
    this.onpaste = (/** @type {ClipboardEvent} */ event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const target = /** @type {HTMLElement | null} */ (document.activeElement);
      if (!files.length || target?.matches("input, textarea")) return;
      // Into the class that has the focus, else the one under the pointer; else it is the page's picture in use.
      const is = (/** @type {string} */ state) =>
        this.bins.findIndex((one) => one.element.matches(state));
      const at = is(":focus-within") >= 0 ? is(":focus-within") : is(":hover");
      if (at < 0) return;
      event.preventDefault();
      event.stopPropagation(); // the page would make it the picture in use too
      this.send(at, files);
    };
  }

  open() {
    this.free.start();
    document.addEventListener("paste", this.onpaste, true);
  }

  /** @param {BinsData} data */
  update(data) {
    this.data = data;
    if (!data.is_example) this.isElsewhere = false;
    const focused = this.element.querySelector(":focus");
    while (this.bins.length > data.classes.length) this.bins.pop()?.element.remove();
    data.classes.forEach((one, at) => {
      const bin = this.bins[at] ?? this.make(at);
      bin.update(one, data.classes, Boolean(data.said));
    });
    setAttributes(this.element, { "data-classes": data.classes.length });
    for (const bin of this.bins) bin.dismiss.hidden = data.classes.length <= 2;
    this.add.hidden = !data.can_add;
    this.undo.disabled = !data.can_undo;
    this.goOn(data.owner);
    // The keyboard goes on here, where the button that was pressed is away or pale.
    const left = this.element.querySelector(":focus");
    if (focused && (!left || left.matches(":disabled, [hidden]")))
      (data.can_add ? this.add : this.undo).focus();
    if (!this.uploading) this.rest();
  }

  /**
   * Show what is on its way since before this page was shown.
   * @param {string} owner
   */
  goOn(owner) {
    const before = UNDER_WAY.get(owner);
    if (!before || before === this.uploading) return;
    this.uploading = before;
    before.onprogress = (progress) => this.tell(progress);
    this.stop.hidden = false;
    this.tell(before.progress);
  }

  /** What the line below says while nothing is on its way. */
  rest() {
    if (!this.data) return;
    const { said, is_example, free } = this.data;
    const how = HAS_TOUCH ? "Add pictures to" : "Drop or paste pictures on";
    const example = this.isElsewhere
      ? "Examples. Your pictures are in “Your own classes”."
      : `Examples. ${how} a class to teach your own.`;
    this.say(said || (is_example ? example : `Free: ${free} pictures`));
  }

  /** @param {number} at */
  make(at) {
    const bin = new ClassBin({
      rename: (which, name) => this.tellEdit({ action: "rename", which, name }),
      move: (which, picture, to) => this.tellEdit({ action: "move", which, picture, to }),
      dismiss: (which) => this.tellEdit({ action: "remove_class", which }),
      take: (files) => this.send(at, files),
      at,
    });
    this.bins.push(bin);
    this.list.append(bin.element);
    return bin;
  }

  /** @param {Record<string, unknown>} what with the names of what is shown, as another set may be shown by then */
  tellEdit(what) {
    this.report({ ...what, sight: this.data?.sight ?? -1 });
  }

  takeBack() {
    this.isTakenBack = Boolean(this.uploading);
    this.uploading?.stop();
    this.report({ action: "undo" });
  }

  /**
   * @param {number} at
   * @param {File[]} files
   */
  send(at, files) {
    if (!this.data || !files.length) return;
    if (this.uploading) {
      this.say("Wait until the pictures before these are there.");
      return;
    }
    const { path, owner, sight, classes } = this.data;
    const addressOf = addressIn(`${path}/${owner}/${classes[at].id}`, sight);
    this.uploading = new Uploading(files, addressOf, (progress) => this.tell(progress));
    this.stop.hidden = false;
    this.refused.hidden = true;
    UNDER_WAY.set(owner, this.uploading);
    void this.uploading.run();
  }

  /** @param {Progress} progress */
  tell({ done, total, refused, isOver }) {
    if (!this.element.isConnected) return; // it is told when the page is shown again
    this.say(`${done} of ${total} files are sent`, done === 0 || isOver);
    const now = performance.now();
    if (isOver || now > this.toldAt + TOLD_EVERY_MS) {
      this.toldAt = now;
      if (done > refused.length) this.report({ action: "uploaded" });
    }
    if (!isOver) return;
    this.uploading = undefined;
    this.stop.hidden = true;
    this.isElsewhere = done > refused.length && !this.isTakenBack;
    this.isTakenBack = false;
    if (this.data) UNDER_WAY.delete(this.data.owner);
    // How much is free is known when the page has counted those that were taken.
    if (done === refused.length) this.rest();
    listRefused(this.refused, refused);
  }

  /**
   * @param {string} sentence
   * @param {boolean} [isRead] whether it is read out: a count that grows is not
   */
  say(sentence, isRead = true) {
    setAttributes(this.status, { "aria-live": isRead ? "polite" : "off" });
    setText(this.status, sentence);
  }

  close() {
    this.free.stop();
    document.removeEventListener("paste", this.onpaste, true);
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const bins = rootOf(parentElement, () => new ClassBins());
  setStage(bins.element);
  bins.report = report;
  bins.open();
  bins.update(data);
  return () => bins.close();
}
