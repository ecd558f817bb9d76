// What a taught head makes of the picture in use: bars of the classes, and what each place adds to one of them.

import { goAlong } from "../../../../browser/arrows.js";
import { contextOf, el, rootOf, setAttributes, setText } from "../../../../browser/dom.js";
import { labChannel } from "../../../../browser/channel.js";
import { Camera } from "../../../../browser/camera.js";
import { unpackFrame } from "../../../../browser/frame.js";
import { LiveClient } from "../../../../browser/live_client.js";
import { addressIn, Uploading } from "../../uploading.js";

/** @import { FrameBlob } from "../../../../browser/frame.js" */
/** @import { Mounting, Report } from "../../../../browser/report.js" */
/** @typedef {{name: string, share: number, text: string, ink: string, key: string, pressed: boolean}} TaughtBar */
/**
 * app/lessons/cats_vs_dogs/teach/frames.py writes it.
 * @typedef {{bars: TaughtBar[], accuracy: string, alt: string, classes: {id: string, name: string}[], sight: number, token: string, owner: string,
 *   path: string, settings: Record<string, string>,
 *   legend: {title: string, low: string, middle: string, high: string, gradient: string} | null}} AnswerHeader
 */

/** While a button is held, the camera's pictures are taken so often. */
const BURST_MS = 150;
/** The network is shown 224 of the 256 pixels of the shorter side. */
const SHORTER = 256;

class TaughtAnswer {
  constructor() {
    /** @type {Report} */
    this.report = () => {};
    this.view = el("canvas", { role: "img", "aria-label": "Your picture" });
    this.map = el("canvas", { role: "img" });
    this.legend = el("div", { class: "legend" });
    this.bars = el("div", { class: "bars", role: "toolbar", "aria-label": "Explained class" });
    this.bars.addEventListener("keydown", (event) => this.key(event));
    this.accuracy = el("p", { class: "accuracy", role: "status" });
    /** @type {AnswerHeader | undefined} what the page sent last */
    this.header = undefined;
    /** @type {ArrayBuffer | Uint8Array | undefined} */
    this.data = undefined;
    /** @type {Camera | undefined} */
    this.camera = undefined;
    /** @type {LiveClient | undefined} */
    this.client = undefined;
    /** The class that pictures of the camera go to while its button is held, -1 for none. */
    this.held = -1;
    this.answers = 0;
    this.live = el("button", { onclick: () => void this.toggle() }, "Live camera");
    this.takers = el("span", {
      class: "takers",
      role: "group",
      "aria-label": "Hold to add pictures",
    });
    this.status = el("span", { class: "quiet", role: "status" });
    this.element = el(
      "div",
      { class: "ks taught-answer" },
      el("div", { class: "pictures" }, this.view, this.map),
      el("div", { class: "words" }, this.bars, this.legend),
      el("div", { class: "foot" }, this.accuracy, this.live, this.takers, this.status),
    );
    this.drawn = 0;
    this.channel = labChannel("teach");
    this.onpreview = () => this.follow();
    /** The settings that were asked for last, as one text. */
    this.followed = "";
  }

  open() {
    this.channel.addEventListener("preview", this.onpreview);
  }

  close() {
    this.channel.removeEventListener("preview", this.onpreview);
    this.camera?.close();
    this.camera = undefined;
    this.markCamera();
    this.disconnect();
  }

  /** @param {ArrayBuffer | Uint8Array} data */
  async update(data) {
    const { header: received, blobs } = unpackFrame(data);
    this.header = /** @type {AnswerHeader} */ (received);
    this.data = data;
    this.showTakers();
    this.channel.commit(this.header.settings);
    // A slider that is still moved is ahead of the page.
    if (this.isFollowing) return;
    this.followed = "";
    this.showAccuracy(this.header.accuracy, !this.header.bars.length);
    // While the camera is on, its next answer has the new head.
    if (!this.camera) await this.show(this.header, blobs);
  }

  /** What the sliders that are followed show now. */
  get wanted() {
    const settings = this.header?.settings ?? {};
    const { previewed } = this.channel;
    return Object.fromEntries(
      Object.entries(settings).map(([key, text]) => [key, previewed[key] ?? text]),
    );
  }

  get isFollowing() {
    return JSON.stringify(this.wanted) !== JSON.stringify(this.header?.settings);
  }

  /** A slider moves: ask for the head that it gives. */
  follow() {
    const { header } = this;
    if (!header?.bars.length) return;
    const key = JSON.stringify(this.wanted);
    if (key === this.followed || (!this.followed && !this.isFollowing)) return;
    this.followed = key;
    const { token, owner } = header;
    this.connect().ask("taught_follow", { token, owner, settings: this.wanted });
  }

  /**
   * While a slider moves, the text of a head that is on the screen no longer stays, and is pale.
   * @param {string} text
   * @param {boolean} [isNone] whether there is no head at all
   */
  showAccuracy(text, isNone = false) {
    setAttributes(this.accuracy, { "data-old": String(!text) });
    // A number and its unit stay in one line.
    if (text || isNone) setText(this.accuracy, text.replaceAll(" %", "\u00a0%"));
  }

  /**
   * @param {AnswerHeader} header
   * @param {Map<string, FrameBlob>} blobs
   */
  async show(header, blobs) {
    this.showBars(header.bars);
    setAttributes(this.element, {
      "data-view": String(blobs.has("view")),
      "data-map": String(blobs.has("map")),
    });
    this.legend.hidden = !header.legend;
    if (header.legend) this.showLegend(header.legend);
    setAttributes(this.map, { "aria-label": header.alt });
    const turn = (this.drawn += 1);
    await Promise.all([
      this.draw(this.view, blobs.get("view"), turn),
      this.draw(this.map, blobs.get("map"), turn),
    ]);
  }

  async toggle() {
    if (this.camera) {
      this.stopCamera();
      return;
    }
    try {
      this.camera = await Camera.open();
    } catch (error) {
      setText(this.status, error instanceof Error ? error.message : String(error));
      return;
    }
    this.say("");
    this.connect();
    this.showTakers();
    await this.ask();
    void this.ask();
  }

  connect() {
    this.client ??= new LiveClient({
      onanswer: ({ header, blobs }) => void this.receive(header, blobs),
      onerror: (sentence) => setText(this.status, sentence),
      onunknown: () => this.report({}),
      unsaved: () => this.channel.previewed,
      onstate: (state) => {
        if (state === "open") void this.ask();
      },
    });
    return this.client;
  }

  disconnect() {
    this.client?.close();
    this.client = undefined;
  }

  stopCamera() {
    this.camera?.close();
    this.camera = undefined;
    this.held = -1;
    this.say("");
    this.disconnect();
    this.showTakers();
    if (this.data) void this.update(this.data);
  }

  /**
   * Send the camera's picture of this moment. While one is under way the next one waits, packed, so that neither the
   * server nor the browser waits for the other; an answer has one more taken.
   */
  async ask() {
    if (!this.camera || !this.header) return;
    const picture = await this.camera.picture(SHORTER);
    if (!this.camera) return; // closed meanwhile
    const { token, owner } = this.header;
    this.client?.ask("taught_camera", { token, owner }, picture);
  }

  /**
   * @param {any} header
   * @param {Map<string, FrameBlob>} blobs
   */
  async receive(header, blobs) {
    if (header.kind === "taught_follow") {
      // The page's own frame has come meanwhile.
      if (!this.followed) return;
      this.showAccuracy(header.accuracy);
      if (!this.camera) await this.show(header, blobs);
      return;
    }
    if (!this.camera) return; // the last answer after the camera was closed
    this.answers += 1;
    setAttributes(this.element, { "data-answers": this.answers });
    void this.ask();
    await this.show(header, blobs);
  }

  /** What the page shows of the picture in use is not of what the camera shows; see app/style.css. */
  markCamera() {
    document.documentElement.toggleAttribute("data-taught-camera", Boolean(this.camera));
  }

  /** A button for each class: what the camera shows goes there, again and again while it is held. */
  showTakers() {
    setText(this.live, this.camera ? "Close the camera" : "Live camera");
    setAttributes(this.live, { "aria-pressed": String(Boolean(this.camera)) });
    this.markCamera();
    const classes = this.camera ? (this.header?.classes ?? []) : [];
    if (this.takers.dataset.classes === JSON.stringify(classes)) return;
    this.takers.dataset.classes = JSON.stringify(classes);
    this.takers.replaceChildren(
      ...(classes.length ? [el("span", {}, "Hold to add to")] : []),
      ...classes.map(({ id, name }, at) => {
        const button = el("button", { "aria-label": `Add to ${name}` }, name);
        button.addEventListener("pointerdown", (event) => {
          // A line more above the button does not end it.
          button.setPointerCapture(event.pointerId);
          void this.hold(at, id);
        });
        for (const type of ["pointerup", "pointercancel", "lostpointercapture"])
          button.addEventListener(type, () => (this.held = -1));
        button.addEventListener("click", (event) => {
          if (event.detail === 0) void this.hold(at, id, 1); // by keyboard: one picture a press
        });
        return button;
      }),
    );
  }

  /**
   * @param {number} at
   * @param {string} id of the class
   * @param {number} [most] how many pictures
   */
  async hold(at, id, most = Infinity) {
    if (this.held >= 0 || !this.camera || !this.header) return;
    this.held = at;
    const { path, owner, sight, classes } = this.header;
    const addressOf = addressIn(`${path}/${owner}/${id}`, sight);
    let [taken, refused] = [0, ""];
    do {
      const bytes = await this.camera.picture();
      const file = new File([bytes], `camera ${taken + 1}.jpg`, { type: "image/jpeg" });
      const sentence = await new Uploading([], addressOf, () => {}).send(file, taken);
      if (sentence) refused = sentence;
      else taken += 1;
      this.say(sentence || `${classes[at]?.name}: +${taken}`, false);
      await new Promise((done) => setTimeout(done, BURST_MS));
    } while (this.held === at && taken < most && this.camera);
    this.held = -1;
    this.say(`Added to ${classes[at]?.name}: ${taken}. ${refused}`.trim());
    if (taken) this.report({ uploaded: true });
  }

  /**
   * @param {string} sentence
   * @param {boolean} [isRead] whether it is read out: a count that grows is not
   */
  say(sentence, isRead = true) {
    setAttributes(this.status, { "aria-live": isRead ? "polite" : "off" });
    setText(this.status, sentence);
  }

  /** @param {NonNullable<AnswerHeader["legend"]>} legend */
  showLegend({ title, low, middle, high, gradient }) {
    this.legend.replaceChildren(
      el("div", {}, title),
      el("div", { class: "gradient", style: `background:${gradient}` }),
      el(
        "div",
        { class: "ends numbers" },
        el("span", {}, low),
        el("span", {}, middle),
        el("span", {}, high),
      ),
    );
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {FrameBlob | undefined} blob
   * @param {number} turn
   */
  async draw(canvas, blob, turn) {
    if (!blob) return;
    const bitmap = await createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
    if (turn === this.drawn) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      contextOf(canvas).drawImage(bitmap, 0, 0);
    }
    bitmap.close();
  }

  /** @param {TaughtBar[]} bars */
  showBars(bars) {
    const focused = /** @type {HTMLElement | null} */ (this.bars.querySelector(":focus"));
    const kept = focused?.dataset.key;
    this.bars.replaceChildren(
      ...bars.map(({ name, share, text, ink, key, pressed }) =>
        el(
          "button",
          {
            class: "bar-row",
            "aria-pressed": String(pressed),
            "aria-label": `${name}: ${text}`,
            "data-key": key,
            "data-share": share,
            tabindex: pressed ? "0" : "-1",
            onclick: () => this.report({ taught_class: key }),
          },
          el("span", { class: "name" }, name),
          el(
            "span",
            { class: "share-bar" },
            el("i", { class: "fill", style: `width:${100 * share}%;background:${ink}` }),
          ),
          el("span", { class: "numbers" }, text),
        ),
      ),
    );
    if (kept === undefined) return;
    const again = /** @type {HTMLElement[]} */ ([...this.bars.children]).find(
      (one) => one.dataset.key === kept,
    );
    again?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    goAlong(event, /** @type {HTMLElement[]} */ ([...this.bars.children]));
  }
}

/** @param {Mounting} component */
export default function ({ data, parentElement, report }) {
  if (!data) return undefined;
  const answer = rootOf(parentElement, () => new TaughtAnswer());
  answer.report = report;
  answer.open();
  void answer.update(data);
  return () => answer.close();
}
