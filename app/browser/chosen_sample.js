// A sample picture that is chosen: known here before the page has run, so that what is computed of it can be asked for.

const CHOICE = "st-key-choose_"; // what Streamlit makes of the button's key; see app/session/image_picker.py

/**
 * Listen for a sample that is chosen in the list of pictures.
 * @param {(key: string) => void} onchoose is told the key of every picture that is chosen, samples or not
 * @returns {() => void} listens no longer
 */
export function watchChosenSample(onchoose) {
  const onclick = (/** @type {MouseEvent} */ event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const key = keyOf(button?.closest(`[class*="${CHOICE}"]`)?.classList ?? []);
    if (key) onchoose(key);
  };
  document.addEventListener("click", onclick, true);
  return () => document.removeEventListener("click", onclick, true);
}

/**
 * The key of the picture that a button with these classes chooses, "" for none.
 * @param {Iterable<string>} classes
 */
export function keyOf(classes) {
  return [...classes].find((one) => one.startsWith(CHOICE))?.slice(CHOICE.length) ?? "";
}
