// How a map is made: input maps through kernel slices, their partial maps, the sum, and what follows.

import { el, setAttributes, setText } from "../../../browser/dom.js";
import { MapSheet } from "./sheet.js";

const SMALL_PX = 64;

/** A small grid of numbers, colored by Python. @param {Object} grid @param {Object} [options] */
export function numberGrid(grid, { cell = 20, texts = true, onpick, label = "" } = {}) {
  const table = el("div", {
    class: texts ? "grid" : "grid bare",
    role: "img",
    "aria-label": label || `${grid.rows} by ${grid.columns} numbers: ${grid.texts.join(", ")}`,
    style: `grid-template-columns:repeat(${grid.columns}, ${cell}px);grid-auto-rows:${cell}px`,
  });
  grid.texts.forEach((text, at) => {
    const [row, column] = [Math.floor(at / grid.columns), at % grid.columns];
    const made = el(
      onpick ? "button" : "span",
      {
        class: "cell numbers",
        title: text,
        style: `background:${grid.fills[at]};color:${grid.dark_ink[at] ? "#000" : "#fff"}`,
        ...(onpick ? { onclick: () => onpick(row, column) } : {}),
      },
      texts ? text : "",
    );
    table.append(made);
  });
  return table;
}

/** A picture cut out of a sprite. */
function tileOf(picture, layout, index, side) {
  const canvas = el("canvas", {
    width: layout.width,
    height: layout.height,
    class: "tile",
    style: `width:${side}px;height:${side}px`,
    "aria-hidden": "true",
  });
  canvas
    .getContext("2d")
    .drawImage(
      picture,
      (index % layout.columns) * layout.width,
      Math.floor(index / layout.columns) * layout.height,
      layout.width,
      layout.height,
      0,
      0,
      layout.width,
      layout.height,
    );
  return canvas;
}

export class MapMaking {
  /**
   * @param {{onhover: (layer: string, channel: number, at: Object | null) => void,
   *   onunit: (layer: string, channel: number, at: Object) => void, onmap: (layer: string, channel: number) => void}} on
   */
  constructor({ onhover, onunit, onmap }) {
    Object.assign(this, { onhover, onunit, onmap });
    this.rows = el("div", { class: "parts" });
    this.partsHead = el("div", { class: "parts-head" });
    this.partsEnd = el("div", { class: "quiet" });
    this.left = el("div", { class: "making-left" }, this.partsHead, this.rows, this.partsEnd);
    this.stages = el("div", { class: "stages" });
    this.element = el("div", { class: "making" }, this.left, this.stages);
  }

  /** @param {Object} making header of the answer @param {Map<string, ImageBitmap>} pictures */
  show(making, pictures, plan, height) {
    this.left.hidden = making.rows.length === 0;
    this.showParts(making, pictures, plan);
    this.showStages(making, pictures, plan, height);
  }

  showParts(making, pictures, plan) {
    if (!making.rows.length) return;
    const source = plan.find((layer) => layer.name === making.source);
    const votes = !making.rows[0].kernel;
    this.partsHead.replaceChildren(
      el(
        "span",
        {},
        source.kind === "input" ? "the picture's channels" : `maps of ${source.label}`,
      ),
      ...(votes ? [] : [el("span", {}, "its slice of the kernel")]),
      el("span", {}, votes ? "its votes" : "what it adds"),
    );
    setAttributes(this.left, { class: votes ? "making-left votes" : "making-left" });
    const [inputs, partials] = [pictures.get("inputs"), pictures.get("partials")];
    this.rows.replaceChildren(
      ...making.rows.map((row, index) => {
        const open = el(
          "button",
          {
            class: "source-map",
            title: `Open map ${row.channel} of ${making.source}`,
            onclick: () => this.onmap(making.source, row.channel),
          },
          tileOf(inputs, making.inputs, index, SMALL_PX),
          el("small", { class: "numbers" }, String(row.channel)),
        );
        const parts = [open];
        if (row.kernel) {
          parts.push(el("span", { class: "sign" }, "∗"));
          const many = Math.max(row.kernel.rows, row.kernel.columns);
          parts.push(
            numberGrid(row.kernel, {
              cell: Math.floor(SMALL_PX / many),
              texts: many === 1,
              label: `kernel slice for map ${row.channel}: ${row.kernel.texts.join(", ")}`,
            }),
          );
          parts.push(el("span", { class: "sign" }, "="));
        } else {
          parts.push(el("span", { class: "sign" }, row.against ? "−" : "+"));
        }
        parts.push(tileOf(partials, making.partials, index, SMALL_PX));
        parts.push(
          el(
            "span",
            { class: "strength", title: row.strength_text },
            el("i", { style: `height:${Math.max(3, 100 * row.strength)}%` }),
          ),
        );
        parts.push(el("small", { class: "quiet says" }, row.strength_text));
        return el("div", { class: "part", "data-channel": row.channel }, ...parts);
      }),
    );
    setText(this.partsEnd, making.rest);
  }

  showStages(making, pictures, plan, height) {
    const cards = [];
    if (making.sum_text) {
      const places = making.places && pictures.get("places");
      cards.push(
        el(
          "div",
          { class: "stage-card sum" },
          el("b", { class: "sigma" }, "Σ"),
          el("span", {}, making.sum_text),
          ...(places
            ? [
                el(
                  "figure",
                  {},
                  tileOf(places, { ...making.places, columns: 1 }, 0, 120),
                  el("figcaption", { class: "quiet" }, "votes of all maps, by place"),
                ),
              ]
            : []),
        ),
      );
    }
    making.stages.forEach((stage, index) => {
      const last = index === making.stages.length - 1;
      const layer = plan.find((one) => one.name === stage.layer);
      const side = last ? Math.max(150, Math.min(340, height - 300)) : 128;
      const vector = layer.vector;
      const card = el("figure", {
        class: last ? "stage-card last" : "stage-card",
        "data-layer": stage.layer,
      });
      card.append(
        el(
          "figcaption",
          {},
          el("b", {}, stage.title),
          el("span", { class: "quiet numbers" }, stage.text),
        ),
      );
      if (!vector) {
        const sheet = new MapSheet({
          onhover: (at) => this.onhover(stage.layer, making.channel, at),
          onopen: (at) => this.onunit(stage.layer, making.channel, at),
        });
        sheet.lay(
          {
            side,
            tall: Math.round((side * stage.height) / stage.width),
            columns: 1,
            rows: 1,
            gap: 0,
            shown: 1,
            width: side,
            height: side,
          },
          layer,
        );
        sheet.paint({ ...stage, dead: [] }, pictures.get(stage.blob));
        pictures.delete(stage.blob); // the sheet holds it now
        setAttributes(sheet.canvas, {
          "aria-label": `Map ${making.channel} of ${stage.layer}. Click a cell to see where it comes from.`,
        });
        card.append(sheet.element);
        this.last = sheet;
      } else {
        card.append(
          el(
            "button",
            {
              class: "number-unit numbers",
              onclick: () => this.onunit(stage.layer, making.channel, { row: 0, column: 0 }),
            },
            stage.stat,
          ),
        );
      }
      card.append(el("small", { class: "quiet numbers" }, vector ? "" : `${stage.stat ?? ""}`));
      cards.push(card);
    });
    this.stages.replaceChildren(...cards);
  }
}
