// Remembers a file that is on its way to the server, until the page shows what came of it.

const REFUSALS = "[data-testid='stAlert']";
const PLACE = "[data-testid='stFileUploader']";
const FILE = "[data-testid=stFileChip]";
const NOT_ARRIVED = ":is([data-testid=stFileChipIconSpinner], [data-testid=stFileChipIconError])";
const EVERY_MS = 3000;

/** What the link says of the picture in use: it changes when a file has arrived. */
function pictureInUse() {
  return new URL(window.location.href).searchParams.get("picture");
}

/** What the page refuses, in words: one more when a file has arrived that cannot be used. */
function refusals() {
  return [...document.querySelectorAll(REFUSALS)].map(({ textContent }) => textContent);
}

export class UploadUnderWay {
  /** @param {() => void} ongone called when the place that sends the file has left the page before the file arrived */
  constructor(ongone) {
    this.ongone = ongone;
    /** The file's name, "" while none is on its way. */
    this.name = "";
    /** @type {string | null} */
    this.picture = null;
    /** @type {(string | null)[]} */
    this.refusals = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    document.addEventListener("change", ({ target }) => this.begin(target), true);
  }

  /** @param {EventTarget | null} target what changed */
  begin(target) {
    if (!(target instanceof HTMLInputElement) || target.type !== "file") return;
    this.name = target.files?.[0]?.name ?? "";
    this.picture = pictureInUse();
    this.refusals = refusals();
    this.watch(true);
  }

  /** @param {boolean} wasThere whether the place was on the page when it was looked for last */
  watch(wasThere) {
    clearTimeout(this.timer);
    if (!this.missing) return;
    const isThere = document.querySelector(PLACE) !== null;
    if (!isThere && !wasThere) this.ongone();
    else this.timer = setTimeout(() => this.watch(isThere), EVERY_MS);
  }

  /** The name of the file of which nothing has been heard, "" if there is none. */
  get missing() {
    if (!this.name) return "";
    const isNew = refusals().some((one) => !this.refusals.includes(one));
    const isListed = document.querySelector(FILE) && !document.querySelector(NOT_ARRIVED);
    if (isNew || isListed || pictureInUse() !== this.picture) this.forget();
    return this.name;
  }

  forget() {
    this.name = "";
    clearTimeout(this.timer);
  }
}
