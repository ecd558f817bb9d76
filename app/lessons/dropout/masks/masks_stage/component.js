// Masks: a drawn network and maps, under one mask after the other. Python computes each number and each pixel.

import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { DropStage, mountStage } from "../../drop_stage.js";
import { DrawnNetwork } from "./drawn_network.js";

/** @import { Frame } from "../../../../browser/frame.js" */
/** @import { Mounting } from "../../../../browser/report.js" */
/** @import { MasksHeader } from "./types.js" */

const EVERY_MS = 900;
const SHOWN_AT_FIRST = 5;
const MASKS = 10_000;
/** How long the number of a mask is kept back while someone presses for the next and the next. */
const REST_MS = 500;

class MasksStage extends DropStage {
  constructor() {
    const play = el("button", { class: "play" }, "▶ Play");
    const next = el("button", {}, "Next mask");
    const buttons = el("div", { class: "buttons" }, play, next);
    super("drop_masks", "masks-stage", buttons);
    this.play = play;
    play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    next.addEventListener("click", () => this.pressed());
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    /** How many masks are left of those that are shown without a press; Infinity for play. */
    this.left = 0;
    this.painted = 0;
    this.network = new DrawnNetwork((layer, place) => {
      this.commit({ drop_neuron: `${layer},${place}` });
    });
    this.summary = el("p", { class: "summary numbers" });
    this.lines = el("div", { class: "lines numbers", role: "status" });
    this.canvas = el("canvas", { role: "img" });
    this.sheetWords = el("p", { class: "numbers" });
    this.legend = el("span", { class: "gradient" });
    this.element.append(
      this.summary,
      el(
        "div",
        { class: "views" },
        el("div", { class: "left" }, this.network.element, this.lines),
        el(
          "figure",
          {},
          el("figcaption", {}, "Maps of the picture: 12 kernels, ReLU"),
          el("div", { class: "sheet" }, this.canvas),
          this.sheetWords,
          el(
            "p",
            { class: "legend" },
            el("span", {}, "0"),
            this.legend,
            el("span", {}, "the largest 1 % of each map"),
            el("span", { class: "hole" }),
            el("span", {}, "dropped"),
          ),
        ),
      ),
      this.status,
    );
    // Who takes hold of something does not want it to move on by itself.
    this.controls.element.addEventListener("pointerdown", () => this.settle(), true);
    this.element.addEventListener("keydown", () => this.settle(), true);
  }

  get isBusy() {
    return super.isBusy || this.timer !== undefined;
  }

  /** A few masks, and back to the one that the link has. */
  begin() {
    if (this.wanted.drop_mode !== "train") return;
    this.left = SHOWN_AT_FIRST;
    this.run();
  }

  run() {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(), EVERY_MS);
  }

  tick() {
    if (!this.element.isConnected) {
      this.pause();
      return;
    }
    if (document.hidden || this.shownSequence < this.asked) return;
    if (this.left === 0) {
      this.settle();
      return;
    }
    this.left -= 1;
    this.change({ drop_mask: String((Number(this.wanted.drop_mask) + 1) % MASKS) });
  }

  /** End what moves by itself; the mask of the link comes back. */
  settle() {
    if (this.timer === undefined || this.left === Infinity) return;
    this.pause();
    const { drop_mask: mask } = this.page?.settings ?? {};
    if (mask !== undefined && this.moved.drop_mask !== undefined) {
      this.change({ drop_mask: mask });
      delete this.moved.drop_mask;
    }
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.left = 0;
    setText(this.play, "▶ Play");
  }

  start() {
    this.left = Infinity;
    setText(this.play, "❚❚ Pause");
    if (this.wanted.drop_mode !== "train") this.commit({ drop_mode: "train" });
    this.run();
    this.tick();
  }

  stop() {
    this.pause();
    this.report({ ...this.moved });
  }

  /** The next mask; where the presses rest, it is kept. */
  pressed() {
    this.pause();
    this.change({
      drop_mask: String((Number(this.wanted.drop_mask) + 1) % MASKS),
      drop_mode: "train",
    });
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.report({ ...this.moved }), REST_MS);
  }

  /** @param {Frame} frame */
  show({ header: received, blobs }) {
    const header = /** @type {MasksHeader} */ (received);
    // Many changes one after the other are drawn at once, not faded.
    this.element.classList.toggle("held", this.controls.isHeld);
    this.network.show(header);
    setText(this.summary, header.summary);
    header.lines.forEach((line, at) => {
      setText(this.lines.children[at] ?? this.lines.appendChild(el("span")), line);
    });
    while (this.lines.children.length > header.lines.length) this.lines.lastElementChild?.remove();
    setText(this.sheetWords, header.sheet_words);
    this.legend.style.background = header.gradient;
    setAttributes(this.canvas, { "aria-label": header.alt });
    setAttributes(this.element, { "data-mask": header.mask, "data-mode": header.bars?.[0].value });
    const [sheet, quarters] = ["sheet", "quarters"].map((name) => {
      const blob = blobs.get(name);
      return blob && createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
    });
    return this.paint(sheet, quarters);
  }

  /**
   * @param {Promise<ImageBitmap> | undefined} sheet
   * @param {Promise<ImageBitmap> | undefined} quarters
   */
  async paint(sheet, quarters) {
    this.painted += 1;
    const turn = this.painted;
    const [picture, parts] = await Promise.all([sheet, quarters]);
    if (picture && parts && turn === this.painted) {
      const { width, height } = picture;
      if (this.canvas.width !== width) this.canvas.width = width;
      if (this.canvas.height !== height) this.canvas.height = height;
      this.canvas.style.setProperty("--aspect", String(width / height));
      const context = contextOf(this.canvas);
      context.clearRect(0, 0, width, height);
      context.drawImage(picture, 0, 0);
      this.network.paintQuarters(parts);
    }
    picture?.close();
    parts?.close();
  }

  close() {
    this.pause();
    clearTimeout(this.soon);
    super.close();
  }
}

/** @param {Mounting} component */
export default function (component) {
  return mountStage(component, (parent) => rootOf(parent, () => new MasksStage()), setStage);
}
