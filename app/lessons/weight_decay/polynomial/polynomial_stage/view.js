// What one sees of a polynomial: points and curve, errors, weights, and the controls. It is given fits and paints them.

import { el, setAttributes, setText } from "../../../../browser/dom.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { StageControls } from "../../../../browser/stage_controls.js";
import { ErrorChart } from "./error_chart.js";
import { PointPlane } from "./point_plane.js";
import { WeightBars } from "./weight_bars.js";

/** @import { FitHeader, PageHeader } from "./types.js" */
/** @typedef {Record<string, string>} Texts settings as text, by key */
/**
 * What is done on the stage. `move`: settings are being changed; `commit`: they stay; `commitSoon`: what was moved stays.
 * @typedef {{move: (changes: Texts) => void, commit: (changes: Texts) => void, commitSoon: () => void,
 *   drawAgain: () => void, toggle: (key: string) => void, toggleDescent: () => void, playDescent: () => void,
 *   chooseSteps: (at: number) => void, useBest: () => void}} OnStage
 */

export const OFF = "off";

/**
 * @param {string} kind
 * @param {string} name
 */
function swatch(kind, name) {
  return el("span", { class: "entry" }, el("i", { class: `swatch ${kind}` }), name);
}

/**
 * Other points take the place of those that were moved.
 * @param {string} key
 * @param {string} text
 * @returns {Texts}
 */
function changesOf(key, text) {
  return key === "decay_source" ? { decay_source: text, decay_points: "" } : { [key]: text };
}

/** @param {string} text as the setting has it */
const shownLambda = (text) => text.replace("-", "−");

export class View {
  /** @param {OnStage} on */
  constructor(on) {
    this.plane = new PointPlane({
      onmove: () => on.move({ decay_points: this.pointsText() }),
      oncommit: () => on.commitSoon(),
    });
    this.degrees = new ErrorChart({
      onmove: (at) => on.move({ decay_degree: String(at) }),
      oncommit: (at) => on.commit({ decay_degree: String(at) }),
    });
    this.lambdas = new ErrorChart({
      onmove: (at) => on.move({ decay_lambda: this.lambdas.textAt(at) }),
      oncommit: (at) => on.commit({ decay_lambda: this.lambdas.textAt(at) }),
    });
    this.bars = new WeightBars();
    this.again = el("button", { onclick: () => on.drawAgain() }, "New noise");
    this.remove = el("button", { onclick: () => this.plane.remove() }, "Remove point");
    const buttons = el("div", { class: "buttons" }, this.again);
    this.controls = new StageControls(
      {
        onmove: (key, text) => on.move(changesOf(key, text)),
        oncommit: (key, text) => on.commit(changesOf(key, text)),
      },
      buttons,
    );
    this.train = el("dd", { class: "numbers" });
    this.test = el("dd", { class: "numbers" });
    this.length = el("dd", { class: "numbers" });
    this.verdict = el("p", { class: "verdict" });
    this.toggles = new Map(
      [
        ["decay_test", swatch("test", "Test points")],
        ["decay_truth", swatch("truth", "True curve")],
      ].map(([key, name]) => [
        String(key),
        el("button", { "data-key": key, onclick: () => on.toggle(String(key)) }, name),
      ]),
    );
    this.descend = el(
      "button",
      { onclick: () => on.toggleDescent() },
      swatch("descent", "Gradient descent"),
    );
    this.play = el("button", { class: "play", onclick: () => on.playDescent() });
    this.slider = el("input", { type: "range", min: 0, step: 1, "aria-label": "Steps of descent" });
    this.slider.addEventListener("input", () => on.chooseSteps(Number(this.slider.value)));
    this.slider.addEventListener("change", () => on.commitSoon());
    this.descentWords = el("span", { class: "words numbers" });
    this.validate = el("button", { onclick: () => on.toggle("decay_cv") }, "Cross-validate λ");
    this.use = el("button", { onclick: () => on.useBest() });
    this.validatedWords = el("span", { class: "words" });
    this.status = el("span", { class: "quiet status", role: "status" });
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    const fact = (/** @type {Node} */ name, /** @type {Node} */ value) =>
      el("div", {}, el("dt", {}, name), value);
    this.element = el(
      "div",
      { class: "ks polynomial-stage" },
      this.controls.element,
      el(
        "dl",
        { class: "facts" },
        fact(swatch("train", "Training error"), this.train),
        fact(swatch("test-line", "Test error"), this.test),
        fact(el("span", {}, "Length ‖w‖"), this.length),
      ),
      el("div", { class: "place of-plane" }, this.plane.element, this.verdict),
      el("div", { class: "place of-degrees" }, this.degrees.element),
      el("div", { class: "place of-lambdas" }, this.lambdas.element),
      el("div", { class: "place of-weights" }, this.bars.element),
      el(
        "div",
        { class: "line toggles" },
        ...this.toggles.values(),
        this.descend,
        this.validate,
        this.remove,
      ),
      el("div", { class: "line of-descent" }, this.play, this.slider, this.descentWords),
      el("div", { class: "line of-validation" }, this.use, this.validatedWords),
      this.status,
      this.spoken,
    );
    this.free = new FreeHeight(this.element);
    this.plots = [this.degrees.plot, this.lambdas.plot, this.bars.plot];
  }

  /** @param {PageHeader} page */
  start(page) {
    this.free.start();
    for (const plot of this.plots) plot.start();
    this.plane.start(page);
    this.lambdas.texts = page.lambda_texts;
    setAttributes(this.slider, { max: page.steps.length - 1 });
  }

  stop() {
    this.free.stop();
    for (const plot of [...this.plots, this.plane.plot]) plot.stop();
  }

  pointsText() {
    return this.plane.points.map(([x, y]) => `${x},${y}`).join(";");
  }

  /** The errors, for who does not see them. */
  get spokenErrors() {
    return `Training error ${this.train.textContent}, test error ${this.test.textContent}`;
  }

  /**
   * @param {PageHeader} page
   * @param {FitHeader} header
   * @param {boolean} withPoints whether the points are taken over, too
   */
  paint(page, header, withPoints) {
    const { train, test, length } = header.facts;
    setText(this.train, train);
    setText(this.test, test);
    setText(this.length, length);
    setText(this.verdict, header.verdict);
    this.plane.update(header, withPoints);
    const { validated } = header;
    const { degree, lambda } = page.error_axes;
    this.degrees.update(page.degree_axis, degree, header.degrees, null);
    this.lambdas.update(page.lambda_axis, lambda, header.lambdas, validated);
    this.bars.update(header.bars.axis, header.bars.bars, page.most.degree);
    setText(this.descentWords, header.descent?.words ?? header.formula);
    setText(this.validatedWords, validated?.words ?? "");
    setText(this.use, `Use λ = ${shownLambda(validated?.text ?? "")}`);
    this.use.hidden = !validated?.text || validated.text === header.settings.decay_lambda;
  }

  /**
   * Write on the controls what is chosen.
   * @param {PageHeader} page
   * @param {Texts} settings
   * @param {boolean} isPlaying whether the descent goes on by itself
   */
  label(page, settings, isPlaying) {
    const { decay_degree: degree, decay_lambda: lambda, decay_steps: steps } = settings;
    this.controls.show([
      {
        type: "slider",
        key: "decay_degree",
        label: "Degree M",
        value: degree,
        text: degree,
        min: 0,
        max: page.most.degree,
        step: 1,
      },
      {
        type: "slider",
        key: "decay_lambda",
        label: "Weight decay λ",
        value: lambda,
        text: shownLambda(lambda),
        min: 0,
        max: page.lambda_texts.length - 1,
        step: 1,
        stops: page.lambda_texts,
      },
      {
        type: "choice",
        key: "decay_source",
        label: "Points",
        value: settings.decay_source,
        options: page.sources,
      },
    ]);
    for (const [key, button] of this.toggles)
      setAttributes(button, { "aria-pressed": String(settings[key] === "1") });
    const isDescending = steps !== OFF;
    setAttributes(this.validate, { "aria-pressed": String(settings.decay_cv === "1") });
    setAttributes(this.descend, { "aria-pressed": String(isDescending) });
    for (const one of [this.play, this.slider]) one.hidden = !isDescending;
    setText(this.play, isPlaying ? "❚❚ Pause" : "▶ Play");
    if (isDescending) {
      this.slider.value = String(page.steps.indexOf(steps));
      setAttributes(this.slider, { "aria-valuetext": `${steps} steps` });
    }
    this.remove.disabled = this.plane.points.length < 2;
    this.again.disabled = settings.decay_source === "row" && !settings.decay_points;
    setText(this.again, settings.decay_source === "row" ? "Points of the row" : "New noise");
  }
}
