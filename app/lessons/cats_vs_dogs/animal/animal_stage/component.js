// Cat, dog or neither: the picture with Grad-CAM over it, the bars, and the sheet of pictures by doubt.

import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { FreeHeight } from "../../../../browser/free_height.js";
import { setStage } from "../../../../browser/lesson_stage.js";
import { addressIn, listRefused, TOLD_EVERY_MS, Uploading } from "../../uploading.js";

/** @import { FrameBlob } from "../../../../browser/frame.js" */
/** @import { Progress } from "../../uploading.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @typedef {{name: string, share: number, text: string}} ShareRow */
/**
 * A picture of the sheet; `animal` is "" until it is known.
 * @typedef {{setting: string, digest: string, name: string, address: string, text: string, animal: string, chosen: boolean}} SheetTile
 */
/**
 * app/lessons/cats_vs_dogs/animal/frame.py writes it.
 * @typedef {{verdict: string, breed: string, bars: ShareRow[], breeds_title: string, breeds: ShareRow[],
 *   threshold: number, either_text: string, either: number, alt: string, sheet: SheetTile[],
 *   nearest: {text: string, address?: string, setting?: string, digest?: string}, can_clear: boolean, owner: string, path: string,
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
    this.slider = el("input", { type: "range", min: 1, max: 99, step: 1 });
    this.limit = el("output", { class: "numbers" });
    this.either = el("span", { class: "numbers" });
    this.filled = el("i", { class: "fill" });
    this.tick = el("i", { class: "tick" });
    this.slider.addEventListener("input", () => this.move());
    this.slider.addEventListener("change", () =>
      this.report({ animal_threshold: this.slider.value }),
    );
    this.bars = el("div", { class: "bars" });
    this.breedsTitle = el("h4");
    this.breeds = el("div", { class: "bars breeds" });
    this.nearest = el("div", { class: "nearest" });
    this.nearestText = el("span", { class: "quiet" });
    this.field = el("input", { type: "file", multiple: true, accept: "image/*", tabindex: "-1" });
    this.field.hidden = true;
    this.field.addEventListener("change", () => {
      this.send([...(this.field.files ?? [])]);
      this.field.value = "";
    });
    this.choose = el("button", { onclick: () => this.field.click() }, "Add pictures");
    this.clear = el("button", { onclick: () => this.report({ clear: true }) }, "Remove yours");
    this.stop = el("button", { onclick: () => this.uploading?.stop() }, "Stop");
    this.stop.hidden = true;
    this.status = el("span", { class: "status numbers", role: "status" });
    this.refused = el("ul", { class: "refused" });
    this.refused.hidden = true;
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
        el(
          "div",
          { class: "either" },
          el("label", {}, "Threshold ", this.slider, this.limit),
          this.either,
          el("span", { class: "share-bar" }, this.filled, this.tick),
        ),
        this.nearest,
        this.breedsTitle,
        this.breeds,
      ),
      el(
        "div",
        { class: "sheet" },
        el(
          "div",
          { class: "head" },
          el("h4", {}, "Pictures, those nearest to another verdict first"),
          this.choose,
          this.clear,
          this.stop,
          this.status,
        ),
        this.refused,
        this.tiles,
        this.field,
      ),
    );
    this.free = new FreeHeight(this.element);
    /** @type {AnimalHeader | undefined} */
    this.header = undefined;
    /** @type {Uploading | undefined} */
    this.uploading = undefined;
    this.toldAt = 0;
    this.element.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    this.element.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.send([...event.dataTransfer.files]);
    });
    this.drawn = 0;
    /** @type {Record<string, unknown>} */
    this.unsettled = {};
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  async update(data, unsettled) {
    this.unsettled = unsettled;
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {AnimalHeader} */ (received);
    this.header = header;
    setText(this.verdict, header.verdict);
    this.showNearest(header.nearest);
    this.clear.hidden = !header.can_clear;
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

  /** @param {AnimalHeader["nearest"]} nearest */
  showNearest({ text, address, setting, digest }) {
    setText(this.nearestText, text);
    const wanted = [address, setting].join();
    if (this.nearest.dataset.wanted === wanted) return;
    this.nearest.dataset.wanted = wanted;
    this.nearest.replaceChildren(this.nearestText);
    if (!address) return;
    const picture = el("img", { src: new URL(address, document.baseURI).href, alt: "" });
    const open = () => this.report(setting ? { picture: setting } : { sheet: digest });
    const button = el("button", { onclick: open, "aria-label": "Open the most similar picture" });
    button.append(picture);
    this.nearest.prepend(button);
  }

  /** @param {AnimalHeader} header */
  showThreshold({ threshold, either_text, either }) {
    setText(this.either, either_text);
    this.filled.style.width = `${100 * either}%`;
    if (this.unsettled.animal_threshold === undefined) this.slider.value = String(threshold);
    setAttributes(this.slider, {
      title: "If all cats and dogs together are less probable than this, it is neither.",
    });
    this.move();
  }

  /** The mark on the bar goes along with the slider. */
  move() {
    const { value } = this.slider;
    setText(this.limit, `${value} %`);
    setAttributes(this.slider, { "aria-valuetext": `${value} %` });
    this.tick.style.left = `${value}%`;
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
    const kept = focused?.dataset.digest;
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
            "data-digest": one.digest,
            "data-animal": one.animal,
            tabindex: at === chosen ? "0" : "-1",
            onclick: () =>
              this.report(one.setting ? { picture: one.setting } : { sheet: one.digest }),
          },
          el("img", { src: new URL(one.address, document.baseURI).href, alt: "", loading: "lazy" }),
          el("span", { class: "name" }, one.name),
          // A number and its unit stay in one line.
          el("span", { class: "text numbers" }, one.text.replaceAll(" %", "\u00a0%")),
        ),
      ),
    );
    if (kept === undefined) return;
    const again = /** @type {HTMLElement[]} */ ([...this.tiles.children]).find(
      (one) => one.dataset.digest === kept,
    );
    again?.focus({ preventScroll: true });
  }

  /** @param {File[]} files */
  send(files) {
    if (!this.header || this.uploading || !files.length) return;
    const { path, owner } = this.header;
    this.uploading = new Uploading(files, addressIn(`${path}/${owner}/0`), (progress) =>
      this.tell(progress),
    );
    this.stop.hidden = false;
    this.refused.hidden = true;
    void this.uploading.run();
  }

  /** @param {Progress} progress */
  tell(progress) {
    const { done, total, refused, isOver } = progress;
    // A count that grows is not read out.
    setAttributes(this.status, { "aria-live": done === 0 || isOver ? "polite" : "off" });
    const end = refused.length ? `${refused.length} of ${total} files are not taken:` : "";
    setText(this.status, isOver ? end : `${done} of ${total} files are sent`);
    const now = performance.now();
    if (isOver || now > this.toldAt + TOLD_EVERY_MS) {
      this.toldAt = now;
      if (done > refused.length) this.report({ uploaded: true });
    }
    if (!isOver) return;
    this.uploading = undefined;
    this.stop.hidden = true;
    listRefused(this.refused, refused);
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
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new AnimalStage());
  setStage(stage.element);
  stage.report = report;
  stage.free.start();
  void stage.update(data, unsettled);
  return () => stage.free.stop();
}
