// Drag a gray square over what the network sees; the class bars sway.
// Every score is Python's; here the square is only drawn and moved.

import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { LiveClient } from "../../../browser/live_client.js";
import { clampSquare, movedSquare, resizedSquare } from "./square.js";

const QUIET_LOST = "Live view lost. Connecting again…";
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

class Occluder {
  constructor() {
    this.photo = el("img", { class: "photo", draggable: "false" });
    this.heat = el("img", { class: "heat", alt: "", draggable: "false" });
    this.square = el(
      "div",
      {
        class: "square",
        tabindex: "0",
        role: "application",
        "aria-roledescription": "movable square",
        "aria-label":
          "Gray square. Arrow keys move it, with Shift in large steps; plus and minus change its size.",
      },
      el("span", { class: "drag" }, "drag me"),
    );
    this.picture = el("div", { class: "picture" }, this.photo, this.heat, this.square);
    this.size = el("input", {
      type: "range",
      min: "1",
      step: "1",
      "aria-label": "Side of the square in pixels",
    });
    this.sizeText = el("span", { class: "numbers" });
    this.away = el(
      "button",
      { title: "Take the square off the picture, or put it back" },
      "Without square",
    );
    this.legendBar = el("div", { class: "bar" });
    this.legendEnds = [el("span"), el("span", { class: "quiet" }), el("span")];
    this.legend = el(
      "div",
      { class: "legend numbers" },
      this.legendBar,
      el("div", { class: "ends" }, ...this.legendEnds),
    );
    this.list = el("div", { class: "bars", role: "list" });
    this.total = el("span", { class: "quiet small" });
    this.words = el("p", { class: "words quiet" });
    this.rate = el("span", { class: "quiet small numbers" });
    this.status = el("span", { class: "quiet small", role: "status" });
    this.spoken = el("output", { class: "spoken", "aria-live": "polite" });
    this.element = el(
      "div",
      { class: "ks occluder" },
      el(
        "div",
        { class: "left" },
        this.picture,
        this.legend,
        el(
          "div",
          { class: "tools" },
          el("label", {}, el("span", {}, "Side"), this.size, this.sizeText),
          this.away,
        ),
      ),
      el(
        "div",
        { class: "right" },
        el("h4", {}, "What it says now"),
        this.list,
        el("div", { class: "key quiet small" }, el("i", { class: "tick" }), "without the square"),
        el("div", { class: "foot" }, this.total, this.rate, this.status),
        this.words,
        this.spoken,
      ),
    );
    this.rows = new Map();
    this.urls = new Map();
    this.times = [];
    this.painted = 0;
    this.square.addEventListener("pointerdown", (event) => this.grab(event));
    this.picture.addEventListener("pointerdown", (event) => {
      if (event.target !== this.square) this.jump(event);
    });
    this.square.addEventListener("pointermove", (event) => this.drag(event));
    this.square.addEventListener("pointerup", () => this.drop());
    this.square.addEventListener("pointercancel", () => this.drop());
    this.square.addEventListener("keydown", (event) => this.key(event));
    this.size.addEventListener("input", () =>
      this.place(resizedSquare(this.at, Number(this.size.value), this.header)),
    );
    this.size.addEventListener("change", () => this.commit());
    this.away.addEventListener("click", () => {
      this.covered = !this.covered;
      this.draw();
      this.ask();
    });
    this.covered = true;
  }

  update(data, report) {
    this.report = report;
    const { header, blobs } = unpackFrame(data);
    const before = this.header;
    this.header = header;
    if (before?.about !== header.about) {
      this.photo.src = this.address("view", blobs.get("view"));
      this.at = [...header.square];
      this.tried = before !== undefined || header.placed;
    } else if (!this.held && String(before?.square) !== String(header.square))
      this.at = [...header.square];
    this.heat.hidden = !header.legend;
    if (header.legend && before?.version !== header.version)
      this.heat.src = this.address("heat", blobs.get("heat"));
    setAttributes(this.photo, { alt: header.alt, class: header.small ? "photo dots" : "photo" });
    this.picture.style.aspectRatio = `${header.width} / ${header.height}`;
    setAttributes(this.size, { max: String(Math.min(header.height, header.width)) });
    this.legend.hidden = !header.legend;
    if (header.legend) {
      this.legendBar.style.background = header.legend.gradient;
      [
        header.legend.low,
        `${header.legend.title}: ${header.legend.unit}`,
        header.legend.high,
      ].forEach((text, index) => setText(this.legendEnds[index], text));
    }
    setText(this.words, header.legend ? `${header.legend.title}. ${header.legend.words}` : "");
    setText(this.total, header.total);
    if (before?.about !== header.about) this.show(header.rows);
    this.draw();
    if (
      before?.about !== header.about ||
      before?.class !== header.class ||
      before?.token !== header.token
    )
      this.ask();
  }

  connect() {
    if (this.client) return;
    const url = new URL("/live", window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.client = new LiveClient(url.href, {
      onframe: (answer) => this.receive(answer),
      onstate: (state) => {
        setText(this.status, state === "lost" ? QUIET_LOST : "");
        if (state === "open" && this.header) this.ask();
      },
    });
  }

  ask() {
    if (!this.covered) {
      this.show(this.header.rows);
      return;
    }
    this.client?.ask("occlude", {
      token: this.header.token,
      settings: this.header.settings,
      square: this.at,
      class: this.header.class,
    });
  }

  receive({ header, askedAt }) {
    if (header.kind === "error") {
      setText(this.status, header.error);
      if (header.error_kind === "UnknownTokenError" && this.refused !== this.header.token)
        this.report({});
      this.refused = this.header.token;
      return;
    }
    if (
      header.kind !== "occlude" ||
      header.about !== this.header.about ||
      header.sequence < this.painted ||
      !this.covered
    )
      return;
    this.painted = header.sequence;
    setText(this.status, "");
    this.show(header.rows);
    const now = performance.now();
    this.times = this.times.filter((time) => now - time < 1000);
    this.times.push(now);
    const often = this.times.length > 2 ? `${this.times.length} answers in the last second · ` : "";
    setText(this.rate, `${often}computed in ${header.ms.toFixed(0)} ms`);
    document.dispatchEvent(
      new CustomEvent("kernelscope:covered", {
        detail: { sequence: header.sequence, latency: now - askedAt, compute: header.ms },
      }),
    );
  }

  show(rows) {
    this.list.replaceChildren(...rows.map((row) => this.row(row)));
    const first = rows.reduce((best, row) => (row.after > best.after ? row : best));
    this.news = `${first.name} ${first.text}`;
    if (!this.held) setText(this.spoken, this.news);
  }

  row(row) {
    if (!this.rows.has(row.channel)) {
      const parts = {
        name: el("span", { class: "name" }),
        text: el("span", { class: "numbers" }),
        bar: el("i", { class: "fill" }),
        was: el("i", { class: "tick" }),
      };
      parts.button = el(
        "button",
        { class: "score", onclick: () => this.report({ class: String(row.channel) }) },
        parts.name,
        parts.text,
        el("span", { class: "track" }, parts.bar, parts.was),
      );
      parts.element = el("div", { role: "listitem" }, parts.button);
      this.rows.set(row.channel, parts);
    }
    const parts = this.rows.get(row.channel);
    setText(parts.name, row.name);
    setText(parts.text, row.text);
    parts.bar.style.width = `${100 * row.after}%`;
    parts.was.style.left = `${100 * row.before}%`;
    setAttributes(parts.button, {
      "aria-pressed": String(row.channel === this.header.class),
      "data-channel": row.channel,
      "data-share": row.after,
      title: `${row.was} without the square. Click: explain this class`,
    });
    return parts.element;
  }

  address(name, blob) {
    if (this.urls.has(name)) URL.revokeObjectURL(this.urls.get(name));
    this.urls.set(name, URL.createObjectURL(new Blob([blob.bytes], { type: blob.type })));
    return this.urls.get(name);
  }

  cells(event) {
    const box = this.picture.getBoundingClientRect();
    return [
      ((event.clientY - box.top) / box.height) * this.header.height,
      ((event.clientX - box.left) / box.width) * this.header.width,
    ];
  }

  grab(event) {
    event.preventDefault();
    this.square.focus({ preventScroll: true });
    this.square.setPointerCapture(event.pointerId);
    const [row, column] = this.cells(event);
    this.held = [row - this.at[0], column - this.at[1]];
  }

  /** A press beside the square brings it under the pointer, held in its middle. */
  jump(event) {
    const [row, column] = this.cells(event);
    this.covered = true;
    this.place(
      clampSquare(
        [Math.round(row - this.at[2] / 2), Math.round(column - this.at[2] / 2), this.at[2]],
        this.header,
      ),
    );
    this.grab(event);
  }

  drag(event) {
    if (!this.held) return;
    const [row, column] = this.cells(event);
    this.place(
      clampSquare(
        [Math.round(row - this.held[0]), Math.round(column - this.held[1]), this.at[2]],
        this.header,
      ),
    );
  }

  drop() {
    if (!this.held) return;
    this.held = undefined;
    this.commit();
  }

  key(event) {
    const far = Math.max(1, Math.round(this.header.width / (event.shiftKey ? 7 : 56)));
    if (KEYS[event.key]) this.place(movedSquare(this.at, KEYS[event.key], far, this.header));
    else if (event.key === "+" || event.key === "-")
      this.place(
        resizedSquare(this.at, this.at[2] + (event.key === "+" ? far : -far), this.header),
      );
    else return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.commit(), 600);
  }

  place(square) {
    this.tried = true;
    if (String(square) === String(this.at)) return;
    this.at = square;
    this.draw();
    this.ask();
  }

  draw() {
    const { height, width } = this.header;
    const [top, left, side] = this.at;
    Object.assign(this.square.style, {
      top: `${(100 * top) / height}%`,
      left: `${(100 * left) / width}%`,
      height: `${(100 * side) / height}%`,
      width: `${(100 * side) / width}%`,
    });
    this.square.classList.toggle("tried", Boolean(this.tried));
    this.square.hidden = !this.covered;
    setAttributes(this.away, { "aria-pressed": String(!this.covered) });
    this.size.value = String(side);
    setText(this.sizeText, `${side} px`);
  }

  commit() {
    setText(this.spoken, this.news ?? "");
    this.report({ square: this.at.join(",") });
  }

  close() {
    clearTimeout(this.soon);
    this.client?.close();
    this.client = undefined;
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
    this.urls.clear();
    this.header = undefined;
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  const view = rootOf(parentElement, () => new Occluder());
  view.connect();
  view.update(data, (changes) => setStateValue("changes", { ...changes, stamp: `${Date.now()}` }));
  return () => view.close();
}
