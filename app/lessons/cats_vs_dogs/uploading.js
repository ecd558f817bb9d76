// Files on their way to the server: two at a time, in order, until all are sent or the visitor stops.

import { el } from "../../browser/dom.js";

const AT_ONCE = 2;
/** While files are sent, the page is told so often. */
export const TOLD_EVERY_MS = 1500;

/** @typedef {{done: number, total: number, refused: {name: string, sentence: string}[], isOver: boolean}} Progress */

/**
 * What is on its way, or came to its end while its page was not shown, by where it goes.
 * @type {Map<string, Uploading>}
 */
export const UNDER_WAY = new Map();

export class Uploading {
  /**
   * @param {File[]} files
   * @param {(file: File, number: number) => string} addressOf where a file goes
   * @param {(progress: Progress) => void} onprogress
   */
  constructor(files, addressOf, onprogress) {
    this.files = files;
    this.addressOf = addressOf;
    this.onprogress = onprogress;
    this.next = 0;
    this.stopper = new AbortController();
    /** @type {Progress} */
    this.progress = { done: 0, total: files.length, refused: [], isOver: false };
  }

  async run() {
    this.onprogress(this.progress);
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.sendAll()));
    this.progress.isOver = true;
    this.onprogress(this.progress);
  }

  stop() {
    this.stopper.abort();
  }

  async sendAll() {
    while (this.next < this.files.length && !this.stopper.signal.aborted) await this.sendNext();
  }

  async sendNext() {
    const at = this.next++;
    const file = this.files[at];
    const sentence = await this.send(file, at);
    if (this.stopper.signal.aborted) return;
    if (sentence) this.progress.refused.push({ name: file.name, sentence });
    this.progress.done += 1;
    this.onprogress(this.progress);
  }

  /**
   * Send a file; returns why it was not taken, "" if it was.
   * @param {File} file
   * @param {number} number
   */
  async send(file, number) {
    try {
      const response = await fetch(this.addressOf(file, number), {
        method: "PUT",
        body: file,
        signal: this.stopper.signal,
      });
      const { taken, refused } = await response.json();
      if (refused) return refused;
      return taken ? "" : "It is in this class already.";
    } catch {
      return "It could not be sent.";
    }
  }
}

/**
 * Where the files of a class go, below the address that the app is served under. All that go there are undone together.
 * @param {string} path
 * @param {number} [sight] in which the class was shown
 * @returns {(file: File, number: number) => string}
 */
export function addressIn(path, sight) {
  const step = Math.random().toString(36).slice(2);
  return (file, number) => {
    const url = new URL(path, document.baseURI);
    url.searchParams.set("name", file.name.slice(0, 80));
    url.searchParams.set("step", step);
    url.searchParams.set("number", String(number));
    if (sight !== undefined) url.searchParams.set("sight", String(sight));
    return url.href;
  };
}

/**
 * List the files that were not taken, by name.
 * @param {HTMLElement} list
 * @param {{name: string, sentence: string}[]} refused
 */
export function listRefused(list, refused) {
  list.hidden = !refused.length;
  list.replaceChildren(
    ...refused.map(({ name, sentence }) => el("li", {}, el("b", {}, name), ` ${sentence}`)),
  );
}
