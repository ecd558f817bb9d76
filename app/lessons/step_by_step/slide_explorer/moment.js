// What stands on the stage now: one stop (complete, or on the way), or a look from a cell or a weight.
// Called for every frame of a playing walk: what has not changed since the last call is left alone.

import { arrivedAt, termsAt } from "./clock.js";
import { runningTexts } from "./data.js";
import { showReaders, showTouched } from "./looks.js";

const SUMMED_PHASE = 0.93;

export class Moment {
  constructor(stage, sum) {
    Object.assign(this, { stage, sum });
  }

  /** Draw everything anew next time. */
  forget() {
    this.key = undefined;
  }

  /**
   * @param {{role: string, channel: number, index: number}} target what is looked at
   * @param {number} phase how far that stop is made
   * @param {number} filled the last output that has its number
   */
  show(target, phase, filled) {
    const key = `${target.role} ${target.channel} ${target.index}`;
    const isStop = target.role === "output";
    const arriving = isStop && phase < 1;
    const fillKey = `${filled} ${arriving} ${key}`;
    if (this.key !== key) {
      this.key = key;
      this.fillKey = undefined;
      this.change(target);
    }
    if (this.fillKey !== fillKey) {
      this.fillKey = fillKey;
      const shown = isStop && !arriving ? target.index : -1;
      for (const view of this.stage.views.output)
        view.fill((index) => index > filled && index !== shown);
    }
    if (isStop) this.showStop(target.index, phase);
  }

  change(target) {
    const { stage, sum } = this;
    stage.clearMarks();
    stage.flight.clear();
    this.loaded = undefined;
    if (target.role === "output") {
      sum.showStep(target.index);
      for (const view of stage.views.output) view.settle(target.index);
      return;
    }
    stage.hideFrames();
    if (target.role === "input") showReaders(stage, sum, target);
    else showTouched(stage, sum, target);
  }

  showStop(step, phase) {
    const { stage, sum } = this;
    const count = sum.terms.length;
    const complete = phase >= 1;
    const summed = complete || phase > SUMMED_PHASE;
    const terms = complete ? count : termsAt(phase, count);
    stage.showFrames(step, phase, Math.max(step - 1, 0));
    sum.reveal(terms, summed);
    stage.markStep(step, complete ? Infinity : terms, summed);
    if (complete) {
      stage.flight.clear();
      return;
    }
    if (this.loaded !== step) {
      this.loaded = step;
      stage.loadFlight(step);
    }
    stage.flight.show(phase);
    const arrived = arrivedAt(phase, count);
    stage.views.output.forEach((view, channel) =>
      view.write(step, arrivedText(stage.scene.steps[step], arrived, count, channel)),
    );
  }
}

/** What the output says while terms are arriving: the running total where there is one. */
function arrivedText(one, arrived, count, channel) {
  if (arrived === 0) return "";
  if (arrived >= count) return one.totals[channel];
  return one.running.flatMap((_, at) => runningTexts(one, at))[arrived - 1] ?? "…";
}
