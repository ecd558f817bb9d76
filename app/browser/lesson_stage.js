// The stage of the lesson on the page: the large component in which a change can be seen.

const NOTICED_SHARE = 0.5; // of the stage, or of the window where that is smaller

/** @type {HTMLElement | undefined} */
let stage;
/** @type {HTMLElement | undefined} the stage that was given the focus */
let given;

/**
 * A lesson's large component is on the page; the last one that says so is the stage.
 * @param {HTMLElement} element
 */
export function setStage(element) {
  stage = element;
  if (!given || given === element) return;
  // A change that opens another view takes away the stage that was given the focus.
  const { host } = /** @type {ShadowRoot} */ (given.getRootNode());
  const isLost = [document.body, host].includes(
    /** @type {HTMLElement} */ (document.activeElement),
  );
  given = undefined;
  if (isLost) setTimeout(focusStage);
}

/**
 * Scroll to the stage, unless so much of it is in sight that a change there is noticed. Whoever works by keyboard goes
 * along: a focus that is out of sight would bring the page back at the next key.
 * @param {{withFocus?: boolean}} [options]
 */
export function showStage({ withFocus = false } = {}) {
  const scroller = document.querySelector("[data-testid=stMain]");
  if (!stage?.isConnected || !scroller) return;
  const { top, bottom } = stage.getBoundingClientRect();
  // What Streamlit shows above the page lies over it.
  const above = document.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom;
  const from = Math.max(above ?? 0, 0);
  if (isNoticed({ top, bottom }, { top: from, bottom: window.innerHeight })) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroller.scrollTo({
    top: scroller.scrollTop + top - from,
    behavior: still ? "instant" : "smooth",
  });
  if (withFocus) focusStage();
}

const CONTROLS = ["button", "select", "input", "summary", "[tabindex='0']"]
  .map((one) => `${one}:not(:disabled, [tabindex="-1"])`)
  .join();

/** Give the focus to the first control of the stage, where the keyboard goes on. */
export function focusStage() {
  if (!stage?.isConnected) return;
  const controls = /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll(CONTROLS));
  const first = [...controls].find((one) => one.checkVisibility());
  given = stage;
  if (!first) stage.tabIndex = -1;
  (first ?? stage).focus({ preventScroll: true });
}

/**
 * Whether half of the stage is in sight, or as much as half a window.
 * @param {{top: number, bottom: number}} box of the stage
 * @param {{top: number, bottom: number}} sight what can be seen of the page
 */
export function isNoticed(box, sight) {
  const seen = Math.min(box.bottom, sight.bottom) - Math.max(box.top, sight.top);
  const whole = Math.min(box.bottom - box.top, sight.bottom - sight.top);
  return seen >= NOTICED_SHARE * whole;
}
