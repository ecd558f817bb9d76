// Watches over the page: says that the connection is lost, and opens the page anew where its session is gone.
//
// Everything a visitor chose is in the address, so opening it again brings it all back. Streamlit's own dialog about
// the connection speaks to programmers and is taken off the page.

import { el, rootOf, setText } from "../dom.js";
import { decide, isSamePage } from "./watch.js";

const REOPENED = "kernelscope.reopened";
const SPEAKS_TO_PROGRAMMERS = /Connection error|Streamlit server|streamlit run/;
const NOTE_MS = 8000;
const SOMETIMES_MS = 5000;
const LOST = "The connection is lost. Trying again; nothing you chose is lost.";
const BACK = "The connection was lost for a while. The page is open again with all your settings.";

class Guard {
  constructor() {
    this.element = el("div", { class: "ks guard", role: "status", "aria-live": "polite" });
    this.element.hidden = true;
    this.session = "";
    this.isLost = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.isChecking = false;
    this.waitingSince = 0;
    this.checkedAt = 0;
    for (const name of ["online", "offline", "focus"])
      window.addEventListener(name, () => this.check());
    // Buttons of a page whose session is gone look alive: find out at the first press.
    document.addEventListener("pointerdown", () => this.checkSometimes(), { passive: true });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.check();
    });
    new MutationObserver(() => this.hideDialog()).observe(document.body, {
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

  async check() {
    if (this.isChecking) return;
    this.isChecking = true;
    this.checkedAt = performance.now();
    clearTimeout(this.timer);
    const finding = await this.find();
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
    this.isLost = lost;
    this.timer = setTimeout(() => this.check(), again);
  }

  /** @returns {Promise<import("./watch.js").Finding>} */
  async find() {
    try {
      const url = new URL(`alive/${this.session}`, document.baseURI);
      const { status } = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (status === 204) return "here";
      if (status === 202) return "waiting";
      return status === 404 ? "gone" : "silent";
    } catch {
      return "silent";
    }
  }

  reopen() {
    sessionStorage.setItem(REOPENED, "1");
    window.location.reload();
  }

  /** After the page was opened anew: say so once. */
  greet() {
    if (!sessionStorage.getItem(REOPENED)) return;
    sessionStorage.removeItem(REOPENED);
    this.say(BACK);
    setTimeout(() => {
      if (!this.isLost) this.say("");
    }, NOTE_MS);
  }

  /** @param {string} text */
  say(text) {
    setText(this.element, text);
    this.element.hidden = !text;
  }

  hideDialog() {
    for (const dialog of document.querySelectorAll('[data-testid="stDialog"]')) {
      if (!(dialog instanceof HTMLElement) || dialog.style.display === "none") continue;
      if (!SPEAKS_TO_PROGRAMMERS.test(dialog.textContent ?? "")) continue;
      dialog.style.display = "none";
      this.check();
    }
  }
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
