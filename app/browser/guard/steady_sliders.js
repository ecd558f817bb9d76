// A finger that scrolls the page may begin on a slider, which takes the first touch for a move. Once the browser has
// found that it scrolls, it cancels the pointer: the slider goes back to where it was.

/**
 * Put every slider of the page back where a scrolling finger found it, in components too.
 * @param {Document} page
 */
export function keepSlidersSteady(page) {
  /** @type {Map<number, {slider: HTMLInputElement, value: string}>} by the pointer that touches it */
  const touched = new Map();
  page.addEventListener(
    "pointerdown",
    (event) => {
      const [inner] = event.composedPath();
      if (!(inner instanceof HTMLInputElement) || inner.type !== "range") return;
      touched.set(event.pointerId, { slider: inner, value: inner.value });
    },
    { capture: true, passive: true },
  );
  page.addEventListener("pointerup", (event) => touched.delete(event.pointerId), {
    passive: true,
  });
  page.addEventListener(
    "pointercancel",
    ({ pointerId }) => {
      const begun = touched.get(pointerId);
      touched.delete(pointerId);
      if (!begun || begun.slider.value === begun.value) return;
      begun.slider.value = begun.value;
      for (const name of ["input", "change"])
        begun.slider.dispatchEvent(new Event(name, { bubbles: true, composed: name === "input" }));
    },
    { passive: true },
  );
}
