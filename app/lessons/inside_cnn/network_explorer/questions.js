// What the explorer asks on the live channel: each question once, with the picture and the settings it is about.

import { LiveClient } from "../../../browser/live_client.js";

/** @import { Answer, FrameBlob } from "./types.js" */

const PATIENCE_MS = 10000;

export class Questions {
  /**
   * `about`: entries of every question; `onanswer`: paint an answer; `onready`: more can be asked now;
   * `onstatus`: a sentence on the connection, "" when it works; `onunknown`: the token is unknown; `onrefused`: a question
   * was refused, with a sentence; `onlost`: the connection was lost, and what is under way with it.
   * @param {{about: () => {token: string, about: string} & Record<string, unknown>,
   *   onanswer: (header: Answer, sprites: Map<string, ImageBitmap>, blobs: Map<string, FrameBlob>) => void,
   *   onready: () => void, onstatus: (text: string) => void, onunknown: () => void,
   *   onrefused: (sentence: string) => void, onlost: () => void}} on
   */
  constructor(on) {
    this.on = on;
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {Map<string, {what: string, since: number}>} kind of question -> the one that waits for its answer */
    this.underWay = new Map();
  }

  connect() {
    if (this.client) return;
    this.client = new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => {
        this.underWay.clear();
        this.on.onstatus(sentence);
        this.on.onrefused(sentence);
      },
      onunknown: () => {
        this.underWay.clear();
        this.on.onunknown();
      },
      onstate: (state) => {
        this.on.onstatus(state === "lost" ? "Connection lost; connecting again …" : "");
        this.underWay.clear();
        if (state === "lost") this.on.onlost();
        if (state === "open") this.on.onready();
      },
    });
  }

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} entries
   * @param {Uint8Array} [picture] sent along
   * @returns its number, 0 where nothing can be asked
   */
  ask(kind, entries, picture) {
    return this.client?.ask(kind, { ...this.on.about(), ...entries }, picture) ?? 0;
  }

  /**
   * Ask, unless the same question about the same picture is on its way already; `what` tells questions of a kind
   * apart.
   * @param {string} kind
   * @param {string} what
   * @param {Record<string, unknown>} entries
   */
  askOnce(kind, what, entries) {
    const before = this.underWay.get(kind);
    const asked = `${this.on.about().about} ${what}`;
    if (before?.what === asked && performance.now() - before.since < PATIENCE_MS) return;
    this.underWay.set(kind, { what: asked, since: performance.now() });
    this.ask(kind, entries);
  }

  /** @param {{header: any, blobs: Map<string, FrameBlob>}} answer */
  async receive({ header, blobs }) {
    const pictures = [...blobs].filter(([, { type }]) => type.startsWith("image/"));
    const sprites = await Promise.all(pictures.map(async ([name, blob]) => spriteOf(name, blob)));
    this.on.onstatus("");
    this.on.onanswer(header, new Map(sprites), blobs);
    // Only now: while it was decoded, the same question would have been asked again.
    this.underWay.delete(header.kind);
    this.on.onready();
  }

  close() {
    this.client?.close();
    this.client = undefined;
  }
}

/**
 * @param {string} name
 * @param {FrameBlob} blob
 * @returns {Promise<[string, ImageBitmap]>}
 */
async function spriteOf(name, { bytes, type }) {
  return [name, await createImageBitmap(new Blob([bytes], { type }))];
}
