// Maps come as numbers of colors, a byte a pixel, and are colored here with the palettes that come with them.

import { contextOf } from "../../../browser/dom.js";

const SCALES = ["signed", "activation", "photo"];
const COLORS = 256;

export class Palettes {
  constructor() {
    /** @type {Map<string, Uint32Array>} by the name of the scale */
    this.colors = new Map();
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes of all palettes: 256 colors each, 4 bytes a color */
  take(bytes) {
    if (this.colors.size) return;
    const all = new Uint32Array(bytes.slice().buffer);
    SCALES.forEach((scale, at) => {
      this.colors.set(scale, all.slice(at * COLORS, (at + 1) * COLORS));
    });
  }

  /**
   * Color levels as a picture.
   * @param {Uint8Array} levels
   * @param {{scale: string, width: number, height: number}} layout
   */
  picture(levels, { scale, width, height }) {
    const picture = new ImageData(width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    const colors = this.colors.get(scale);
    if (colors) for (let at = 0; at < pixels.length; at += 1) pixels[at] = colors[levels[at]];
    return picture;
  }

  /**
   * Color levels as a sprite, at once: an encoded picture would be decoded when the browser comes to it.
   * @param {Uint8Array} levels
   * @param {{scale: string, width: number, height: number}} layout
   */
  sprite(levels, layout) {
    const canvas = new OffscreenCanvas(layout.width, layout.height);
    /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d")).putImageData(
      this.picture(levels, layout),
      0,
      0,
    );
    return canvas.transferToImageBitmap();
  }

  /**
   * Paint levels on a canvas, which takes their size.
   * @param {HTMLCanvasElement} canvas
   * @param {Uint8Array} levels
   * @param {{scale: string, width: number, height: number}} layout
   */
  paint(canvas, levels, layout) {
    canvas.width = layout.width;
    canvas.height = layout.height;
    contextOf(canvas).putImageData(this.picture(levels, layout), 0, 0);
  }
}
