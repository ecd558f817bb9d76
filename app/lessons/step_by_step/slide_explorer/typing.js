// Typing a number into a cell. What was typed goes to Python as it is; Python reads it, or says what is wrong with it.

import { el } from "../../../browser/dom.js";
import { readNumber } from "../../../browser/numbers.js";

/**
 * Whether what was typed is another number than the one that is shown; what is no number counts as another one.
 * @param {string} text
 * @param {string} shown
 */
export function isAnother(text, shown) {
  const number = readNumber(text);
  return number === null || number !== readNumber(shown);
}

/**
 * Open an input in a cell; `done(text, refocus)` is called with what was typed, null if nothing changed, and
 * whether the cell gets the focus back: it does not where another place was clicked.
 * @param {{cell: HTMLElement, input?: HTMLInputElement}} node
 * @param {string} shown what the cell shows now
 * @param {string | undefined} typed the first key, where typing opened it
 * @param {(text: string | null, refocus: boolean) => void} done
 */
export function typeInto(node, shown, typed, done) {
  if (node.input) return;
  const input = el("input", {
    value: typed ?? shown.replace("−", "-"),
    inputmode: "decimal",
    "aria-label": "New value",
  });
  node.input = input;
  node.cell.append(input);
  input.focus();
  if (typed) input.setSelectionRange(typed.length, typed.length);
  else input.select();
  let open = true;
  const finish = (/** @type {boolean} */ keep, /** @type {boolean} */ refocus) => {
    if (!open) return;
    open = false;
    node.input = undefined;
    const text = input.value;
    input.remove();
    done(keep && isAnother(text, shown) ? text : null, refocus);
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      finish(true, true);
    }
    if (event.key === "Escape") finish(false, true);
  });
  for (const type of ["pointerdown", "click", "dblclick"])
    input.addEventListener(type, (event) => event.stopPropagation());
  input.addEventListener("blur", () => finish(true, false));
}
