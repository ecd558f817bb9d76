// One class: its name, its pictures in a row, and what can be done with the one that is chosen.

import { el, setAttributes, setText } from "../../../../browser/dom.js";

/** @typedef {{name: string, digest: string, address: string}} BinPicture */
/** @typedef {{id: string, name: string, ink: string, pictures: BinPicture[]}} BinData */
/**
 * What a class tells the others, with its id. `move`: from which class, which picture by its digest, and to which class;
 * to none is away.
 * @typedef {{rename: (which: string, name: string) => void,
 *   move: (which: string, picture: string, to: string | null) => void, dismiss: (which: string) => void, take: (files: File[]) => void, at: number}} BinDoors
 */

/** A finger drops nothing. */
export const HAS_TOUCH = matchMedia("(pointer: coarse)").matches;

const DRAGGED = "application/x-kernelscope-picture";

export class ClassBin {
  /** @param {BinDoors} doors */
  constructor(doors) {
    this.doors = doors;
    /** The picture whose buttons are shown, -1 for none. */
    this.chosen = -1;
    /** @type {BinData | undefined} */
    this.data = undefined;
    /** @type {BinData[]} */
    this.all = [];
    /** The tiles by the addresses of their pictures. @type {Map<string, HTMLElement>} */
    this.tiles = new Map();
    this.dot = el("span", { class: "dot" });
    this.name = el("input", { class: "name", maxlength: 24, spellcheck: "false" });
    /** The name that was asked for last. */
    this.wished = "";
    this.name.addEventListener("change", () => {
      this.wished = this.name.value;
      doors.rename(this.data?.id ?? "", this.wished);
    });
    this.count = el("span", { class: "count numbers" });
    this.file = el("input", { type: "file", multiple: true, accept: "image/*", tabindex: "-1" });
    this.file.addEventListener("change", () => {
      doors.take([...(this.file.files ?? [])]);
      this.file.value = "";
    });
    this.choose = el("button", { onclick: () => this.file.click() }, "Add pictures");
    this.dismiss = el("button", { onclick: () => doors.dismiss(this.data?.id ?? "") }, "Remove");
    this.actions = el("span", { class: "actions" });
    this.pictures = el("div", { class: "pictures", role: "toolbar" });
    this.pictures.addEventListener("keydown", (event) => this.key(event));
    const hint = HAS_TOUCH ? "No pictures yet" : "Drop or paste pictures here";
    this.hint = el("span", { class: "hint quiet" }, hint);
    this.row = el("div", { class: "row" }, this.pictures, this.hint, this.actions);
    this.element = el(
      "section",
      { class: "bin" },
      el("div", { class: "head" }, this.dot, this.name, this.count, this.choose, this.dismiss),
      this.row,
      this.file,
    );
    this.file.hidden = true;
    this.listenToDrops();
  }

  /**
   * @param {BinData} data
   * @param {BinData[]} all the classes
   * @param {boolean} isRefused whether the last thing that was done was not possible
   */
  update(data, all, isRefused) {
    const chosen = this.data?.pictures[this.chosen]?.digest;
    this.data = data;
    this.all = all;
    const isBack = isRefused && this.name.value === this.wished;
    if (isBack || !this.name.matches(":focus")) this.name.value = data.name;
    setAttributes(this.name, { "aria-label": `Name of class ${this.doors.at + 1}` });
    this.dot.style.background = data.ink;
    this.element.style.setProperty("--class", data.ink);
    setText(this.count, String(data.pictures.length));
    setAttributes(this.choose, { "aria-label": `Add pictures to ${data.name}` });
    setAttributes(this.dismiss, { "aria-label": `Remove class ${data.name}` });
    setAttributes(this.pictures, { "aria-label": `Pictures of ${data.name}` });
    this.hint.hidden = data.pictures.length > 0;
    const wanted = data.pictures.map(({ address }) => address).join();
    if (this.pictures.dataset.wanted !== wanted) {
      // Of a picture, or of one of its buttons.
      const hadFocus = this.row.matches(":focus-within");
      this.pictures.dataset.wanted = wanted;
      const before = this.tiles.size;
      this.place(data.pictures);
      // What was added is seen.
      if (before && this.tiles.size > before) this.pictures.scrollTop = this.pictures.scrollHeight;
      const last = data.pictures.length - 1;
      // It stays chosen where others came before it; where it is gone, the next one is.
      const there = data.pictures.findIndex(({ digest }) => digest === chosen);
      if (this.chosen >= 0) this.select(there < 0 ? Math.min(this.chosen, last) : there);
      else this.select(-1);
      if (hadFocus && last < 0) this.choose.focus();
      else if (hadFocus) this.focus(Math.max(0, this.chosen));
    } else this.showActions();
  }

  /**
   * Show these pictures; those that are there already keep their tiles, or with each new one all
   * others would be loaded and laid out again.
   * @param {BinPicture[]} pictures
   */
  place(pictures) {
    const before = this.tiles;
    this.tiles = new Map();
    for (const one of pictures) {
      let key = one.address;
      while (this.tiles.has(key)) key += "+"; // small, two pictures may look the same
      this.tiles.set(key, before.get(key) ?? this.tile(one));
    }
    for (const [key, tile] of before) if (!this.tiles.has(key)) tile.remove();
    [...this.tiles.values()].forEach((tile, at) => {
      const there = this.pictures.children[at];
      if (there !== tile) this.pictures.insertBefore(tile, there ?? null);
    });
  }

  /** @param {BinPicture} picture */
  tile({ name, address }) {
    const tile = el(
      "button",
      {
        class: "tile",
        draggable: "true",
        "aria-label": name,
        title: name,
        tabindex: "-1",
        onclick: () => this.select(this.chosen === this.placeOf(tile) ? -1 : this.placeOf(tile)),
      },
      el("img", { src: new URL(address, document.baseURI).href, alt: "", draggable: "false" }),
    );
    tile.addEventListener("dragstart", (event) =>
      event.dataTransfer?.setData(DRAGGED, JSON.stringify(this.named(this.placeOf(tile)))),
    );
    return tile;
  }

  /**
   * This class and a picture of it, as others may have another place by the time they are looked for.
   * @param {number} at
   * @returns {[string, string]}
   */
  named(at) {
    return [this.data?.id ?? "", this.data?.pictures[at]?.digest ?? ""];
  }

  /** @param {Element} tile */
  placeOf(tile) {
    return [...this.pictures.children].indexOf(tile);
  }

  /** @param {number} at */
  select(at) {
    this.chosen = at;
    this.showActions();
  }

  /** The buttons of the chosen picture: they do what dragging does. */
  showActions() {
    const { at } = this.doors;
    [...this.pictures.children].forEach((tile, place) => {
      setAttributes(tile, {
        "aria-pressed": String(place === this.chosen),
        tabindex: place === Math.max(0, this.chosen) ? "0" : "-1",
      });
    });
    this.actions.hidden = this.chosen < 0;
    if (this.chosen < 0) return;
    const chosen = this.named(this.chosen);
    this.actions.replaceChildren(
      el("button", { onclick: () => this.doors.move(...chosen, null) }, "Remove picture"),
      ...this.all.flatMap(({ id, name }, to) =>
        to === at
          ? []
          : [el("button", { onclick: () => this.doors.move(...chosen, id) }, `To ${name}`)],
      ),
    );
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const tiles = [...this.pictures.children];
    const at = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0) return;
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      this.chosen = Math.max(0, at);
      this.doors.move(...this.named(at), null);
    } else if (way) this.focus((at + way + tiles.length) % tiles.length);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} at */
  focus(at) {
    const tiles = /** @type {HTMLElement[]} */ ([...this.pictures.children]);
    tiles.forEach((tile, place) => setAttributes(tile, { tabindex: place === at ? "0" : "-1" }));
    tiles[at]?.focus();
  }

  listenToDrops() {
    const { element } = this;
    const isWanted = (/** @type {DragEvent} */ event) =>
      event.dataTransfer?.types.some((type) => type === "Files" || type === DRAGGED);
    element.addEventListener("dragover", (event) => {
      if (!isWanted(event)) return;
      event.preventDefault();
      element.classList.add("over");
    });
    element.addEventListener("dragleave", (event) => {
      const to = /** @type {Node | null} */ (event.relatedTarget);
      if (!to || !element.contains(to)) element.classList.remove("over");
    });
    element.addEventListener("drop", (event) => {
      element.classList.remove("over");
      if (!isWanted(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      const moved = event.dataTransfer.getData(DRAGGED);
      if (moved) {
        const [from, picture] = JSON.parse(moved);
        const to = this.data?.id ?? "";
        if (from !== to) this.doors.move(from, picture, to);
      } else this.doors.take([...event.dataTransfer.files]);
    });
  }
}
