// The camera in the explorer: what runs is shown where the picture, the maps and the classes are, until it is closed or frozen.

import { Camera } from "../../../browser/camera.js";
import { MovingPicture } from "../../../browser/moving_picture.js";
import { CameraBar } from "./camera_bar.js";
import { CameraPicture } from "./camera_picture.js";
import { CameraRun, MOST_PROBABLE } from "./camera_run.js";

/** @import { Kind } from "./camera_bar.js" */
/** @import { ColorLegend } from "./legend.js" */
/** @import { Parts } from "./parts.js" */
/** @import { CameraAnswer, FrameBlob, PageHeader, Place } from "./types.js" */

/** Frames of the camera a second; more than go through a network. */
const FRAMES = 20;
const NOT_ON_SPACE = "button, select, input, summary, a";
const FREEZE_FIRST = "Freeze to follow a value.";
const NAMES = { camera: "The camera’s picture", moving: "A moving part of the picture in use" };

export class ExplorerCamera {
  /**
   * `canAsk`: whether the network that was chosen is here; `ask`: sends a question with a picture; `onstart`: the
   * columns have to be seen; `onend`: the picture in use is to be shown again; `onkept`: a frame is kept under a token.
   * @param {{parts: Parts, legend: ColorLegend, header: () => PageHeader, canAsk: () => boolean,
   *   ask: (entries: Record<string, unknown>, picture: Uint8Array) => number, onstart: () => void, onend: () => void,
   *   onkept: (token: string) => void}} needs
   */
  constructor({ parts, legend, header, canAsk, ask, onstart, onend, onkept }) {
    this.parts = parts;
    this.legend = legend;
    this.header = header;
    this.onstart = onstart;
    this.onend = onend;
    /** @type {Kind} */
    this.kind = "camera";
    /** Whether the reader is asked for the camera now. */
    this.isOpening = false;
    /** Where to go once the frozen frame is the picture in use. @type {Place | undefined} */
    this.next = undefined;
    /** The token of the picture that a frozen one takes the place of. */
    this.before = "";
    this.picture = new CameraPicture(parts.input.picture);
    this.bar = new CameraBar({
      onopen: (kind) => void this.open(kind),
      onclose: () => this.run.close(),
      onfreeze: () => this.freeze(),
      onsort: () => this.run.sort(),
      onexplain: () => this.explain(this.run.attribution === null ? MOST_PROBABLE : null),
    });
    parts.input.picture.element.after(this.bar.element);
    this.overview.wires.legend.after(this.bar.line);
    this.run = new CameraRun({
      wanted: () => {
        const { wanted } = this.overview;
        return canAsk() && wanted.columns.length ? wanted : null;
      },
      ask,
      onpaint: (answer, blobs, frame) => this.paint(answer, blobs, frame),
      onkept,
      onchange: () => this.show(),
      onfail: (sentence) => this.end(sentence),
    });
    parts.element.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  get overview() {
    return this.parts.views.overview;
  }

  /** Whether what is on the screen is not of the picture in use. */
  get isOn() {
    return this.run.isOn;
  }

  /** @param {boolean} isAllowed whether the network is given a photograph, which the camera takes the place of */
  allow(isAllowed) {
    this.bar.element.hidden = !isAllowed;
    if (!isAllowed) this.close();
  }

  /** @param {Kind} kind */
  async open(kind) {
    if (this.isOn || this.isOpening) return;
    this.kind = kind;
    this.isOpening = true;
    let source;
    try {
      source = kind === "camera" ? await this.openCamera() : await this.openMoving();
    } catch (error) {
      this.bar.fail(error instanceof Error ? error.message : String(error));
      return;
    } finally {
      this.isOpening = false;
    }
    if (this.isGone) {
      source.close();
      return;
    }
    this.onstart();
    const held = this.overview.columns.flatMap(({ layer, shown }) =>
      shown ? [[layer.name, shown.channels]] : [],
    );
    this.run.start(source, Object.fromEntries(held));
  }

  async openCamera() {
    this.bar.wait();
    const camera = await Camera.open(FRAMES);
    camera.onended(() => this.end("The camera was taken away."));
    return camera;
  }

  openMoving() {
    return MovingPicture.open(this.parts.input.picture.image);
  }

  /** Whether there is no place for a camera any more: the page was left, or another input chosen, while it was asked for. */
  get isGone() {
    return this.bar.element.hidden || !this.parts.element.isConnected;
  }

  /** What runs, or does not, is seen from the buttons and from what is pale. */
  show() {
    const { isOn, isFrozen } = this.run;
    const { facts } = this.header();
    this.bar.show(isOn ? this.kind : undefined, { canExplain: facts.has_maps, isFrozen });
    this.parts.element.toggleAttribute("data-camera", isOn);
    this.overview.isHeld = isOn;
    // See app/style.css.
    document.documentElement.toggleAttribute("data-network-camera", isOn);
    if (isOn) return;
    this.picture.hide();
    this.onend();
  }

  /**
   * @param {CameraAnswer} answer
   * @param {Map<string, FrameBlob>} blobs
   * @param {ImageBitmap} frame
   */
  paint(answer, blobs, frame) {
    const { parts, run } = this;
    this.picture.paint(frame, answer, blobs, NAMES[this.kind]);
    this.overview.paint(answer, blobs);
    for (const column of answer.columns)
      this.legend.colored.set(this.legend.keyOf(column.name), column);
    this.legend.show();
    parts.scores.show(answer.scores);
    parts.scores.mark(run.attribution ?? -1);
    this.bar.explain(
      answer.attribution,
      run.attribution !== null,
      this.header().gradients.activation,
    );
    this.parts.element.setAttribute("data-answers", String(run.answers + 1));
  }

  /**
   * Show where a class is seen, in the next pictures.
   * @param {number | null} channel -1 for the most probable one, null for no heat map
   */
  explain(channel) {
    this.run.attribution = channel;
    this.bar.explain(null, channel !== null, "");
  }

  /**
   * A class was clicked: its heat map, and again that of the most probable one. False where there is none.
   * @param {number} channel
   */
  explainClass(channel) {
    if (!this.isOn || !this.header().facts.has_maps) return false;
    this.explain(this.run.attribution === channel ? MOST_PROBABLE : channel);
    return true;
  }

  /**
   * Keep the frame on the screen as the picture in use.
   * @param {Place} [next] what to open of it then
   */
  freeze(next) {
    if (!this.run.freeze()) return;
    this.before = this.header().token;
    this.next = next;
  }

  /**
   * The page has come with a picture; returns the place to go to, if it is the frozen one.
   * @param {string} token
   */
  arrive(token) {
    if (!this.run.isFrozen || token === this.before) return undefined;
    const { next } = this;
    this.next = undefined;
    this.run.close();
    return next;
  }

  /** @param {string} sentence why it ends by itself */
  end(sentence) {
    if (!this.isOn) return;
    this.run.close();
    this.bar.fail(sentence);
  }

  /** A question was refused. @param {string} sentence */
  refuse(sentence) {
    if (!this.isOn) return;
    this.run.close();
    this.bar.say(sentence);
  }

  /** Say why nothing lights up under the pointer. @param {boolean} isPointed */
  point(isPointed) {
    this.parts.foot.read(isPointed ? FREEZE_FIRST : "");
  }

  /** @param {KeyboardEvent} event Space freezes, wherever it does nothing else */
  key(event) {
    if (event.key !== " " || !this.run.source) return;
    if (event.target instanceof Element && event.target.closest(NOT_ON_SPACE)) return;
    event.preventDefault();
    event.stopPropagation();
    this.freeze();
  }

  close() {
    this.run.close();
  }
}
