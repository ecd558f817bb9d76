// Inside a CNN: all layers; open a layer, a map, a unit; go down to the pixels, and back up with Escape.
// Python computes all numbers and texts; here they are laid out, and asked for when they come into sight.

import { watchChosenSample } from "../../../browser/chosen_sample.js";
import { rootOf, setAttributes } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { AnswerPainter } from "./answers.js";
import { ExplorerCamera } from "./explorer_camera.js";
import { Freshness } from "./freshness.js";
import { orderFor } from "./layer_bar.js";
import { ColorLegend } from "./legend.js";
import { Navigation } from "./navigation.js";
import { OverviewPointing } from "./overview_pointing.js";
import { Parts } from "./parts.js";
import { isChosen, OVERVIEW, unitOf } from "./place.js";
import { Pointing } from "./pointing.js";
import { Questions } from "./questions.js";
import { SettingsSync } from "./settings.js";

/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { Changes, PageHeader, Place } from "./types.js" */

const MOST_LAYERS = 6;

class Explorer {
  constructor() {
    /** @type {PageHeader | undefined} */
    this.received = undefined;
    /** @type {Report} */
    this.report = () => {};
    this.settings = new SettingsSync((changes) => this.report(changes));
    this.freshness = new Freshness(() => this.settings.place);
    this.navigation = new Navigation({
      facts: () => this.header.facts,
      place: () => this.settings.place,
      onmove: (place) => this.move(place),
    });
    this.parts = new Parts(this.navigation, {
      onchange: (changes) => this.change(changes),
      oninput: (changes, finished) => this.changeInput(changes, finished),
      ongarments: (choice) => this.questions.ask("garments", { ...choice }),
      onhover: (layer, sheet, stats, at) => this.pointing.tile(layer, sheet, stats, at),
      oncell: (layer, channel, at) => this.pointing.cell(layer, channel, at),
      onneed: () => this.refresh(),
      onpoint: (column, at) =>
        this.camera.isOn ? this.camera.point(Boolean(at)) : this.wires.tile(column, at),
      onclass: (channel) => this.pointAtClass(channel),
      onscore: (channel) => {
        if (!this.camera.explainClass(channel)) this.navigation.openScore(channel);
      },
      onunfold: () => this.layout(),
      onflow: () => this.flow(),
      onleave: (page) => this.settings.commit({ go: page }),
    });
    this.legend = new ColorLegend({
      navigation: this.navigation,
      parts: this.parts,
      header: () => this.header,
    });
    this.pointing = new Pointing(this.navigation, this.parts, this.legend, (unit) =>
      this.questions.ask("hover", { unit }),
    );
    this.wires = new OverviewPointing({
      navigation: this.navigation,
      parts: this.parts,
      legend: this.legend,
      onask: (entries) => this.questions.ask("connections", entries),
    });
    this.answers = new AnswerPainter({
      parts: this.parts,
      navigation: this.navigation,
      freshness: this.freshness,
      legend: this.legend,
      header: () => this.header,
      onhover: (text) => this.pointing.show(text),
      onwires: (answer, blobs) => this.wires.paint(answer, blobs),
      onoverview: () => this.wires.repeat(),
      onunit: (unit) => this.questions.ask("effective_receptive_field", { unit }),
    });
    this.questions = new Questions({
      about: () => this.about(),
      onanswer: (answer, sprites, blobs) => {
        if (answer.kind === "network_camera") void this.camera.run.receive(answer, blobs);
        else this.answers.paint(answer, sprites, blobs);
      },
      onready: () => this.refresh(),
      onstatus: (text) => this.parts.foot.showStatus(text),
      // The page gives the picture a new token when it hears of any change.
      onunknown: () => this.report({}),
      onrefused: (sentence) => this.camera.refuse(sentence),
      onlost: () => this.camera.run.lost(),
    });
    this.camera = new ExplorerCamera({
      parts: this.parts,
      legend: this.legend,
      header: () => this.header,
      canAsk: () => Boolean(this.questions.client) && !this.waitsForNetwork,
      ask: (entries, picture) => this.questions.ask("network_camera", entries, picture),
      onstart: () => this.showColumns(),
      onend: () => this.showPictureInUse(),
      onkept: (token) => this.report({ picture: `upload-${token}` }),
    });
    /** @type {(() => void) | undefined} listens no longer for samples that are chosen */
    this.unwatch = undefined;
    /** @type {string | undefined} the stamp that was last announced as painted */
    this.settled = undefined;
    this.element = this.parts.element;
    /** The frame in which it is laid out anew, as there is more or less room. */
    this.resizing = 0;
    this.resized = new ResizeObserver(() => {
      cancelAnimationFrame(this.resizing);
      this.resizing = requestAnimationFrame(() => this.layout());
    });
    // With nothing focused, Escape works on the whole page.
    this.onescape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || document.activeElement !== document.body) return;
      if (this.navigation.level !== "overview") this.navigation.back();
    };
  }

  /** What the page sent last; there is nothing to click on before the first time. */
  get header() {
    return /** @type {PageHeader} */ (this.received);
  }

  /** @param {ArrayBuffer | Uint8Array} data a frame of app/lessons/inside_cnn/frame.py */
  update(data) {
    const frame = unpackFrame(data);
    const header = /** @type {PageHeader} */ (frame.header);
    const before = this.received;
    this.received = header;
    this.questions.connect();
    document.addEventListener("keydown", this.onescape);
    this.unwatch ??= watchChosenSample((key) => this.expect(key));
    this.parts.start();
    this.resized.observe(this.parts.views.element);
    this.settings.adopt(header.settings);
    const { input, top } = this.parts;
    const { current } = this.settings;
    const isBehind = !this.settings.isOnPad(header.settings);
    input.show(header, frame.blobs, this.usesPad, current, isBehind);
    top.show(header.networks, this.settings.current);
    top.source.element.hidden = !header.facts.starts_from_pad;
    if (!this.settings.isDrawing) this.renew();
    this.camera.allow(!this.usesPad);
    if (before && before.facts.name !== header.facts.name) {
      this.camera.run.renew();
      this.freshness.forget();
      this.legend.forget();
    }
    const next = this.camera.arrive(header.token);
    if (next) this.move(next);
    else this.layout();
  }

  /**
   * A sample was chosen: its maps are asked for and shown while the page runs for it.
   * @param {string} sample its key
   */
  expect(sample) {
    const found = this.header.samples[sample];
    if (!found || this.usesPad || this.camera.isOn || found.picture === this.header.picture) return;
    const { address, ...described } = found;
    this.received = { ...this.header, ...described, sample };
    this.parts.input.picture.preview(address, described);
    this.renew();
    this.layout();
  }

  /** Whether the network is given what is on the pad, not the photograph. */
  get usesPad() {
    return this.header.facts.starts_from_pad && this.settings.current.source !== "picture";
  }

  /** Start another revision if what goes into the network, or how it is colored, is not what it was. */
  renew() {
    const { network, last_layer, source, garment, drawing, scope, map_order } =
      this.settings.current;
    const input = this.usesPad ? [source, garment, drawing] : [this.header.picture];
    const { owner } = this.header;
    this.freshness.renew([network, last_layer, owner, ...input, scope, map_order].join(" "));
  }

  /**
   * Another choice in the bar above.
   * @param {Changes} changes
   */
  change(changes) {
    this.settings.change(changes);
    // The pad can be drawn on before the page has heard of the choice.
    if (!this.waitsForNetwork) this.parts.input.choose(this.usesPad);
    this.camera.allow(!this.usesPad);
    this.parts.top.show(this.header.networks, this.settings.current);
    this.renew();
    this.layout();
    this.settings.commit(changes, 0);
  }

  /**
   * Give the network something else; not finished while it is being drawn.
   * @param {Changes} changes
   * @param {boolean} finished
   */
  changeInput(changes, finished) {
    this.settings.change(changes);
    this.renew();
    this.settings.isDrawing = !finished;
    this.refresh();
    if (finished) this.settings.commit(changes);
  }

  /** @param {Place} place */
  move(place) {
    // What is opened is of the frame that is seen; the page has to know it first.
    if (this.camera.isOn && place.layer) {
      this.camera.freeze(place);
      return;
    }
    const from = this.navigation.level;
    this.wires.leave();
    this.settings.change(place);
    this.layout();
    this.settings.commit(place);
    if (from !== this.navigation.level) this.parts.views.focus(this.navigation.level);
  }

  /** @param {number} channel of a class that is pointed at; -1 for none */
  pointAtClass(channel) {
    if (this.showsColumns && !this.camera.isOn) this.wires.score(channel);
  }

  /** Whether the columns of the overview are on the screen, alone or beside an open map. */
  get showsColumns() {
    return !this.parts.views.overview.element.hidden;
  }

  /** Start the glide through the network, or let it stand. */
  flow() {
    const { overviewFlow, views } = this.parts;
    if (overviewFlow.isFlowing) overviewFlow.pause();
    else if (this.showsColumns) overviewFlow.start();
    else if (views.band.flow.isFlowing) views.band.flow.halt();
    else views.band.flow.start();
  }

  /** Whether the page has yet to send the network that was chosen here. */
  get waitsForNetwork() {
    return !isChosen(this.header.facts.choice, this.settings.current);
  }

  layout() {
    if (this.waitsForNetwork) return;
    // The layer may be another network's: the link, or the network, has changed.
    if (this.settings.place.layer && !this.navigation.layer) this.settings.change(OVERVIEW);
    this.parts.layout(this.header, this.settings.current);
    this.legend.show();
    this.refresh();
  }

  /** The entries of every question. */
  about() {
    const { network, last_layer, source, garment, drawing, scope } = this.settings.current;
    return {
      token: this.header.token,
      ...(this.header.sample ? { sample: this.header.sample } : {}),
      about: this.freshness.about,
      owner: this.header.owner,
      settings: { network, last_layer, source, garment, drawing, scope },
    };
  }

  /** Ask for whatever is on the screen and not yet painted as it should be. */
  refresh() {
    if (!this.questions.client || this.waitsForNetwork) return;
    if (this.camera.isOn) {
      this.camera.run.awake();
      return;
    }
    const { freshness, parts, questions } = this;
    const layers = this.missingSheets();
    const { overview } = parts.views;
    if (this.showsColumns && !overview.isFresh(freshness.about))
      questions.askOnce("overview", overview.keyOf(freshness.about), overview.wanted);
    // Sheets are large: while some are on their way, what has come into sight since waits for them.
    if (layers.length || (!freshness.scoresAreFresh && !this.showsColumns))
      questions.askOnce("maps", "", { layers, order: this.order });
    const { level } = this.navigation;
    const unit = unitOf(this.settings.place);
    if (level === "map" && !freshness.isFresh("map"))
      questions.askOnce("decomposition", freshness.stamp, { unit });
    if (level === "unit" && !freshness.isFresh("unit"))
      questions.askOnce("unit", freshness.stamp, { unit });
    this.settle();
  }

  /** The order in which the maps that are in sight are wanted. */
  get order() {
    const { level, layer } = this.navigation;
    return level === "layer" && layer ? orderFor(layer, this.settings.current.map_order) : "index";
  }

  /**
   * The maps that are in sight and not painted: layer, first map, how many.
   * @returns {[string, number, number][]}
   */
  missingSheets() {
    const { freshness, parts } = this;
    const { level, layer, place } = this.navigation;
    if (level === "overview" && this.showsColumns) return [];
    if (level === "overview") {
      const stale = parts.views.band.onScreen().filter(({ about }) => about !== freshness.about);
      return stale.slice(0, MOST_LAYERS).map(({ layer: one, tiles }) => [one.name, 0, tiles.shown]);
    }
    if (!layer) return [];
    if (level === "layer" && !freshness.isFresh("layer")) return [[layer.name, 0, layer.shape[0]]];
    if (level === "unit" && !parts.input.unitMap.element.hidden && !freshness.isFresh("unitMap"))
      return [[layer.name, Number(place.channel), 1]];
    return [];
  }

  /** Announce, to tests and measurements, when everything on the screen is as it should be. */
  settle() {
    const { freshness, parts } = this;
    const { level } = this.navigation;
    const { band, overview } = parts.views;
    const columns = level === "overview" ? band.onScreen() : [];
    const isBandPainted =
      columns.length > 0 && columns.every(({ about }) => about === freshness.about);
    const isPainted =
      (!this.showsColumns || overview.isFresh(freshness.about)) &&
      (level !== "overview" ? freshness.isFresh(level) : this.showsColumns || isBandPainted);
    const { stamp } = freshness;
    if (!freshness.scoresAreFresh || !isPainted || this.settled === stamp) return;
    this.settled = stamp;
    const { picture } = this.header;
    setAttributes(this.element, { "data-settled": `${picture} ${stamp}` });
    const detail = { picture, ms: performance.now() - freshness.since };
    document.dispatchEvent(new CustomEvent("kernelscope:explored", { detail }));
  }

  /** The camera is opened: its maps and classes are seen in the columns. */
  showColumns() {
    this.wires.leave();
    if (this.settings.current.depth !== "screen") this.change({ depth: "screen" });
    if (this.settings.place.layer) this.navigation.go(OVERVIEW);
  }

  /** The camera is closed: what is painted is not of the picture in use. */
  showPictureInUse() {
    this.parts.views.overview.painted = "";
    this.freshness.forget();
    const { aspect, view } = this.header;
    this.parts.input.picture.shape(aspect, view);
    this.parts.layout(this.header, this.settings.current);
    this.refresh();
  }

  close() {
    this.unwatch?.();
    this.unwatch = undefined;
    this.camera.close();
    document.removeEventListener("keydown", this.onescape);
    this.resized.disconnect();
    cancelAnimationFrame(this.resizing);
    this.settings.close();
    this.questions.close();
    this.parts.close();
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const explorer = rootOf(parentElement, () => new Explorer());
  setStage(explorer.element);
  explorer.report = report;
  explorer.update(data);
  return () => explorer.close();
}
