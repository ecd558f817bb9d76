// What the stages of Dropout share: controls on top, a question for each change, and the newest answer shown.

import { ChoiceBar } from "../../browser/choice_bar.js";
import { el, setAttributes, setText } from "../../browser/dom.js";
import { unpackFrame } from "../../browser/frame.js";
import { FreeHeight } from "../../browser/free_height.js";
import { LiveClient } from "../../browser/live_client.js";
import { StageControls } from "../../browser/stage_controls.js";
import { isFirst } from "../../browser/tour.js";

/** @import { Choice } from "../../browser/choice_bar.js" */
/** @import { Frame } from "../../browser/frame.js" */
/** @import { Answer } from "../../browser/live_client.js" */
/** @import { Mounting, Report } from "../../browser/report.js" */
/** @import { StageControl } from "../../browser/stage_controls.js" */

/** @typedef {{key: string, label: string, value: string, options: Choice[]}} BarControl as controls.py writes it */
/**
 * What every frame has. `token` and `settings`: only in a frame of the page.
 * @typedef {{kind: string, sequence?: number, bars?: BarControl[], controls: StageControl[], token?: string,
 *   settings?: Record<string, string>, ms?: number}} DropHeader
 */

const QUIET_LOST = "Live view lost. Connecting again…";
/** On the body while a stage plays: the text below it is not of what the stage shows (app/style.css). */
const PLAYS = "data-stage-plays";

export class DropStage {
  /**
   * @param {string} kind of the questions
   * @param {string} name class of the element
   * @param {HTMLElement[]} others buttons beside the one that plays
   */
  constructor(kind, name, ...others) {
    this.kind = kind;
    /** @type {Report} */
    this.report = () => {};
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** @type {{token: string, settings: Record<string, string>} | undefined} of the page */
    this.page = undefined;
    /** @type {Record<string, string>} moved, and not yet in the page's settings */
    this.moved = {};
    /** @type {Record<string, string>} what is shown while it plays; nobody chose it, so it is not reported */
    this.played = {};
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    /** Whether it plays because the page was opened. */
    this.isOpening = false;
    /** The key of the slider that is moved by what plays. */
    this.plays = "";
    /** The number of the newest question, 0 where nothing is asked. */
    this.asked = 0;
    /** The number of the newest answer that is shown. */
    this.shownSequence = 0;
    this.play = el("button", { class: "play" }, "▶ Play");
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    this.controls = new StageControls(
      {
        onmove: (key, text) => this.change({ [key]: text }),
        oncommit: (key, text) => this.commit({ [key]: text }),
      },
      el("div", { class: "buttons" }, this.play, ...others),
    );
    /** @type {Map<string, ChoiceBar>} */
    this.bars = new Map();
    this.status = el("span", { class: "quiet", role: "status" });
    this.element = el("div", { class: `ks drop-stage ${name}` }, this.controls.element);
    this.free = new FreeHeight(this.element);
    for (const name of ["pointerdown", "keydown"])
      this.element.addEventListener(name, ({ target }) => this.takeHold(target), true);
    this.onpress = this.onpress.bind(this);
  }

  connect() {
    this.free.start();
    document.addEventListener("click", this.onpress, { capture: true });
    this.client ??= new LiveClient({
      onanswer: (answer) => this.receive(answer),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      onstate: (state) => setText(this.status, state === "lost" ? QUIET_LOST : ""),
      unsaved: () => this.moved,
    });
  }

  /**
   * A frame of the page.
   * @param {ArrayBuffer | Uint8Array} data
   * @param {Record<string, unknown>} unsettled what was reported after the page made this
   */
  update(data, unsettled) {
    const frame = unpackFrame(data);
    const header = /** @type {DropHeader} */ (frame.header);
    const before = this.page;
    this.page = { token: header.token ?? "", settings: header.settings ?? {} };
    const news = before ? this.newsSince(before, unsettled) : [];
    // What is chosen on the page is shown at once, whatever plays.
    if (news.length || (before && before.token !== this.page.token)) this.forget();
    for (const key of news) delete this.moved[key];
    for (const [key, text] of Object.entries(this.moved)) {
      const isTaken = this.page.settings[key] === text || !this.isBusy;
      if (isTaken && !(key in unsettled)) delete this.moved[key];
    }
    const isOfPage = !Object.keys({ ...this.moved, ...this.played }).length;
    if (isOfPage) {
      // An answer that is still under way is of other settings, or of the same.
      this.asked = 0;
      this.shownSequence = this.client?.sequence ?? 0;
      this.draw(frame);
    } else if (!before) this.draw(frame);
    else if (news.length) this.ask();
    if (before || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    if (!isFirst(this.kind)) return;
    this.begin();
    this.isOpening = this.timer !== undefined;
  }

  /**
   * Whoever takes hold of something ends the opening; whoever takes hold of the slider that plays, play too.
   * @param {EventTarget | null} target
   */
  takeHold(target) {
    if (!this.timer || target === this.play || !(target instanceof Element)) return;
    if (this.plays && target.getAttribute("data-key") === this.plays) this.stop();
    else if (this.isOpening) this.goBack();
  }

  /**
   * A button elsewhere on the page may set what the page has already (Reset), which no frame of the page tells.
   * @param {Event} event
   */
  onpress(event) {
    const path = event.composedPath();
    const isButton = path.some((one) => one instanceof Element && one.matches("button, a, label"));
    if (this.timer && isButton && !path.includes(this.element)) this.goBack();
  }

  /** End what plays, and show what was chosen. */
  goBack() {
    this.forget();
    this.ask();
  }

  /**
   * Which settings the page changed otherwise than by this stage.
   * @param {{settings: Record<string, string>}} before
   * @param {Record<string, unknown>} unsettled
   */
  newsSince(before, unsettled) {
    if (this.isBusy) return [];
    return Object.entries(this.page?.settings ?? {})
      .filter(([key, text]) => before.settings[key] !== text && this.moved[key] !== text)
      .map(([key]) => key)
      .filter((key) => !(key in unsettled));
  }

  /** Whether what is moved is still moving. */
  get isBusy() {
    return this.controls.isHeld;
  }

  /** @returns {Record<string, string>} the settings that are wanted */
  get wanted() {
    return { ...this.page?.settings, ...this.moved, ...this.played };
  }

  /** What moves by itself once, after the page was opened. */
  begin() {}

  /** Play, as the button says. */
  start() {}

  /** One step of what plays. */
  step() {}

  /** @param {number} every milliseconds */
  run(every) {
    clearInterval(this.timer);
    document.body.toggleAttribute(PLAYS, true);
    setText(this.play, "❚❚ Pause");
    this.timer = setInterval(() => {
      if (!this.element.isConnected) this.pause();
      else if (!document.hidden && this.shownSequence >= this.asked) this.step();
    }, every);
  }

  pause() {
    if (this.timer !== undefined) document.body.toggleAttribute(PLAYS, false);
    clearInterval(this.timer);
    this.timer = undefined;
    this.isOpening = false;
    setText(this.play, "▶ Play");
  }

  /** End what plays, and keep what it shows. */
  stop() {
    this.pause();
    Object.assign(this.moved, this.played);
    for (const [key, text] of Object.entries(this.played))
      if (text === this.page?.settings[key]) delete this.moved[key];
    this.played = {};
    if (Object.keys(this.moved).length) this.report({ ...this.moved });
  }

  /** End what plays, and do not keep it. */
  forget() {
    this.pause();
    this.played = {};
  }

  /**
   * Show something that nobody chose.
   * @param {Record<string, string>} changes
   */
  showPlayed(changes) {
    this.played = changes;
    this.ask();
  }

  /**
   * Ask for the view with other settings.
   * @param {Record<string, string>} changes
   */
  change(changes) {
    if (Object.keys(changes).some((key) => key in this.played)) this.forget();
    Object.assign(this.moved, changes);
    this.ask();
  }

  ask() {
    if (!this.page) return;
    const { token } = this.page;
    this.asked = this.client?.ask(this.kind, { token, settings: this.wanted }) ?? 0;
  }

  /**
   * The same, and keep them.
   * @param {Record<string, string>} changes
   */
  commit(changes) {
    this.change(changes);
    this.report({ ...this.moved });
  }

  /** @param {Answer} answer */
  async receive(answer) {
    const header = /** @type {DropHeader} */ (answer.header);
    const sequence = header.sequence ?? 0;
    if (!this.asked || sequence <= this.shownSequence) return;
    this.shownSequence = sequence;
    setText(this.status, "");
    await this.draw(answer);
    const now = performance.now();
    document.dispatchEvent(
      new CustomEvent("kernelscope:dropped", {
        detail: { sequence, latency: now - (answer.askedAt ?? now), compute: header.ms },
      }),
    );
  }

  /**
   * @param {Frame} frame
   * @returns {Promise<void> | void} done where all of it is on the screen
   */
  draw(frame) {
    const header = /** @type {DropHeader} */ (frame.header);
    this.controls.show(header.controls);
    for (const one of header.bars ?? []) this.barOf(one).update(one.options, one.value);
    return this.show(frame);
  }

  /** @param {BarControl} control */
  barOf({ key, label }) {
    const known = this.bars.get(key);
    if (known) return known;
    const made = new ChoiceBar(label, (text) => this.commit({ [key]: text }));
    setAttributes(made.element, { class: "bar" });
    this.bars.set(key, made);
    this.controls.element.prepend(made.element);
    return made;
  }

  /**
   * @param {Frame} _
   * @returns {Promise<void> | void}
   */
  show(_) {}

  close() {
    this.forget();
    document.removeEventListener("click", this.onpress, { capture: true });
    this.free.stop();
    this.client?.close();
    this.client = undefined;
    this.page = undefined;
  }
}

/**
 * Mount a stage as a component: what each component's default export does.
 * @template {DropStage} Stage
 * @param {Mounting} component
 * @param {(parent: Node) => Stage} stageIn
 * @param {(element: HTMLElement) => void} setStage
 */
export function mountStage({ data, parentElement, report, unsettled }, stageIn, setStage) {
  if (!data) return undefined;
  const stage = stageIn(parentElement);
  setStage(stage.element);
  stage.report = report;
  stage.connect();
  stage.update(data, unsettled);
  return () => stage.close();
}
