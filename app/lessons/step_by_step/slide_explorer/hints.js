// What the reader can do with the grids, in words for a pointer and in words for a finger.

/** @import { Role } from "./types.js" */

import { isTouch } from "../../../browser/pointer_words.js";

/** @typedef {{look: string, draw: string, pinned: Record<Role, string>}} Hints */

/** @type {Hints} */
const POINTING = {
  look: "Point at an output, an input or a weight. A click selects it, arrow keys move, Space plays.",
  draw: "Drag over the input to draw; from a cell that is drawn already, to erase. A click selects a cell.",
  pinned: {
    output: "Selected. Arrow keys move, Escape ends the selection.",
    input: "Selected. Type a number to change it. Escape ends the selection.",
    kernel: "Selected. Type a number or press ↑ ↓ to change it. Escape ends the selection.",
  },
};

const CHANGE =
  "Selected. Tap it again to change its number. A tap beside the grids ends the selection.";

/** @type {Hints} */
const TAPPING = {
  look: "Tap an output, an input or a weight to see where it is used.",
  draw: "Drag over the input to draw; from a cell that is drawn already, to erase. A tap selects a cell.",
  pinned: {
    output: "Selected. Tap it again to end the selection.",
    input: CHANGE,
    kernel: CHANGE,
  },
};

/** The hints for this device: with a finger nothing can be pointed at. */
export function hintsHere() {
  return isTouch() ? TAPPING : POINTING;
}
