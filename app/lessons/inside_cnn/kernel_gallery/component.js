// Kernels as tiles; a click sends one to the Kernel lab.

import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { Roving } from "../roving.js";
import { copyTile } from "../sprite.js";

/** @import { FrameBlob } from "../../../browser/frame.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { SpriteLayout } from "../sprite.js" */
/**
 * Kernels side by side: app/lessons/inside_cnn/gallery_frame.py; `label`: below its tile; `texts`: a slice as the
 * Kernel lab reads it, by key.
 * @typedef {{name: string, label: string, texts: Record<string, string>}} Kernel
 * @typedef {SpriteLayout & {key: string, title: string, note: string, slices: {key: string, name: string}[],
 *   kernels: Kernel[]}} Group
 */

class Gallery {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {string | undefined} */
    this.version = undefined;
    this.reading = el("output", { class: "reading numbers quiet", "aria-live": "polite" });
    this.element = el("div", { class: "ks gallery" });
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  update(data) {
    const { header, blobs } = unpackFrame(data);
    const { version, groups } = /** @type {{version: string, groups: Group[]}} */ (header);
    if (this.version === version) return;
    this.version = version;
    this.element.replaceChildren(
      ...groups.map((group) => this.group(group, blobs.get(group.key))),
      this.reading,
    );
    setText(this.reading, "");
  }

  /**
   * @param {Group} group
   * @param {FrameBlob | undefined} blob
   */
  group(group, blob) {
    const slice = el(
      "select",
      { "aria-label": "Which weights to use" },
      ...group.slices.map(({ key, name }) => el("option", { value: key }, name)),
    );
    const row = el("div", { class: "row", role: "toolbar", "aria-label": group.title });
    const roving = new Roving(row, ".kernel", "rows");
    if (blob)
      createImageBitmap(new Blob([blob.bytes], { type: blob.type })).then((sprite) => {
        row.append(...group.kernels.map((_, at) => this.tile(group, at, sprite, slice)));
        roving.refresh();
        setAttributes(row, { "data-ready": "true" });
      });
    return el(
      "section",
      { class: "group" },
      el(
        "div",
        { class: "head" },
        el("h4", {}, group.title),
        el("span", { class: "quiet" }, group.note),
        ...(group.slices.length > 1 ? [el("label", {}, slice)] : []),
      ),
      row,
    );
  }

  /**
   * @param {Group} group
   * @param {number} at
   * @param {ImageBitmap} sprite
   * @param {HTMLSelectElement} slice which slice of a kernel is tried
   */
  tile(group, at, sprite, slice) {
    const { name, label, texts } = group.kernels[at];
    const canvas = el("canvas", { "aria-hidden": "true" });
    copyTile(canvas, sprite, group, at);
    const chosen = () => texts[slice.value] ?? Object.values(texts)[0];
    const read = () =>
      setText(this.reading, `${name}: ${chosen().replaceAll(";", "  |  ").replaceAll(",", "  ")}`);
    return el(
      "button",
      {
        class: "kernel",
        title: `Try ${name} on your picture`,
        "aria-label": `Try ${name} on your picture`,
        onpointerenter: read,
        onfocus: read,
        onclick: () => this.report({ kernel: chosen() }),
      },
      canvas,
      el("span", { class: "label" }, label),
    );
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return;
  const gallery = rootOf(parentElement, () => new Gallery());
  gallery.report = report;
  gallery.update(data);
}
