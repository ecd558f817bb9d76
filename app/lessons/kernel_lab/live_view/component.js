// The pictures of the Kernel lab: what went in, the response, after activation, after pooling.
// Paints frames, from the page or from the live channel; frames the window under the pointer in all of them.

import { Camera } from "./camera.js";
import { labChannel } from "../../../browser/channel.js";
import { el, isDark, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { LiveClient } from "../../../browser/live_client.js";
import { cellAt, nearestOutput, windowSpan } from "../../../browser/window_geometry.js";

const QUIET_LOST = "Live view lost; changes still arrive when you let go. Connecting again…";

class View {
  constructor() {
    this.panels = new Map();
    this.stage = el("div", { class: "stage" });
    this.reading = el("output", { class: "reading numbers", "aria-live": "polite" });
    this.rate = el("span", { class: "rate numbers quiet" });
    this.status = el("span", { class: "status quiet", role: "status" });
    this.rateButton = el(
      "button",
      {
        class: "toggle",
        title: "Show or hide how fast the live view is",
        onclick: () => {
          this.element.classList.toggle("with-rate");
          this.syncRate();
        },
      },
      "fps",
    );
    this.cameraButton = el(
      "button",
      {
        class: "toggle",
        title: "Stream the camera through the kernel",
        onclick: () => this.toggleCamera(),
      },
      "Live camera",
    );
    this.keepButton = el(
      "button",
      {
        class: "toggle",
        hidden: true,
        title: "Make this moment the picture in use",
        onclick: () => {
          this.keeping = true;
        },
      },
      "Keep this picture",
    );
    this.foot = el(
      "div",
      { class: "foot" },
      this.reading,
      this.status,
      this.rate,
      this.keepButton,
      this.cameraButton,
      this.rateButton,
    );
    this.stage.append(this.foot);
    this.element = el("div", { class: "ks live-view with-rate" }, this.stage);
    this.painted = { sequence: -1, version: "" };
    this.times = [];
    this.visible = new Set();
    this.watcher = new IntersectionObserver((entries) => this.see(entries));
    // Sizes and colors are read here, not while a frame is painted: reading them makes the browser lay out.
    this.widths = new Map();
    this.ruler = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries)
        this.widths.set(target, contentRect.width * window.devicePixelRatio);
    });
    this.syncRate();
  }

  /** Only pictures on the screen are asked for; one that scrolls into view is asked for then. */
  see(entries) {
    const before = this.visible.size;
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.visible.add(target.dataset.panel);
      else this.visible.delete(target.dataset.panel);
    }
    if (this.visible.size > before && this.stale) this.ask();
  }

  async toggleCamera() {
    if (this.camera) {
      this.stopCamera();
      this.ask();
      return;
    }
    try {
      this.camera = await Camera.open();
    } catch (error) {
      setText(this.status, error.message);
      return;
    }
    setText(this.status, "");
    setAttributes(this.cameraButton, { "aria-pressed": "true" });
    this.keepButton.hidden = false;
    this.askCamera();
  }

  stopCamera() {
    this.camera?.close();
    this.camera = undefined;
    setAttributes(this.cameraButton, { "aria-pressed": "false" });
    this.keepButton.hidden = true;
  }

  /** Send the camera's picture of this moment; its answer asks for the next one. */
  async askCamera() {
    if (!this.camera) return;
    const picture = await this.camera.picture();
    // The wish to keep one stands until it was answered: a question may be overtaken by the next.
    this.client?.ask("camera", { ...this.question(), keep: Boolean(this.keeping) }, picture);
  }

  syncRate() {
    setAttributes(this.rateButton, {
      "aria-pressed": String(this.element.classList.contains("with-rate")),
    });
  }

  /** Take the page's own frame. */
  update(data) {
    const { header, blobs } = unpackFrame(data);
    const renewed = this.token !== header.token;
    if (renewed) this.painted.sequence = -1;
    this.token = header.token;
    this.listen(header.lab);
    if (this.version !== header.version) {
      this.version = header.version;
      this.pageFrame = { header, blobs };
      this.channel.commit(header.settings);
    }
    this.dark = isDark(this.element);
    if (this.dark !== header.dark || (renewed && this.channel.pending)) this.ask();
  }

  listen(name) {
    if (this.channel) return;
    this.channel = labChannel(name);
    this.onDraft = () => this.ask();
    this.onCommit = () => {
      if (this.channel.pending) this.ask();
      else this.show(this.pageFrame, this.client?.sequence ?? 0);
    };
    this.channel.addEventListener("draft", this.onDraft);
    this.channel.addEventListener("commit", this.onCommit);
  }

  connect() {
    if (this.client) return;
    const url = new URL("/live", window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.client = new LiveClient(url.href, {
      onframe: (answer) => this.receive(answer),
      onstate: (state) => {
        setText(this.status, state === "lost" ? QUIET_LOST : "");
        if (state === "lost") this.wasLost = true;
        else if (this.camera) this.askCamera();
        // After a loss the question also finds out whether the server still knows this picture.
        else if (this.channel?.pending || this.wasLost) this.ask();
      },
    });
  }

  question() {
    return {
      token: this.token,
      settings: this.channel.wanted,
      dark: this.dark,
      ...(this.visible.size ? { panels: [...this.visible] } : {}),
    };
  }

  /** Ask for a frame of what is wanted now. */
  ask() {
    if (this.camera) return; // the camera's next picture brings the new settings along
    this.client?.ask("frame", this.question());
  }

  receive(answer) {
    const { header } = answer;
    if (header.camera) {
      if (!this.camera) return; // the last answer after the camera was closed
      if (header.kept) {
        this.keeping = false;
        this.stopCamera();
        this.report({ picture: `upload-${header.kept}` });
      }
    }
    if (header.kind === "frame") this.wasLost = false;
    if (header.kind === "frame")
      this.show(answer, header.sequence).then(() => {
        if (header.camera && !header.more) this.askCamera();
      });
    if (header.kind === "probe" && this.pointed) setText(this.reading, header.text);
    if (header.kind === "error") this.refused(header);
  }

  /**
   * Say what was wrong. A token that is no longer good is renewed by having the page run again; a server
   * that was started anew knows nothing of this page, which then opens its own link, drafts included.
   */
  refused(header) {
    if (header.error_kind !== "UnknownTokenError") setText(this.status, header.error);
    else if (!this.wasLost && this.refusedToken !== this.token) this.report({});
    else {
      const link = new URL(window.location.href);
      for (const [key, text] of Object.entries(this.channel.drafts))
        link.searchParams.set(key, text);
      window.location.replace(link);
    }
    this.refusedToken = this.token;
  }

  /** Decode and paint; a frame that is older than what stands there is let go. */
  async show({ header, blobs, askedAt }, sequence) {
    if (sequence < this.painted.sequence) return;
    this.newest = Math.max(this.newest ?? 0, sequence);
    const pictures = await Promise.all(
      header.panels.map((panel) => {
        const blob = blobs.get(panel.key);
        if (blob) return createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
        const elsewhere =
          panel.key === "source" && header.picture && header.picture !== this.pictureShown;
        return elsewhere ? this.fetchPicture(header.picture) : undefined;
      }),
    );
    if (sequence < this.painted.sequence) return;
    this.painted.sequence = sequence;
    // The picture in use has an address and is loaded once; changed to gray, or from the camera, it comes along.
    if (blobs.has("source")) this.pictureShown = undefined;
    else if (header.picture) this.pictureShown = header.picture;
    if (header.more) header.panels = this.withOld(header.panels);
    this.header = header;
    if (!header.more) this.stale = [...this.panels.keys()].some((key) => !this.visible.has(key));
    header.panels.forEach((panel, index) => this.paint(panel, pictures[index]));
    for (const [key, { figure }] of this.panels) {
      figure.hidden = !header.panels.some((panel) => panel.key === key);
    }
    if (askedAt !== undefined) setText(this.status, "");
    this.channel.show(header);
    if (this.pointed) this.point(this.pointed);
    const drawnAt = performance.now();
    requestAnimationFrame((now) => this.count(header, askedAt, drawnAt, Math.max(now, drawnAt)));
  }

  /** Load the picture in use; without it the frame is shown all the same. */
  async fetchPicture(address) {
    const response = await fetch(address).catch(() => undefined);
    return response?.ok ? createImageBitmap(await response.blob()) : undefined;
  }

  /** The first frame of two speaks of the response only; what else stands there stays for a moment. */
  withOld(panels) {
    const old = (this.header?.panels ?? []).filter(
      ({ key }) => !panels.some((panel) => panel.key === key),
    );
    return [...panels, ...old];
  }

  count(header, askedAt, drawnAt, now) {
    if (askedAt === undefined) return;
    this.times = this.times.filter((time) => now - time < 1000);
    this.times.push(now);
    const rate = this.times.length > 2 ? `${this.times.length} frames in the last second · ` : "";
    setText(this.rate, `${rate}computed in ${header.ms_text}`);
    document.dispatchEvent(
      new CustomEvent("kernelscope:painted", {
        detail: { sequence: header.sequence, drawnAt, compute: header.ms },
      }),
    );
  }

  paint(panel, picture) {
    if (!this.panels.has(panel.key)) this.panels.set(panel.key, this.makePanel(panel.key));
    const parts = this.panels.get(panel.key);
    setText(parts.title, panel.title);
    setText(parts.shape, panel.shape);
    setText(parts.low, panel.legend.low);
    setText(parts.middle, panel.legend.middle);
    setText(parts.high, panel.legend.high);
    setText(parts.range, panel.legend.range);
    setAttributes(parts.bar, { style: `background:${panel.legend.gradient}` });
    setAttributes(parts.canvas, { "aria-label": panel.alt });
    if (picture) {
      if (parts.canvas.width !== panel.width || parts.canvas.height !== panel.height) {
        parts.canvas.width = panel.width;
        parts.canvas.height = panel.height;
      }
      parts.canvas.getContext("2d", { alpha: false }).drawImage(picture, 0, 0);
      picture.close();
    }
    setAttributes(parts.frame, { style: `aspect-ratio:${this.header.aspect}` });
    // Enlarged cells stay squares; a picture that is shown smaller than it is must not lose pixels.
    const shownLarger = panel.width <= (this.widths.get(parts.frame) ?? Infinity);
    setAttributes(parts.canvas, { class: shownLarger ? "cells" : "smooth" });
  }

  makePanel(key) {
    const part = (name) => el("span", { class: name });
    const [title, shape, low, middle, high, range] = [
      "title",
      "shape numbers quiet",
      "low",
      "middle",
      "high",
      "range quiet",
    ].map(part);
    const canvas = el("canvas", { role: "img", tabindex: "0" });
    const mark = el("div", { class: "mark", hidden: true });
    const bar = el("div", { class: "bar" });
    const frame = el("div", { class: "picture" }, canvas, mark);
    const figure = el(
      "figure",
      { "data-panel": key },
      el("figcaption", {}, title, shape),
      frame,
      el("div", { class: "legend numbers" }, bar, el("div", { class: "ends" }, low, middle, high)),
      range,
    );
    canvas.addEventListener("pointermove", (event) => {
      const box = canvas.getBoundingClientRect();
      this.point({
        key,
        x: (event.clientX - box.left) / box.width,
        y: (event.clientY - box.top) / box.height,
      });
    });
    canvas.addEventListener("pointerleave", () => this.point(null));
    canvas.addEventListener("keydown", (event) => this.walk(event, key));
    canvas.addEventListener("blur", () => this.point(null));
    // The reading line stands between the two rows, where the eyes are.
    figure.style.order = { source: 1, response: 2, activated: 4, pooled: 5 }[key];
    this.stage.append(figure);
    this.watcher.observe(figure);
    this.ruler.observe(frame);
    return { figure, frame, title, shape, low, middle, high, range, bar, canvas, mark };
  }

  /** Arrow keys move the window by one cell (Shift: ten). */
  walk(event, key) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
      event.key
    ];
    if (!step || !this.header) return;
    event.preventDefault();
    const panel = this.header.panels.find((one) => one.key === key);
    const far = event.shiftKey ? 10 : 1;
    const was = this.pointed?.key === key ? this.pointed : { key, x: 0.5, y: 0.5 };
    const move = (fraction, count, by) =>
      (cellAt(Math.min(Math.max((cellAt(fraction, count) + by * far) / count, 0), 1), count) +
        0.5) /
      count;
    this.point({
      key,
      x: move(was.x, panel.width, step[1]),
      y: move(was.y, panel.height, step[0]),
    });
  }

  /** Frame the window that belongs to a place in one of the pictures, in all of them. */
  point(place) {
    this.pointed = place;
    if (!place || !this.header) {
      for (const { mark } of this.panels.values()) mark.hidden = true;
      setText(this.reading, "");
      return;
    }
    const { rows, columns, pool } = this.header.window;
    const panel = this.header.panels.find((one) => one.key === place.key);
    if (!panel) return;
    let row = cellAt(place.y, panel.height);
    let column = cellAt(place.x, panel.width);
    if (place.key === "source") {
      row = nearestOutput(rows, row);
      column = nearestOutput(columns, column);
    }
    let last = { row, column };
    if (place.key === "pooled") {
      this.mark("pooled", row, column, row + 1, column + 1);
      [row, column] = [row * pool, column * pool];
      last = { row: row + pool - 1, column: column + pool - 1 };
    } else if (pool) {
      const [pooledRow, pooledColumn] = [Math.floor(row / pool), Math.floor(column / pool)];
      this.mark("pooled", pooledRow, pooledColumn, pooledRow + 1, pooledColumn + 1);
    }
    for (const key of ["response", "activated"])
      this.mark(key, row, column, last.row + 1, last.column + 1);
    const [vertical, horizontal] = [
      windowSpan(rows, row, last.row),
      windowSpan(columns, column, last.column),
    ];
    this.mark("source", vertical.start, horizontal.start, vertical.end, horizontal.end);
    this.client?.ask("probe", {
      token: this.token,
      settings: this.channel.wanted,
      probe: {
        panel: place.key,
        row: cellAt(place.y, panel.height),
        column: cellAt(place.x, panel.width),
      },
    });
  }

  mark(key, top, left, bottom, right) {
    const panel = this.header.panels.find((one) => one.key === key);
    const parts = this.panels.get(key);
    if (!panel || !parts) return;
    parts.mark.hidden = top >= panel.height || left >= panel.width;
    Object.assign(parts.mark.style, {
      top: `${(100 * top) / panel.height}%`,
      left: `${(100 * left) / panel.width}%`,
      height: `${(100 * (bottom - top)) / panel.height}%`,
      width: `${(100 * (right - left)) / panel.width}%`,
    });
  }

  close() {
    this.stopCamera();
    this.client?.close();
    this.client = undefined;
    this.channel?.removeEventListener("draft", this.onDraft);
    this.channel?.removeEventListener("commit", this.onCommit);
    this.channel = undefined;
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  const view = rootOf(parentElement, () => new View());
  view.report = (changes) => setStateValue("changes", { ...changes, stamp: `${Date.now()}` });
  view.connect();
  view.update(data);
  return () => view.close();
}
