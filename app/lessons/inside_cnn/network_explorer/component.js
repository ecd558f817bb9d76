// Inside a CNN: an overview of all layers; open a layer, a map, a unit; walk down to the pixels, and back with Escape.
// Python computes and words everything; here it is laid out, asked for when it comes into sight, and followed.

import { el, isDark, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { NetworkBand } from "./band.js";
import { fieldSpan, flowTiles, levelOf, levelUp, onPicture, unitBeside } from "./geometry.js";
import { MapMaking } from "./decomposition.js";
import { DrawingPad } from "./pad.js";
import { FieldPicture, ScoreBars } from "./picture.js";
import { MapSheet } from "./sheet.js";
import { UnitView } from "./unit.js";
import { unpackFrame } from "../../../browser/frame.js";
import { LiveClient } from "../../../browser/live_client.js";

const MOST_LAYERS = 6;
const COMMIT_MS = 250;
const PATIENCE_MS = 10000;
const SCOPE_NAMES = { map: "per map", layer: "per layer", network: "whole network" };
const DEPTH_NAMES = { outcomes: "steps", all: "every layer" };
const PLACE = ["layer", "channel", "row", "column"];

class Explorer {
  constructor() {
    this.networks = el("div", { class: "choice", role: "group", "aria-label": "Network" });
    this.scopes = this.choice("scope", "Color scale", SCOPE_NAMES);
    this.depths = this.choice("depth", "Show", DEPTH_NAMES);
    this.sources = this.choice("source", "Input", {
      garment: "garment or drawing",
      picture: "your picture",
    });
    this.flowButton = el(
      "button",
      {
        class: "flow",
        title: "Let the picture flow through the network",
        onclick: () => this.flow(),
      },
      "▶ Flow",
    );
    this.bar = el(
      "div",
      { class: "top" },
      this.networks,
      this.sources.element,
      this.depths.element,
      this.scopes.element,
    );
    this.crumbs = el("nav", { class: "crumbs", "aria-label": "Where you are" });
    this.picture = new FieldPicture();
    this.pad = new DrawingPad({
      ondraw: (text) => this.changeInput({ source: "drawn", drawing: text }, false),
      oncommit: (text) => this.changeInput({ source: "drawn", drawing: text }, true),
      ongarment: (index) =>
        this.changeInput({ source: "garment", garment: String(index), drawing: "" }, true),
    });
    this.fieldText = el("div", { class: "field-text quiet" });
    this.unitMap = new MapSheet({
      onhover: (at) => this.peek(this.place.layer, Number(this.place.channel), at),
      onopen: (at) =>
        this.go({ ...this.place, row: String(at.row ?? 0), column: String(at.column ?? 0) }),
    });
    this.unitMap.element.classList.add("unit-map");
    this.lensCanvas = el("canvas", { "aria-hidden": "true" });
    this.lensName = el("span", { class: "lens-name" });
    this.lensText = el("span", { class: "lens-text quiet numbers" });
    this.lens = el(
      "div",
      { class: "lens", hidden: true },
      this.lensCanvas,
      this.lensName,
      this.lensText,
    );
    this.left = el(
      "div",
      { class: "left" },
      this.picture.element,
      this.pad.element,
      this.fieldText,
      this.unitMap.element,
      this.lens,
    );
    this.band = new NetworkBand({
      onneed: () => this.refresh(),
      onhover: (column, at) => this.hoverTile(column.layer, column.sheet, column.stats, at),
      onopen: (layer, at) => this.open(layer, at),
    });
    this.layerSheet = new MapSheet({
      onhover: (at) =>
        this.hoverTile(this.layerOf(this.place.layer), this.layerSheet, this.layerStats, at),
      onopen: (at) => this.open(this.place.layer, at),
    });
    this.layerNote = el("div", { class: "quiet" });
    this.layerBox = el(
      "div",
      { class: "layer-all" },
      this.layerNote,
      el("div", { class: "scroll" }, this.layerSheet.element),
    );
    this.making = new MapMaking({
      onhover: (layer, channel, at) => this.peek(layer, channel, at),
      onunit: (layer, channel, at) =>
        this.walk({
          layer,
          channel: String(channel),
          row: String(at.row ?? 0),
          column: String(at.column ?? 0),
        }),
      onmap: (layer, channel) =>
        this.walk({ layer, channel: String(channel), row: "", column: "" }),
    });
    this.unit = new UnitView({
      onunit: (layer, channel, { row, column }) =>
        this.walk({ layer, channel: String(channel), row: String(row), column: String(column) }),
      onmap: (layer, channel) =>
        this.walk({ layer, channel: String(channel), row: "", column: "" }),
    });
    this.stage = el(
      "div",
      { class: "stage" },
      this.band.element,
      this.layerBox,
      this.making.element,
      this.unit.element,
    );
    this.scores = new ScoreBars((channel) => this.openScore(channel));
    this.lookButton = el(
      "button",
      { class: "look", hidden: true, onclick: () => this.commit({ go: "look_at" }) },
      "What does it look at?",
    );
    this.right = el("div", { class: "right" }, this.scores.element);
    this.body = el("div", { class: "body" }, this.left, this.stage, this.right);
    this.reading = el("output", { class: "reading numbers", "aria-live": "polite" });
    this.status = el("span", { class: "status quiet", role: "status" });
    this.legend = el(
      "div",
      { class: "legend" },
      el("span", { class: "low numbers" }),
      el("span", { class: "gradient" }),
      el("span", { class: "high numbers" }),
    );
    this.element = el(
      "div",
      { class: "ks explorer" },
      this.bar,
      el("div", { class: "second" }, this.crumbs, this.lookButton, this.flowButton),
      this.body,
      el("div", { class: "foot" }, this.reading, this.status, this.legend),
    );
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.onescape = (event) => {
      if (
        event.key === "Escape" &&
        document.activeElement === document.body &&
        levelOf(this.place) !== "overview"
      )
        this.back();
    };
    this.settings = {};
    this.revision = 1;
    this.trail = [];
    this.underWay = {};
    this.painted = {};
    this.changes = {};
  }

  get place() {
    return Object.fromEntries(PLACE.map((key) => [key, this.settings[key] ?? ""]));
  }

  get about() {
    return String(this.revision);
  }

  choice(key, label, names) {
    const select = el(
      "select",
      {
        "aria-label": label,
        "data-key": key,
        onchange: () => this.change({ [key]: select.value }),
      },
      ...Object.entries(names).map(([value, name]) => el("option", { value }, name)),
    );
    return {
      select,
      element: el("label", { class: "pick" }, el("span", { class: "quiet" }, label), select),
    };
  }

  // --- what the page says -------------------------------------------------------------------------------------

  update(data) {
    const { header, blobs } = unpackFrame(data);
    const first = this.header === undefined;
    const network = this.header?.facts.name !== header.facts.name;
    this.header = header;
    this.connect();
    this.adopt(header.settings);
    const seen = this.padOn();
    this.picture.element.hidden = seen;
    this.pad.element.hidden = !seen;
    if (seen) this.pad.show(header.pad, blobs.get("garments"));
    this.picture.show(header.picture, blobs.get("picture"), header.alt, header.view, header.small);
    this.picture.element.style.aspectRatio = String(header.aspect);
    this.showNetworks();
    this.sources.element.hidden = header.facts.name === "efficientnet_lite0";
    // A drawing that is still under the hand is ahead of the page; what it asked for stands.
    if (!this.drawingOn) this.renew();
    if (network && !first) this.painted = {};
    this.layout();
    if (first && levelOf(this.place) === "overview") this.flowWhenReady = true;
  }

  /** Count another revision if what goes into the network, or how it is colored, is not what it was. */
  renew() {
    const { network, source, garment, drawing, scope } = this.settings;
    const input = this.padOn()
      ? [source, garment, drawing]
      : [this.header.token, this.header.picture];
    const shown = [network, ...input, scope, isDark(this.element)].join(" ");
    if (this.shown === shown) return;
    this.shown = shown;
    this.revision += 1;
    this.askedAt = performance.now();
  }

  /** Take over the page's settings, unless this side is ahead of them. */
  adopt(settings) {
    if (
      this.wanted &&
      Object.entries(this.wanted).some(([key, text]) => settings[key] !== text) &&
      performance.now() - this.wantedAt < 4000
    )
      return;
    this.wanted = undefined;
    this.settings = { ...settings };
  }

  padOn() {
    return this.header.facts.name !== "efficientnet_lite0" && this.settings.source !== "picture";
  }

  showNetworks() {
    if (!this.networks.children.length) {
      this.networks.append(
        ...this.header.networks.map(({ key, title, note }) =>
          el(
            "button",
            {
              "data-network": key,
              title: note,
              onclick: () =>
                this.change({ network: key, layer: "", channel: "", row: "", column: "" }),
            },
            title,
          ),
        ),
      );
    }
    for (const button of this.networks.children)
      setAttributes(button, {
        "aria-pressed": String(button.dataset.network === this.settings.network),
      });
    for (const { select } of [this.scopes, this.depths, this.sources]) {
      const value = this.settings[select.dataset.key];
      select.value = value === "drawn" ? "garment" : value;
    }
  }

  // --- what the reader does -----------------------------------------------------------------------------------

  change(changes) {
    Object.assign(this.settings, changes);
    this.showNetworks();
    this.renew();
    this.layout();
    this.commit(changes, 0);
  }

  changeInput(changes, finished) {
    Object.assign(this.settings, changes);
    this.renew();
    this.drawingOn = !finished;
    this.refresh();
    if (finished) this.commit(changes);
  }

  /** Go down one step, and remember where from: Escape leads back the same way. */
  walk(place) {
    // From a map to its own unit is no detour: one level up is the map again.
    if (
      !this.trail.length &&
      place.layer === this.place.layer &&
      place.channel === this.place.channel
    ) {
      this.go(place);
      return;
    }
    this.trail.push(this.place);
    this.go(place, true);
  }

  go(place, walking = false) {
    const from = levelOf(this.place);
    const nearby = place.layer === this.place.layer && levelOf(place) === from;
    if (!walking && !nearby) this.trail = [];
    Object.assign(this.settings, place);
    this.layout();
    this.commit(place);
    if (from !== levelOf(this.place)) this.focusStage();
  }

  open(layer, at) {
    const vector = this.layerOf(layer).vector;
    if (!at) this.go({ layer, channel: "", row: "", column: "" });
    else if (vector && this.layerOf(layer).kind !== "dense")
      this.go({ layer, channel: String(at.index), row: "0", column: "0" });
    else this.go({ layer, channel: String(at.index), row: "", column: "" });
  }

  /** A class: its votes where votes are shown, else its probability. */
  openScore(channel) {
    if (levelOf(this.place) === "map") this.go({ ...this.place, channel: String(channel) });
    else
      this.go({
        layer: this.header.facts.plan[this.header.facts.plan.length - 1].name,
        channel: String(channel),
        row: "0",
        column: "0",
      });
  }

  back() {
    const before = this.trail.pop();
    if (before) {
      this.go(before, true);
      return;
    }
    const layer = this.layerOf(this.place.layer);
    const up = levelUp(this.place);
    // A number of a vector has no map of its own to go back to.
    this.go(
      layer?.vector && layer.kind !== "dense" && up.channel !== ""
        ? { ...up, layer: "", channel: "" }
        : up,
    );
  }

  key(event) {
    if (event.key === "Escape" && levelOf(this.place) !== "overview") {
      event.preventDefault();
      event.stopPropagation();
      this.back();
      return;
    }
    if (!event.key.startsWith("Arrow") || event.target?.closest?.("select, input")) return;
    const level = levelOf(this.place);
    const layer = this.layerOf(this.place.layer);
    if (level === "unit" && !layer.vector) {
      event.preventDefault();
      const next = unitBeside(
        { row: Number(this.place.row), column: Number(this.place.column) },
        event.key,
        layer.shape[1],
        layer.shape[2],
      );
      this.go({ ...this.place, row: String(next.row), column: String(next.column) });
    } else if (
      (level === "map" || level === "unit") &&
      ["ArrowLeft", "ArrowRight"].includes(event.key)
    ) {
      event.preventDefault();
      const next = Math.min(
        Math.max(Number(this.place.channel) + (event.key === "ArrowLeft" ? -1 : 1), 0),
        layer.shape[0] - 1,
      );
      this.go({ ...this.place, channel: String(next) });
    }
  }

  focusStage() {
    const target = {
      overview: () => this.band.scroller,
      layer: () => this.layerSheet.canvas,
      map: () => this.making.element,
      unit: () => this.unit.element,
    }[levelOf(this.place)]();
    setAttributes(this.making.element, { tabindex: "0" });
    target.focus({ preventScroll: true });
  }

  /** Tell Python, so that the link follows; steps in quick succession go together. */
  commit(changes, wait = COMMIT_MS) {
    Object.assign(this.changes, changes);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { go, ...settings } = this.changes;
      this.wanted = { ...this.wanted, ...settings };
      this.wantedAt = performance.now();
      this.drawingOn = false;
      this.report({ ...this.changes, stamp: `${Date.now()}-${Math.random()}` });
      this.changes = {};
    }, wait);
  }

  flow() {
    if (levelOf(this.place) !== "overview")
      this.go({ layer: "", channel: "", row: "", column: "" });
    this.band.flow();
  }

  // --- laying out ---------------------------------------------------------------------------------------------

  layerOf(name) {
    return this.header.facts.plan.find((layer) => layer.name === name);
  }

  layout() {
    if (this.settings.network !== this.header.facts.name) return; // the page is still on its way with the other network
    if (this.place.layer && !this.layerOf(this.place.layer))
      Object.assign(this.settings, { layer: "", channel: "", row: "", column: "" });
    const level = levelOf(this.place);
    setAttributes(this.element, { "data-level": level });
    this.band.element.hidden = level !== "overview";
    this.layerBox.hidden = level !== "layer";
    this.making.element.hidden = level !== "map";
    this.unit.element.hidden = level !== "unit";
    const kind = this.layerOf(this.place.layer)?.kind;
    this.right.hidden =
      (level === "unit" && kind !== "softmax") || (level === "map" && kind !== "dense");
    this.lens.hidden = true;
    this.unitMap.element.hidden = level !== "unit" || this.layerOf(this.place.layer).vector;
    this.lookButton.hidden = !(this.header.more && this.place.channel !== "");
    for (const one of [this.depths.element, this.flowButton]) one.hidden = level !== "overview";
    this.mark(null);
    this.picture.warm(null);
    this.pad.heat.hidden = true;
    this.showCrumbs();
    if (level === "overview")
      this.band.show(
        this.header.facts,
        this.settings.depth,
        this.stageHeight() - 13.25 * rootSize(),
        rootSize() / 16,
      );
    if (level === "layer") this.layLayer();
    this.refresh();
  }

  stageHeight() {
    return this.stage.clientHeight || 500;
  }

  layLayer() {
    const layer = this.layerOf(this.place.layer);
    const width = Math.max(200, this.stage.clientWidth - 24);
    const side = Math.round(
      (layer.vector ? 22 : layer.shape[0] <= 16 ? 112 : layer.shape[0] <= 64 ? 80 : 64) *
        (rootSize() / 16),
    );
    this.layerSheet.lay(
      flowTiles({ count: layer.shape[0], width, side, ratio: layer.shape[1] / layer.shape[2] }),
      layer,
    );
    setText(
      this.layerNote,
      `${layer.chain.join(" → ")}: ${layer.shape_text}, ${layer.parameters_text}`,
    );
  }

  showCrumbs() {
    const { layer, channel, row, column } = this.place;
    const parts = [[this.header.facts.title, { layer: "", channel: "", row: "", column: "" }]];
    const named = layer && this.layerOf(layer);
    if (this.trail.length) {
      const words = (place) =>
        `${place.layer.replaceAll("_", " ")} ${place.channel}${place.row === "" || this.layerOf(place.layer).vector ? "" : ` (${place.row}, ${place.column})`}`;
      parts.push(...this.trail.map((place, at) => [words(place), place, at]), [
        words(this.place),
        this.place,
      ]);
    } else if (named)
      parts.push([layer.replaceAll("_", " "), { layer, channel: "", row: "", column: "" }]);
    if (channel !== "" && !this.trail.length) {
      const softmax =
        ["softmax", "dense"].includes(named.kind) &&
        named.shape[0] === this.header.facts.classes.length;
      const name = softmax
        ? this.header.facts.classes[Number(channel)]
        : named.vector
          ? `unit ${channel}`
          : `map ${channel}`;
      parts.push([name, { layer, channel, row: "", column: "" }]);
    }
    if (row !== "" && !named.vector && !this.trail.length)
      parts.push([`row ${row}, column ${column}`, this.place]);
    this.crumbs.replaceChildren(
      ...parts.flatMap(([text, place, at], index) => {
        const last = index === parts.length - 1;
        const crumb = el(
          "button",
          {
            class: "crumb",
            disabled: last,
            "aria-current": last ? "page" : null,
            onclick: () => {
              if (at === undefined) this.go(place);
              else {
                this.trail.length = at;
                this.go(place, true);
              }
            },
          },
          text,
        );
        return index ? [el("span", { class: "quiet" }, "›"), crumb] : [crumb];
      }),
    );
    const facts = el(
      "span",
      { class: "quiet facts" },
      levelOf(this.place) === "overview" ? this.header.facts.facts : "Escape: one level up",
    );
    this.crumbs.append(facts);
  }

  // --- asking -------------------------------------------------------------------------------------------------

  connect() {
    if (this.client) return;
    document.addEventListener("keydown", this.onescape);
    const url = new URL("/live", window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.client = new LiveClient(url.href, {
      onframe: (answer) => this.receive(answer),
      onstate: (state) => {
        setText(this.status, state === "lost" ? "Connection lost; connecting again …" : "");
        this.underWay = {};
        if (state === "open") this.refresh();
      },
    });
  }

  question(changes = {}) {
    const { network, source, garment, drawing, scope } = this.settings;
    return {
      token: this.header.token,
      dark: isDark(this.element),
      about: this.about,
      settings: { network, source, garment, drawing, scope },
      ...changes,
    };
  }

  unitOf({ layer, channel, row, column }) {
    return { layer, channel: Number(channel), row: Number(row || 0), column: Number(column || 0) };
  }

  /** Ask for whatever is on the screen and not yet painted as it should be. */
  refresh() {
    if (!this.client || this.settings.network !== this.header.facts.name) return;
    const level = levelOf(this.place);
    const layers = [];
    if (level === "overview") {
      const stale = this.band.onScreen().filter((column) => column.about !== this.about);
      layers.push(
        ...stale.slice(0, MOST_LAYERS).map(({ layer, tiles }) => [layer.name, 0, tiles.shown]),
      );
    } else if (level === "layer" && this.painted.layer !== this.stamp()) {
      layers.push([this.place.layer, 0, this.layerOf(this.place.layer).shape[0]]);
    } else if (
      level === "unit" &&
      !this.unitMap.element.hidden &&
      this.painted.unitMap !== this.stamp()
    ) {
      layers.push([this.place.layer, Number(this.place.channel), 1]);
    }
    // Sheets are large: while some are on their way, what has come into sight since waits for them.
    if (layers.length || this.painted.scores !== this.about) this.askOnce("maps", "", { layers });
    const unit = this.unitOf(this.place);
    if (level === "map" && this.painted.making !== this.stamp())
      this.askOnce("making", this.stamp(), { unit });
    if (level === "unit" && this.painted.unit !== this.stamp())
      this.askOnce("unit", this.stamp(), { unit });
    this.settle();
  }

  /** Ask, unless the same is on its way already. */
  askOnce(kind, what, changes) {
    const before = this.underWay[kind];
    if (before?.what === what && performance.now() - before.at < PATIENCE_MS) return;
    this.underWay[kind] = { what, at: performance.now() };
    this.client.ask(kind, this.question(changes));
  }

  /** What is shown, in one line: the same picture and the same place. */
  stamp() {
    return [this.about, ...Object.values(this.place)].join(" ");
  }

  /** Say to whoever waits (tests, measurements) that everything on the screen is as it should be. */
  settle() {
    const level = levelOf(this.place);
    const band =
      level !== "overview" ||
      (this.band.onScreen().length > 0 &&
        this.band.onScreen().every((column) => column.about === this.about));
    const key = { layer: "layer", map: "making", unit: "unit" }[level];
    const done =
      this.painted.scores === this.about && band && (!key || this.painted[key] === this.stamp());
    if (!done || this.settled === this.stamp()) return;
    this.settled = this.stamp();
    setAttributes(this.element, { "data-settled": `${this.header.picture} ${this.stamp()}` });
    document.dispatchEvent(
      new CustomEvent("kernelscope:explored", {
        detail: { picture: this.header.picture, ms: performance.now() - (this.askedAt ?? 0) },
      }),
    );
    if (this.flowWhenReady) {
      this.flowWhenReady = false;
      setTimeout(() => this.band.flow(), 900);
    }
  }

  async receive(answer) {
    const { header, blobs } = answer;
    if (header.kind === "error") {
      this.underWay = {};
      this.refused(header);
      return;
    }
    const pictures = new Map(
      await Promise.all(
        [...blobs.entries()].map(async ([name, blob]) => [
          name,
          await createImageBitmap(new Blob([blob.bytes], { type: blob.type })),
        ]),
      ),
    );
    setText(this.status, "");
    if (header.kind === "maps") this.paintMaps(header, pictures);
    if (header.kind === "making" && this.isHere(header, header.making)) {
      this.painted.making = this.stamp();
      this.making.show(header.making, pictures, this.header.facts.plan, this.stageHeight());
    }
    if (header.kind === "unit" && this.isHere(header, header.unit)) this.paintUnit(header.unit);
    if (
      header.kind === "field" &&
      this.isHere(header, {
        layer: header.place[0],
        channel: header.place[1],
        row: header.place[2],
        column: header.place[3],
      })
    )
      this.paintField(header, blobs.get("heat"));
    if (header.kind === "peek" && this.peeking) setText(this.reading, header.text);
    delete this.underWay[header.kind]; // only now: while it was decoded, the same would have been asked again
    this.refresh();
  }

  isHere({ about }, { layer, channel, row, column }) {
    const here = this.unitOf(this.place);
    return (
      about === this.about &&
      layer === here.layer &&
      channel === here.channel &&
      (row === undefined || (row === here.row && column === here.column))
    );
  }

  refused(header) {
    if (header.error_kind !== "UnknownTokenError") setText(this.status, header.error);
    else if (this.refusedToken !== this.header.token) {
      this.refusedToken = this.header.token;
      this.report({ stamp: `${Date.now()}` }); // the page gives the picture a new token
    }
  }

  paintMaps(header, pictures) {
    if (header.sequence < (this.newest ?? 0)) return;
    this.newest = header.sequence;
    for (const sheet of header.sheets) {
      const picture = pictures.get(sheet.name);
      const column = this.band.find(sheet.name);
      const level = levelOf(this.place);
      if (level === "overview" && column) this.band.paint(column, sheet, picture, header.about);
      if (level === "layer" && sheet.name === this.place.layer && sheet.first === 0) {
        if (header.about === this.about) this.painted.layer = this.stamp();
        this.layerStats = sheet.stats;
        this.layerSheet.paint(sheet, picture);
        setAttributes(this.layerSheet.canvas, {
          "aria-label": `All of ${sheet.name}: ${sheet.count} maps, ${sheet.dead.length} of them dead. Arrow keys walk, Enter opens.`,
        });
        this.showLegend(sheet);
      }
      if (
        level === "unit" &&
        sheet.name === this.place.layer &&
        sheet.first === Number(this.place.channel)
      ) {
        this.painted.unitMap = this.stamp();
        const layer = this.layerOf(sheet.name);
        const side = 168;
        this.unitMap.lay(
          {
            side,
            tall: Math.round((side * sheet.height) / sheet.width),
            columns: 1,
            rows: 1,
            gap: 0,
            shown: 1,
            width: side,
            height: Math.round((side * sheet.height) / sheet.width),
          },
          layer,
        );
        this.unitMap.paint({ ...sheet, dead: [] }, picture);
        this.unitMap.hold({
          index: 0,
          row: Number(this.place.row),
          column: Number(this.place.column),
        });
        setAttributes(this.unitMap.canvas, {
          "aria-label": `Map ${sheet.first} of ${sheet.name}, the unit that is read is marked`,
        });
        this.showLegend(sheet);
      }
    }
    if (levelOf(this.place) === "overview" && header.sheets[0]) this.showLegend(header.sheets[0]);
    this.painted.scores = header.about;
    this.lastScores = header.scores;
    this.scores.show(
      header.scores,
      this.layerOf(this.place.layer)?.kind === "softmax" ? Number(this.place.channel) : -1,
    );
  }

  paintUnit(unit) {
    this.painted.unit = this.stamp();
    this.unit.show(unit, this.header.facts.plan);
    this.mark({ rows: unit.field.rows, columns: unit.field.columns });
    setText(this.fieldText, unit.field.text);
    if (this.lastScores)
      this.scores.show(this.lastScores, unit.kind === "softmax" ? unit.channel : -1);
    if (unit.kind !== "input")
      this.client.ask("field", this.question({ unit: this.unitOf(this.place) }));
  }

  paintField(header, blob) {
    if (this.padOn()) {
      this.pad.heat.hidden = false;
      this.pad.heat.src = this.picture.address("padheat", blob);
    } else this.picture.warm(blob);
    setText(
      this.fieldText,
      `${this.fieldText.textContent.split(" Amber")[0]} Amber: ${header.text}`,
    );
    setAttributes(this.element, { "data-heat": this.stamp() });
  }

  showLegend({ legend, scale }) {
    setText(this.legend.querySelector(".low"), legend.low);
    setText(this.legend.querySelector(".high"), legend.high);
    this.legend.querySelector(".gradient").style.background = this.header.gradients[scale];
  }

  // --- pointing -----------------------------------------------------------------------------------------------

  /** A pointer on one tile: the map enlarged beside the picture, its name, range and share of zeros. */
  hoverTile(layer, sheet, stats, at) {
    this.lens.hidden = !at || layer.vector;
    if (!at) {
      this.peek(layer?.name, 0, null);
      return;
    }
    const said = stats?.[at.index] ?? "";
    const classes =
      layer.shape[0] === this.header.facts.classes.length &&
      ["dense", "softmax"].includes(layer.kind);
    const name = classes
      ? this.header.facts.classes[at.index]
      : `${layer.vector ? "unit" : "map"} ${at.index}`;
    setText(this.reading, `${layer.name}, ${name}: ${said}`);
    this.peeking = false;
    if (!layer.vector) {
      sheet.copyTo(this.lensCanvas, at.index);
      setText(this.lensName, `${layer.name.replaceAll("_", " ")}, ${name}`);
      setText(this.lensText, said);
      this.lens.style.setProperty("--lens", this.padOn() ? "8rem" : "14rem");
    }
    if (at.row !== undefined && layer.field) this.markUnit(layer, at);
  }

  /** A pointer on one cell: its value and what it sees. */
  peek(layer, channel, at) {
    this.peeking = Boolean(at);
    if (!at || at.row === undefined) {
      if (!at) setText(this.reading, "");
      if (levelOf(this.place) === "unit") this.remark();
      else this.mark(null);
      return;
    }
    const found = this.layerOf(layer);
    if (found.field) this.markUnit(found, at);
    this.client.ask(
      "peek",
      this.question({ unit: { layer, channel, row: at.row, column: at.column } }),
    );
  }

  markUnit(layer, { row, column }) {
    const { size } = this.header.facts;
    this.mark(
      {
        rows: fieldSpan(layer.field, 0, row, size[0]),
        columns: fieldSpan(layer.field, 1, column, size[1]),
      },
      true,
    );
  }

  mark(span, passing = false) {
    if (!passing) this.heldSpan = span;
    const { size } = this.header.facts;
    const box =
      span &&
      onPicture(this.padOn() ? [0, 0, 1, 1] : this.header.view, size, span.rows, span.columns);
    this.picture.mark(box);
    this.pad.frame.hidden = !box;
    if (box) this.picture.lay(this.pad.frame, box);
    if (!span) setText(this.fieldText, "");
  }

  remark() {
    if (this.heldSpan) this.mark(this.heldSpan, true);
  }

  close() {
    document.removeEventListener("keydown", this.onescape);
    clearTimeout(this.timer);
    this.client?.close();
    this.client = undefined;
    this.band.close();
    this.picture.close();
  }
}

/** Pixels of one rem: classroom mode enlarges everything by it. */
function rootSize() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  const explorer = rootOf(parentElement, () => new Explorer());
  explorer.report = (changes) => setStateValue("changes", changes);
  explorer.update(data);
  return () => explorer.close();
}
