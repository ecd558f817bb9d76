/** Pixels of one rem: classroom mode enlarges everything by it. */
export function rootSize() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
