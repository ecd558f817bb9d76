// Small things every component does with the document.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element: `el("button", {class: "x", onclick: f}, "text", child)`.
 * Names that start with "on" become listeners, true and false switch an attribute, the rest are attributes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/**
 * Make an element of a drawing.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  setAttributes(made, attributes);
  return made;
}

/**
 * Set or remove attributes, touching only those that differ.
 * @param {Element} element
 * @param {Record<string, any>} attributes
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === false || value === null || value === undefined)
      element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value))
      element.setAttribute(name, value === true ? "" : value);
  }
}

/**
 * Replace an element's text if it differs, so that screen readers and layout are left alone.
 * @param {Node} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * The drawing context of a canvas, which every browser that runs the page has.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings] of the first call; later ones get the same context
 */
export function contextOf(canvas, settings) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));
}

/**
 * Return the component's root inside its shadow root, made by `build` the first time.
 * @template {{element: HTMLElement}} Root
 * @param {Node} parentElement
 * @param {() => Root} build
 * @returns {Root}
 */
export function rootOf(parentElement, build) {
  const host = /** @type {typeof parentElement & {kernelscopeRoot?: Root}} */ (parentElement);
  host.kernelscopeRoot ??= build();
  if (host.kernelscopeRoot.element.parentNode !== host)
    host.appendChild(host.kernelscopeRoot.element);
  return host.kernelscopeRoot;
}
