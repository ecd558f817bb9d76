// One tile of a sprite: Python draws many maps or kernels as one picture, which is cut apart here.

import { contextOf } from "../../browser/dom.js";

/** @typedef {{columns: number, width: number, height: number}} SpriteLayout tiles in a row, and pixels of a tile */

/**
 * Left and top of a tile, in pixels of the sprite.
 * @param {SpriteLayout} layout
 * @param {number} index
 */
export function tileOrigin({ columns, width, height }, index) {
  return { left: (index % columns) * width, top: Math.floor(index / columns) * height };
}

/**
 * Copy a tile to a canvas, which takes the tile's size.
 * @param {HTMLCanvasElement} canvas
 * @param {ImageBitmap} sprite
 * @param {SpriteLayout} layout
 * @param {number} index
 */
export function copyTile(canvas, sprite, layout, index) {
  const { width, height } = layout;
  const { left, top } = tileOrigin(layout, index);
  Object.assign(canvas, { width, height });
  contextOf(canvas).drawImage(sprite, left, top, width, height, 0, 0, width, height);
}
