// Typing a number into a cell. What was typed goes to Python as it is; Python says whether it is a number.

import { el } from "../../../browser/dom.js";

/**
 * Open an input in a cell; `done(text, walkOn)` is called with what was typed, null if nothing changed.
 * @param {{cell: HTMLElement, input?: HTMLInputElement}} node
 * @param {string} shown what stands there now
 * @param {string | undefined} typed the first key, where typing opened it
 * @param {(text: string | null, walkOn: boolean) => void} done
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
  const finish = (keep, walkOn) => {
    if (!open) return;
    open = false;
    node.input = undefined;
    const text = input.value;
    input.remove();
    done(keep && text.replace("-", "−") !== shown ? text : null, walkOn);
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
