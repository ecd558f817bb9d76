// The pictures of the Kernel lab: what went in, the response, after activation, after pooling.
// Paints frames, from the page or from the live channel; marks the window under the pointer in all of them.

import { ARROWS } from "../../../browser/arrows.js";
import { labChannel } from "../../../browser/channel.js";
import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { FreeHeight } from "../../../browser/free_height.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { LiveClient } from "../../../browser/live_client.js";
import { Camera } from "../../../browser/camera.js";
import { Foot } from "./foot.js";
import { cellUnder, movedPlace, windowMarks } from "./marks.js";
import { Panel } from "./panel.js";
import { placeOfSum, heightForCells } from "./sum_place.js";
import { Switch } from "./switch.js";
import { WindowSum } from "./window_sum.js";

/** @import { LabChannel } from "../../../browser/channel.js" */
/** @import { Frame } from "../../../browser/frame.js" */
/** @import { Answer } from "../../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { AskedPlace, LabHeader, PageHeader, PanelHeader, PanelKey, Place, ProbeHeader } from "./types.js" */

const QUIET_LOST = "Live view lost. Changes made now may be lost. Connecting again…";
const FROM_CAMERA = "Keep a picture of the camera to see the sum at a place.";
const FAR = 10;
const PHONE_PX = 420; // as in component.css

class View {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LabChannel | undefined} */
    this.channel = undefined;
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {Map<PanelKey, Panel>} */
    this.panels = new Map();
    this.foot = new Foot({
      oncamera: () => this.toggleCamera(),
      onkeep: () => {
        this.isKeeping = true;
      },
    });
    this.unfit = el("p", { class: "unfit", role: "status", hidden: true });
    this.switch = new Switch(() => this.showChosen());
    this.sum = new WindowSum({ onopen: () => this.openStep() });
    this.sum.way.append(this.foot.element);
    this.stage = el("div", { class: "stage" }, this.switch.element, this.sum.element, this.unfit);
    this.element = el("div", { class: "ks live-view" }, this.stage);
    this.height = new FreeHeight(this.element);
    /** @type {Frame | undefined} what the page sent last */
    this.pageFrame = undefined;
    this.token = "";
    this.version = "";
    /** @type {LabHeader | undefined} of the frame that is painted */
    this.header = undefined;
    /** The number of the question whose answer is painted. */
    this.paintedSequence = -1;
    /** @type {string | undefined} the address of the picture that is painted */
    this.paintedPicture = undefined;
    /** Whether some panel was out of sight, and so not painted, when the last answer came. */
    this.isStale = false;
    /** What the pointer or the keyboard was at last; the middle, before. @type {Place} */
    this.pointed = { key: "response", x: 0.5, y: 0.5 };
    /** @type {AskedPlace | undefined} the place whose sum is shown */
    this.summed = undefined;
    /** @type {Camera | undefined} */
    this.camera = undefined;
    /** Whether the camera's next picture is to become the picture in use. */
    this.isKeeping = false;
    /** @type {Set<PanelKey>} */
    this.visible = new Set();
    this.watcher = new IntersectionObserver((entries) => this.see(entries));
    // Sizes are read here, not while a frame is painted: reading them makes the browser lay out.
    /** @type {Map<Element, number>} */
    this.widths = new Map();
    this.ruler = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries)
        this.widths.set(target, contentRect.width * window.devicePixelRatio);
      this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      this.letter = parseFloat(getComputedStyle(this.sum.cells.element).fontSize);
      this.placeSum();
    });
    this.ruler.observe(this.stage);
    this.ruler.observe(this.sum.cells.element);
    this.rem = 16;
    this.letter = 14;
    this.onpreview = () => this.ask();
    this.oncommit = () => {
      if (this.channel?.isPending) this.ask();
      else if (this.pageFrame) this.show(this.pageFrame, this.client?.sequence ?? 0);
    };
  }

  /**
   * Only pictures on the screen are asked for; one that scrolls into view is asked for then.
   * @param {IntersectionObserverEntry[]} entries
   */
  see(entries) {
    const before = this.visible.size;
    for (const { target, isIntersecting } of entries) {
      for (const [key, { figure }] of this.panels) {
        if (figure !== target) continue;
        if (isIntersecting) this.visible.add(key);
        else this.visible.delete(key);
      }
    }
    if (this.visible.size > before && this.isStale) this.ask();
  }

  async toggleCamera() {
    if (this.camera) {
      this.stopCamera();
      this.ask();
      return;
    }
    try {
      this.camera = await Camera.open();
    } catch (error) {
      setText(this.foot.status, error instanceof Error ? error.message : String(error));
      return;
    }
    setText(this.foot.status, "");
    setText(this.foot.reading, "");
    this.summed = undefined;
    this.sum.showNothing(FROM_CAMERA);
    this.foot.showCamera(true);
    this.askCamera();
  }

  stopCamera() {
    this.camera?.close();
    this.camera = undefined;
    this.foot.showCamera(false);
  }

  /** Send the camera's picture of this moment; its answer asks for the next one. */
  async askCamera() {
    if (!this.camera) return;
    const picture = await this.camera.picture();
    // The wish to keep one lasts until it was answered: a question may be overtaken by the next.
    this.client?.ask("camera", { ...this.question(), keep: this.isKeeping }, picture);
  }

  /**
   * Take the page's own frame.
   * @param {ArrayBuffer | Uint8Array} data
   */
  update(data) {
    const frame = unpackFrame(data);
    const header = /** @type {PageHeader} */ (frame.header);
    this.height.start();
    const isRenewed = this.token !== header.token;
    if (isRenewed) this.paintedSequence = -1;
    this.token = header.token;
    const channel = this.listen(header.lab);
    // Before anybody points, or the live channel has answered; afterwards the place is asked for with each frame.
    if (!this.summed && header.middle && !this.camera)
      this.showSum(header.middle, { blobs: frame.blobs });
    if (this.version !== header.version) {
      this.version = header.version;
      this.pageFrame = frame;
      channel.commit(header.settings);
    }
    if (isRenewed && channel.isPending) this.ask();
  }

  /** @param {string} lab */
  listen(lab) {
    if (!this.channel) {
      this.channel = labChannel(lab);
      this.channel.addEventListener("preview", this.onpreview);
      this.channel.addEventListener("commit", this.oncommit);
    }
    return this.channel;
  }

  connect() {
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => setText(this.foot.status, sentence),
      onunknown: () => this.report({}),
      unsaved: () => this.channel?.previewed ?? {},
      onstate: (state) => {
        setText(this.foot.status, state === "lost" ? QUIET_LOST : "");
        if (state === "lost") return;
        if (this.camera) this.askCamera();
        // After a loss the question also finds out whether the server still knows this picture.
        else if (this.channel?.isPending || this.client?.wasLost) this.ask();
      },
    });
  }

  question() {
    return {
      token: this.token,
      settings: this.channel?.wanted ?? {},
      ...(this.visible.size ? { panels: [...this.visible] } : {}),
    };
  }

  /** Ask for a frame of what is wanted now. */
  ask() {
    if (this.camera) return; // the camera's next picture brings the new settings along
    this.client?.ask("frame", this.question());
  }

  /** @param {Answer} answer */
  async receive(answer) {
    const header = /** @type {LabHeader | ProbeHeader} */ (answer.header);
    if (header.kind === "probe") {
      if (!this.camera && this.header?.window) this.showSum(header, answer);
      return;
    }
    if (header.camera) {
      if (!this.camera) return; // the last answer after the camera was closed
      if (header.kept) {
        this.isKeeping = false;
        this.stopCamera();
        this.report({ picture: `upload-${header.kept}` });
      }
    }
    await this.show(answer, header.sequence);
    if (header.more) return;
    if (header.camera) this.askCamera();
    else this.showPageAgain(header);
  }

  /**
   * An answer that comes after the page's own frame of the same moment was painted over it. It is packed quickly, the
   * page's frame well, so that one is painted again.
   * @param {LabHeader} answer
   */
  showPageAgain({ sequence }) {
    if (this.channel?.isPending || !this.pageFrame) return;
    this.show(this.pageFrame, sequence);
  }

  /**
   * Decode and paint; a frame that is older than what is painted is let go.
   * @param {Answer} answer
   * @param {number} sequence
   */
  async show({ header: received, blobs, askedAt }, sequence) {
    const header = /** @type {LabHeader} */ (received);
    if (sequence < this.paintedSequence) return;
    const pictures = await Promise.all(
      header.panels.map(({ key }) => this.pictureFor(key, header, blobs)),
    );
    if (sequence < this.paintedSequence) return;
    this.paintedSequence = sequence;
    // The picture in use has an address and is loaded once; changed to gray, or from the camera, it comes along.
    if (blobs.has("source")) this.paintedPicture = undefined;
    else if (header.picture) this.paintedPicture = header.picture;
    if (!header.more) this.explain(header.unfit);
    if (header.more) header.panels = this.withOld(header.panels);
    else this.isStale = [...this.panels.keys()].some((key) => !this.visible.has(key));
    if (this.header) this.switch.follow(this.header.settings, header.settings);
    this.header = header;
    header.panels.forEach((panel, index) => {
      const made = this.panels.get(panel.key) ?? this.makePanel(panel.key);
      const width = this.widths.get(made.frame) ?? Infinity;
      made.paint(panel, pictures[index], header.aspect, width);
    });
    this.showChosen();
    this.channel?.show(header);
    this.point(this.pointed);
    if (askedAt === undefined) return;
    setText(this.foot.status, "");
    const drawnAt = performance.now();
    requestAnimationFrame(() => this.tellPainted(header, drawnAt));
  }

  /** Show the picture, and of the results those that are chosen. */
  showChosen() {
    const panels = this.header?.panels ?? [];
    this.switch.update(panels);
    setAttributes(this.stage, { "data-shows": this.switch.shown });
    for (const [key, { figure }] of this.panels)
      figure.hidden = !panels.some((panel) => panel.key === key) || !this.switch.shows(key);
    this.placeSum();
  }

  /** Put the sum beside the pictures or below them, and its numbers as large as there is room. */
  placeSum() {
    const free = parseFloat(this.element.style.getPropertyValue("--free")) / this.rem;
    const [width, own] = [this.stage, this.sum.cells.element].map(
      (one) => (this.widths.get(one) ?? 0) / window.devicePixelRatio,
    );
    const { shown } = this.switch;
    const all = shown === "all";
    const pools = shown === "pooled" || all;
    const aspect = this.header?.aspect ?? 1;
    const place = placeOfSum({ width: width / this.rem, free, aspect, all, pools });
    this.stage.classList.toggle("sum-beside", place.beside);
    this.stage.style.setProperty("--sum", `${place.below}rem`);
    const height = heightForCells(place, { free, isPhone: width <= PHONE_PX, pools });
    this.sum.setPools(pools);
    const { beside } = place;
    this.sum.fit({ width: own, height: height * this.rem, letter: this.letter, beside });
  }

  /**
   * Say why pictures are missing, in their place.
   * @param {string} unfit "" if none is
   */
  explain(unfit) {
    setText(this.unfit, unfit);
    this.unfit.hidden = !unfit;
  }

  /**
   * The pixels of a panel; none where they stay as they are.
   * @param {PanelKey} key
   * @param {LabHeader} header
   * @param {Frame["blobs"]} blobs
   * @returns {Promise<ImageBitmap | undefined>}
   */
  async pictureFor(key, header, blobs) {
    const blob = blobs.get(key);
    if (blob) return createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
    if (key !== "source" || !header.picture || header.picture === this.paintedPicture)
      return undefined;
    // Without the picture in use the frame is shown all the same.
    const response = await fetch(header.picture).catch(() => undefined);
    return response?.ok ? createImageBitmap(await response.blob()) : undefined;
  }

  /**
   * The first frame of two holds the response only; what else is on the screen stays for a moment.
   * @param {PanelHeader[]} panels
   */
  withOld(panels) {
    const old = (this.header?.panels ?? []).filter(
      ({ key }) => !panels.some((panel) => panel.key === key),
    );
    return [...panels, ...old];
  }

  /**
   * Tell who measures that a frame is on the screen.
   * @param {LabHeader} header
   * @param {number} drawnAt
   */
  tellPainted({ sequence, ms }, drawnAt) {
    document.dispatchEvent(
      new CustomEvent("kernelscope:painted", { detail: { sequence, drawnAt, compute: ms } }),
    );
  }

  /** @param {PanelKey} key */
  makePanel(key) {
    const panel = new Panel(key, {
      onpoint: (place) => this.point(place),
      onopen: () => this.openStep(),
      onkey: (event) => this.slide(event, key),
    });
    this.panels.set(key, panel);
    this.stage.append(panel.figure);
    this.watcher.observe(panel.figure);
    this.ruler.observe(panel.frame);
    return panel;
  }

  /**
   * Arrow keys move the window by one cell (Shift: ten).
   * @param {KeyboardEvent} event
   * @param {PanelKey} key
   */
  slide(event, key) {
    const panel = this.header?.panels.find((one) => one.key === key);
    const step = ARROWS[event.key];
    if (!step || !panel) return;
    event.preventDefault();
    const cells = event.shiftKey ? FAR : 1;
    const from = this.pointed.key === key ? this.pointed : { key, x: 0.5, y: 0.5 };
    this.point(movedPlace(from, panel, [step[0] * cells, step[1] * cells]));
  }

  /**
   * Mark the window that belongs to a place in one of the pictures, in all of them, and ask for its sum.
   * @param {Place} place
   * @returns {void}
   */
  point(place) {
    this.pointed = place;
    if (!this.header?.window) {
      for (const { mark } of this.panels.values()) mark.hidden = true;
      setText(this.foot.reading, "");
      this.summed = undefined;
      this.sum.showNothing();
      return;
    }
    const { panels, window: axes } = this.header;
    const panel = panels.find((one) => one.key === place.key);
    // Where nothing is pooled any more, the same place of the response.
    if (!panel) return this.point({ ...place, key: "response" });
    const marks = windowMarks(place, panel, axes);
    for (const [key, made] of this.panels)
      made.showMark(
        marks.get(key),
        panels.find((one) => one.key === key),
      );
    if (this.camera) return; // the server would read the picture in use, which is not the one shown
    this.client?.ask("probe", {
      token: this.token,
      settings: this.channel?.wanted ?? {},
      probe: { panel: place.key, ...cellUnder(place, panel) },
    });
  }

  /**
   * @param {Omit<ProbeHeader, "kind" | "sequence">} header
   * @param {Pick<Answer, "blobs" | "askedAt">} answer
   */
  showSum({ text, place, sum }, { blobs, askedAt }) {
    setText(this.foot.reading, text);
    this.summed = place;
    this.sum.show(sum, blobs);
    const detail = { askedAt, drawnAt: performance.now() };
    document.dispatchEvent(new CustomEvent("kernelscope:summed", { detail }));
  }

  /** Open Step by step at the place that is pointed at, unless it is known that this cannot be shown. */
  openStep() {
    const { key, ...at } = this.pointed;
    const panel = this.header?.panels.find((one) => one.key === key);
    if (!panel || this.camera || !this.header?.window) return;
    const { row, column } = cellUnder({ key, ...at }, panel);
    const { summed } = this;
    const isSummed = summed?.panel === key && summed.row === row && summed.column === column;
    if (isSummed && !this.sum.canOpen) return;
    this.report({ step: { panel: key, row, column, channel: this.sum.chosen } });
  }

  close() {
    this.height.stop();
    this.stopCamera();
    this.client?.close();
    this.client = undefined;
    this.channel?.removeEventListener("preview", this.onpreview);
    this.channel?.removeEventListener("commit", this.oncommit);
    this.channel = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const view = rootOf(parentElement, () => new View());
  setStage(view.element);
  view.report = report;
  view.connect();
  view.update(data);
  return () => view.close();
}
