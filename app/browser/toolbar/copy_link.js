// The link to the page as it is: to the clipboard, or to what a phone shares with.

import { settled } from "../report.js";

/** What was changed just before reaches the link with its run. A browser lets a script copy for some seconds only. */
const MOST_MS = 3000;
const COPIED = "Link copied.";
const WITH_UPLOAD = "Link copied. Your own picture is kept for some hours only.";

/** @returns {Promise<string>} what to tell the reader */
export async function copyLink() {
  await settled(MOST_MS);
  const { href } = location;
  const isTouched = matchMedia("(pointer: coarse)").matches;
  if (isTouched && navigator.share) {
    try {
      await navigator.share({ title: document.title, url: href });
      return "";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return "";
    }
  }
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    // Without encryption a browser gives no clipboard; the address bar has the same.
    return "The link could not be copied. Copy it from the address bar.";
  }
  return href.includes("picture=upload-") ? WITH_UPLOAD : COPIED;
}
