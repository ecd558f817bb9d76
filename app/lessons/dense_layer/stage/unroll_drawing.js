// Draws the view Unroll: rows on their way, marks on the picture and on the vector, threads to the units.

import { contextOf } from "../../../browser/dom.js";
import { inkOn } from "../../../browser/ink.js";
import {
  between,
  middleOf,
  neighborsOf,
  rowInPicture,
  rowInVector,
  rowProgress,
} from "./vector_layout.js";

/** @import { UnrollHeader } from "./types.js" */
/** @import { UnrollView } from "./unroll.js" */
/** @import { Box } from "./vector_layout.js" */

const LEAST_ALPHA = 0.05;
const [MARK_PX, OVERHANG_PX] = [2, 7];

export class UnrollDrawing {
  /** @param {UnrollView} view */
  constructor(view) {
    this.view = view;
    this.source = document.createElement("canvas");
    /** @type {ImageData | undefined} */
    this.picture = undefined;
    this.threads = document.createElement("canvas");
    this.threadsVersion = "";
  }

  /**
   * Take a picture to unroll.
   * @param {ImageData} picture
   * @param {UnrollHeader} header
   */
  take(picture, { rows, columns }) {
    const { grid, strip } = this.view;
    this.picture = picture;
    for (const canvas of [this.source, grid])
      Object.assign(canvas, { width: columns, height: rows });
    Object.assign(strip, { width: rows * columns, height: 1 });
    for (const canvas of [this.source, grid]) contextOf(canvas).putImageData(picture, 0, 0);
    // The pixels of a picture lie in memory as in the vector.
    contextOf(strip).putImageData(new ImageData(picture.data.slice(), rows * columns, 1), 0, 0);
  }

  /** Where an element lies in the scene. @param {Element} element @returns {Box} */
  boxOf(element) {
    const scene = this.view.scene.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    return {
      x: box.left - scene.left,
      y: box.top - scene.top,
      width: box.width,
      height: box.height,
    };
  }

  draw() {
    const { view, picture } = this;
    if (!picture || !view.element.isConnected) return;
    const { rows, columns, lecture } = view.header;
    const { clientWidth: width, clientHeight: height } = view.scene;
    const zoom = Math.min(window.devicePixelRatio || 1, 2);
    const canvas = view.flights;
    if (canvas.width !== Math.round(width * zoom) || canvas.height !== Math.round(height * zoom))
      Object.assign(canvas, { width: Math.round(width * zoom), height: Math.round(height * zoom) });
    const context = contextOf(canvas);
    context.setTransform(zoom, 0, 0, zoom, 0, 0);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    const grid = this.boxOf(view.grid);
    const strip = this.boxOf(view.stripBox);
    const isDone = view.share === 1;
    view.strip.style.visibility = isDone ? "visible" : "hidden";
    view.stripBox.classList.toggle("empty", view.share === 0);
    view.scene.classList.toggle("flying", view.share > 0 && view.share < 1);
    const style = getComputedStyle(view.element);
    const colors = {
      ink: style.getPropertyValue("--ink"),
      paper: style.getPropertyValue("--paper"),
      accent: style.getPropertyValue("--accent"),
    };
    if (!isDone && view.share > 0) this.drawRows(context, grid, strip, colors.paper);
    if (isDone && view.header.units) this.drawThreads(context, strip, colors, { width, height });
    this.drawMarks(context, grid, strip, colors);
    if (lecture) this.drawNumbers(context, grid, strip);
    this.drawWeights();
    view.scene.dataset.unrolled = String(view.share);
    view.scene.dataset.cells = String(rows * columns);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Box} grid
   * @param {Box} strip
   * @param {string} paper
   */
  drawRows(context, grid, strip, paper) {
    const { rows, columns } = this.view.header;
    for (let row = 0; row < rows; row += 1) {
      const progress = rowProgress(row, rows, this.view.share);
      const from = rowInPicture(grid, row, rows);
      if (progress > 0) {
        context.globalAlpha = 0.75 * Math.min(1, 3 * progress);
        context.fillStyle = paper;
        context.fillRect(from.x, from.y, from.width, from.height + 0.5);
        context.globalAlpha = 1;
      }
      const box = between(from, rowInVector(strip, row, rows), progress);
      if (progress > 0)
        context.drawImage(this.source, 0, row, columns, 1, box.x, box.y, box.width, box.height);
    }
  }

  /**
   * The lecture's cells have their places written on them, wherever they are.
   * @param {CanvasRenderingContext2D} context
   * @param {Box} grid
   * @param {Box} strip
   */
  drawNumbers(context, grid, strip) {
    const { rows, columns, values } = this.view.header;
    const { share, scene } = this.view;
    const font = getComputedStyle(scene);
    context.font = `600 ${font.fontSize} ${font.fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    values.forEach((value, place) => {
      const row = Math.floor(place / columns);
      const at = 4 * place;
      const [red, green, blue] = this.picture?.data.subarray(at, at + 3) ?? [0, 0, 0];
      const from = rowInPicture(grid, row, rows);
      const to = rowInVector(strip, row, rows);
      const progress = share === 1 ? 1 : rowProgress(row, rows, share);
      const boxes = [between(from, to, progress)];
      if (share === 0 || share === 1) boxes.push(from);
      for (const box of share === 0 ? [from] : boxes) {
        context.fillStyle = inkOn(red, green, blue);
        const across = (place % columns) + 0.5;
        context.fillText(
          String(value),
          box.x + (across * box.width) / columns,
          box.y + box.height / 2,
        );
      }
    });
  }

  /**
   * The pixel, its neighbors, and the same in the vector.
   * @param {CanvasRenderingContext2D} context
   * @param {Box} grid
   * @param {Box} strip
   * @param {{accent: string, paper: string}} colors
   */
  drawMarks(context, grid, strip, { accent, paper }) {
    const { view } = this;
    const { rows, columns, neighbors } = view.header;
    const [row, column] = view.pixel;
    const cell = { width: grid.width / columns, height: grid.height / rows };
    const there = neighborsOf(view.pixel, neighbors, rows, columns);
    const boxAt = (/** @type {number} */ r, /** @type {number} */ c) =>
      /** @type {[number, number, number, number]} */ ([
        grid.x + c * cell.width,
        grid.y + r * cell.height,
        cell.width,
        cell.height,
      ]);
    context.lineWidth = 1.5;
    context.strokeStyle = accent;
    for (const one of there) {
      context.globalAlpha = 0.35;
      context.fillStyle = accent;
      context.fillRect(...boxAt(one.row, one.column));
      context.globalAlpha = 1;
      context.strokeRect(...boxAt(one.row, one.column));
    }
    context.lineWidth = 5;
    context.strokeStyle = paper;
    context.strokeRect(...boxAt(row, column));
    context.lineWidth = 3;
    context.strokeStyle = accent;
    context.strokeRect(...boxAt(row, column));
    if (view.share < 1) return;
    const count = rows * columns;
    const mark = (/** @type {number} */ place, /** @type {number} */ over) => {
      const across = Math.max(MARK_PX, strip.width / count);
      const x = middleOf(strip, place, count) - across / 2;
      if (strip.width / count > 12) {
        context.lineWidth = over > OVERHANG_PX ? 5 : 3;
        context.strokeRect(x, strip.y, across, strip.height);
        return;
      }
      context.fillStyle = accent;
      context.fillRect(x, strip.y - over, across, strip.height + 2 * over);
    };
    for (const one of there) mark(one.place, OVERHANG_PX / 2);
    mark(row * columns + column, 2 * OVERHANG_PX);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Box} strip
   * @param {{accent: string, ink: string}} colors
   * @param {{width: number, height: number}} size of the scene
   */
  drawThreads(context, strip, { accent, ink }, size) {
    const { view } = this;
    const { rows, columns, neighbors } = view.header;
    const count = rows * columns;
    const ends = [view.dots.neuron, view.dots.kernel].map((dot) => {
      const box = this.boxOf(dot);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    const bottom = strip.y + strip.height;
    const version = [
      view.neuron,
      ink,
      size.width,
      size.height,
      bottom,
      ends[0].x,
      ends[0].y,
    ].join();
    if (this.threadsVersion !== version && view.sheet && view.sizes) {
      this.threadsVersion = version;
      this.drawAllThreads(strip, ends[0], ink, size);
    }
    context.drawImage(this.threads, 0, 0, size.width, size.height);
    const line = (/** @type {number} */ place, /** @type {{x: number, y: number}} */ end) => {
      context.beginPath();
      context.moveTo(middleOf(strip, place, count), bottom);
      context.lineTo(end.x, end.y);
      context.stroke();
    };
    const [row, column] = view.pixel;
    const places = [
      row * columns + column,
      ...neighborsOf(view.pixel, neighbors, rows, columns).map(({ place }) => place),
    ];
    context.strokeStyle = accent;
    context.lineWidth = 1.5;
    for (const place of places) line(place, ends[1]);
    line(places[0], ends[0]);
  }

  /**
   * A thread from every place to the neuron, in the color of its weight, and the fainter the smaller that is.
   * @param {Box} strip
   * @param {{x: number, y: number}} end
   * @param {string} ink
   * @param {{width: number, height: number}} size
   */
  drawAllThreads(strip, end, ink, size) {
    const { sheet, sizes, neuron, header } = this.view;
    if (!sheet || !sizes) return;
    const count = header.rows * header.columns;
    const zoom = Math.min(window.devicePixelRatio || 1, 2);
    Object.assign(this.threads, { width: size.width * zoom, height: size.height * zoom });
    const context = contextOf(this.threads);
    context.setTransform(zoom, 0, 0, zoom, 0, 0);
    context.lineWidth = 1;
    const own = sizes.subarray(neuron * count, (neuron + 1) * count);
    const order = [...own.keys()].sort((one, other) => own[one] - own[other]);
    for (const place of order) {
      const at = 4 * (neuron * count + place);
      const [red, green, blue] = sheet.data.subarray(at, at + 3);
      const share = own[place] / 255;
      for (const [style, alpha] of /** @type {[string, number][]} */ ([
        [ink, LEAST_ALPHA],
        [`rgb(${red} ${green} ${blue})`, 0.85 * share],
      ])) {
        context.globalAlpha = alpha;
        context.strokeStyle = style;
        context.beginPath();
        context.moveTo(middleOf(strip, place, count), strip.y + strip.height);
        context.lineTo(end.x, end.y);
        context.stroke();
      }
    }
  }

  /** The weights of the neuron as a picture, cut out of the sheet of all neurons. */
  drawWeights() {
    const { sheet, weights, neuron, header } = this.view;
    if (!sheet || !header.units) return;
    const { rows, columns } = header;
    if (weights.width !== columns || weights.height !== rows)
      Object.assign(weights, { width: columns, height: rows });
    const from = 4 * neuron * rows * columns;
    const data = sheet.data.slice(from, from + 4 * rows * columns);
    contextOf(weights).putImageData(new ImageData(data, columns, rows), 0, 0);
  }
}
