// The presets: each a thumbnail of the reader's own picture, filtered. All thumbnails come as one sheet.

import { labChannel } from "../../../browser/channel.js";
import { el, rootOf, setAttributes } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";

/** @import { LabChannel } from "../../../browser/channel.js" */
/** @import { FrameBlob } from "../../../browser/frame.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { LabHeader } from "../live_view/types.js" */
/** @typedef {{key: string, name: string, note: string, index: number}} Preset `index`: its place on the sheet */
/**
 * The header of app/lessons/kernel_lab/preset_sheet.py; columns and rows of the sheet.
 * @typedef {{lab: string, version: string, columns: number, rows: number,
 *   families: {name: string, kernels: Preset[]}[]}} SheetHeader
 */

class Strip {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {LabChannel | undefined} */
    this.channel = undefined;
    this.version = "";
    /** @type {string | undefined} the preset that is marked, "" for none */
    this.chosen = undefined;
    /** The address of the sheet. */
    this.url = "";
    this.list = el("div", {
      class: "list",
      role: "listbox",
      tabindex: "-1",
      "aria-label": "Preset kernels",
      "aria-orientation": "horizontal",
    });
    this.element = el("div", { class: "ks strip" }, this.list);
    /** @type {Map<string, HTMLElement>} */
    this.buttons = new Map();
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("scroll", () => this.fade());
    // Where its size changes, what is out of sight changes too; the chosen one stays in sight.
    this.ruler = new ResizeObserver(() => {
      const chosen = this.buttons.get(this.chosen ?? "");
      if (chosen) this.reveal(chosen);
      this.fade();
    });
    this.ruler.observe(this.list);
    // Each frame says which preset it was made with, if any.
    this.onframe = (/** @type {Event} */ event) => {
      const header = /** @type {CustomEvent<LabHeader>} */ (event).detail;
      this.mark(header.kernel.preset);
    };
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  update(data) {
    const frame = unpackFrame(data);
    const header = /** @type {SheetHeader} */ (frame.header);
    const sheet = frame.blobs.get("sheet");
    if (this.version !== header.version && sheet) {
      this.version = header.version;
      this.showSheet(header, sheet);
      this.chosen = undefined;
    }
    /** @type {LabHeader | undefined} */
    const shown = this.listen(header.lab).shown;
    this.mark(shown?.kernel.preset ?? "");
  }

  /** @param {string} name */
  listen(name) {
    if (!this.channel) {
      this.channel = labChannel(name);
      this.channel.addEventListener("frame", this.onframe);
    }
    return this.channel;
  }

  /** @param {string} chosen */
  mark(chosen) {
    if (chosen === this.chosen) return;
    this.chosen = chosen;
    for (const [key, button] of this.buttons) {
      setAttributes(button, {
        "aria-selected": String(key === chosen),
        tabindex: key === chosen ? "0" : "-1",
      });
    }
    const button = this.buttons.get(chosen);
    if (button) this.reveal(button);
    else setAttributes([...this.buttons.values()][0], { tabindex: "0" });
  }

  /**
   * @param {SheetHeader} header
   * @param {FrameBlob} sheet
   */
  showSheet(header, sheet) {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(new Blob([sheet.bytes], { type: sheet.type }));
    this.buttons.clear();
    this.list.replaceChildren(
      ...header.families.map((family) =>
        el(
          "div",
          { class: "family", role: "group", "aria-label": family.name },
          el("div", { class: "heading" }, family.name),
          el(
            "div",
            { class: "kernels" },
            ...family.kernels.map((kernel) => this.makeButton(kernel, header)),
          ),
        ),
      ),
    );
  }

  /**
   * @param {Preset} kernel
   * @param {SheetHeader} sheet
   */
  makeButton(kernel, { columns, rows }) {
    const [left, top] = [kernel.index % columns, Math.floor(kernel.index / columns)];
    const percent = (/** @type {number} */ at, /** @type {number} */ count) =>
      count > 1 ? (100 * at) / (count - 1) : 0;
    const button = el(
      "div",
      {
        class: "preset",
        role: "option",
        title: `${kernel.name}. ${kernel.note}`,
        "aria-label": kernel.name,
        "data-kernel": kernel.key,
        onclick: () => this.choose(kernel.key),
      },
      el("div", {
        class: "thumb",
        style: `background-image:url(${this.url});background-size:${columns * 100}% ${rows * 100}%;background-position:${percent(left, columns)}% ${percent(top, rows)}%`,
      }),
      el("div", { class: "label" }, ...inTwoLines(kernel.name)),
    );
    this.buttons.set(kernel.key, button);
    return button;
  }

  /** @param {string} kernel its key */
  choose(kernel) {
    this.channel?.preview({ kernel });
    this.channel?.release();
    this.report({ kernel });
  }

  /**
   * Scroll the strip, never the page, to a tile that is out of sight; the first one in sight is then a whole one.
   * @param {HTMLElement} button
   */
  reveal(button) {
    const list = this.list.getBoundingClientRect();
    const box = button.getBoundingClientRect();
    if (box.left >= list.left && box.right <= list.right) return;
    const wanted = box.left - list.width / 3;
    const first = [...this.buttons.values()].find(
      (other) => other.getBoundingClientRect().left >= wanted,
    );
    const beside = parseFloat(getComputedStyle(this.list).scrollPaddingInlineStart);
    this.list.scrollLeft += (first ?? button).getBoundingClientRect().left - list.left - beside;
  }

  /** Fade what goes on beyond an edge. */
  fade() {
    const { scrollLeft, scrollWidth, clientWidth } = this.list;
    this.element.classList.toggle("before", scrollLeft > 1);
    this.element.classList.toggle("after", scrollLeft + clientWidth < scrollWidth - 1);
  }

  /**
   * Arrow keys, Home and End move the focus, Enter and Space choose.
   * @param {KeyboardEvent} event
   */
  key(event) {
    const keys = [...this.buttons.keys()];
    const at = keys.findIndex((key) => this.buttons.get(key) === event.target);
    if (at >= 0 && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.choose(keys[at]);
    }
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: keys.length - 1 }[
      event.key
    ];
    const button = next === undefined ? undefined : this.buttons.get(keys[next]);
    if (!button) return;
    event.preventDefault();
    for (const other of this.buttons.values()) setAttributes(other, { tabindex: "-1" });
    setAttributes(button, { tabindex: "0" });
    button.focus();
    this.reveal(button);
  }

  close() {
    this.channel?.removeEventListener("frame", this.onframe);
    this.channel = undefined;
  }
}

/**
 * A name in two lines: broken behind its comma, else so that they are of much the same length.
 * @param {string} name
 */
function inTwoLines(name) {
  const words = name.split(" ");
  const unevenness = (/** @type {number} */ at) =>
    Math.abs(words.slice(0, at).join(" ").length - name.length / 2);
  const comma = words.findIndex((word) => word.endsWith(",")) + 1;
  const [best] = words.map((_, at) => at).sort((one, other) => unevenness(one) - unevenness(other));
  const at = comma || best;
  return at ? [words.slice(0, at).join(" "), el("br"), words.slice(at).join(" ")] : [name];
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const strip = rootOf(parentElement, () => new Strip());
  strip.report = report;
  strip.update(data);
  return () => strip.close();
}
