// A picture that is pasted, or dropped anywhere on the page, goes to the place for the visitor's own.

const INPUT = "[data-testid=stFileUploader] input[type=file]";
const CHIP = "[class*=st-key-picture_chip] button";
const WAIT_MS = 50;
const TRIES = 40;

/** Take pasted and dropped files over; returns what ends it. */
export function takeFiles() {
  const pasted = (/** @type {ClipboardEvent} */ event) => {
    const [file] = event.clipboardData?.files ?? [];
    if (file) give(file);
  };
  const dragged = (/** @type {DragEvent} */ event) => {
    if (isOfFiles(event)) event.preventDefault();
  };
  const dropped = (/** @type {DragEvent} */ event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || isTakenBySelf(event)) return;
    event.preventDefault();
    give(file);
  };
  document.addEventListener("paste", pasted);
  document.addEventListener("dragover", dragged);
  document.addEventListener("drop", dropped);
  return () => {
    document.removeEventListener("paste", pasted);
    document.removeEventListener("dragover", dragged);
    document.removeEventListener("drop", dropped);
  };
}

/** @param {DragEvent} event */
function isOfFiles(event) {
  return Boolean(event.dataTransfer?.types.includes("Files"));
}

/**
 * Whether the place for files takes what is dropped on it by itself. It keeps the browser from opening what is dropped
 * beside it, so that an event's default is prevented says nothing.
 * @param {DragEvent} event
 */
function isTakenBySelf(event) {
  const [inner] = event.composedPath();
  return inner instanceof Element && Boolean(inner.closest("[data-testid=stFileUploaderDropzone]"));
}

/** @param {File} file */
async function give(file) {
  const input = await uploader();
  if (!input) return;
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The place for the visitor's own picture, which is there once the list of pictures is open. */
async function uploader() {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const input = document.querySelector(INPUT);
    if (input instanceof HTMLInputElement) return input;
    const chip = document.querySelector(CHIP);
    if (attempt === 0 && chip instanceof HTMLElement) chip.click();
    await new Promise((done) => setTimeout(done, WAIT_MS));
  }
  return undefined;
}
