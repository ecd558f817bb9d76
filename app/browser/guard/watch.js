// Decides what a page does about its connection; no document here, so that it can be tested.

export const CHECK_MS = 30000;
export const RETRY_MS = 1000;
/** Streamlit reconnects by itself to a session it still has; it tries ever more rarely. */
export const PATIENCE_MS = 10000;

/**
 * What a check found: the page is connected to its session; the session is there and Streamlit has not reconnected; it
 * is gone; or nobody answered.
 * @typedef {"here" | "waiting" | "gone" | "silent"} Finding
 */

/**
 * What to do after a check.
 * @param {Finding} finding
 * @param {boolean} wasLost whether the page already says that the connection is lost
 * @param {number} waitedMs for how long the server has answered without Streamlit having reconnected
 * @returns {{lost: boolean, reopen: boolean, again: number}} whether to say that the connection is lost, whether to
 *   open the page anew, and after how many milliseconds to check again
 */
export function decide(finding, wasLost, waitedMs) {
  if (finding === "silent") return { lost: true, reopen: false, again: RETRY_MS };
  if (finding === "gone") return { lost: wasLost, reopen: true, again: RETRY_MS };
  if (finding === "waiting")
    return { lost: true, reopen: waitedMs >= PATIENCE_MS, again: RETRY_MS };
  return { lost: false, reopen: false, again: CHECK_MS };
}

/**
 * Whether an address differs from the page's own in its query only: a change of settings, no other page.
 * @param {string | URL | null | undefined} url as given to `history.pushState`
 * @param {string} here the page's own address
 */
export function isSamePage(url, here) {
  if (url === null || url === undefined) return true;
  const [there, own] = [new URL(url, here), new URL(here)];
  return there.origin === own.origin && there.pathname === own.pathname;
}
