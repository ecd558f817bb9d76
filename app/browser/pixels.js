// The pixels of pictures that Python packed without loss.

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
