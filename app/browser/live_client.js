// The socket beside Streamlit: questions as JSON text, answers as binary frames.
//
// One question is under way at a time; while it is, only the newest of those that follow is kept. So a slow
// server or a slow browser makes frames rarer and never later.

import { packFrame, unpackFrame } from "./frame.js";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8000;
const ANSWER_MS = 10000;

/** How long to wait before the `attempt`-th try to connect again, without the random part. */
export function backOff(attempt) {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
}

export class LiveClient {
  /**
   * @param {string} url
   * @param {{onframe: (answer: Object) => void, onstate: (state: "open" | "lost" | "closed") => void}} on
   */
  constructor(url, { onframe, onstate }) {
    Object.assign(this, { url, onframe, onstate });
    this.sequence = 0;
    this.waiting = new Map(); // newest question of each kind that has not been sent
    this.underWay = new Map(); // kind -> {sequence, sentAt}
    this.attempt = 0;
    this.closed = false;
    // A tab that was asleep need not wait for the next try.
    this.onwake = () => {
      if (!document.hidden && this.socket.readyState === WebSocket.CLOSED) this.connect();
    };
    document.addEventListener("visibilitychange", this.onwake);
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.socket = new WebSocket(this.url);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => {
      this.attempt = 0;
      this.underWay.clear();
      this.onstate("open");
      this.flush();
    };
    this.socket.onmessage = ({ data }) => this.receive(data);
    this.socket.onclose = () => {
      if (this.closed) return;
      this.underWay.clear();
      this.onstate("lost");
      const wait = backOff(this.attempt++) * (0.75 + Math.random() / 2);
      this.timer = setTimeout(() => this.connect(), wait);
    };
  }

  /**
   * Ask something; an unsent question of the same kind is replaced. Returns its sequence number.
   * @param {string} kind
   * @param {Object} question
   * @param {Uint8Array} [picture] sent along, for kind "camera"
   */
  ask(kind, question, picture) {
    this.sequence += 1;
    this.waiting.set(kind, {
      ...question,
      kind,
      picture,
      sequence: this.sequence,
      askedAt: performance.now(),
    });
    this.flush();
    return this.sequence;
  }

  flush() {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    for (const [kind, { askedAt, picture, ...question }] of this.waiting) {
      const before = this.underWay.get(kind);
      if (before && performance.now() - before.sentAt < ANSWER_MS) continue;
      this.waiting.delete(kind);
      this.underWay.set(kind, { sequence: question.sequence, askedAt, sentAt: performance.now() });
      this.socket.send(picture ? packFrame(question, picture) : JSON.stringify(question));
    }
  }

  receive(data) {
    const answer = unpackFrame(data);
    for (const [kind, { sequence, askedAt }] of this.underWay) {
      if (sequence === answer.header.sequence) {
        this.underWay.delete(kind);
        answer.askedAt = askedAt;
      }
    }
    this.flush();
    this.onframe(answer);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onwake);
    this.socket.close();
  }
}
