// What it is for: recorded trainings, and a slider over the share that was dropped in them.

import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { DropStage, mountStage } from "../../drop_stage.js";
import { AccuracyChart } from "./accuracy_chart.js";
import { LossPlot } from "./loss_plot.js";

/** @import { Frame } from "../../../../browser/frame.js" */
/** @import { Mounting } from "../../../../browser/report.js" */
/** @import { SliderControl } from "../../../../browser/stage_controls.js" */
/** @import { GapHeader } from "./types.js" */

const EVERY_MS = 900;

class GapStage extends DropStage {
  constructor() {
    super("drop_gap", "gap-stage");
    /** @type {string[]} the shares, ascending */
    this.shares = [];
    /** How many steps are left, and where play ends. */
    this.left = 0;
    this.accuracies = new AccuracyChart();
    /** @type {LossPlot[]} */
    this.plots = [];
    this.losses = el("div", { class: "losses" });
    this.words = el("p", { class: "quiet" });
    this.gaps = el("div", { class: "gaps numbers" });
    this.element.append(
      this.words,
      this.accuracies.element,
      this.losses,
      this.gaps,
      el(
        "p",
        { class: "key" },
        el("span", { class: "entry" }, el("i", { class: "line train" }), "training pictures"),
        el("span", { class: "entry" }, el("i", { class: "line test" }), "test pictures"),
        el("span", { class: "entry" }, el("i", { class: "between" }), "the gap"),
      ),
      this.status,
    );
    this.plays = "drop_share";
  }

  begin() {
    this.start();
  }

  /** Once through all shares, and back to the one it began with. */
  start() {
    this.left = this.shares.length;
    this.run(EVERY_MS);
  }

  step() {
    if (this.left === 0) {
      this.stop();
      return;
    }
    this.left -= 1;
    const at = this.shares.indexOf(this.wanted.drop_share);
    this.showPlayed({ drop_share: this.shares[(at + 1) % this.shares.length] });
  }

  /** @param {Frame} frame */
  show({ header: received }) {
    const header = /** @type {GapHeader} */ (received);
    if (header.script) this.accuracies.chart.start(header.script);
    const slider = header.controls.find(({ key }) => key === "drop_share");
    this.shares = /** @type {SliderControl} */ (slider).stops ?? [];
    setText(this.words, header.words);
    header.sizes.forEach(({ title, words }, at) => {
      const line =
        this.gaps.children[at] ?? this.gaps.appendChild(el("p", {}, el("b"), el("span")));
      setText(line.children[0], title);
      setText(line.children[1], words);
    });
    this.accuracies.show(header);
    const { isNarrow } = this.accuracies;
    header.sizes.forEach((one, at) => {
      this.plots[at] ??= this.addPlot();
      this.plots[at].show(one, header.loss, at === 0, at === 0 || !isNarrow);
    });
    setAttributes(this.element, { "data-share": header.share });
  }

  addPlot() {
    const made = new LossPlot();
    this.losses.append(el("div", { class: "place" }, made.plot.element));
    made.plot.start();
    return made;
  }

  close() {
    this.accuracies.chart.stop();
    for (const { plot } of this.plots) plot.stop();
    this.plots = [];
    this.losses.replaceChildren();
    super.close();
  }
}

/** @param {Mounting} component */
export default function (component) {
  return mountStage(component, (parent) => rootOf(parent, () => new GapStage()), setStage);
}
