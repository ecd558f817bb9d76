// Masks as doubt: the class probabilities of a garment and of the picture in use, under many masks.

import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { GarmentStepper } from "../../../../browser/input_choice.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { DropStage, mountStage } from "../../drop_stage.js";
import { PicturedDoubt } from "./doubt_panel.js";

/** @import { Frame } from "../../../../browser/frame.js" */
/** @import { Mounting } from "../../../../browser/report.js" */
/** @import { SliderControl } from "../../../../browser/stage_controls.js" */
/** @import { DoubtHeader } from "./types.js" */

const EVERY_MS = 350;

class DoubtStage extends DropStage {
  constructor() {
    super("drop_doubt", "doubt-stage");
    /** @type {string[]} numbers of masks, ascending */
    this.counts = [];
    this.goal = "";
    this.stepper = new GarmentStepper((garment) => this.commit({ garment }));
    this.panels = {
      garment: new PicturedDoubt(this.stepper.element),
      strange: new PicturedDoubt(undefined),
    };
    this.words = el("p", { class: "quiet" });
    this.element.append(
      this.words,
      el("div", { class: "views" }, this.panels.garment.element, this.panels.strange.element),
      el(
        "p",
        { class: "key" },
        el("span", { class: "entry" }, el("i", { class: "sample one" }), "one mask"),
        el("span", { class: "entry" }, el("i", { class: "sample mean" }), "mean of the masks"),
        el(
          "span",
          { class: "entry" },
          el("i", { class: "sample range-sample" }),
          "about 9 of 10 masks",
        ),
        el(
          "span",
          { class: "entry" },
          el("i", { class: "sample eval" }),
          "evaluation, without dropout",
        ),
      ),
      this.status,
    );
    this.plays = "drop_doubt_count";
  }

  begin() {
    this.start(this.wanted.drop_doubt_count);
  }

  /** @param {string} [goal] the number of masks at which it ends */
  start(goal = this.counts[this.counts.length - 1]) {
    this.goal = goal;
    this.showPlayed({ drop_doubt_count: this.counts[0] });
    this.run(EVERY_MS);
  }

  step() {
    const { drop_doubt_count: count } = this.wanted;
    const at = this.counts.indexOf(count);
    if (count === this.goal || at + 1 >= this.counts.length) this.stop();
    else this.showPlayed({ drop_doubt_count: this.counts[at + 1] });
  }

  /** @param {Frame} frame */
  show({ header: received, blobs }) {
    const header = /** @type {DoubtHeader} */ (received);
    const slider = header.controls.find(({ key }) => key === "drop_doubt_count");
    this.counts = /** @type {SliderControl} */ (slider).stops ?? [];
    this.stepper.update(header.garment);
    setText(this.words, header.words);
    for (const panel of header.panels) {
      this.panels[panel.key].show(panel);
      const blob = blobs.get(panel.key);
      if (blob) void this.panels[panel.key].paint(new Blob([blob.bytes], { type: blob.type }));
    }
    setAttributes(this.element, { "data-count": header.count });
  }

  close() {
    this.stepper.close();
    super.close();
  }
}

/** @param {Mounting} component */
export default function (component) {
  return mountStage(component, (parent) => rootOf(parent, () => new DoubtStage()), setStage);
}
