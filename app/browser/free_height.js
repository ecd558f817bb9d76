// How much of the window lies below the top of a component while the page is not scrolled: what is made no higher
// than that is seen as a whole.

export class FreeHeight {
  /** @param {HTMLElement} element gets the height as its CSS variable `--free` */
  constructor(element) {
    this.element = element;
    this.measure = this.measure.bind(this);
    this.observer = new ResizeObserver(this.measure);
  }

  /** Begin, or go on: what is above the component may change its height at any time. */
  start() {
    const content = document.querySelector("[data-testid=stMainBlockContainer]");
    if (content) this.observer.observe(content);
    window.addEventListener("resize", this.measure);
    this.measure();
  }

  stop() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.measure);
  }

  measure() {
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = this.element.getBoundingClientRect().top + scrolled;
    const free = `${Math.max(0, Math.floor(window.innerHeight - top))}px`;
    if (this.element.style.getPropertyValue("--free") !== free)
      this.element.style.setProperty("--free", free);
  }
}
