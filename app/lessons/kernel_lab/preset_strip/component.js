// The presets: each a thumbnail of the reader's own picture, filtered. All thumbnails come as one sheet.

import { labChannel } from "../../../browser/channel.js";
import { el, rootOf, setAttributes } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";

class Strip {
  constructor() {
    this.list = el("div", { class: "list", role: "listbox", "aria-label": "Preset kernels" });
    this.element = el("div", { class: "ks strip" }, this.list);
    this.buttons = new Map();
    this.list.addEventListener("keydown", (event) => this.walk(event));
  }

  update(data, report) {
    const { header, blobs } = unpackFrame(data);
    this.report = report;
    if (this.version !== header.version) {
      this.version = header.version;
      this.showSheet(header, blobs.get("sheet"));
      this.chosen = undefined;
    }
    this.listen(header.lab);
    this.mark(this.channel.shown?.kernel.preset ?? "");
  }

  /** Each frame says which preset it was made with, if any. */
  listen(name) {
    if (this.channel) return;
    this.channel = labChannel(name);
    this.onFrame = ({ detail }) => this.mark(detail.kernel.preset);
    this.channel.addEventListener("frame", this.onFrame);
  }

  mark(chosen) {
    if (chosen === this.chosen) return;
    this.chosen = chosen;
    for (const [key, button] of this.buttons) {
      setAttributes(button, {
        "aria-selected": String(key === chosen),
        tabindex: key === chosen ? "0" : "-1",
      });
    }
    if (this.buttons.has(chosen)) this.reveal(this.buttons.get(chosen));
    else setAttributes(this.buttons.values().next().value, { tabindex: "0" });
  }

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

  makeButton(kernel, { columns, rows }) {
    const [left, top] = [kernel.index % columns, Math.floor(kernel.index / columns)];
    const percent = (at, count) => (count > 1 ? (100 * at) / (count - 1) : 0);
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
      el("div", { class: "label" }, kernel.name),
    );
    this.buttons.set(kernel.key, button);
    return button;
  }

  choose(kernel) {
    this.channel.draft({ kernel });
    this.channel.release();
    this.report({ kernel, stamp: `${Date.now()}` });
  }

  reveal(button) {
    const list = this.list.getBoundingClientRect();
    const box = button.getBoundingClientRect();
    if (box.left < list.left || box.right > list.right)
      this.list.scrollLeft += box.left - list.left - list.width / 3;
  }

  walk(event) {
    const order = [...this.buttons.values()];
    const at = order.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: order.length - 1 }[
      event.key
    ];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(event.target.dataset.kernel);
    }
    if (next === undefined || !order[next]) return;
    event.preventDefault();
    order.forEach((button) => setAttributes(button, { tabindex: "-1" }));
    setAttributes(order[next], { tabindex: "0" });
    order[next].focus();
    this.reveal(order[next]);
  }

  close() {
    this.channel?.removeEventListener("frame", this.onFrame);
    this.channel = undefined;
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  const strip = rootOf(parentElement, () => new Strip());
  strip.update(data, (changes) => setStateValue("changes", changes));
  return () => strip.close();
}
