// Two conventions: a table of numbers under the n-th mask, and the means of the first n masks.

import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { DropStage, mountStage } from "../../drop_stage.js";
import { MeanPlot } from "./mean_plot.js";
import { DropTable } from "./number_table.js";

/** @import { Frame } from "../../../../browser/frame.js" */
/** @import { SliderControl } from "../../../../browser/stage_controls.js" */
/** @import { Mounting } from "../../../../browser/report.js" */
/** @import { AverageHeader } from "./types.js" */

const EVERY_MS = 260;
const SEEDS = 10_000;

class AverageStage extends DropStage {
  constructor() {
    const others = el("button", {}, "Other masks");
    super("drop_average", "average-stage", others);
    others.addEventListener("click", () => {
      const seed = (Number(this.wanted.drop_seed) + 1) % SEEDS;
      this.commit({ drop_seed: String(seed) });
    });
    /** @type {string[]} numbers of masks, ascending */
    this.counts = [];
    /** The number of masks at which play ends. */
    this.goal = "";
    this.table = new DropTable();
    this.plots = [new MeanPlot(), new MeanPlot()];
    this.words = el("div", { class: "words" });
    this.key = el(
      "p",
      { class: "key" },
      el("span", { class: "entry" }, el("i", { class: "line lecture" }), "lecture"),
      el("span", { class: "entry" }, el("i", { class: "line pytorch" }), "PyTorch"),
      el("span", { class: "entry" }, el("i", { class: "line dashed" }), "evaluation"),
      el("span", { class: "entry" }, el("i", { class: "band" }), "± 2 std. dev."),
    );
    this.element.append(
      el(
        "div",
        { class: "views" },
        el("div", { class: "left" }, this.table.element, this.words),
        el(
          "div",
          { class: "right" },
          ...this.plots.map(({ plot }) => el("div", { class: "place" }, plot.element)),
          this.key,
        ),
      ),
      this.status,
    );
    this.plays = "drop_count";
  }

  begin() {
    this.start(this.wanted.drop_count);
  }

  /** @param {string} [goal] the number of masks at which it ends */
  start(goal = this.counts[this.counts.length - 1]) {
    this.goal = goal;
    this.showPlayed({ drop_count: this.counts[0] });
    this.run(EVERY_MS);
  }

  step() {
    const at = this.counts.indexOf(this.wanted.drop_count);
    if (this.wanted.drop_count === this.goal || at + 1 >= this.counts.length) this.stop();
    else this.showPlayed({ drop_count: this.counts[at + 1] });
  }

  /** @param {Frame} frame */
  show({ header: received }) {
    const header = /** @type {AverageHeader} */ (received);
    const slider = header.controls.find(({ key }) => key === "drop_count");
    this.counts = /** @type {SliderControl} */ (slider).stops ?? [];
    this.table.show(header.table);
    header.words.forEach((line, at) => {
      setText(this.words.children[at] ?? this.words.appendChild(el("p")), line);
    });
    header.panels.forEach((panel, at) => {
      this.plots[at].show(panel);
    });
    setAttributes(this.element, { "data-count": header.count });
  }

  connect() {
    super.connect();
    for (const { plot } of this.plots) plot.start();
  }

  close() {
    for (const { plot } of this.plots) plot.stop();
    super.close();
  }
}

/** @param {Mounting} component */
export default function (component) {
  return mountStage(component, (parent) => rootOf(parent, () => new AverageStage()), setStage);
}
