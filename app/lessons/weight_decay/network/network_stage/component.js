// Recorded trainings that differ in their weight decay: a slider goes from one to the next.
// All of them came with the page; every pixel and number is Python's.

import { ChoiceBar } from "../../../../browser/choice_bar.js";
import { el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { Opening } from "../../opening.js";
import { Steps } from "../../steps.js";
import { Told } from "../../told.js";
import { DecayChart } from "./decay_chart.js";
import { Histogram } from "./histogram.js";
import { KernelTiles } from "./kernel_tiles.js";

/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @import { NetworkHeader } from "./types.js" */

/** How long a training is shown before the next one: by itself the first time, and when played. */
const [OPENING_MS, STEP_MS] = [450, 700];
const [TRAIN_INK, TEST_INK] = ["#0a84d0", "#d5461e"];

class NetworkStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {NetworkHeader | undefined} */
    this.page = undefined;
    /** @type {Map<string, ImageBitmap>} the kernels of each training */
    this.pictures = new Map();
    this.decay = "0";
    this.seed = "0";
    this.told = new Told();
    this.opening = new Opening(
      OPENING_MS,
      (decay) => this.choose({ decay_net: decay }),
      () => this.choose(this.page?.settings ?? {}),
    );
    this.steps = new Steps(STEP_MS, (decay, isLast) => {
      this.choose({ decay_net: decay });
      if (isLast) this.tell({ decay_net: decay });
    });
    this.slider = el("input", {
      type: "range",
      min: 0,
      step: 1,
      "aria-label": "Weight decay of the training",
    });
    this.slider.addEventListener("input", () => {
      this.steps.stop();
      this.choose({ decay_net: this.page?.decays[Number(this.slider.value)] ?? "0" });
    });
    this.slider.addEventListener("change", () => this.tell({ decay_net: this.decay }));
    this.shown = el("output", { class: "numbers" });
    this.seeds = new ChoiceBar("Seed of the training", (seed) => {
      const wasPlaying = this.steps.isPlaying;
      this.steps.stop();
      this.choose({ decay_net_seed: seed });
      this.tell({ decay_net_seed: seed, ...(wasPlaying ? { decay_net: this.decay } : {}) });
    });
    this.play = el("button", { class: "play", onclick: () => this.toggle() }, "▶ Play");
    this.train = el("dd", { class: "numbers" });
    this.test = el("dd", { class: "numbers" });
    this.length = el("dd", { class: "numbers" });
    this.kernels = new KernelTiles();
    this.legend = el("p", { class: "scale numbers" });
    this.histogram = new Histogram();
    this.accuracy = new DecayChart("accuracy (%)", " %");
    this.lengths = new DecayChart("length of the weights ‖w‖", "");
    const fact = (
      /** @type {string} */ kind,
      /** @type {string} */ name,
      /** @type {Node} */ value,
    ) => el("div", {}, el("dt", {}, el("i", { class: `swatch ${kind}` }), name), value);
    this.element = el(
      "div",
      { class: "ks decay-network" },
      el(
        "div",
        { class: "controls" },
        el("label", { class: "control" }, el("span", {}, "Weight decay"), this.slider, this.shown),
        this.play,
        el("div", { class: "control" }, el("span", {}, "Seed"), this.seeds.element),
      ),
      el(
        "dl",
        { class: "facts" },
        fact("train", "Training accuracy", this.train),
        fact("test", "Test accuracy", this.test),
        fact("", "Length ‖w‖", this.length),
      ),
      el(
        "figure",
        { class: "of-kernels" },
        el("figcaption", {}, "Kernels of the first layer"),
        this.kernels.element,
        this.legend,
      ),
      el(
        "figure",
        { class: "of-weights" },
        el("figcaption", {}, "All weights; the line: without weight decay"),
        el("div", { class: "place" }, this.histogram.element),
      ),
      this.accuracy.element,
      this.lengths.element,
    );
    this.free = new FreeHeight(this.element);
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was told, and the page did not know when it made this
   */
  async update(data, unsettled) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {NetworkHeader} */ (received);
    const before = this.page?.settings;
    this.page = header;
    const others = before ? this.told.others(before, header.settings, unsettled) : [];
    if (others.length) {
      this.opening.end();
      this.steps.stop();
    }
    this.free.start();
    this.histogram.plot.start();
    for (const { chart } of [this.accuracy, this.lengths]) chart.start(header.script);
    setAttributes(this.slider, { max: header.decays.length - 1 });
    this.showScale(header);
    if (!this.pictures.size)
      for (const { name, type, bytes } of blobs.values())
        this.pictures.set(name, await createImageBitmap(new Blob([bytes], { type })));
    // What the stage told the page, it shows already, and may be further by now.
    if (!before || others.length) this.choose(header.settings);
    // Short: the sentences below are about the settings, not about what is passed on the way.
    if (!before)
      this.opening.beginOnce("decay_network", [...header.decays, header.settings.decay_net]);
  }

  /** @param {NetworkHeader} header */
  showScale({ legend: { low, middle, high, gradient } }) {
    if (this.legend.childElementCount) return;
    this.legend.append(
      el("span", {}, low),
      el("span", { class: "gradient", style: `background:${gradient}` }, middle),
      el("span", {}, high),
    );
  }

  /** @param {Record<string, string>} settings */
  choose({ decay_net: decay = this.decay, decay_net_seed: seed = this.seed }) {
    const { page } = this;
    if (!page) return;
    this.decay = decay;
    this.seed = seed;
    const at = page.decays.indexOf(decay);
    const one = page.trainings[`${decay} ${seed}`];
    const picture = this.pictures.get(`${decay} ${seed}`);
    if (!one || !picture) return;
    this.slider.value = String(at);
    setAttributes(this.slider, { "aria-valuetext": decay });
    // While something plays, nobody wants to hear each.
    const isPlaying = this.opening.isPlaying || this.steps.isPlaying;
    setAttributes(this.shown, { "aria-live": isPlaying ? "off" : "polite" });
    setText(this.shown, decay === "0" ? "none" : decay);
    this.seeds.update(
      page.seeds.map((key) => ({ key, name: key })),
      seed,
    );
    setText(this.play, this.steps.isPlaying ? "❚❚ Pause" : "▶ Play");
    setText(this.train, one.train);
    setText(this.test, one.test);
    setText(this.length, one.length);
    this.kernels.paint(picture, page.kernels, one.alt);
    const counts = { edges: page.edges, heights: one.heights, before: page.before };
    this.histogram.update(
      page.axes,
      counts,
      `Histogram of all weights; their length: ${one.length}`,
    );
    const { train, test, length } = page.curves;
    this.accuracy.range = page.percents;
    this.accuracy.update(
      page.decays,
      [
        { name: "training", curve: train, ink: TRAIN_INK, dash: "dot" },
        { name: "test", curve: test, ink: TEST_INK, dash: "solid" },
      ],
      at,
    );
    const ink = getComputedStyle(this.element).getPropertyValue("--calm").trim();
    this.lengths.update(page.decays, [{ name: "‖w‖", curve: length, ink, dash: "solid" }], at);
  }

  /** @param {Record<string, string>} changes */
  tell(changes) {
    this.told.note(changes);
    this.report(changes);
  }

  toggle() {
    if (this.steps.isPlaying) {
      this.steps.stop();
      this.choose({});
      this.tell({ decay_net: this.decay });
      return;
    }
    const all = this.page?.decays ?? [];
    const at = all.indexOf(this.decay);
    this.steps.start(all.slice(at >= all.length - 1 ? 0 : at));
  }

  close() {
    this.opening.end();
    this.steps.stop();
    this.free.stop();
    this.histogram.plot.stop();
    for (const { chart } of [this.accuracy, this.lengths]) chart.stop();
    this.page = undefined;
    this.told = new Told();
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new NetworkStage());
  setStage(stage.element);
  stage.report = report;
  void stage.update(data, unsettled);
  return () => stage.close();
}
