// The photograph with a unit's receptive field framed on it, and its effective receptive field laid over it.

import { el, setAttributes } from "../../../browser/dom.js";

/** @import { Box, FrameBlob } from "./types.js" */

export class InputPicture {
  constructor() {
    this.image = el("img", { class: "photo", draggable: "false" });
    this.view = el("div", { class: "view", title: "the part that is the input of the network" });
    this.overlay = el("img", { class: "effective-field", alt: "", hidden: true });
    this.frame = el("div", { class: "receptive-field", hidden: true });
    this.element = el("div", { class: "picture" }, this.image, this.view, this.overlay, this.frame);
    /** @type {Map<string, string>} addresses of what is shown, to be given back */
    this.urls = new Map();
    /** @type {string | undefined} */ this.key = undefined;
  }

  /**
   * @param {string} key the picture's, so that the same one is not decoded again
   * @param {FrameBlob} blob
   * @param {{alt: string, small: boolean}} how
   */
  show(key, blob, { alt, small }) {
    if (this.key !== key) {
      this.key = key;
      this.image.src = this.address("photo", blob);
    }
    setAttributes(this.image, { alt, class: small ? "photo small" : "photo" });
  }

  /**
   * Give the picture its form, and mark what the network is given of it.
   * @param {number} aspect width over height
   * @param {number[]} view as shares
   */
  shape(aspect, [top, left, height, width]) {
    this.element.style.aspectRatio = String(aspect);
    this.element.style.setProperty("--aspect", String(aspect));
    layOver(this.view, { top, left, height, width });
    this.view.hidden = height >= 0.999 && width >= 0.999;
    layOver(this.overlay, { top, left, height, width });
  }

  /**
   * Show a picture by its address until the page sends it.
   * @param {string} address
   * @param {{alt: string, aspect: number, view: number[], small: boolean}} how as in a page's frame
   */
  preview(address, { alt, aspect, view, small }) {
    this.key = undefined;
    this.image.src = new URL(address, document.baseURI).href;
    setAttributes(this.image, { alt, class: small ? "photo small" : "photo" });
    this.shape(aspect, view);
  }

  /**
   * The address of a picture of its own; the one before it under the same name is given back.
   * @param {string} name
   * @param {FrameBlob} blob
   */
  address(name, { bytes, type }) {
    const before = this.urls.get(name);
    if (before) URL.revokeObjectURL(before);
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    this.urls.set(name, url);
    return url;
  }

  /**
   * Frame a receptive field; null takes the frame off.
   * @param {Box | null} box
   */
  mark(box) {
    this.frame.hidden = !box;
    if (box) layOver(this.frame, box);
  }

  /**
   * Lay the effective receptive field over the picture; null takes it off.
   * @param {FrameBlob | null} blob
   */
  showEffectiveField(blob) {
    this.overlay.hidden = !blob;
    if (blob) this.overlay.src = this.address("effective field", blob);
  }

  close() {
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
    this.urls.clear();
    this.key = undefined;
  }
}

/**
 * Place an element over the picture it lies in.
 * @param {HTMLElement} part
 * @param {Box} box
 */
export function layOver(part, { top, left, height, width }) {
  Object.assign(part.style, {
    top: `${100 * top}%`,
    left: `${100 * left}%`,
    height: `${100 * height}%`,
    width: `${100 * width}%`,
  });
}
