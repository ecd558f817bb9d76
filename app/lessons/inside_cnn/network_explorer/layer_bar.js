// Above the maps of one layer: what the layer is, in which order its maps are, and how many of them are 0.

import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { Changes, Layer, Sheet } from "./types.js" */

export class LayerBar {
  /** @param {(changes: Changes) => void} onchange another order was chosen */
  constructor(onchange) {
    this.note = el("div", { class: "quiet" });
    this.select = el("select", {
      "data-key": "map_order",
      onchange: () => onchange({ map_order: this.select.value }),
    });
    this.choice = el(
      "label",
      { class: "pick" },
      el("span", { class: "quiet" }, "Order"),
      this.select,
    );
    /** The keys of the orders that are listed. */
    this.listed = "";
    this.text = el("div", { class: "order-text" });
    this.dead = el("span", {});
    this.silent = el("span", {});
    this.marks = [el("i", { class: "zero-mark dead" }), el("i", { class: "zero-mark" })];
    this.deadLine = el("span", {}, this.marks[0], this.dead);
    this.silentLine = el("span", {}, this.marks[1], this.silent);
    this.zeros = el("div", { class: "zeros" }, this.deadLine, this.silentLine);
    this.element = el(
      "div",
      { class: "layer-bar" },
      this.note,
      el("div", { class: "layer-line" }, this.choice, this.zeros),
      this.text,
    );
    this.tell(undefined);
  }

  /**
   * @param {Layer} layer
   * @param {string} wanted the order that is chosen; one that this layer does not have is as by index
   */
  show(layer, wanted) {
    setText(this.note, `${layer.chain.join(" → ")}: ${layer.shape_text}, ${layer.parameters_text}`);
    const listed = layer.orders.map(({ key }) => key).join();
    if (listed !== this.listed) {
      this.listed = listed;
      const options = layer.orders.map(({ key, name }) => el("option", { value: key }, name));
      this.select.replaceChildren(...options);
    }
    this.choice.hidden = layer.orders.length < 2;
    this.select.value = orderFor(layer, wanted);
    setAttributes(this.select, { "aria-label": "Order" });
  }

  /**
   * Say what the maps that are painted are ordered by, and how many are 0.
   * @param {Sheet | undefined} sheet
   */
  tell(sheet) {
    // Small tiles of numbers bear no marks.
    for (const mark of this.marks) mark.hidden = !sheet?.zero.length;
    const { dead, silent } = sheet?.zeros ?? { dead: "", silent: "" };
    setText(this.text, sheet?.order?.text ?? "");
    setText(this.dead, dead);
    setText(this.silent, silent);
    this.text.hidden = !sheet?.order;
    this.deadLine.hidden = !dead;
    this.silentLine.hidden = !silent;
    this.zeros.hidden = !dead && !silent;
  }
}

/**
 * The order in which the maps of a layer are shown: the one that is chosen if the layer has it.
 * @param {Layer} layer
 * @param {string} wanted
 */
export function orderFor({ orders }, wanted) {
  return orders.some(({ key }) => key === wanted) ? wanted : "index";
}
