// Remembers a file that is on its way to the server, until the page shows what came of it.

/** What the page shows of the picture in use, and of refusals: one of them changes when a file has arrived. */
const OUTCOME = ".picture-in-use, [data-testid='stAlert']";

function outcome() {
  return [...document.querySelectorAll(OUTCOME)].map(({ innerHTML }) => innerHTML).join();
}

export class UploadUnderWay {
  constructor() {
    /** The file's name, "" while none is on its way. */
    this.name = "";
    this.before = "";
    document.addEventListener("change", ({ target }) => this.begin(target), true);
  }

  /** @param {EventTarget | null} target what changed */
  begin(target) {
    if (!(target instanceof HTMLInputElement) || target.type !== "file") return;
    this.name = target.files?.[0]?.name ?? "";
    this.before = outcome();
  }

  /** The name of the file of which nothing has been heard, "" if there is none. */
  get missing() {
    if (this.name && outcome() !== this.before) this.name = "";
    return this.name;
  }

  forget() {
    this.name = "";
  }
}
