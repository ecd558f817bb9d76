// The line under the sum: what the pointer reads, the state of the connection, the camera's buttons.

import { el, setAttributes } from "../../../browser/dom.js";

const FROM_CAMERA = "From the camera. The sizes and the notes below are about the picture in use.";

export class Foot {
  /** @param {{oncamera: () => void, onkeep: () => void}} on */
  constructor({ oncamera, onkeep }) {
    // What the sum beside it shows, for whom it is read out.
    this.reading = el("output", { class: "reading spoken", "aria-live": "polite" });
    this.note = el("p", { class: "note quiet", role: "status", hidden: true }, FROM_CAMERA);
    this.status = el("span", { class: "status quiet", role: "status" });
    this.cameraButton = el(
      "button",
      { class: "camera", title: "Stream the camera through the kernel", onclick: oncamera },
      "Live camera",
    );
    this.keepButton = el(
      "button",
      { hidden: true, title: "Make this moment the picture in use", onclick: onkeep },
      "Keep this picture",
    );
    this.element = el(
      "div",
      { class: "foot" },
      this.note,
      this.reading,
      this.status,
      this.keepButton,
      this.cameraButton,
    );
  }

  /** @param {boolean} isOn whether the camera runs */
  showCamera(isOn) {
    setAttributes(this.cameraButton, { "aria-pressed": String(isOn) });
    this.keepButton.hidden = !isOn;
    this.note.hidden = !isOn;
  }
}
