// Maps come as numbers of colors, a byte a pixel, and are colored here with the palettes that come with them.

import { contextOf } from "../../../browser/dom.js";
import { colored, colorsOf } from "../../../browser/pixels.js";

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
    const all = colorsOf(bytes);
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
    const colors = this.colors.get(scale);
    return colors ? colored(levels, colors, { width, height }) : new ImageData(width, height);
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
