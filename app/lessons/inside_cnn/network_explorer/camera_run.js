// The camera through the network: takes the next picture when an answer came, and keeps the frame that is on the screen.

/** @import { Frame } from "../../../browser/frame.js" */
/** @import { CameraAnswer, FrameBlob } from "./types.js" */
/** @typedef {{picture: (shorter: number) => Promise<Uint8Array<ArrayBuffer>>, close: () => void}} Source */
/** @typedef {{bytes: Uint8Array<ArrayBuffer>, bitmap: Promise<ImageBitmap>, round: number}} Sent */
/** @typedef {{columns: [string, number][], side: number}} Wanted */

/** Networks are shown about 224 of so many pixels of the shorter side, or fewer. */
const SHORTER = 256;
const FROZEN_MS = 6000;
export const MOST_PROBABLE = -1;

export class CameraRun {
  /**
   * `wanted`: the columns on the screen, null while there are none; `ask`: sends a question with a picture, and returns
   * its number; `onpaint`: an answer with the picture that it is about; `onkept`: the frame is kept under a token;
   * `onchange`: it runs, is frozen, or does not run any more; `onfail`: it gives no pictures, with a sentence.
   * @param {{wanted: () => Wanted | null, ask: (entries: Record<string, unknown>, picture: Uint8Array) => number,
   *   onpaint: (answer: CameraAnswer, blobs: Map<string, FrameBlob>, picture: ImageBitmap) => void,
   *   onkept: (token: string) => void, onchange: () => void, onfail: (sentence: string) => void}} on
   */
  constructor(on) {
    this.on = on;
    /** @type {Source | undefined} */
    this.source = undefined;
    /** Questions that were sent, or wait to be, by their number. @type {Map<number, Sent>} */
    this.sent = new Map();
    /** How many pictures are being packed. */
    this.packing = 0;
    /** The frame on the screen, as it was sent. @type {Uint8Array<ArrayBuffer> | undefined} */
    this.shown = undefined;
    /** The maps that each column keeps. @type {Record<string, number[]>} */
    this.held = {};
    /** Counts how often the maps were chosen anew: an answer from before does not say which are kept. */
    this.round = 0;
    /** The class whose heat map is shown, -1 for the most probable one, null for none. @type {number | null} */
    this.attribution = null;
    /** Whether the frame on the screen is about to be the picture in use. */
    this.isFrozen = false;
    this.answers = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.onvisible = () => this.awake();
  }

  /** Whether the picture on the screen is not the picture in use. */
  get isOn() {
    return this.source !== undefined || this.isFrozen;
  }

  /**
   * @param {Source} source
   * @param {Record<string, number[]>} held the maps that each column shows now, and keeps
   */
  start(source, held) {
    this.source = source;
    this.held = held;
    this.shown = undefined;
    document.addEventListener("visibilitychange", this.onvisible);
    this.on.onchange();
    this.begin();
  }

  begin() {
    void this.ask().then(() => this.ask());
  }

  /** Choose the strongest maps once more. */
  sort() {
    this.held = {};
    this.round += 1;
  }

  /** Another network has other maps and classes. */
  renew() {
    this.sort();
    if (this.attribution !== null) this.attribution = MOST_PROBABLE;
  }

  /** Go on, where nothing is under way: it was opened, the connection is back, or the window is seen again. */
  awake() {
    if (!this.sent.size && !this.packing) this.begin();
  }

  /**
   * Send the picture of this moment. While one is under way the next one waits, packed, so that neither the server nor
   * the browser waits for the other.
   */
  async ask() {
    const { source, round } = this;
    if (!source || this.isFrozen || document.hidden || !this.on.wanted()) return;
    this.packing += 1;
    let bytes;
    try {
      bytes = await source.picture(SHORTER);
    } catch (error) {
      if (this.source === source)
        this.on.onfail(error instanceof Error ? error.message : String(error));
      return;
    } finally {
      this.packing -= 1;
    }
    const wanted = this.on.wanted();
    if (this.source !== source || this.isFrozen || !wanted) return;
    const held = Object.fromEntries(
      wanted.columns
        .filter(([name, count]) => this.held[name]?.length === count)
        .map(([name]) => [name, this.held[name]]),
    );
    const sequence = this.on.ask({ ...wanted, held, attribution: this.attribution }, bytes);
    const bitmap = createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    this.sent.set(sequence, { bytes, bitmap, round });
  }

  /**
   * @param {CameraAnswer} answer
   * @param {Map<string, FrameBlob>} blobs
   */
  async receive(answer, blobs) {
    const mine = this.take(answer.sequence);
    if (answer.kept && this.isFrozen) {
      this.on.onkept(answer.kept);
      return;
    }
    if (!this.source || this.isFrozen) return;
    void this.ask();
    if (!mine) return; // it was sent before the connection was lost
    if (mine.round === this.round)
      for (const { name, channels } of answer.columns) this.held[name] = channels;
    const bitmap = await mine.bitmap;
    if (this.source && !this.isFrozen) {
      this.shown = mine.bytes;
      this.on.onpaint(answer, blobs, bitmap);
      this.answers += 1;
    }
    bitmap.close();
  }

  /**
   * What a question was about; those before it are let go: they were overtaken.
   * @param {number} sequence
   */
  take(sequence) {
    const found = this.sent.get(sequence);
    for (const [number, { bitmap }] of this.sent) {
      if (number > sequence) continue;
      this.sent.delete(number);
      if (number < sequence) void bitmap.then((one) => one.close());
    }
    return found;
  }

  /** Make the frame on the screen the picture in use; false where there is none yet. */
  freeze() {
    const { shown } = this;
    const wanted = this.on.wanted();
    if (this.isFrozen || !this.source || !shown || !wanted) return false;
    this.stop();
    this.isFrozen = true;
    this.on.ask({ ...wanted, keep: true }, shown);
    // The page shows it in a moment; if it does not, the picture in use comes back.
    this.timer = setTimeout(() => this.close(), FROZEN_MS);
    this.on.onchange();
    return true;
  }

  /** The connection was lost: what was sent is lost with it; a picture that is to be kept is sent again. */
  lost() {
    this.take(Infinity);
    if (!this.isFrozen) return;
    const wanted = this.on.wanted();
    if (this.shown && wanted) this.on.ask({ ...wanted, keep: true }, this.shown);
  }

  /** Let the camera go; what is on the screen stays. */
  stop() {
    this.take(Infinity);
    this.source?.close();
    this.source = undefined;
    document.removeEventListener("visibilitychange", this.onvisible);
  }

  /** Back to the picture in use. */
  close() {
    if (!this.isOn) return;
    clearTimeout(this.timer);
    this.stop();
    this.isFrozen = false;
    this.shown = undefined;
    this.on.onchange();
  }
}
