// Which of the three results stands beside the picture: the response, what the activation or the pooling makes of it;
// or all of them.

import { el, setAttributes, setText } from "../../../browser/dom.js";

/** @import { LabHeader, PanelHeader, PanelKey } from "./types.js" */
/** @typedef {Exclude<PanelKey, "source"> | "all"} Choice */

/** @type {readonly Choice[]} */
const CHOICES = ["response", "activated", "pooled", "all"];

export class Switch {
  /** @param {() => void} onchange the reader has chosen */
  constructor(onchange) {
    /** @type {Choice} what is wanted; there may be no such picture */
    this.wanted = "response";
    /** @type {PanelHeader[]} */
    this.panels = [];
    this.buttons = CHOICES.map((choice) =>
      el("button", {
        "data-shows": choice,
        onclick: () => {
          this.wanted = choice;
          onchange();
        },
      }),
    );
    this.element = el(
      "div",
      { class: "switch", role: "group", "aria-label": "What is shown beside the picture" },
      ...this.buttons,
    );
  }

  /** @param {PanelHeader[]} panels those that there are */
  update(panels) {
    this.panels = panels;
    this.buttons.forEach((button, at) => {
      const choice = CHOICES[at];
      const panel = panels.find(({ key }) => key === choice);
      setText(button, choice === "all" ? "All" : (panel?.short ?? ""));
      setAttributes(button, {
        title: choice === "all" ? "The picture and all results" : panel?.title,
        "aria-pressed": String(choice === this.shown),
      });
      button.hidden = choice !== "all" && !panel;
    });
    this.element.hidden = !panels.some(({ key }) => key === "response");
  }

  /** What is shown: what is wanted, or the response where that is missing. */
  get shown() {
    const isThere = this.panels.some(({ key }) => key === this.wanted);
    return isThere || this.wanted === "all" ? this.wanted : "response";
  }

  /** @param {PanelKey} key */
  shows(key) {
    return key === "source" || this.shown === "all" || this.shown === key;
  }

  /**
   * Whoever changes the activation or the pooling wants to see what it does.
   * @param {Record<string, string>} before the settings of the last frame
   * @param {Record<string, string>} now
   */
  follow(before, now) {
    if (this.wanted === "all") return;
    if (before.activation !== now.activation) this.wanted = "activated";
    else if (before.pooling !== now.pooling || before.pool_size !== now.pool_size)
      this.wanted = now.pooling === "none" ? "activated" : "pooled";
  }
}
