// A stand-in for the camera: a window that wanders over a picture, larger and smaller, as JPEG pictures like the camera's.

import { contextOf } from "./dom.js";
import { fittedShorter, jpegOf } from "./camera.js";

/** @typedef {{left: number, top: number, width: number, height: number}} Window in shares of the picture */

/** Seconds of one round, each of its own length: the window does not come back to the same place soon. */
const ROUND_S = { across: 7, down: 9, size: 11 };
const SIZE = { middle: 0.65, swing: 0.2 };

/**
 * Where the window is; it never leaves the picture, and never stands still.
 * @param {number} seconds since it began
 * @returns {Window}
 */
export function windowAt(seconds) {
  const swing = (/** @type {number} */ round) => Math.sin((2 * Math.PI * seconds) / round);
  const size = SIZE.middle + SIZE.swing * swing(ROUND_S.size);
  const free = 1 - size;
  return {
    left: (free * (1 + swing(ROUND_S.across))) / 2,
    top: (free * (1 + swing(ROUND_S.down))) / 2,
    width: size,
    height: size,
  };
}

export class MovingPicture {
  /**
   * Begin with a picture as soon as it is there; rejects with a sentence.
   * @param {HTMLImageElement} image
   */
  static async open(image) {
    try {
      await image.decode();
    } catch {
      throw new Error("The picture in use could not be read.");
    }
    return new MovingPicture(image);
  }

  /** @param {HTMLImageElement} image the picture, which has been loaded */
  constructor(image) {
    this.image = image;
    this.canvas = document.createElement("canvas");
    this.began = performance.now();
  }

  /**
   * The window of this moment as JPEG bytes.
   * @param {number} shorter how many pixels its shorter side is to have, where it has as many
   */
  async picture(shorter) {
    const { naturalWidth, naturalHeight } = this.image;
    const { left, top, width, height } = windowAt((performance.now() - this.began) / 1000);
    // Always of one size, so that nothing jumps: that of the largest window would be lost on the smallest.
    [this.canvas.width, this.canvas.height] = fittedShorter(naturalWidth, naturalHeight, shorter);
    contextOf(this.canvas).drawImage(
      this.image,
      left * naturalWidth,
      top * naturalHeight,
      width * naturalWidth,
      height * naturalHeight,
      0,
      0,
      this.canvas.width,
      this.canvas.height,
    );
    return jpegOf(this.canvas);
  }

  close() {}
}
