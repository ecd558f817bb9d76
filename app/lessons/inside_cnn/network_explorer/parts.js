// All parts of the explorer and how they are put together; which of them are seen depends on the open level.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { FreeHeight } from "../../../browser/free_height.js";
import { Crumbs } from "./crumbs.js";
import { Foot } from "./foot.js";
import { InputColumn } from "./input_column.js";
import { LevelViews } from "./level_views.js";
import { isClassLayer } from "./place.js";
import { OverviewFlow } from "./overview_flow.js";
import { ScoreBars } from "./scores.js";
import { TopBar } from "./top_bar.js";

/** @import { MapSheet } from "./sheet.js" */
/** @import { OverviewColumn } from "./overview_column.js" */
/** @import { Navigation } from "./navigation.js" */
/** @import { Changes, GarmentChoice, Layer, PageHeader, Place, Settings, TilePoint } from "./types.js" */

const NARROW_PX = 780; // as in component.css

/**
 * What the parts report. `onchange`: a choice in the bar above; `oninput`: another garment, or a drawing, unfinished
 * while it is drawn; `ongarments`: a page of test pictures is wanted; `onhover`: a tile; `oncell`: a cell of a map; `onneed`: other layers are in sight;
 * `onpoint`, `onclass`: a tile of the overview, or a class, is pointed at; `onscore`: a class was clicked; `onunfold`: it has other columns;
 * `onleave`: another page is wanted.
 * @typedef {{onchange: (changes: Changes) => void, oninput: (changes: Changes, finished: boolean) => void,
 *   onhover: (layer: Layer, sheet: MapSheet, stats: string[] | undefined, at: TilePoint | null) => void,
 *   ongarments: (choice: GarmentChoice) => void, oncell: (layer: string, channel: number, at: TilePoint | null) => void, onneed: () => void,
 *   onpoint: (column: OverviewColumn, at: TilePoint | null) => void, onclass: (channel: number) => void, onscore: (channel: number) => void,
 *   onunfold: () => void, onflow: () => void, onleave: (page: string) => void}} Handlers
 */

export class Parts {
  /**
   * @param {Navigation} navigation
   * @param {Handlers} on
   */
  constructor(navigation, on) {
    this.navigation = navigation;
    this.top = new TopBar(on.onchange);
    this.crumbs = new Crumbs(navigation);
    /** What the marks on the input belong to: a unit, and what the network is given. */
    this.marked = "";
    this.input = new InputColumn({
      ondraw: (drawing) => on.oninput({ source: "drawn", drawing }, false),
      oncommit: (drawing) => on.oninput({ source: "drawn", drawing }, true),
      ongarment: (index) =>
        on.oninput({ source: "garment", garment: String(index), drawing: "" }, true),
      ongarments: on.ongarments,
      onhover: (at) => {
        const { layer, channel } = navigation.place;
        on.oncell(layer, Number(channel), at);
      },
      onopen: ({ row = 0, column = 0 }) =>
        navigation.go({ ...navigation.place, row: String(row), column: String(column) }),
    });
    this.views = new LevelViews(
      {
        onhover: on.onhover,
        oncell: on.oncell,
        onopen: (layer, at) => navigation.open(layer, at),
        ondescend: (place) => navigation.descend(place),
        onneed: on.onneed,
        onglide: () => this.showGlide(),
        onchange: on.onchange,
        onpoint: on.onpoint,
        onunfold: on.onunfold,
        onclose: () => {
          if (navigation.level === "map") navigation.back();
        },
      },
      this.input.fieldText,
    );
    this.scores = new ScoreBars(on.onscore, on.onclass);
    this.foot = new Foot();
    this.overviewFlow = new OverviewFlow(this.views.overview, {
      onchange: () => this.showGlide(),
      onread: (text) => this.foot.read(text),
    });
    this.flowButton = el("button", {
      class: "flow",
      title: "Show the layers one after the other",
      onclick: on.onflow,
    });
    this.startButton = el(
      "button",
      {
        class: "start",
        title: "Back to the first layer",
        onclick: () => this.views.band.scrollTo(0),
      },
      "⏮ First layer",
    );
    this.skipButton = el(
      "button",
      { class: "skip", onclick: () => this.scores.focus() },
      "Skip to the result",
    );
    this.nextLessonButton = el(
      "button",
      { hidden: true, onclick: () => on.onleave("look_at") },
      "What does it look at?",
    );
    this.backToTeaching = el(
      "button",
      { hidden: true, onclick: () => on.onleave("cats_vs_dogs") },
      "Back to Cats vs dogs",
    );
    this.right = el("div", { class: "right" }, this.scores.element);
    this.body = el("div", { class: "body" }, this.input.element, this.views.element, this.right);
    this.free = new FreeHeight(this.body);
    this.element = el(
      "div",
      { class: "ks explorer" },
      this.skipButton,
      this.top.element,
      el(
        "div",
        { class: "second" },
        this.crumbs.element,
        el(
          "div",
          { class: "ways" },
          this.backToTeaching,
          this.nextLessonButton,
          this.startButton,
          this.flowButton,
        ),
      ),
      this.body,
      this.foot.element,
    );
    this.element.addEventListener("keydown", (event) => navigation.key(event));
  }

  /**
   * Lay out the open place; what has to be asked for is painted when its answer comes.
   * @param {PageHeader} header
   * @param {Settings} settings
   */
  layout(header, settings) {
    const { level, layer } = this.navigation;
    setAttributes(this.element, { "data-level": level });
    const isScreen = settings.depth === "screen";
    setAttributes(this.element, { "data-display": isScreen ? "screen" : "band" });
    this.right.hidden =
      (level === "unit" && layer?.kind !== "softmax") ||
      (level === "map" && layer?.kind !== "dense" && !(isScreen && this.isWide));
    this.input.unitMap.element.hidden = level !== "unit" || Boolean(layer?.vector);
    const isTaught = header.facts.choice.last_layer === "taught";
    const isClass = settings.channel !== "" && layer && isClassLayer(layer, header.facts);
    // That page explains the classes that a network was trained on.
    this.nextLessonButton.hidden =
      !header.more || settings.channel === "" || Boolean(isTaught && isClass);
    this.backToTeaching.hidden = !isTaught;
    this.top.depth.element.hidden = level !== "overview";
    this.flowButton.hidden = level !== "overview";
    if (level !== "overview") this.overviewFlow.halt();
    this.skipButton.hidden = this.right.hidden;
    this.showGlide();
    this.clearInput(header, settings);
    this.crumbs.show();
    this.scores.mark(isClass ? Number(settings.channel) : -1);
    this.views.show(level, header.facts, settings, layer);
  }

  /** Whether picture, stage and classes are beside each other. */
  get isWide() {
    return this.element.clientWidth > NARROW_PX;
  }

  /**
   * Take what was marked on the input off where another unit or another input is shown; a frame of the same unit
   * stays, as it is painted only once.
   * @param {PageHeader} header
   * @param {Settings} settings
   */
  clearInput(header, settings) {
    const { network, last_layer, source, garment, drawing } = settings;
    const { layer, channel, row, column } = settings;
    const place = [network, last_layer, header.owner, layer, channel, row, column];
    const about = [...place, source, garment, drawing, header.picture].join(" ");
    if (about !== this.marked) this.input.clear();
    this.marked = about;
  }

  /** What the buttons of the glide through the network offer now. */
  showGlide() {
    const { band, overview } = this.views;
    const isFlowing = overview.element.hidden ? band.flow.isFlowing : this.overviewFlow.isFlowing;
    const isOverview = this.navigation.level === "overview";
    setText(this.flowButton, isFlowing ? "❚❚ Pause" : "▶ Layer by layer");
    this.startButton.hidden = !isOverview || band.element.hidden || band.isAtStart;
  }

  /** The parts are on the page: their height follows the window's. */
  start() {
    this.free.start();
  }

  close() {
    this.free.stop();
    this.overviewFlow.halt();
    this.views.close();
    this.input.close();
  }
}
