// The buttons below the input picture: open the camera or its stand-in, freeze, Grad-CAM; and a line below the columns.

import { hasCamera } from "../../../browser/camera.js";
import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { CameraAnswer } from "./types.js" */
/** @typedef {"camera" | "moving"} Kind what gives the pictures */

const SAID = {
  camera: "The camera’s picture.",
  moving: "A moving part of the picture in use; no camera is used.",
};
const KEPT =
  "Each column keeps its maps. Freeze to follow a value; the text below is about the picture in use.";

const FROZEN = "Frozen: this moment becomes the picture in use …";

export class CameraBar {
  /**
   * @param {{onopen: (kind: Kind) => void, onclose: () => void, onfreeze: () => void, onsort: () => void,
   *   onexplain: () => void}} on
   */
  constructor(on) {
    /** What runs. @type {Kind | undefined} */
    this.kind = undefined;
    this.camera = el("button", { onclick: () => this.toggle("camera", on) }, "Live camera");
    this.moving = el(
      "button",
      { hidden: true, onclick: () => this.toggle("moving", on) },
      "Moving picture",
    );
    this.freeze = el(
      "button",
      {
        class: "freeze",
        hidden: true,
        title: "Make this moment the picture in use (Space)",
        onclick: on.onfreeze,
      },
      "Freeze",
    );
    this.sort = el("button", { hidden: true, onclick: on.onsort }, "Strongest now");
    this.attribution = el("button", {
      hidden: true,
      "aria-pressed": "false",
      onclick: on.onexplain,
    });
    setText(this.attribution, "Grad-CAM");
    this.className = el("span", { class: "name" });
    this.gradient = el("span", { class: "gradient" });
    this.high = el("span", { class: "numbers" });
    this.legend = el(
      "div",
      { class: "attribution-legend", hidden: true },
      this.className,
      this.gradient,
      el("span", { class: "numbers" }, "0"),
      this.high,
    );
    /** Why there is no camera. */
    this.note = el("p", { class: "quiet small", role: "status" });
    /** What the maps are of; it stands below them. */
    this.words = el("span", { role: "status" });
    this.line = el("div", { class: "camera-line", hidden: true }, this.words, this.sort);
    this.element = el(
      "div",
      { class: "camera-bar" },
      el(
        "div",
        { class: "buttons", role: "group", "aria-label": "Camera" },
        this.camera,
        this.moving,
        this.freeze,
        this.attribution,
      ),
      this.legend,
      this.note,
    );
    void this.offer();
  }

  /** Offer the stand-in where there is no camera. */
  async offer() {
    if (!(await hasCamera())) this.moving.hidden = false;
  }

  /**
   * @param {Kind} kind
   * @param {{onopen: (kind: Kind) => void, onclose: () => void}} on
   */
  toggle(kind, on) {
    if (this.kind) on.onclose();
    else on.onopen(kind);
  }

  /** The browser asks the reader whether the page may have the camera. */
  wait() {
    this.say("Waiting for the camera …");
  }

  /**
   * There is no camera: say why, and offer the stand-in.
   * @param {string} sentence
   */
  fail(sentence) {
    this.moving.hidden = false;
    this.say(`${sentence} “Moving picture” shows the same without a camera.`);
  }

  /** @param {string} sentence */
  say(sentence) {
    setText(this.note, sentence);
  }

  /**
   * @param {Kind | undefined} kind what runs now
   * @param {{canExplain: boolean, isFrozen: boolean}} how
   */
  show(kind, { canExplain, isFrozen }) {
    const isRunning = kind !== undefined && !isFrozen;
    if (kind !== this.kind) this.say("");
    setText(this.words, kind ? (isFrozen ? FROZEN : `${SAID[kind]} ${KEPT}`) : "");
    this.line.hidden = !kind;
    this.kind = kind;
    setText(this.camera, kind === "camera" ? "Close the camera" : "Live camera");
    setText(this.moving, kind === "moving" ? "Stop the picture" : "Moving picture");
    setAttributes(this.camera, { "aria-pressed": String(kind === "camera") });
    setAttributes(this.moving, { "aria-pressed": String(kind === "moving") });
    // One of the two runs; the other would close it.
    if (kind) this[kind === "camera" ? "moving" : "camera"].hidden = true;
    else {
      this.camera.hidden = false;
      void this.offer();
    }
    this.freeze.hidden = !isRunning;
    this.sort.hidden = !isRunning;
    this.attribution.hidden = !isRunning || !canExplain;
    if (!kind) this.legend.hidden = true;
    setAttributes(this.element, { "data-running": isRunning });
  }

  /**
   * Say which class the heat map explains.
   * @param {CameraAnswer["attribution"]} attribution
   * @param {boolean} isPressed whether one is wanted
   * @param {string} gradient as CSS has it
   */
  explain(attribution, isPressed, gradient) {
    setAttributes(this.attribution, { "aria-pressed": String(isPressed) });
    this.legend.hidden = !attribution;
    if (!attribution) return;
    setText(this.className, `Grad-CAM: ${attribution.name}`);
    setText(this.high, attribution.high || "0 everywhere");
    this.gradient.style.background = gradient;
  }
}
