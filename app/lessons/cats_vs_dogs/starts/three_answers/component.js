// Pictures that were held out, and for one of them what each start is given and what it gives.

import { goAlong } from "../../../../browser/arrows.js";
import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";

/** @import { FrameBlob } from "../../../../browser/frame.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @typedef {{name: string, share: number, text: string, ink: string}} StartBar */
/**
 * app/lessons/cats_vs_dogs/starts/frames.py writes it.
 * @typedef {{tiles: {key: string, name: string, address: string, right: boolean[], pressed: boolean}[],
 *   title: string, alt: string, starts: {key: string, title: string, ink: string, given: string, verdict: string,
 *   is_wrong: boolean, bars: StartBar[]}[]}} StartsHeader
 */

/** What the picture in use is called in the settings. */
const IN_USE = "picture";

class ThreeAnswers {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    this.tiles = el("div", { class: "tiles", role: "toolbar", "aria-label": "Shown picture" });
    this.tiles.addEventListener("keydown", (event) => this.key(event));
    this.view = el("canvas", { class: "view", role: "img" });
    this.title = el("h4", { role: "status" });
    this.rows = el("div", { class: "rows" });
    this.element = el(
      "div",
      { class: "ks three-answers" },
      this.tiles,
      el(
        "div",
        { class: "head" },
        this.view,
        el(
          "div",
          {},
          this.title,
          el("div", { class: "quiet marks-words" }, "Marks: filled where the start is right."),
        ),
      ),
      this.rows,
    );
    this.drawn = 0;
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  async update(data) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {StartsHeader} */ (received);
    this.showTiles(header);
    setText(this.title, header.title);
    setAttributes(this.view, { "aria-label": header.alt });
    const given = header.starts.map(({ given, key }) =>
      el("canvas", { class: `given ${key}`, role: "img", "aria-label": given }),
    );
    const turn = (this.drawn += 1);
    await Promise.all([
      this.draw(this.view, blobs.get("view"), turn),
      ...given.map((canvas, at) =>
        this.draw(canvas, blobs.get(header.starts[at].key) ?? blobs.get("small"), turn),
      ),
    ]);
    if (turn !== this.drawn) return;
    this.rows.replaceChildren(
      ...header.starts.map((start, at) =>
        el(
          "section",
          { class: "start", "data-start": start.key },
          given[at],
          el(
            "div",
            { class: "words" },
            el(
              "div",
              { class: "line" },
              el("i", { class: "swatch", style: `background:${start.ink}` }),
              el("b", {}, start.title),
              el("span", { class: start.is_wrong ? "verdict wrong" : "verdict" }, start.verdict),
            ),
            el("div", { class: "quiet numbers given-words" }, start.given),
            ...start.bars.map(({ name, share, text, ink }) =>
              el(
                "div",
                { class: "bar-row", "data-share": share },
                el("span", { class: "name" }, name),
                el(
                  "span",
                  { class: "share-bar" },
                  el("i", { class: "fill", style: `width:${100 * share}%;background:${ink}` }),
                ),
                el("span", { class: "numbers" }, text),
              ),
            ),
          ),
        ),
      ),
    );
  }

  /** @param {StartsHeader} header */
  showTiles({ tiles, starts }) {
    const had = this.tiles.contains(
      /** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement,
    );
    const anyPressed = tiles.some((one) => one.pressed);
    this.tiles.replaceChildren(
      ...tiles.map(({ key, name, address, right, pressed }) =>
        el(
          "button",
          { class: "tile", "aria-label": name, title: name, ...this.pressing(key, pressed) },
          el("img", { src: address, alt: "" }),
          el(
            "span",
            { class: "marks" },
            ...right.map((is, at) =>
              el("i", {
                class: is ? "right" : "wrong",
                style: `--start:${starts[at].ink}`,
              }),
            ),
          ),
        ),
      ),
      el("button", this.pressing(IN_USE, !anyPressed), "Your picture"),
    );
    if (had)
      /** @type {HTMLElement} */ (this.tiles.querySelector("[aria-pressed=true]")).focus({
        preventScroll: true,
      });
  }

  /**
   * @param {string} key
   * @param {boolean} pressed
   */
  pressing(key, pressed) {
    return {
      "aria-pressed": String(pressed),
      "data-key": key,
      tabindex: pressed ? "0" : "-1",
      onclick: () => this.report({ starts_shown: key }),
    };
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

  /** @param {KeyboardEvent} event */
  key(event) {
    goAlong(event, /** @type {HTMLElement[]} */ ([...this.tiles.children]));
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const answers = rootOf(parentElement, () => new ThreeAnswers());
  answers.report = report;
  void answers.update(data);
  return undefined;
}
