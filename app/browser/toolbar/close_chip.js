// The list of pictures closes when one was chosen from it: what the choice changes is behind it.

const CHOICE = "[data-testid=stPopoverBody] [class*=st-key-choose_] button";
const OPEN_CHIP = ".st-key-picture_chip button[aria-expanded=true]";

/** Close the list after a choice; returns what ends it. */
export function closeAfterChoice() {
  const clicked = (/** @type {MouseEvent} */ event) => {
    const [inner] = event.composedPath();
    if (!(inner instanceof Element) || !inner.closest(CHOICE)) return;
    // The press has to reach the page first.
    setTimeout(() => {
      const chip = document.querySelector(OPEN_CHIP);
      if (chip instanceof HTMLElement) chip.click();
    });
  };
  document.addEventListener("click", clicked);
  return () => document.removeEventListener("click", clicked);
}
