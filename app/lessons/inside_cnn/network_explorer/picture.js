// The photograph with what a unit sees of it: the frame of its field, and the heat of the pixels that move it.

import { el, setAttributes, setText } from "../../../browser/dom.js";

export class FieldPicture {
  constructor() {
    this.image = el("img", { class: "photo", draggable: "false" });
    this.view = el("div", { class: "view", title: "the part that the network sees" });
    this.heat = el("img", { class: "heat", alt: "", hidden: true });
    this.frame = el("div", { class: "field", hidden: true });
    this.element = el("div", { class: "picture" }, this.image, this.view, this.heat, this.frame);
    this.urls = new Map();
  }

  /** @param {string} key the picture's, so that the same one is not decoded again */
  show(key, blob, alt, view, small) {
    if (this.key !== key) {
      this.key = key;
      this.image.src = this.address("photo", blob);
    }
    setAttributes(this.image, { alt, class: small ? "photo small" : "photo" });
    this.lay(this.view, { top: view[0], left: view[1], height: view[2], width: view[3] });
    this.view.hidden = view[2] >= 0.999 && view[3] >= 0.999;
    this.lay(this.heat, { top: view[0], left: view[1], height: view[2], width: view[3] });
  }

  address(name, blob) {
    if (this.urls.has(name)) URL.revokeObjectURL(this.urls.get(name));
    this.urls.set(name, URL.createObjectURL(new Blob([blob.bytes], { type: blob.type })));
    return this.urls.get(name);
  }

  /** Frame a rectangle, in shares of the picture; null takes the frame off. */
  mark(box) {
    this.frame.hidden = !box;
    if (box) this.lay(this.frame, box);
  }

  warm(blob) {
    this.heat.hidden = !blob;
    if (blob) this.heat.src = this.address("heat", blob);
  }

  lay(part, { top, left, height, width }) {
    Object.assign(part.style, {
      top: `${100 * top}%`,
      left: `${100 * left}%`,
      height: `${100 * height}%`,
      width: `${100 * width}%`,
    });
  }

  close() {
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
    this.urls.clear();
    this.key = undefined;
  }
}

/** Bars for classes: click one to see its arithmetic. */
export class ScoreBars {
  /** @param {(channel: number) => void} onopen */
  constructor(onopen) {
    this.onopen = onopen;
    this.list = el("div", { class: "bars", role: "list" });
    this.total = el("div", { class: "quiet small" });
    this.animals = el("div", { class: "animals" });
    this.note = el("div", { class: "quiet small" });
    this.element = el(
      "section",
      { class: "scores", "aria-label": "Class scores" },
      el("h4", {}, "What it says"),
      this.list,
      this.total,
      this.animals,
      this.note,
    );
    this.rows = [];
  }

  show(scores, chosen) {
    while (this.rows.length < scores.rows.length) this.rows.push(this.make());
    this.list.replaceChildren(...this.rows.slice(0, scores.rows.length).map((row) => row.element));
    scores.rows.forEach((score, index) => this.fill(this.rows[index], score, index, chosen));
    setText(this.total, scores.total);
    setText(this.note, scores.animals_text ?? "");
    const animals = scores.animals ?? [];
    while (this.animals.children.length > animals.length) this.animals.lastChild.remove();
    animals.forEach((animal, index) => {
      if (!this.animals.children[index])
        this.animals.append(
          el("div", { class: "animal" }, el("b", {}), el("span", { class: "numbers" })),
        );
      const [name, text] = this.animals.children[index].children;
      setText(name, animal.name);
      setText(text, animal.text);
    });
  }

  make() {
    const name = el("span", { class: "name" });
    const text = el("span", { class: "numbers" });
    const bar = el("i", { class: "bar" });
    const button = el(
      "button",
      { class: "score", title: "See how this score comes about" },
      name,
      text,
      el("span", { class: "track" }, bar),
    );
    const row = { element: el("div", { role: "listitem" }, button), button, name, text, bar };
    button.addEventListener("click", () => this.onopen(row.channel));
    return row;
  }

  fill(row, score, index, chosen) {
    row.channel = score.channel;
    setText(row.name, score.name);
    setText(row.text, score.text);
    row.bar.style.width = `${100 * score.share}%`;
    setAttributes(row.button, {
      class: index === 0 ? "score first" : "score",
      "aria-pressed": String(chosen === score.channel),
      "data-channel": score.channel,
    });
  }
}
