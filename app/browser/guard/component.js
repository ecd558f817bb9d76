// Watches over the page: says that the connection is lost, and opens the page anew where its session is gone.
//
// What a visitor chose is in the address, so opening it again brings it back. A change that the server has not taken
// over is not: as long as the session is there, the components are told to report it again; with the session it is
// lost. Streamlit's own dialog about the connection is written for programmers and is taken off the page.

import { el, rootOf, setText } from "../dom.js";
import { CONNECTED, isRunning, REOPENING, UNCONFIRMED } from "../report.js";
import { keepSlidersSteady } from "./steady_sliders.js";
import { UploadUnderWay } from "./upload.js";
import { decide, isSamePage } from "./watch.js";

const REOPENED = "kernelscope.reopened";
const UPLOAD = "upload-";
const DIALOG = '[data-testid="stDialog"]';
/** The dialog takes so long to fade, and gives the focus to nobody. */
const FOCUS_MS = 500;
const SPEAKS_TO_PROGRAMMERS = /Connection error|Streamlit server|streamlit run/;
const NOTE_MS = 10000;
const SOMETIMES_MS = 5000;
const ANSWER_MS = 8000;
/** After the line is back, a file that was on its way may still arrive by itself. */
const UPLOAD_MS = 5000;
const UPLOAD_LOST = "kernelscope.upload";
/** With a change that waits, a line on which nothing arrives has to be noticed soon. */
const ANSWER_TO_CHANGE_MS = 4000;
const LOST =
  "The connection is lost. Please wait: the page goes on when it is back. Changes made now may be lost.";
const BACK = "The connection was lost for a while. The page was opened again, with your settings.";
const BACK_WITH_UPLOAD = `${BACK} If your own picture is gone, upload it again.`;

class Guard {
  constructor() {
    this.element = el("div", { class: "ks guard", role: "status", "aria-live": "polite" });
    this.element.hidden = true;
    this.session = "";
    this.isLost = false;
    this.upload = new UploadUnderWay(() => this.missUpload());
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.isChecking = false;
    this.waitingSince = 0;
    this.checkedAt = 0;
    for (const name of ["online", "offline", "focus"])
      window.addEventListener(name, () => this.check());
    // Buttons of a page whose session is gone look alive: find out at the first press.
    document.addEventListener("pointerdown", () => this.checkSometimes(), { passive: true });
    keepSlidersSteady(document);
    document.addEventListener(UNCONFIRMED, () => this.check(ANSWER_TO_CHANGE_MS));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.check();
    });
    /** @type {HTMLElement | undefined} what had the focus last, outside of dialogs */
    this.focused = undefined;
    document.addEventListener("focusin", (event) => {
      const [inner] = event.composedPath();
      if (inner instanceof HTMLElement && !inner.closest(DIALOG)) this.focused = inner;
    });
    new MutationObserver(() => this.closeDialog()).observe(document.body, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    keepHistoryShort();
    this.greet();
    this.timer = setTimeout(() => this.check(), 5000);
  }

  /** @param {{session: string}} data */
  update({ session }) {
    // Streamlit gave this page a new session: what is on it belongs to the one that is gone.
    if (this.session && this.session !== session) this.reopen();
    this.session = session;
  }

  checkSometimes() {
    if (performance.now() - this.checkedAt > SOMETIMES_MS) this.check();
  }

  /** @param {number} [patience] milliseconds after which no answer counts as silence */
  async check(patience = ANSWER_MS) {
    if (this.isChecking) return;
    this.isChecking = true;
    this.checkedAt = performance.now();
    clearTimeout(this.timer);
    const finding = await this.find(patience);
    if (finding !== "waiting") this.waitingSince = 0;
    else this.waitingSince ||= performance.now();
    const waited = this.waitingSince && performance.now() - this.waitingSince;
    const { lost, reopen, again } = decide(finding, this.isLost, waited);
    this.isChecking = false;
    if (reopen) {
      this.reopen();
      return;
    }
    if (lost !== this.isLost) this.say(lost ? LOST : "");
    const wasLost = this.isLost;
    this.isLost = lost;
    if (wasLost && !lost && this.upload.missing) setTimeout(() => this.missUpload(), UPLOAD_MS);
    if (finding === "here" && isConnected(wasLost))
      document.dispatchEvent(new CustomEvent(CONNECTED));
    this.timer = setTimeout(() => this.check(), again);
  }

  /**
   * @param {number} patience milliseconds
   * @returns {Promise<import("./watch.js").Finding>}
   */
  async find(patience) {
    try {
      const url = new URL(`alive/${this.session}`, document.baseURI);
      const signal = AbortSignal.timeout(patience);
      const { status } = await fetch(url, { cache: "no-store", signal });
      if (status === 204) return "here";
      if (status === 202) return "waiting";
      return status === 404 ? "gone" : "silent";
    } catch {
      return "silent";
    }
  }

  reopen() {
    const link = new URL(window.location.href);
    const hasUpload = link.searchParams.get("picture")?.startsWith(UPLOAD);
    sessionStorage.setItem(REOPENED, hasUpload ? UPLOAD : "1");
    if (this.upload.missing) sessionStorage.setItem(UPLOAD_LOST, this.upload.missing);
    document.dispatchEvent(new CustomEvent(REOPENING, { detail: link }));
    window.location.replace(link);
  }

  /** After the page was opened anew: say so once. */
  greet() {
    const reopened = sessionStorage.getItem(REOPENED);
    if (!reopened) return;
    const file = sessionStorage.getItem(UPLOAD_LOST);
    sessionStorage.removeItem(REOPENED);
    sessionStorage.removeItem(UPLOAD_LOST);
    const back = reopened === UPLOAD ? BACK_WITH_UPLOAD : BACK;
    this.sayForAWhile(file ? `${back} ${notArrived(file)}` : back);
  }

  /** The line is back, and of a file that was on its way nothing is to be seen. */
  missUpload() {
    const file = this.upload.missing;
    if (!file || this.isLost) return; // while the connection is lost, it is looked for when it is back
    this.upload.forget();
    this.sayForAWhile(notArrived(file));
  }

  /** @param {string} text */
  sayForAWhile(text) {
    this.say(text);
    setTimeout(() => {
      if (!this.isLost && this.element.textContent === text) this.say("");
    }, NOTE_MS);
  }

  /** @param {string} text */
  say(text) {
    setText(this.element, text);
    this.element.hidden = !text;
  }

  /** Close Streamlit's dialog: hidden alone it would still keep the keyboard from the page. */
  closeDialog() {
    for (const dialog of document.querySelectorAll(DIALOG)) {
      if (!(dialog instanceof HTMLElement) || dialog.style.display === "none") continue;
      if (!SPEAKS_TO_PROGRAMMERS.test(dialog.textContent ?? "")) continue;
      dialog.style.display = "none";
      const { focused } = this;
      const close = dialog.querySelector('button[aria-label="Close"]');
      if (close instanceof HTMLElement) close.click();
      setTimeout(() => focused?.focus({ preventScroll: true }), FOCUS_MS);
      this.check();
    }
  }
}

/** @param {string} file its name */
function notArrived(file) {
  return `The file “${file}” did not arrive: choose it again.`;
}

/**
 * Whether Streamlit would send now what a component reports. While a run is under way, a report may be on its way to
 * being taken over, and to repeat it would stop the run; unless the connection was lost, and the run with it.
 * @param {boolean} wasLost
 */
function isConnected(wasLost) {
  const app = document.querySelector("[data-test-connection-state]");
  const state = app instanceof HTMLElement ? app.dataset.testConnectionState : undefined;
  return state === "CONNECTED" && (wasLost || !isRunning());
}

/** Let a change of settings replace the address instead of adding a step: one press of Back leaves the page. */
function keepHistoryShort() {
  const push = window.history.pushState.bind(window.history);
  window.history.pushState = (state, unused, url) => {
    if (isSamePage(url, window.location.href)) window.history.replaceState(state, unused, url);
    else push(state, unused, url);
  };
}

/** @param {import("../report.js").Mounting} mounting */
export default function ({ data, parentElement }) {
  if (!data) return;
  rootOf(parentElement, () => new Guard()).update(data);
}
