// Streamlit makes a button anew when its look changes, as that of a chosen picture does: the focus goes along.

const KEY = /\bst-key-[\w-]+/;
const BUTTON = "button, a, input";

/** Give the focus to what takes the place of an element that had it; returns what ends it. */
export function keepFocus() {
  /** @type {Element | undefined} */
  let held;
  let key = "";
  const took = (/** @type {FocusEvent} */ event) => {
    if (!(event.target instanceof Element)) return;
    held = event.target;
    key = KEY.exec(held.closest("[class*=st-key-]")?.className ?? "")?.[0] ?? "";
  };
  const observer = new MutationObserver(() => {
    if (!held || held.isConnected || document.activeElement !== document.body) return;
    const next = key && document.querySelector(`.${CSS.escape(key)} :is(${BUTTON})`);
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  });
  document.addEventListener("focusin", took);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("focusin", took);
    observer.disconnect();
  };
}
