// Cat, dog or neither: the picture with Grad-CAM over it, the bars, and the sheet of pictures by doubt.

import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";

/** @import { FrameBlob } from "../../../../browser/frame.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @typedef {{name: string, share: number, text: string}} ShareRow */
/**
 * A picture of the sheet; `animal` is "" until it is known.
 * @typedef {{setting: string, name: string, address: string, text: string, animal: string, chosen: boolean}} SheetTile
 */
/**
 * app/lessons/cats_vs_dogs/animal/frame.py writes it.
 * @typedef {{verdict: string, breed: string, bars: ShareRow[], breeds_title: string, breeds: ShareRow[],
 *   threshold: number, threshold_text: string, either: number, alt: string, sheet: SheetTile[],
 *   legend: {title: string, low: string, high: string, gradient: string}}} AnimalHeader
 */

class AnimalStage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    this.canvas = el("canvas", { class: "picture", role: "img" });
    this.legend = el("figcaption", { class: "legend" });
    this.verdict = el("div", { class: "verdict", role: "status" });
    this.breed = el("div", { class: "breed" });
    this.either = el("div", { class: "either" });
    this.bars = el("div", { class: "bars" });
    this.breedsTitle = el("h4");
    this.breeds = el("div", { class: "bars breeds" });
    this.tiles = el("div", { class: "tiles", role: "toolbar", "aria-label": "Pictures" });
    this.tiles.addEventListener("keydown", (event) => this.key(event));
    this.element = el(
      "div",
      { class: "ks animal-stage" },
      el("figure", {}, this.canvas, this.legend),
      el(
        "div",
        { class: "words" },
        this.verdict,
        this.breed,
        this.bars,
        this.either,
        this.breedsTitle,
        this.breeds,
      ),
      el("div", { class: "sheet" }, el("h4", {}, "Pictures, those in doubt first"), this.tiles),
    );
    this.free = new FreeHeight(this.element);
    this.drawn = 0;
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  async update(data) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {AnimalHeader} */ (received);
    setText(this.verdict, header.verdict);
    setText(this.breed, header.breed);
    fill(this.bars, header.bars);
    setText(this.breedsTitle, header.breeds_title);
    fill(this.breeds, header.breeds);
    this.showThreshold(header);
    const { title, low, high, gradient } = header.legend;
    const bar = el("span", { class: "gradient", style: `background:${gradient}` });
    this.legend.replaceChildren(
      el("span", {}, title),
      el("span", { class: "scale numbers" }, low, bar, high),
    );
    setAttributes(this.canvas, { "aria-label": header.alt });
    this.showSheet(header.sheet);
    await this.draw([blobs.get("view"), blobs.get("attribution")]);
  }

  /** @param {AnimalHeader} header */
  showThreshold({ threshold, threshold_text, either }) {
    const whole = el("span", { class: "share-bar" });
    whole.append(
      el("i", { class: "fill", style: `width:${100 * either}%` }),
      el("i", { class: "tick", style: `left:${100 * threshold}%` }),
    );
    this.either.replaceChildren(el("span", { class: "numbers" }, threshold_text), whole);
  }

  /** @param {(FrameBlob | undefined)[]} layers */
  async draw(layers) {
    const turn = (this.drawn += 1);
    const bitmaps = await Promise.all(
      layers.map((one) => one && createImageBitmap(new Blob([one.bytes], { type: one.type }))),
    );
    const [view] = bitmaps;
    if (view && turn === this.drawn) {
      this.canvas.width = view.width;
      this.canvas.height = view.height;
      const context = contextOf(this.canvas);
      for (const one of bitmaps) if (one) context.drawImage(one, 0, 0);
    }
    for (const one of bitmaps) one?.close();
  }

  /** @param {SheetTile[]} sheet */
  showSheet(sheet) {
    const focused = /** @type {HTMLElement | null} */ (this.tiles.querySelector(":focus"));
    const kept = focused?.dataset.setting;
    const chosen = Math.max(
      0,
      sheet.findIndex((one) => one.chosen),
    );
    this.tiles.replaceChildren(
      ...sheet.map((one, at) =>
        el(
          "button",
          {
            class: "tile",
            "aria-pressed": String(one.chosen),
            "aria-label": `${one.name}: ${one.text}`,
            "data-setting": one.setting,
            "data-animal": one.animal,
            tabindex: at === chosen ? "0" : "-1",
            onclick: () => this.report({ picture: one.setting }),
          },
          el("img", { src: new URL(one.address, document.baseURI).href, alt: "" }),
          el("span", { class: "name" }, one.name),
          el("span", { class: "text numbers" }, one.text),
        ),
      ),
    );
    if (kept === undefined) return;
    const again = /** @type {HTMLElement[]} */ ([...this.tiles.children]).find(
      (one) => one.dataset.setting === kept,
    );
    again?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const tiles = /** @type {HTMLElement[]} */ ([...this.tiles.children]);
    const at = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
    if (!way || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = tiles[(at + way + tiles.length) % tiles.length];
    for (const one of tiles) setAttributes(one, { tabindex: one === next ? "0" : "-1" });
    next.focus();
  }
}

/**
 * @param {HTMLElement} place
 * @param {ShareRow[]} rows
 */
function fill(place, rows) {
  place.replaceChildren(
    ...rows.map(({ name, share, text }) =>
      el(
        "div",
        { class: "bar-row" },
        el("span", { class: "name" }, name),
        el(
          "span",
          { class: "share-bar" },
          el("i", { class: "fill", style: `width:${100 * share}%` }),
        ),
        el("span", { class: "numbers" }, text),
      ),
    ),
  );
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new AnimalStage());
  setStage(stage.element);
  stage.report = report;
  stage.free.start();
  void stage.update(data);
  return () => stage.free.stop();
}
