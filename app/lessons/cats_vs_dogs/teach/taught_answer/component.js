// What a taught head makes of the picture in use: bars of the classes, and what each place adds to one of them.

import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";

/** @import { FrameBlob } from "../../../../browser/frame.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @typedef {{name: string, share: number, text: string, ink: string, key: string, pressed: boolean}} TaughtBar */
/**
 * app/lessons/cats_vs_dogs/teach/frames.py writes it.
 * @typedef {{bars: TaughtBar[], accuracy: string, alt: string,
 *   legend: {title: string, low: string, middle: string, high: string, gradient: string}}} AnswerHeader
 */

class TaughtAnswer {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    this.view = el("canvas", { role: "img", "aria-label": "Your picture" });
    this.map = el("canvas", { role: "img" });
    this.legend = el("div", { class: "legend" });
    this.bars = el("div", { class: "bars", role: "toolbar", "aria-label": "Explained class" });
    this.bars.addEventListener("keydown", (event) => this.key(event));
    this.accuracy = el("p", { class: "accuracy", role: "status" });
    this.element = el(
      "div",
      { class: "ks taught-answer" },
      el("div", { class: "pictures" }, this.view, this.map),
      el("div", { class: "words" }, this.bars, this.legend),
      this.accuracy,
    );
    this.drawn = 0;
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  async update(data) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {AnswerHeader} */ (received);
    this.showBars(header.bars);
    const { title, low, middle, high, gradient } = header.legend;
    this.legend.replaceChildren(
      el("div", {}, title),
      el("div", { class: "gradient", style: `background:${gradient}` }),
      el(
        "div",
        { class: "ends numbers" },
        el("span", {}, low),
        el("span", {}, middle),
        el("span", {}, high),
      ),
    );
    setText(this.accuracy, header.accuracy);
    setAttributes(this.map, { "aria-label": header.alt });
    const turn = (this.drawn += 1);
    await Promise.all([
      this.draw(this.view, blobs.get("view"), turn),
      this.draw(this.map, blobs.get("map"), turn),
    ]);
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {FrameBlob | undefined} blob
   * @param {number} turn
   */
  async draw(canvas, blob, turn) {
    if (!blob) return;
    const bitmap = await createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
    if (turn === this.drawn) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      contextOf(canvas).drawImage(bitmap, 0, 0);
    }
    bitmap.close();
  }

  /** @param {TaughtBar[]} bars */
  showBars(bars) {
    const focused = /** @type {HTMLElement | null} */ (this.bars.querySelector(":focus"));
    const kept = focused?.dataset.key;
    this.bars.replaceChildren(
      ...bars.map(({ name, share, text, ink, key, pressed }) =>
        el(
          "button",
          {
            class: "bar-row",
            "aria-pressed": String(pressed),
            "aria-label": `${name}: ${text}`,
            "data-key": key,
            "data-share": share,
            tabindex: pressed ? "0" : "-1",
            onclick: () => this.report({ taught_class: key }),
          },
          el("span", { class: "name" }, name),
          el(
            "span",
            { class: "share-bar" },
            el("i", { class: "fill", style: `width:${100 * share}%;background:${ink}` }),
          ),
          el("span", { class: "numbers" }, text),
        ),
      ),
    );
    if (kept === undefined) return;
    const again = /** @type {HTMLElement[]} */ ([...this.bars.children]).find(
      (one) => one.dataset.key === kept,
    );
    again?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const way = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const rows = /** @type {HTMLElement[]} */ ([...this.bars.children]);
    const at = rows.indexOf(/** @type {HTMLElement} */ (event.target));
    if (!way || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = rows[(at + way + rows.length) % rows.length];
    for (const one of rows) setAttributes(one, { tabindex: one === next ? "0" : "-1" });
    next.focus({ preventScroll: true });
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return;
  const answer = rootOf(parentElement, () => new TaughtAnswer());
  answer.report = report;
  void answer.update(data);
}
