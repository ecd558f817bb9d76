// The left column: what the network is given, the receptive field on it, and the map under the pointer enlarged.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { oneTile, onPicture, receptiveSpan } from "./geometry.js";
import { GarmentChooser } from "./garments.js";
import { DrawingPad } from "./pad.js";
import { InputPicture } from "./picture.js";
import { MapSheet } from "./sheet.js";

/** @import { FrameBlob, GarmentChoice, Layer, PageHeader, Settings, Sheet, Span, TilePoint, Unit } from "./types.js" */

const UNIT_MAP_PX = { belowPad: 120, belowPicture: 168 };
const WHOLE = [0, 0, 1, 1];

export class InputColumn {
  /**
   * `ondraw`: a stroke goes on; `oncommit`: it ended; `onhover`, `onopen`: a cell of the open unit's map.
   * @param {{ondraw: (text: string) => void, oncommit: (text: string) => void,
   *   ongarment: (index: number) => void, ongarments: (choice: GarmentChoice) => void, onhover: (at: TilePoint | null) => void,
   *   onopen: (at: TilePoint) => void}} on
   */
  constructor({ ondraw, oncommit, ongarment, ongarments, onhover, onopen }) {
    this.picture = new InputPicture();
    this.pad = new DrawingPad({ ondraw, oncommit, ongarment });
    this.garments = new GarmentChooser({ onchoose: ongarment, onneed: ongarments });
    this.pad.element.append(this.garments.element);
    /** What the receptive field of the open unit is; beside the unit there is room for it. */
    this.fieldText = el("div", { class: "field-text quiet" });
    this.unitMap = new MapSheet({ onhover, onopen });
    this.unitMap.element.classList.add("unit-map");
    this.lensCanvas = el("canvas", { "aria-hidden": "true" });
    this.lensName = el("span", { class: "lens-name" });
    this.lensText = el("span", { class: "lens-text quiet numbers" });
    this.lensField = el("span", { class: "lens-text quiet numbers" });
    this.lens = el(
      "div",
      { class: "lens", hidden: true },
      this.lensCanvas,
      this.lensName,
      this.lensText,
      this.lensField,
    );
    this.element = el(
      "div",
      { class: "left" },
      this.picture.element,
      this.pad.element,
      this.unitMap.element,
      this.lens,
    );
    /** @type {PageHeader | undefined} */ this.header = undefined;
    /** The receptive field of the open unit, marked while no other is under the pointer. @type {Span | null} */
    this.held = null;
    this.usesPad = false;
  }

  /**
   * @param {PageHeader} header
   * @param {Map<string, FrameBlob>} blobs
   * @param {boolean} usesPad whether the network is given what is on the pad, not the photograph
   * @param {Settings} settings as they are shown, which may be ahead of the page's
   * @param {boolean} isBehind whether the pad is ahead of the page, which has yet to hear of the last strokes
   */
  show(header, blobs, usesPad, { source, garment }, isBehind) {
    this.header = header;
    this.choose(usesPad);
    if (usesPad) {
      if (!isBehind) this.pad.show(header.pad);
      this.pad.offer(header.pad, blobs.get("garments"));
      this.garments.show(header.pad, source === "garment" ? garment : "");
    }
    const photo = blobs.get("picture");
    if (photo) this.picture.show(header.picture, photo, header);
    // While the camera is on, its frames say what is seen of them.
    if (!this.picture.image.hidden) this.picture.shape(header.aspect, header.view);
  }

  /** @param {boolean} usesPad whether the pad is shown, or the photograph */
  choose(usesPad) {
    this.usesPad = usesPad;
    this.picture.element.hidden = usesPad;
    this.pad.element.hidden = !usesPad;
    this.element.classList.toggle("with-pad", usesPad);
  }

  /** What is seen of the input: the photograph, or the pad. */
  get shownPicture() {
    return this.usesPad ? this.pad.canvas : this.picture.element;
  }

  /** Take away what belongs to a unit; another place is open. */
  clear() {
    this.lens.hidden = true;
    this.mark(null);
    this.picture.showEffectiveField(null);
    this.pad.showEffectiveField(null);
  }

  /**
   * Frame a receptive field and keep it; null takes the frame and its text away.
   * @param {Span | null} span
   */
  mark(span) {
    this.held = span;
    this.frame(span);
  }

  /**
   * Frame the receptive field of a unit that the pointer passes over.
   * @param {Layer} layer
   * @param {TilePoint} at
   */
  markPassing(layer, { row = 0, column = 0 }) {
    const field = layer.receptive_field;
    if (!this.header || !field) return;
    const [height, width] = this.header.facts.size;
    this.frame({
      rows: receptiveSpan(field, 0, row, height),
      columns: receptiveSpan(field, 1, column, width),
    });
  }

  /** Frame the kept receptive field again, after the pointer has gone. */
  remark() {
    if (this.held) this.frame(this.held);
  }

  /** @param {Span | null} span */
  frame(span) {
    if (!this.header) return;
    const { facts, view } = this.header;
    const box = span && onPicture(this.usesPad ? WHOLE : view, facts.size, span.rows, span.columns);
    this.picture.mark(box);
    this.pad.mark(box);
    if (!span) setText(this.fieldText, "");
  }

  /** @param {string} text what the receptive field is */
  describe(text) {
    setText(this.fieldText, text);
  }

  /**
   * Lay the effective receptive field over the input.
   * @param {FrameBlob} blob
   * @param {string} text what it means
   */
  showEffectiveField(blob, text) {
    if (this.usesPad) this.pad.showEffectiveField(this.picture.address("pad", blob));
    else this.picture.showEffectiveField(blob);
    const before = (this.fieldText.textContent ?? "").split(" Amber")[0];
    setText(this.fieldText, `${before} Amber: ${text}`);
  }

  /**
   * Show the map of the open unit, with the unit marked.
   * @param {Sheet} sheet
   * @param {ImageBitmap} sprite
   * @param {Layer} layer
   * @param {Unit} unit
   */
  showUnitMap(sheet, sprite, layer, { row, column }) {
    this.unitMap.lay(
      oneTile(this.usesPad ? UNIT_MAP_PX.belowPad : UNIT_MAP_PX.belowPicture, sheet),
      layer,
    );
    this.unitMap.paint({ ...sheet, zero: [], dead: [] }, sprite);
    this.unitMap.hold({ index: 0, row, column });
    setAttributes(this.unitMap.canvas, {
      "aria-label": `Map ${sheet.first} of ${layer.title}, the open unit is marked`,
    });
  }

  /**
   * Show a map of a sheet enlarged, with its name and range.
   * @param {MapSheet} sheet
   * @param {number} index
   * @param {string} name
   * @param {string} text
   */
  enlarge(sheet, index, name, text) {
    sheet.copyTo(this.lensCanvas, index);
    setText(this.lensName, name);
    setText(this.lensText, text);
    setText(this.lensField, "");
  }

  close() {
    this.picture.close();
  }
}
