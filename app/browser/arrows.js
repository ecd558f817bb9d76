// What arrow keys mean where things lie in rows and columns, or one behind the other.

import { setAttributes } from "./dom.js";

/**
 * Rows down and columns across, by the key's name.
 * @type {Readonly<Record<string, readonly [number, number]>>}
 */
export const ARROWS = Object.freeze({
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
});

/**
 * Move the focus to the next or the one before of things of which one is a stop of the Tab key, around the ends.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} all
 */
export function goAlong(event, all) {
  const [down, across] = ARROWS[event.key] ?? [0, 0];
  const way = down + across;
  const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
  if (!way || at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  const next = all[(at + way + all.length) % all.length];
  for (const one of all) setAttributes(one, { tabindex: one === next ? "0" : "-1" });
  next.focus({ preventScroll: true });
}
