// The row above the explorer: which network, what it is given, which layers, and over what a color scale holds.

import { el, setAttributes } from "../../../browser/dom.js";
import { Fold } from "../../../browser/fold.js";
import { Roving } from "../roving.js";
import { isChosen, OVERVIEW } from "./place.js";

/** @import { Changes, PageHeader, Settings } from "./types.js" */

const SCOPES = { map: "per map", layer: "per layer", network: "whole network" };
const DEPTHS = {
  screen: "one screen",
  outcomes: "steps",
  all: "every layer",
};
// A drawing begins on the pad of the garments, so the two are one choice here.
const SOURCES = { garment: "garment or drawing", picture: "your picture" };

export class TopBar {
  /** @param {(changes: Changes) => void} onchange */
  constructor(onchange) {
    this.onchange = onchange;
    this.networks = el("div", {
      class: "choice",
      role: "toolbar",
      "aria-orientation": "horizontal",
      "aria-label": "Network",
    });
    this.roving = new Roving(this.networks, "button", "horizontal");
    /** The titles of the networks that are listed, one a line. */
    this.listed = "";
    this.scope = this.choice("scope", "Color scale", SCOPES);
    this.depth = this.choice("depth", "Show", DEPTHS);
    this.source = this.choice("source", "Input", SOURCES);
    this.more = new Fold("More", this.depth.element, this.scope.element);
    this.element = el(
      "div",
      { class: "top" },
      this.networks,
      this.source.element,
      this.more.element,
    );
  }

  /**
   * @param {string} key
   * @param {string} label
   * @param {Record<string, string>} names
   */
  choice(key, label, names) {
    const select = el(
      "select",
      {
        "aria-label": label,
        "data-key": key,
        onchange: () => this.onchange({ [key]: select.value }),
      },
      ...Object.entries(names).map(([value, name]) => el("option", { value }, name)),
    );
    return {
      select,
      element: el("label", { class: "pick" }, el("span", { class: "quiet" }, label), select),
    };
  }

  /** @param {PageHeader["networks"][number]} network */
  button({ choice, title, note }) {
    const attributes = {
      "data-network": choice.network,
      "data-last-layer": choice.last_layer,
      title: note,
      onclick: () => this.onchange({ ...choice, ...OVERVIEW }),
    };
    return el("button", attributes, title);
  }

  /**
   * @param {PageHeader["networks"]} networks
   * @param {Settings} settings
   */
  show(networks, settings) {
    // What the visitor taught comes and goes.
    const listed = networks.map(({ title }) => title).join("\n");
    if (listed !== this.listed) {
      this.listed = listed;
      this.networks.replaceChildren(...networks.map((one) => this.button(one)));
    }
    networks.forEach(({ choice }, index) => {
      const pressed = String(isChosen(choice, settings));
      setAttributes(this.networks.children[index], { "aria-pressed": pressed });
    });
    this.roving.refresh();
    this.scope.select.value = settings.scope;
    this.depth.select.value = settings.depth;
    this.source.select.value = settings.source === "drawn" ? "garment" : settings.source;
  }
}
