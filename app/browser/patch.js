// Which pixels a magnifier shows, and how a cell is labelled. Layout only.

/** First pixel of a patch of `size` around `middle`, kept inside 0..length. */
export function patchStart(middle, size, length) {
  return Math.min(Math.max(middle - Math.floor(size / 2), 0), Math.max(length - size, 0));
}

/** Pixels a patch can show along an axis. */
export function patchSize(size, length) {
  return Math.min(size, length);
}

/** Black or white, whichever can be read on this color. */
export function readable(red, green, blue) {
  return red * 0.299 + green * 0.587 + blue * 0.114 > 140 ? "#10151c" : "#ffffff";
}
