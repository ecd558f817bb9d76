// Presenting: the window's full screen with the stage of the lesson alone, and keys to the lessons beside it.
//
// The page's style sheet (app/style.css) hides the rest by a class on the root, which no run of the page touches, so
// presenting goes on from lesson to lesson.

import { settled } from "../report.js";

const PRESENTING = "presenting";
const CHANGED = "kernelscope:presenting";
/** Clickers send PageUp and PageDown. An arrow counts where nothing has the focus that may have a use for it. */
const NEXT = ["ArrowRight", "PageDown"];
const BEFORE = ["ArrowLeft", "PageUp"];
const OF_CLICKERS = ["PageDown", "PageUp"];
/** What people write into or choose from; a slider, which keeps the focus after a drag, is not among them. */
const WRITTEN_INTO = "input:not([type=range]), select, textarea, [contenteditable]";
const NEIGHBORS = ".st-key-neighbors a";
/** How long a page that was asked for is waited for. */
const MOST_MS = 5000;
const EVERY_MS = 25;

let isListening = false;
/** Done when the page that was asked for last has arrived; the next key counts from there. */
let arrival = Promise.resolve();

export function isPresenting() {
  return document.documentElement.classList.contains(PRESENTING);
}

export async function present() {
  listen();
  set(true);
  try {
    await document.documentElement.requestFullscreen?.();
  } catch {
    // Refused, as on a telephone: the page fills the window then.
  }
}

export function stopPresenting() {
  set(false);
  if (document.fullscreenElement) document.exitFullscreen();
}

/**
 * Call a function when presenting begins or ends; returns what takes it back.
 * @param {() => void} heard
 */
export function whenPresenting(heard) {
  document.addEventListener(CHANGED, heard);
  return () => document.removeEventListener(CHANGED, heard);
}

/** @param {boolean} presenting */
function set(presenting) {
  if (presenting === isPresenting()) return;
  document.documentElement.classList.toggle(PRESENTING, presenting);
  document.dispatchEvent(new CustomEvent(CHANGED));
  // What is sized by the room it has hears of it as of another window.
  window.dispatchEvent(new Event("resize"));
}

function listen() {
  if (isListening) return;
  isListening = true;
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) set(false);
  });
  // Before anything on the page hears of it: the browser leaves its full screen at this key whatever the page does.
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && isPresenting()) stopPresenting();
  };
  window.addEventListener("keydown", leave, { capture: true });
  window.addEventListener("keydown", (event) => {
    if (!isPresenting() || event.defaultPrevented || event.repeat) return;
    const [inner] = event.composedPath();
    const isPage = inner === document.body || inner === document.documentElement;
    const isTaken = inner instanceof Element && inner.matches(WRITTEN_INTO);
    const isFree = isPage || (OF_CLICKERS.includes(event.key) && !isTaken);
    if (!isFree) return;
    if (OF_CLICKERS.includes(event.key)) event.preventDefault();
    if (NEXT.includes(event.key)) follow("last");
    else if (BEFORE.includes(event.key)) follow("first");
  });
}

/**
 * Follow a link of the page's head to the lesson before or after, once the page that is on its way is there.
 * @param {"first" | "last"} which
 */
function follow(which) {
  arrival = arrival.then(() => turnTo(which));
}

/** @param {"first" | "last"} which */
async function turnTo(which) {
  if (!isPresenting()) return;
  const icon = which === "first" ? "arrow_back" : "arrow_forward";
  const link = neighbors().find((one) => one.textContent?.includes(icon));
  if (!link) return;
  const left = addresses();
  const end = performance.now() + MOST_MS;
  link.click();
  // In between there is no page's head.
  while (["", left].includes(addresses()) && performance.now() < end)
    await new Promise((done) => setTimeout(done, EVERY_MS));
  await settled(end - performance.now());
}

/** @returns {HTMLAnchorElement[]} */
function neighbors() {
  return [...document.querySelectorAll(NEIGHBORS)].filter(
    (one) => one instanceof HTMLAnchorElement,
  );
}

function addresses() {
  return neighbors()
    .map(({ href }) => href)
    .join();
}
