// The pictures of the Kernel lab: what went in, the response, after activation, after pooling.
// Paints frames, from the page or from the live channel; frames the window under the pointer in all of them.

import { labChannel } from "../shared/channel.js";
import { el, isDark, rootOf, setAttributes, setText } from "../shared/dom.js";
import { unpackFrame } from "../shared/frame.js";
import { LiveClient } from "../shared/live_client.js";
import { cellAt, nearestOutput, windowSpan } from "../shared/window_geometry.js";

const QUIET_LOST = "Live view lost; changes still arrive when you let go. Connecting again…";

class View {
  constructor() {
    this.panels = new Map();
    this.stage = el("div", { class: "stage" });
    this.reading = el("output", { class: "reading numbers", "aria-live": "polite" });
    this.rate = el("span", { class: "rate numbers quiet" });
    this.status = el("span", { class: "status quiet", role: "status" });
    this.rateButton = el("button", {
      class: "toggle", title: "Show or hide how fast the live view is",
      onclick: () => { this.element.classList.toggle("with-rate"); this.syncRate(); },
    }, "fps");
    this.foot = el("div", { class: "foot" }, this.reading, this.status, this.rate, this.rateButton);
    this.stage.append(this.foot);
    this.element = el("div", { class: "ks live-view with-rate" }, this.stage);
    this.painted = { sequence: -1, version: "" };
    this.times = [];
    this.syncRate();
  }

  syncRate() {
    setAttributes(this.rateButton, { "aria-pressed": String(this.element.classList.contains("with-rate")) });
  }

  /** Take the page's own frame. */
  update(data) {
    const { header, blobs } = unpackFrame(data);
    if (this.token !== header.token) this.painted.sequence = -1;
    this.token = header.token;
    this.listen(header.lab);
    if (this.version !== header.version) {
      this.version = header.version;
      this.pageFrame = { header, blobs };
      this.channel.commit(header.spec);
    }
    if (isDark(this.element) !== header.dark) this.ask();
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
        if (state === "open" && this.channel?.pending) this.ask();
      },
    });
  }

  ask() {
    this.client?.ask("frame", {
      token: this.token, spec: this.channel.wanted, dark: isDark(this.element),
    });
  }

  receive(answer) {
    const { header } = answer;
    if (header.kind === "frame") this.show(answer, header.sequence);
    if (header.kind === "probe" && this.pointed) setText(this.reading, header.text);
    if (header.kind === "error") setText(this.status, header.error);
  }

  /** Decode and paint; a frame that is older than what stands there is let go. */
  async show({ header, blobs, askedAt }, sequence) {
    if (sequence < this.painted.sequence) return;
    this.newest = Math.max(this.newest ?? 0, sequence);
    const pictures = await Promise.all(header.panels.map((panel) => {
      const blob = blobs.get(panel.key);
      return blob && createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
    }));
    if (sequence < this.painted.sequence) return;
    this.painted.sequence = sequence;
    this.header = header;
    header.panels.forEach((panel, index) => this.paint(panel, pictures[index]));
    for (const [key, { figure }] of this.panels) {
      figure.hidden = !header.panels.some((panel) => panel.key === key);
    }
    if (askedAt !== undefined) setText(this.status, "");
    this.channel.tell("frame", header);
    if (this.pointed) this.point(this.pointed);
    requestAnimationFrame((now) => this.count(header, askedAt, Math.max(now, performance.now())));
  }

  count(header, askedAt, now) {
    if (askedAt === undefined) return;
    this.times = this.times.filter((time) => now - time < 1000);
    this.times.push(now);
    const rate = this.times.length > 2 ? `${this.times.length} frames in the last second · ` : "";
    setText(this.rate, `${rate}computed in ${header.ms_text}`);
    document.dispatchEvent(new CustomEvent("kernelscope:painted", {
      detail: { sequence: header.sequence, latency: now - askedAt, compute: header.ms },
    }));
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
      parts.canvas.getContext("2d").drawImage(picture, 0, 0);
      picture.close();
    }
    parts.frame.style.aspectRatio = `${this.header.aspect}`;
  }

  makePanel(key) {
    const part = (name) => el("span", { class: name });
    const [title, shape, low, middle, high, range] = ["title", "shape numbers quiet", "low", "middle", "high", "range quiet"].map(part);
    const canvas = el("canvas", { role: "img", tabindex: "0" });
    const mark = el("div", { class: "mark", hidden: true });
    const bar = el("div", { class: "bar" });
    const frame = el("div", { class: "picture" }, canvas, mark);
    const figure = el("figure", { "data-panel": key },
      el("figcaption", {}, title, shape), frame,
      el("div", { class: "legend numbers" }, bar, el("div", { class: "ends" }, low, middle, high)), range);
    canvas.addEventListener("pointermove", (event) => {
      const box = canvas.getBoundingClientRect();
      this.point({ key, x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
    });
    canvas.addEventListener("pointerleave", () => this.point(null));
    canvas.addEventListener("keydown", (event) => this.walk(event, key));
    canvas.addEventListener("blur", () => this.point(null));
    // The reading line stands between the two rows, where the eyes are.
    figure.style.order = { source: 1, response: 2, activated: 4, pooled: 5 }[key];
    this.stage.append(figure);
    return { figure, frame, title, shape, low, middle, high, range, bar, canvas, mark };
  }

  /** Arrow keys move the window by one cell (Shift: ten). */
  walk(event, key) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step || !this.header) return;
    event.preventDefault();
    const panel = this.header.panels.find((one) => one.key === key);
    const far = event.shiftKey ? 10 : 1;
    const was = this.pointed?.key === key ? this.pointed : { key, x: 0.5, y: 0.5 };
    const move = (fraction, count, by) => (cellAt(Math.min(Math.max((cellAt(fraction, count) + by * far) / count, 0), 1), count) + 0.5) / count;
    this.point({ key, x: move(was.x, panel.width, step[1]), y: move(was.y, panel.height, step[0]) });
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
    for (const key of ["response", "activated"]) this.mark(key, row, column, last.row + 1, last.column + 1);
    const [vertical, horizontal] = [windowSpan(rows, row, last.row), windowSpan(columns, column, last.column)];
    this.mark("source", vertical.start, horizontal.start, vertical.end, horizontal.end);
    this.client?.ask("probe", {
      token: this.token, spec: this.channel.wanted, dark: this.header.dark,
      probe: { panel: place.key, row: cellAt(place.y, panel.height), column: cellAt(place.x, panel.width) },
    });
  }

  mark(key, top, left, bottom, right) {
    const panel = this.header.panels.find((one) => one.key === key);
    const parts = this.panels.get(key);
    if (!panel || !parts) return;
    parts.mark.hidden = top >= panel.height || left >= panel.width;
    Object.assign(parts.mark.style, {
      top: `${(100 * top) / panel.height}%`, left: `${(100 * left) / panel.width}%`,
      height: `${(100 * (bottom - top)) / panel.height}%`, width: `${(100 * (right - left)) / panel.width}%`,
    });
  }

  close() {
    this.client?.close();
    this.client = undefined;
    this.channel?.removeEventListener("draft", this.onDraft);
    this.channel?.removeEventListener("commit", this.onCommit);
    this.channel = undefined;
  }
}

export default function ({ data, parentElement }) {
  if (!data) return undefined;
  const view = rootOf(parentElement, () => new View());
  view.connect();
  view.update(data);
  return () => view.close();
}
