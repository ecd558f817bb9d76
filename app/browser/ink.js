// Which ink can be read on a color that only the browser knows; for all others Python chooses.

export const DARK_INK = "#000000";
export const LIGHT_INK = "#ffffff";

/** The light that each of the 256 values of a channel stands for, 0 to 1. */
const LINEAR = Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/**
 * Black or white ink, by WCAG 2's contrast: the same as `ink_on` in app/drawing/colors.py.
 * @param {number} red 0 to 255, like the others
 * @param {number} green
 * @param {number} blue
 */
export function inkOn(red, green, blue) {
  const light = luminance(red, green, blue) + 0.05;
  return light / 0.05 > 1.05 / light ? DARK_INK : LIGHT_INK;
}

/**
 * WCAG 2's relative luminance of an sRGB color, 0 to 1.
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 */
function luminance(red, green, blue) {
  return 0.2126 * LINEAR[red] + 0.7152 * LINEAR[green] + 0.0722 * LINEAR[blue];
}
