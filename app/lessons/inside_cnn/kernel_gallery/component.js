// Kernels as tiles; a click sends one to the Kernel lab.

import { el, rootOf, setAttributes, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";

class Gallery {
  constructor() {
    this.reading = el("output", { class: "reading numbers quiet", "aria-live": "polite" });
    this.element = el("div", { class: "ks gallery" });
  }

  update(data) {
    const { header, blobs } = unpackFrame(data);
    if (this.version === header.version) return;
    this.version = header.version;
    this.element.replaceChildren(
      ...header.groups.map((group) => this.group(group, blobs.get(group.key))),
      this.reading,
    );
    setText(this.reading, "");
  }

  group(group, blob) {
    const slice = el(
      "select",
      { "aria-label": "Which slice to try" },
      ...group.slices.map(({ key, name }) => el("option", { value: key }, name)),
    );
    const row = el("div", { class: "row", role: "group", "aria-label": group.title });
    createImageBitmap(new Blob([blob.bytes], { type: blob.type })).then((picture) => {
      row.append(
        ...group.kernels.map((kernel, at) => this.tile(kernel, at, picture, group, slice)),
      );
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
        ...(group.slices.length > 1 ? [el("label", {}, "try ", slice)] : []),
      ),
      row,
    );
  }

  tile(kernel, at, picture, group, slice) {
    const canvas = el("canvas", {
      width: group.width,
      height: group.height,
      "aria-hidden": "true",
    });
    canvas
      .getContext("2d")
      .drawImage(
        picture,
        (at % group.columns) * group.width,
        Math.floor(at / group.columns) * group.height,
        group.width,
        group.height,
        0,
        0,
        group.width,
        group.height,
      );
    const chosen = () => kernel.texts[slice.value] ?? Object.values(kernel.texts)[0];
    const say = () =>
      setText(
        this.reading,
        `${kernel.name}: ${chosen().replaceAll(";", "  |  ").replaceAll(",", "  ")}`,
      );
    return el(
      "button",
      {
        class: "kernel",
        title: `Try ${kernel.name} on your picture`,
        "aria-label": `Try ${kernel.name} on your picture`,
        onpointerenter: say,
        onfocus: say,
        onclick: () => this.report({ kernel: chosen(), stamp: `${Date.now()}` }),
      },
      canvas,
    );
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return;
  const gallery = rootOf(parentElement, () => new Gallery());
  gallery.report = (changes) => setStateValue("changes", changes);
  gallery.update(data);
}
