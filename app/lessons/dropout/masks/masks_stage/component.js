// Masks: a drawn network and maps, under one mask after the other. Python computes each number and each pixel.

import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { colored, colorsOf } from "../../../../browser/pixels.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { DropStage, mountStage } from "../../drop_stage.js";
import { DrawnNetwork } from "./drawn_network.js";

/** @import { Frame, FrameBlob } from "../../../../browser/frame.js" */
/** @import { Mounting } from "../../../../browser/report.js" */
/** @import { MasksHeader } from "./types.js" */

const EVERY_MS = 900;
const SHOWN_AT_FIRST = 5;
const MASKS = 10_000;
/** How long the number of a mask is kept back while someone presses for the next and the next. */
const REST_MS = 500;

class MasksStage extends DropStage {
  constructor() {
    const next = el("button", {}, "Next mask");
    super("drop_masks", "masks-stage", next);
    next.addEventListener("click", () => this.pressed());
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    /** How many masks are left of those that are shown without a press; Infinity for play. */
    this.left = 0;
    /** How often quarters were begun. */
    this.painted = 0;
    /** The number of the quarters that are painted, see types.js. */
    this.quarters = -1;
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
            el("span", { class: "entry" }, el("i", { class: "hole" }), "dropped"),
          ),
        ),
      ),
      this.status,
    );
  }

  get isBusy() {
    return super.isBusy || this.soon !== undefined;
  }

  /** A few masks, and back to the one that the link has. */
  begin() {
    if (this.wanted.drop_mode !== "train") return;
    this.left = SHOWN_AT_FIRST;
    this.run(EVERY_MS);
  }

  step() {
    if (this.left === 0) {
      this.goBack();
      return;
    }
    this.left -= 1;
    this.showPlayed({ drop_mask: this.following });
  }

  /** The mask after the one that is shown. */
  get following() {
    return String((Number(this.wanted.drop_mask) + 1) % MASKS);
  }

  start() {
    this.left = Infinity;
    if (this.wanted.drop_mode !== "train") this.commit({ drop_mode: "train" });
    this.run(EVERY_MS);
    this.step();
  }

  /** The next mask; where the presses rest, it is kept. */
  pressed() {
    const mask = this.following;
    this.forget();
    this.change({ drop_mask: mask, drop_mode: "train" });
    clearTimeout(this.soon);
    this.soon = setTimeout(() => {
      this.soon = undefined;
      this.report({ ...this.moved });
    }, REST_MS);
  }

  /** @param {Frame} frame */
  show({ header: received, blobs }) {
    const header = /** @type {MasksHeader} */ (received);
    // Many changes one after the other are drawn at once, not faded.
    this.element.classList.toggle("held", this.controls.isHeld);
    this.network.show(header);
    setText(this.summary, header.summary);
    // The sum is read aloud where it rests, not at each mask.
    setAttributes(this.lines, { "aria-live": this.timer ? "off" : "polite" });
    header.lines.forEach((line, at) => {
      setText(this.lines.children[at] ?? this.lines.appendChild(el("span")), line);
    });
    while (this.lines.children.length > header.lines.length) this.lines.lastElementChild?.remove();
    setText(this.sheetWords, header.sheet_words);
    this.legend.style.background = header.gradient;
    setAttributes(this.canvas, { "aria-label": header.alt });
    setAttributes(this.element, { "data-mask": header.mask, "data-mode": header.bars?.[0].value });
    this.paintSheet(header.size, blobs);
    const quarters = blobs.get("quarters");
    if (!quarters || header.quarters === this.quarters) return undefined;
    return this.paintQuarters(quarters, header.quarters);
  }

  /**
   * @param {[number, number]} size
   * @param {Frame["blobs"]} blobs `sheet`: a row of `palette` for each pixel
   */
  paintSheet([width, height], blobs) {
    const [levels, palette] = [blobs.get("sheet"), blobs.get("palette")];
    if (!levels || !palette) return;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.canvas.style.setProperty("--aspect", String(width / height));
    const picture = colored(levels.bytes, colorsOf(palette.bytes), { width, height });
    contextOf(this.canvas).putImageData(picture, 0, 0);
  }

  /**
   * @param {FrameBlob} parts
   * @param {number} which
   */
  async paintQuarters(parts, which) {
    this.painted += 1;
    const turn = this.painted;
    const picture = await createImageBitmap(new Blob([parts.bytes], { type: parts.type }));
    if (turn === this.painted) {
      this.network.paintQuarters(picture);
      this.quarters = which;
    }
    picture.close();
  }

  close() {
    // Another view was opened before the presses rested.
    if (this.soon !== undefined) this.report({ ...this.moved });
    clearTimeout(this.soon);
    this.soon = undefined;
    super.close();
  }
}

/** @param {Mounting} component */
export default function (component) {
  return mountStage(component, (parent) => rootOf(parent, () => new MasksStage()), setStage);
}
