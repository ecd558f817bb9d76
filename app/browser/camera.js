// The webcam as a stream of JPEG pictures, at most 512 pixels a side; the next one is taken when asked for.

import { contextOf } from "./dom.js";

const MAX_SIDE = 512;
const QUALITY = 0.85;

/**
 * Why there is no camera here, as a sentence; "" where there may be one.
 * @param {{navigator: {mediaDevices?: MediaDevices}}} page browsers leave `mediaDevices` out of insecure pages
 */
export function cameraProblem(page = window) {
  if (page.navigator.mediaDevices) return "";
  return "Browsers give the camera to pages on localhost or over HTTPS only; this page is neither.";
}

/**
 * The size a video is sent at.
 * @param {number} width
 * @param {number} height
 * @returns {[number, number]}
 */
export function fitted(width, height, side = MAX_SIDE) {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/**
 * The size at which the shorter side has `shorter` pixels, and none more than a video is sent with.
 * @param {number} width
 * @param {number} height
 * @param {number} shorter
 * @returns {[number, number]}
 */
export function fittedShorter(width, height, shorter) {
  const [least, most] = [Math.min(width, height), Math.max(width, height)];
  return fitted(width, height, Math.min(MAX_SIDE, Math.round((most * shorter) / least)));
}

/** Whether there may be a camera; browsers list none by name before one was allowed, but tell how many there are. */
export async function hasCamera() {
  if (cameraProblem()) return false;
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices.some(({ kind }) => kind === "videoinput");
}

/**
 * What is on a canvas, as JPEG bytes.
 * @param {HTMLCanvasElement} canvas
 */
export async function jpegOf(canvas) {
  /** @type {Blob | null} */
  const blob = await new Promise((done) => {
    canvas.toBlob(done, "image/jpeg", QUALITY);
  });
  if (!blob) throw new Error("There is no picture to send.");
  return new Uint8Array(await blob.arrayBuffer());
}

export class Camera {
  /**
   * Ask for the camera; rejects with a sentence.
   * @param {number} [frames] how many a second are enough; a network is shown fewer than a kernel, and each one costs
   */
  static async open(frames = 30) {
    const problem = cameraProblem();
    if (problem) throw new Error(problem);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: frames } },
      });
      const camera = new Camera(stream);
      await camera.video.play();
      return camera;
    } catch (error) {
      throw new Error(
        error instanceof DOMException && error.name === "NotAllowedError"
          ? "The browser was told not to give the camera to this page."
          : "No camera answered; is one connected, and free?",
      );
    }
  }

  /** @param {MediaStream} stream */
  constructor(stream) {
    this.stream = stream;
    this.video = Object.assign(document.createElement("video"), {
      srcObject: stream,
      muted: true,
      playsInline: true,
    });
    this.canvas = document.createElement("canvas");
  }

  /**
   * The picture of this moment as JPEG bytes.
   * @param {number} [shorter] how many pixels its shorter side is to have, where fewer are enough
   */
  async picture(shorter = MAX_SIDE) {
    const { videoWidth, videoHeight } = this.video;
    [this.canvas.width, this.canvas.height] = fittedShorter(videoWidth, videoHeight, shorter);
    contextOf(this.canvas).drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return jpegOf(this.canvas);
  }

  /**
   * Be told when the camera ends by itself: it was unplugged, or the browser took it back.
   * @param {() => void} listener
   */
  onended(listener) {
    for (const track of this.stream.getTracks()) track.addEventListener("ended", listener);
  }

  close() {
    for (const track of this.stream.getTracks()) track.stop();
  }
}
