// The camera's picture where the photograph stands, and the heat map of a class over it.

import { contextOf, el, setAttributes } from "../../../browser/dom.js";
import { colored, colorsOf } from "../../../browser/pixels.js";
import { layOver } from "./picture.js";

/** @import { InputPicture } from "./picture.js" */
/** @import { CameraAnswer, FrameBlob } from "./types.js" */

export class CameraPicture {
  /** @param {InputPicture} picture where it stands */
  constructor(picture) {
    this.picture = picture;
    this.canvas = el("canvas", { class: "photo", role: "img", hidden: true });
    this.attribution = el("canvas", { class: "attribution", "aria-hidden": "true", hidden: true });
    picture.image.after(this.canvas);
    picture.view.after(this.attribution);
    /** @type {Uint32Array | undefined} the colors of the heat map */
    this.colors = undefined;
    /** How large the frame is, and what the network is given of it: laid out once. */
    this.form = "";
  }

  /**
   * Paint a frame and what lies over it.
   * @param {ImageBitmap} frame
   * @param {CameraAnswer} answer
   * @param {Map<string, FrameBlob>} blobs
   * @param {string} name of what is shown
   */
  paint(frame, { view, attribution }, blobs, name) {
    const { canvas, picture } = this;
    const [top, left, height, width] = view;
    const { width: wide, height: high } = frame;
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    contextOf(canvas).drawImage(frame, 0, 0);
    setAttributes(canvas, { "aria-label": name });
    canvas.hidden = false;
    picture.image.hidden = true;
    const form = [wide, high, ...view].join(" ");
    if (form !== this.form) {
      this.form = form;
      picture.shape(wide / high, view);
      layOver(this.attribution, { top, left, height, width });
    }
    const [levels, palette] = [blobs.get("attribution"), blobs.get("attribution_palette")];
    this.attribution.hidden = !attribution || !levels || !palette;
    if (attribution && levels && palette)
      this.paintAttribution(levels.bytes, palette.bytes, attribution);
  }

  /**
   * @param {Uint8Array} levels
   * @param {Uint8Array<ArrayBuffer>} palette
   * @param {{height: number, width: number}} size
   */
  paintAttribution(levels, palette, { height, width }) {
    this.colors ??= colorsOf(palette);
    const drawn = colored(levels, this.colors, { width, height });
    if (this.attribution.width !== width || this.attribution.height !== height) {
      this.attribution.width = width;
      this.attribution.height = height;
    }
    contextOf(this.attribution).putImageData(drawn, 0, 0);
  }

  /** The photograph stands here again. */
  hide() {
    this.form = "";
    this.canvas.hidden = true;
    this.attribution.hidden = true;
    this.picture.image.hidden = false;
  }
}
