// What the stage shows now: one stop (complete, or on the way), or where a cell or a weight is used.
// Called for every frame of a playing slide: what has not changed since the last call is left alone.

import { arrivedAt, termsAt } from "./clock.js";
import { runningTexts } from "./scene.js";
import { showCellUses, showWeightUses } from "./uses.js";

/** @import { Stage } from "./stage.js" */
/** @import { SumView } from "./sum.js" */
/** @import { Stop, Target } from "./types.js" */

const SUMMED_PHASE = 0.93;

export class Moment {
  /**
   * @param {Stage} stage
   * @param {SumView} sum
   */
  constructor(stage, sum) {
    this.stage = stage;
    this.sum = sum;
    /** @type {string | undefined} the target that is shown */ this.key = undefined;
    /** @type {string | undefined} which outputs are filled */ this.fillKey = undefined;
    /** @type {number | undefined} the stop whose products are loaded to fly */ this.loaded =
      undefined;
  }

  /** Draw everything anew next time. */
  forget() {
    this.key = undefined;
  }

  /**
   * @param {Target} target what is looked at
   * @param {number} phase how much of that stop is shown, 0 to 1
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
      for (const { cells } of this.stage.views.output)
        cells.fill((index) => index > filled && index !== shown);
    }
    if (isStop) this.showStop(target.index, phase);
  }

  /** @param {Target} target */
  change(target) {
    const { stage, sum } = this;
    stage.clearMarks();
    stage.flight.clear();
    this.loaded = undefined;
    if (target.role === "output") {
      sum.showStep(target.index);
      for (const { cells } of stage.views.output) cells.settle(target.index);
      return;
    }
    stage.hideFrames();
    if (target.role === "input") showCellUses(stage, sum, target);
    else showWeightUses(stage, sum, target);
  }

  /**
   * @param {number} step
   * @param {number} phase
   */
  showStop(step, phase) {
    const { stage, sum } = this;
    const { count } = sum;
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
    stage.views.output.forEach(({ cells }, channel) =>
      cells.write(step, arrivedText(stage.scene.steps[step], arrived, count, channel)),
    );
  }
}

/**
 * What the output shows while terms are arriving: the running total where there is one.
 * @param {Stop} stop
 * @param {number} arrived
 * @param {number} count
 * @param {number} channel
 */
function arrivedText(stop, arrived, count, channel) {
  if (arrived === 0) return "";
  if (arrived >= count) return stop.totals[channel];
  return stop.running.flatMap((_, at) => runningTexts(stop, at))[arrived - 1] ?? "…";
}
