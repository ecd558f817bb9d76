// Where the plots of a signal are: the signal above the output, point above point, and the kernel beside or above them.

import { PlotView } from "./plot.js";

/** @import { Scene, View, Views } from "./types.js" */
/** @import { Space } from "./stage_layout.js" */

const KERNEL_REM = { least: 9, weight: 2.6 };
const KERNEL_SHARE = 0.28; // of the width, at most
const BESIDE_REM = 2.5;
const NARROW_HEIGHT_REM = 8.5;
const HEAD_GAP_PX = 4;
const APART_REM = 0.5;
const FONT_REM = { least: 0.7, most: 1.15 };

/**
 * @param {Views} views
 * @param {Scene} scene
 * @param {Space} space
 */
export function placePlots({ input, kernel, output }, scene, space) {
  const { width, height, rem, least, narrow } = space;
  const weights = kernel[0].grid.columns;
  const points = input[0].grid.columns;
  const usual = Math.max(KERNEL_REM.least, weights * KERNEL_REM.weight) * rem;
  const left = Math.min(usual, (narrow ? 1 : KERNEL_SHARE) * width);
  const wide = Math.floor(narrow ? width : width - left - BESIDE_REM * rem);
  const pitch = wide / points;
  const heads = 2 * (input[0].head.offsetHeight + HEAD_GAP_PX) + APART_REM * rem;
  const each = narrow ? NARROW_HEIGHT_REM * rem : Math.floor((height - heads) / 2);
  const small = Math.max(least, FONT_REM.least * rem, pitch * 0.42);
  const font = Math.max(least, Math.min(FONT_REM.most * rem, small));
  const signal = middlesOf(points, pitch);
  const results = scene.input_indices[1].map(
    (cells) => (signal[cells[0]] + signal[cells[cells.length - 1]]) / 2,
  );
  const apart = results.length > 1 ? results[1] - results[0] : pitch;
  const strip = left / weights;
  const common = { width: wide, height: each, font, least };
  place(input[0], { ...common, middles: signal, strip: pitch });
  place(output[0], { ...common, middles: results, strip: apart });
  const middles = middlesOf(weights, strip);
  place(kernel[0], { ...common, width: left, middles, strip, font: Math.max(font, rem) });
}

/**
 * @param {View} view
 * @param {Parameters<PlotView["place"]>[0]} how
 */
function place(view, how) {
  if (view instanceof PlotView) view.place(how);
}

/**
 * @param {number} count
 * @param {number} pitch
 */
function middlesOf(count, pitch) {
  return Array.from({ length: count }, (_, index) => (index + 0.5) * pitch);
}
