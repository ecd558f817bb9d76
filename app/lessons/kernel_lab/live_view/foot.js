// The line among the pictures: what the pointer reads, the state of the connection, the rate, the camera's buttons.

import { el, setAttributes } from "../../../browser/dom.js";

const FROM_CAMERA =
  "From the camera. The sizes under the kernel and the notes below are about the picture in use.";

export class Foot {
  /** @param {{oncamera: () => void, onkeep: () => void, onrate: (isShown: boolean) => void}} on */
  constructor({ oncamera, onkeep, onrate }) {
    this.reading = el("output", { class: "reading numbers", "aria-live": "polite" });
    this.note = el("p", { class: "note quiet", role: "status", hidden: true }, FROM_CAMERA);
    this.rate = el("span", { class: "rate numbers quiet" });
    this.status = el("span", { class: "status quiet", role: "status" });
    this.rateButton = el(
      "button",
      {
        class: "toggle",
        title: "Show or hide how fast the live view is",
        "aria-pressed": "true",
        onclick: () => {
          const isShown = this.rateButton.getAttribute("aria-pressed") !== "true";
          setAttributes(this.rateButton, { "aria-pressed": String(isShown) });
          onrate(isShown);
        },
      },
      "fps",
    );
    this.cameraButton = el(
      "button",
      {
        class: "toggle",
        title: "Stream the camera through the kernel",
        onclick: oncamera,
      },
      "Live camera",
    );
    this.keepButton = el(
      "button",
      {
        class: "toggle",
        hidden: true,
        title: "Make this moment the picture in use",
        onclick: onkeep,
      },
      "Keep this picture",
    );
    this.element = el(
      "div",
      { class: "foot" },
      this.note,
      this.reading,
      this.status,
      this.rate,
      this.keepButton,
      this.cameraButton,
      this.rateButton,
    );
  }

  /** @param {boolean} isOn whether the camera runs */
  showCamera(isOn) {
    setAttributes(this.cameraButton, { "aria-pressed": String(isOn) });
    this.keepButton.hidden = !isOn;
    this.note.hidden = !isOn;
  }
}
