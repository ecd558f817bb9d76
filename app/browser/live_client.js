// The socket beside Streamlit: questions as JSON text, answers as binary frames.
//
// Of each kind one question is under way at a time; while it is, only the newest of those that follow is kept.
// So a slow server or a slow browser makes frames rarer and never later.

import { packFrame, unpackFrame } from "./frame.js";
import { REOPENING } from "./report.js";

/** @import { Frame } from "./frame.js" */

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8000;
const ANSWER_MS = 10000;
const RENEWAL_MS = 3000;
const MOST_REFUSED = 3;

/** @typedef {{token: string} & Record<string, unknown>} Question entries of a question */
/** @typedef {Question & {sequence: number, askedAt: number, picture?: Uint8Array}} Asked */
/** @typedef {Asked & {sentAt: number}} Sent */
/** @typedef {Frame & {askedAt?: number}} Answer a frame, and when its question was asked */
/**
 * Who is told what. `onanswer`: an answer came; `onstate`: the connection was made or lost; `onerror`: a sentence
 * about a question that was refused; `onunknown`: the server does not know the picture's token, and the page has
 * to run again for a new one; `unsaved`: settings that the page's link does not have yet.
 * @typedef {{onanswer: (answer: Answer) => void, onstate: (state: "open" | "lost") => void,
 *   onerror: (sentence: string) => void, onunknown: () => void,
 *   unsaved?: () => Record<string, string>}} Listeners
 */

/**
 * How long to wait before the `attempt`-th try to connect again, without the random part.
 * @param {number} attempt
 */
export function backOff(attempt) {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
}

export class LiveClient {
  /** @param {Listeners} listeners */
  constructor(listeners) {
    this.listeners = listeners;
    this.sequence = 0;
    /** @type {Map<string, Asked>} unsent, by kind */
    this.waiting = new Map();
    /** @type {Map<string, Sent>} by kind */
    this.underWay = new Map();
    this.attempt = 0;
    this.isClosed = false;
    /** Whether the connection was lost and nothing has been answered since. */
    this.wasLost = false;
    /** @type {Map<string, number>} tokens refused since the last answer, and when a run was asked for */
    this.refused = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.socket = this.open();
    // A tab that was asleep need not wait for the next try.
    this.onwake = () => {
      if (!document.hidden && this.socket.readyState === WebSocket.CLOSED) this.reopen();
    };
    document.addEventListener("visibilitychange", this.onwake);
    // The guard opens the page's link again.
    this.onreopening = (/** @type {Event} */ event) => {
      if (event instanceof CustomEvent) this.complete(event.detail);
    };
    document.addEventListener(REOPENING, this.onreopening);
  }

  open() {
    const url = new URL("live", document.baseURI);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url.href);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.attempt = 0;
      this.listeners.onstate("open");
      this.flush();
    };
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = () => {
      if (this.isClosed) return;
      this.takeBack();
      this.wasLost = true;
      this.listeners.onstate("lost");
      const wait = backOff(this.attempt++) * (0.75 + Math.random() / 2);
      this.timer = setTimeout(() => this.reopen(), wait);
    };
    return socket;
  }

  /**
   * What was sent and not answered is asked again, unless something newer of its kind waits. A picture of the camera is
   * old by then.
   */
  takeBack() {
    for (const [kind, { sentAt: _, ...question }] of this.underWay)
      if (!this.waiting.has(kind) && !question.picture) this.waiting.set(kind, question);
    this.underWay.clear();
  }

  reopen() {
    clearTimeout(this.timer);
    if (!this.isClosed) this.socket = this.open();
  }

  /**
   * Ask something; an unsent question of the same kind is replaced. Returns its sequence number.
   * @param {string} kind
   * @param {Question} question
   * @param {Uint8Array} [picture] sent along, for kind "camera"
   */
  ask(kind, question, picture) {
    this.sequence += 1;
    this.waiting.set(kind, {
      ...question,
      picture,
      sequence: this.sequence,
      askedAt: performance.now(),
    });
    this.flush();
    return this.sequence;
  }

  flush() {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    for (const [kind, asked] of this.waiting) {
      const before = this.underWay.get(kind);
      if (before && performance.now() - before.sentAt < ANSWER_MS) continue;
      this.waiting.delete(kind);
      this.underWay.set(kind, { ...asked, sentAt: performance.now() });
      const { askedAt: _, picture, ...entries } = asked;
      const question = { ...entries, kind };
      this.socket.send(picture ? packFrame(question, picture) : JSON.stringify(question));
    }
  }

  /** @param {ArrayBuffer} data */
  receive(data) {
    /** @type {Answer} */
    const answer = unpackFrame(data);
    const [kind, question] =
      [...this.underWay].find(([, { sequence }]) => sequence === answer.header.sequence) ?? [];
    if (kind !== undefined) this.underWay.delete(kind);
    answer.askedAt = question?.askedAt;
    this.flush();
    if (answer.header.kind !== "error") {
      this.wasLost = false;
      if (question && !this.refused.has(question.token)) this.refused.clear();
      this.listeners.onanswer(answer);
    } else if (answer.header.error_kind === "UnknownTokenError") this.renew(question);
    else this.listeners.onerror(answer.header.error);
  }

  /**
   * The server does not know the picture of a question. It may have let the picture go: another run of the page puts
   * it back under a new token, so that is asked for, and asked for again where it does not come. Questions under the
   * token of the picture before may still be out, so a second one that is refused says nothing. Only where one after
   * the other is refused does the page open its own link again. (Where the session is gone, the guard does.)
   * @param {{token: string, sentAt: number} | undefined} question
   */
  renew(question) {
    if (!question) return;
    const { token, sentAt } = question;
    const asked = this.refused.get(token);
    if (asked !== undefined && sentAt - asked <= RENEWAL_MS) return;
    this.refused.set(token, performance.now());
    if (this.refused.size <= MOST_REFUSED) this.listeners.onunknown();
    else {
      const link = new URL(window.location.href);
      this.complete(link);
      window.location.replace(link);
    }
  }

  /**
   * Put into a link the settings that it does not have yet.
   * @param {URL} link
   */
  complete(link) {
    for (const [key, text] of Object.entries(this.listeners.unsaved?.() ?? {}))
      link.searchParams.set(key, text);
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onwake);
    document.removeEventListener(REOPENING, this.onreopening);
    this.socket.close();
  }
}
