// What lies over the page closes when something was chosen from it: what the choice changes is behind it.

const PICTURE = "[data-testid=stPopoverBody] [class*=st-key-choose_] button";
const OPEN_CHIP = "[class*=st-key-picture_chip] button[aria-expanded=true]";
const LESSON = "[data-testid=stSidebarNavLink]";
const CLOSE_OUTLINE = "[data-testid=stSidebarCollapseButton] button";
/** Up to this width Streamlit lays the outline over the page. */
const DRAWER_PX = 768;

/** Close the list of pictures, and a phone's outline, after a choice; returns what ends it. */
export function closeAfterChoice() {
  const clicked = (/** @type {MouseEvent} */ event) => {
    const [inner] = event.composedPath();
    if (!(inner instanceof Element)) return;
    if (inner.closest(PICTURE)) clickSoon(OPEN_CHIP);
    if (inner.closest(LESSON) && window.innerWidth <= DRAWER_PX) clickSoon(CLOSE_OUTLINE);
  };
  document.addEventListener("click", clicked);
  return () => document.removeEventListener("click", clicked);
}

/**
 * Click something once the press has reached the page.
 * @param {string} selector
 */
function clickSoon(selector) {
  setTimeout(() => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.click();
  });
}
