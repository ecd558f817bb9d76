// A sheet of small pictures, laid out with gaps between them.

import { contextOf } from "../../../../browser/dom.js";

/** @import { Sheet } from "./types.js" */

const WANTED_PX = 720; // of the longer side; the style sheet makes it smaller, never larger than it is sharp
const GAP_SHARE = 0.08; // of a tile

/**
 * How a sheet is drawn: by how much its pixels are enlarged, the gap between tiles, and the size of all.
 * @param {Pick<Sheet, "columns" | "count" | "height" | "width">} sheet
 */
export function layoutOf({ columns, count, height, width }) {
  const rows = Math.ceil(count / columns);
  const longest = Math.max(columns * width, rows * height);
  const scale = Math.max(1, Math.round(WANTED_PX / longest));
  const gap = Math.max(2, Math.round(GAP_SHARE * scale * Math.min(width, height)));
  return {
    rows,
    scale,
    gap,
    width: columns * width * scale + (columns - 1) * gap,
    height: rows * height * scale + (rows - 1) * gap,
  };
}

/**
 * Draw a sheet.
 * @param {HTMLCanvasElement} canvas
 * @param {ImageBitmap} bitmap
 * @param {Sheet} sheet
 */
export function drawSheet(canvas, bitmap, sheet) {
  const { scale, gap, width, height } = layoutOf(sheet);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.style.setProperty("--aspect", String(width / height));
  const context = contextOf(canvas);
  context.imageSmoothingEnabled = false;
  context.clearRect(0, 0, width, height);
  for (let at = 0; at < sheet.count; at += 1) {
    const [column, row] = [at % sheet.columns, Math.floor(at / sheet.columns)];
    context.drawImage(
      bitmap,
      column * sheet.width,
      row * sheet.height,
      sheet.width,
      sheet.height,
      column * (sheet.width * scale + gap),
      row * (sheet.height * scale + gap),
      sheet.width * scale,
      sheet.height * scale,
    );
  }
}
