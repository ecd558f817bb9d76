// Pictures that came as bytes get an address, in place of the one of their name before.

/** @import { FrameBlob } from "./frame.js" */

export class Addresses {
  constructor() {
    /** @type {Map<string, string>} */
    this.urls = new Map();
  }

  /**
   * @param {HTMLImageElement} image
   * @param {FrameBlob | undefined} blob
   */
  show(image, blob) {
    if (!blob) return;
    const before = this.urls.get(blob.name);
    const url = URL.createObjectURL(new Blob([blob.bytes], { type: blob.type }));
    this.urls.set(blob.name, url);
    image.src = url;
    if (before) URL.revokeObjectURL(before);
  }

  close() {
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
    this.urls.clear();
  }
}
