// A small network: circles with their numbers, and lines between them. Dropped neurons fade, with all their lines.

import { contextOf, el, setAttributes, setText, svg } from "../../../../browser/dom.js";

/** @import { DrawnNeuron, MasksHeader } from "./types.js" */

const WAYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/** @typedef {{line: SVGLineElement, to: [number, number], from: [number, number]}} MadeWire */

export class DrawnNetwork {
  /** @param {(layer: number, place: number) => void} onchoose */
  constructor(onchoose) {
    this.onchoose = onchoose;
    this.wires = svg("svg");
    setAttributes(this.wires, {
      viewBox: "0 0 100 100",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    this.circles = el("div", { class: "circles", role: "group", "aria-label": "Neurons" });
    this.titles = el("div", { class: "titles" });
    this.element = el(
      "div",
      { class: "network" },
      this.titles,
      el("div", { class: "drawing" }, this.wires, this.circles),
    );
    /** @type {HTMLElement[][]} */
    this.nodes = [];
    /** @type {MadeWire[]} */
    this.made = [];
    /** @type {HTMLCanvasElement[]} */
    this.quarters = [];
    this.circles.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {MasksHeader} header */
  show({ layers, wires, neuron }) {
    if (!this.nodes.length) this.make(layers, wires);
    layers.forEach(({ nodes }, layer) =>
      nodes.forEach((node, place) =>
        this.paint(this.nodes[layer][place], node, {
          layer,
          place,
          title: layers[layer].title,
          isChosen: layer === neuron[0] && place === neuron[1],
        }),
      ),
    );
    for (const { line, to, from } of this.made) {
      const isGone = layers[to[0]].nodes[to[1]].dropped || layers[from[0]].nodes[from[1]].dropped;
      const isRead = to[0] === neuron[0] && to[1] === neuron[1];
      setAttributes(line, { class: isGone ? "gone" : isRead ? "read" : "" });
    }
  }

  /**
   * @param {HTMLElement} node
   * @param {DrawnNeuron} neuron
   * @param {{layer: number, place: number, title: string, isChosen: boolean}} about
   */
  paint(node, { text, fill, ink, dropped }, { layer, place, title, isChosen }) {
    setText(node, text);
    node.style.setProperty("--fill", fill);
    node.style.setProperty("--number", ink);
    const isInput = layer === 0;
    setAttributes(node, {
      class: `neuron${dropped ? " dropped" : ""}`,
      "aria-label": `${title}, ${place + 1}: ${dropped ? "dropped, 0" : text}`,
      "aria-pressed": isInput ? null : String(isChosen),
      tabindex: isInput ? null : isChosen ? "0" : "-1",
    });
  }

  /**
   * @param {MasksHeader["layers"]} layers
   * @param {MasksHeader["wires"]} wires
   */
  make(layers, wires) {
    const across = (/** @type {number} */ layer) => (100 * (layer + 0.5)) / layers.length;
    const down = (/** @type {number} */ layer, /** @type {number} */ place) =>
      (100 * (place + 0.5)) / layers[layer].nodes.length;
    this.titles.replaceChildren(...layers.map(({ title }) => el("span", {}, title)));
    this.nodes = layers.map(({ nodes }, layer) =>
      nodes.map((_, place) =>
        el(layer === 0 ? "span" : "button", {
          style: `left:${across(layer)}%;top:${down(layer, place)}%`,
          role: layer === 0 ? "img" : null,
          onclick: () => layer > 0 && this.onchoose(layer, place),
        }),
      ),
    );
    this.quarters = layers[0].nodes.map((_, place) =>
      el("canvas", {
        class: "quarter",
        "aria-hidden": "true",
        style: `left:${across(0)}%;top:${down(0, place)}%`,
      }),
    );
    this.circles.replaceChildren(...this.quarters, ...this.nodes.flat());
    wires.forEach((rows, before) =>
      rows.forEach((row, place) =>
        row.forEach(({ ink, ink_in_dark, width }, source) => {
          const line = svg("line");
          setAttributes(line, {
            x1: across(before),
            y1: down(before, source),
            x2: across(before + 1),
            y2: down(before + 1, place),
            style: `--wide:${width};--wire:${ink};--wire-in-dark:${ink_in_dark}`,
          });
          this.wires.append(line);
          this.made.push({ line, to: [before + 1, place], from: [before, source] });
        }),
      ),
    );
  }

  /**
   * Show beside each input the part of the picture whose brightness it is.
   * @param {ImageBitmap} picture the parts, one below the other
   */
  paintQuarters(picture) {
    const side = picture.width;
    this.quarters.forEach((canvas, at) => {
      if (canvas.width !== side) canvas.width = side;
      if (canvas.height !== side) canvas.height = side;
      contextOf(canvas).drawImage(picture, 0, at * side, side, side, 0, 0, side, side);
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const way = WAYS[event.key];
    const at = this.nodes.flatMap((nodes, layer) =>
      nodes.flatMap((node, place) => (node === event.target ? [[layer, place]] : [])),
    )[0];
    if (!way || !at) return;
    event.preventDefault();
    event.stopPropagation();
    const layer = Math.min(Math.max(at[0] + way[0], 1), this.nodes.length - 1);
    const count = this.nodes[layer].length;
    const place = Math.min(Math.max(at[1] + way[1], 0), count - 1);
    this.nodes[layer][place].focus({ preventScroll: true });
    this.onchoose(layer, place);
  }
}
