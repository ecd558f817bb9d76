// What a reader does with the pointer, in words: a finger taps.

/** Whether the reader points with a finger. */
export function isTouch() {
  return window.matchMedia("(hover: none), (pointer: coarse)").matches;
}

/** "Click" or "Tap", as it begins a sentence. */
export function clickWord() {
  return isTouch() ? "Tap" : "Click";
}
