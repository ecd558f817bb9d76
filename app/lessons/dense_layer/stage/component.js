// The stage of Why not a dense layer?: a bar of four views, and the one that is open.

import { ChoiceBar } from "../../../browser/choice_bar.js";
import { el, rootOf, setText } from "../../../browser/dom.js";
import { unpackFrame } from "../../../browser/frame.js";
import { FreeHeight } from "../../../browser/free_height.js";
import { setStage } from "../../../browser/lesson_stage.js";
import { LiveClient } from "../../../browser/live_client.js";
import { ParametersView } from "./parameters.js";
import { ShuffleView } from "./shuffle.js";
import { SidesView } from "./sides.js";
import { UnrollView } from "./unroll.js";

/** @import { Choice } from "../../../browser/choice_bar.js" */
/** @import { Mounting, Report } from "../../../browser/report.js" */
/** @import { Doors, StageView } from "./types.js" */

/**
 * The header of the frame that the page sends: app/lessons/dense_layer/page.py. The entry of the open view's name is
 * its own header; `about`: which picture the live channel's answers have to be about.
 * @typedef {{views: Choice[], view: string, token: string, settings: Record<string, string>,
 *   about: string} & Record<string, any>} PageHeader
 */

/** @type {Record<string, new (doors: Doors) => StageView>} */
const VIEWS = {
  unroll: UnrollView,
  parameters: ParametersView,
  shuffle: ShuffleView,
  sides: SidesView,
};
const LOST = "Live view lost. Connecting again…";

class Stage {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    /** @type {PageHeader | undefined} */
    this.header = undefined;
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** The first question whose answer is not older than what the page sent. */
    this.firstSequence = 0;
    /** @type {Map<string, StageView>} those that were open */
    this.views = new Map();
    this.bar = new ChoiceBar("Parts of the lesson", (view) => this.report({ dense_view: view }));
    this.bar.element.classList.add("view-bar");
    this.status = el("span", { class: "quiet status", role: "status" });
    this.head = el("div", { class: "views" }, this.bar.element);
    this.place = el("div", { class: "place" });
    this.element = el("div", { class: "ks dense-layer" }, this.head, this.place);
    this.free = new FreeHeight(this.element);
  }

  get open() {
    return this.views.get(this.header?.view ?? "");
  }

  /**
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  update(data, unsettled) {
    const { header: received, blobs } = unpackFrame(data);
    const header = /** @type {PageHeader} */ (received);
    const isNew = this.header?.view !== header.view;
    this.header = header;
    this.bar.update(header.views, header.view);
    const view = this.views.get(header.view) ?? this.make(header.view);
    if (view.element.parentNode !== this.place) {
      this.place.replaceChildren(view.element);
      this.head.replaceChildren(this.bar.element, view.bar, this.status);
    }
    setText(this.status, "");
    const isTaken = view.update(header[header.view], blobs, { isNew, unsettled });
    // Answers to what was asked before are of other settings.
    if (isTaken) this.firstSequence = (this.client?.sequence ?? 0) + 1;
  }

  /** @param {string} name */
  make(name) {
    const view = new VIEWS[name]({
      report: (changes) => this.report(changes),
      ask: (kind, question) => this.ask(kind, question),
    });
    this.views.set(name, view);
    return view;
  }

  connect() {
    this.client ??= new LiveClient({
      onanswer: ({ header, blobs }) => {
        if (header.about !== undefined && header.about !== this.header?.about) return;
        if (header.sequence < this.firstSequence) return;
        setText(this.status, "");
        this.open?.receive(header, blobs);
      },
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      onstate: (state) => setText(this.status, state === "lost" ? LOST : ""),
    });
    this.free.start();
  }

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} question
   */
  ask(kind, question) {
    if (!this.header) return;
    const { settings, ...others } = question;
    this.client?.ask(kind, {
      token: this.header.token,
      settings: { ...this.header.settings, .../** @type {object} */ (settings ?? {}) },
      ...others,
    });
  }

  close() {
    this.client?.close();
    this.client = undefined;
    this.free.stop();
    for (const view of this.views.values()) view.close();
    this.views.clear();
    this.place.replaceChildren();
    this.header = undefined;
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report, unsettled }) {
  if (!data) return undefined;
  const stage = rootOf(parentElement, () => new Stage());
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
