// A bar of views above a stage that is made of several components.

import { ChoiceBar } from "../choice_bar.js";
import { el, rootOf } from "../dom.js";

/** @import { Choice } from "../choice_bar.js" */
/** @import { Mounting, Report } from "../report.js" */

class ViewBar {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    this.setting = "";
    this.bar = new ChoiceBar("Parts of the lesson", (view) =>
      this.report({ [this.setting]: view }),
    );
    this.bar.element.classList.add("view-bar");
    this.element = el("div", { class: "ks" }, this.bar.element);
  }

  /** @param {{views: Choice[], chosen: string, setting: string}} data */
  update({ views, chosen, setting }) {
    this.setting = setting;
    this.bar.update(views, chosen);
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return;
  const bar = rootOf(parentElement, () => new ViewBar());
  bar.report = report;
  bar.update(data);
}
