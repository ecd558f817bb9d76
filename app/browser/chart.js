// A Plotly chart inside a component: it is drawn again whenever its data change, but not more often than eyes notice.

import { el } from "./dom.js";

const EVERY_MS = 120;
const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false };

/** @typedef {{react: (place: HTMLElement, traces: object[], layout: object, config: object) => Promise<void>,
 *   purge: (place: HTMLElement) => void}} Plotly as far as it is used here */

/** @type {Promise<Plotly> | undefined} */
let loading;

/**
 * Load Plotly's script, once for the page.
 * @param {string} address relative to the app's own
 * @returns {Promise<Plotly>}
 */
function plotly(address) {
  loading ??= new Promise((done, fail) => {
    const script = el("script", { src: new URL(address, document.baseURI).href });
    script.onload = () => done(/** @type {any} */ (window).Plotly);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      fail(new Error("Plotly's script cannot be loaded."));
    };
    document.head.append(script);
  });
  return loading;
}

export class Chart {
  /**
   * @param {(theme: {ink: string, grid: string, accent: string, size: number}) =>
   *   {traces: object[], layout: object}} describe is given the theme's colors, and the type's size in pixels
   */
  constructor(describe) {
    this.describe = describe;
    this.place = el("div", { class: "chart-place" });
    this.element = el("div", { class: "chart", role: "img" }, this.place);
    this.address = "";
    this.drawnAt = 0;
    this.isDrawing = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.ruler = new ResizeObserver(() => this.draw());
  }

  /** @param {string} address of Plotly's script */
  start(address) {
    this.address = address;
    this.ruler.observe(this.element);
  }

  /** The data changed: draw soon. */
  draw() {
    if (this.timer !== undefined || !this.address) return;
    const wait = Math.max(0, this.drawnAt + EVERY_MS - performance.now());
    this.timer = setTimeout(() => this.drawNow(), wait);
  }

  async drawNow() {
    this.timer = undefined;
    if (this.isDrawing) return this.draw();
    this.isDrawing = true;
    try {
      const library = await plotly(this.address);
      const { width, height } = this.element.getBoundingClientRect();
      if (width < 40 || height < 40) return undefined;
      const style = getComputedStyle(this.element);
      const accent = style.getPropertyValue("--calm").trim();
      const grid = style.getPropertyValue("--line").trim();
      const size = Math.max(parseFloat(style.fontSize), 10.5);
      const { traces, layout } = this.describe({ ink: style.color, grid, accent, size });
      await library.react(
        this.place,
        traces,
        {
          width,
          height,
          font: { size, color: style.color, family: style.fontFamily },
          paper_bgcolor: "transparent",
          plot_bgcolor: "transparent",
          showlegend: false,
          dragmode: false,
          ...layout,
        },
        CONFIG,
      );
    } catch (error) {
      console.warn(error);
    } finally {
      this.isDrawing = false;
      this.drawnAt = performance.now();
    }
    return undefined;
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.ruler.disconnect();
  }
}
