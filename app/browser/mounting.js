// Mounts a component: gives it its reports, and its data, which is fetched first where it is an address
// (app/live/published.py).

import { Reports } from "./report.js";

const KEPT = 8;
const TRIES = 4;
const WAIT_MS = 300;

/** What the last addresses led to. @type {Map<string, any>} */
const fetched = new Map();

/** @import { Mounting, SetStateValue } from "./report.js" */
/** @typedef {{data: any, parentElement: Node, setStateValue: SetStateValue}} Given what Streamlit gives */

/**
 * Fetch what an address leads to: bytes, or an object where it is JSON.
 * @param {string} address relative to the app's own
 */
async function fetchData(address) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(new URL(address, document.baseURI));
      if (!response.ok) throw new Error(String(response.status));
      const isJson = response.headers.get("content-type")?.startsWith("application/json");
      const data = isJson ? await response.json() : new Uint8Array(await response.arrayBuffer());
      fetched.set(address, data);
      for (const old of [...fetched.keys()].slice(0, -KEPT)) fetched.delete(old);
      return data;
    } catch (error) {
      if (attempt === TRIES) throw error;
      await new Promise((done) => setTimeout(done, WAIT_MS * attempt));
    }
  }
}

/**
 * Wrap a component so that it is called with its data, whether that came along or has an address.
 *
 * Data that arrives after newer data was sent is dropped. Where an address leads nowhere, the page
 * runs once more and publishes its data again.
 * @param {(given: Mounting) => void | (() => void)} mount
 */
export function withAddresses(mount) {
  /** @type {WeakMap<object, object>} */
  const newest = new WeakMap();
  /** @type {WeakMap<object, Reports>} */
  const reports = new WeakMap();
  return (/** @type {Given} */ { data, parentElement, setStateValue }) => {
    const call = {};
    newest.set(parentElement, call);
    const own = reports.get(parentElement) ?? new Reports(parentElement);
    reports.set(parentElement, own);
    own.adopt(setStateValue, data?.taken);
    // Asked when it is mounted: while data is fetched, a hand goes on.
    const mounted = (/** @type {any} */ data) =>
      mount({ data, parentElement, report: own.report, unsettled: own.unsettled });
    const address = data?.address;
    if (!address) return mounted(data);
    if (fetched.has(address)) return mounted(fetched.get(address));
    /** @type {void | (() => void)} */
    let cleanup;
    let gone = false;
    fetchData(address).then(
      (data) => {
        if (!gone && newest.get(parentElement) === call) cleanup = mounted(data);
      },
      () => {
        if (!gone && newest.get(parentElement) === call) own.report({});
      },
    );
    return () => {
      gone = true;
      cleanup?.();
    };
  };
}
