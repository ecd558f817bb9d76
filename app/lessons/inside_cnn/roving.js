// One stop of the Tab key for many elements: arrow keys, Home and End lead from one to the next.

import { setAttributes } from "../../browser/dom.js";

/** @typedef {"horizontal" | "vertical" | "rows"} Orientation "rows": in rows one below the other, as in a grid */
/** @typedef {{left: number, top: number}} Corner */

const SAME_ROW_PX = 4;

export class Roving {
  /**
   * @param {HTMLElement} element what holds the elements
   * @param {string} selector which elements within it
   * @param {Orientation | null} orientation which arrow keys lead on; null where the elements take them themselves
   */
  constructor(element, selector, orientation) {
    this.element = element;
    this.selector = selector;
    this.orientation = orientation;
    /** @type {HTMLElement | undefined} the one that the Tab key leads to */
    this.current = undefined;
    element.addEventListener("focusin", (event) => this.adopt(event.target));
    if (orientation) element.addEventListener("keydown", (event) => this.key(event));
  }

  /** The elements that can be reached, in their order. @returns {HTMLElement[]} */
  get items() {
    /** @type {NodeListOf<HTMLElement>} */
    const found = this.element.querySelectorAll(this.selector);
    return [...found].filter((item) => !item.hidden);
  }

  /** Take every element but one out of the way of the Tab key; to be called when they have changed. */
  refresh() {
    const { items } = this;
    if (!this.current || !items.includes(this.current))
      this.current =
        items.find((item) => item.matches("[aria-pressed=true], [aria-current=true]")) ?? items[0];
    for (const item of items) setAttributes(item, { tabindex: item === this.current ? "0" : "-1" });
  }

  /** @param {EventTarget | null} target what the focus is on now */
  adopt(target) {
    if (!(target instanceof HTMLElement) || !this.items.includes(target)) return;
    this.current = target;
    this.refresh();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { items } = this;
    const at = items.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = this.orientation && nextOf(event.key, at, this.orientation, items);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    items[next].focus();
  }
}

/**
 * Where a key leads from the element at a position; null for a key that leads nowhere here.
 * @param {string} key
 * @param {number} at
 * @param {Orientation} orientation
 * @param {HTMLElement[]} items
 * @returns {number | null}
 */
function nextOf(key, at, orientation, items) {
  if (orientation === "rows" && ["ArrowUp", "ArrowDown"].includes(key))
    return besideRow(
      items.map((item) => item.getBoundingClientRect()),
      at,
      key === "ArrowUp" ? -1 : 1,
    );
  return alongLine(key, at, orientation, items.length);
}

/**
 * Where a key leads along one line.
 * @param {string} key
 * @param {number} at
 * @param {Orientation} orientation
 * @param {number} count
 * @returns {number | null}
 */
export function alongLine(key, at, orientation, count) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const [back, on] =
    orientation === "vertical" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  if (key !== back && key !== on) return null;
  return Math.min(Math.max(at + (key === on ? 1 : -1), 0), count - 1);
}

/**
 * The nearest element in the next row up or down; the same one where there is none.
 * @param {Corner[]} corners
 * @param {number} at
 * @param {1 | -1} way down or up
 */
export function besideRow(corners, at, way) {
  const here = corners[at];
  const beyond = corners
    .map(({ left, top }, index) => ({ index, down: way * (top - here.top), left }))
    .filter(({ down }) => down > SAME_ROW_PX);
  const nearest = Math.min(...beyond.map(({ down }) => down));
  const row = beyond.filter(({ down }) => down - nearest <= SAME_ROW_PX);
  row.sort((one, other) => Math.abs(one.left - here.left) - Math.abs(other.left - here.left));
  return row[0]?.index ?? at;
}
