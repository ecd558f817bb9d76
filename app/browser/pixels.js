// The pixels of pictures that Python packed without loss, or sent as numbers of colors.

/** @import { FrameBlob } from "./frame.js" */

/** @param {FrameBlob | undefined} blob a PNG */
export async function pixelsOf(blob) {
  if (!blob) throw new Error("The page sent no pixels.");
  const bitmap = await createImageBitmap(new Blob([blob.bytes], { type: blob.type }), {
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/**
 * The colors of a palette, each as one number.
 * @param {Uint8Array} bytes red, green, blue and opacity of one color after the other
 */
export function colorsOf(bytes) {
  return new Uint32Array(bytes.slice().buffer);
}

/**
 * Color a picture that came as numbers of colors.
 * @param {Uint8Array} levels for each pixel the number of its color
 * @param {Uint32Array} colors
 * @param {{width: number, height: number}} size
 */
export function colored(levels, colors, { width, height }) {
  const picture = new ImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = colors[levels[at]];
  return picture;
}
