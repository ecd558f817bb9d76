import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cellOf,
  fitTiles,
  flowTiles,
  oneTile,
  onPicture,
  receptiveSpan,
  tileAt,
  tileBeside,
  tilePlace,
  wholeLines,
} from "../../app/lessons/inside_cnn/network_explorer/geometry.js";
import { tileOrigin } from "../../app/lessons/inside_cnn/sprite.js";

test("a few tiles are as large as they may be, many shrink until they fit", () => {
  const few = fitTiles({ count: 2, width: 136, height: 300, largest: 62, smallest: 38 });
  assert.deepEqual([few.side, few.columns, few.rows, few.shown], [62, 2, 1, 2]);
  const more = fitTiles({ count: 16, width: 136, height: 300, largest: 62, smallest: 38 });
  assert.equal(more.shown, 16);
  assert.ok(more.side < 62 && more.width <= 136 && more.height <= 300);
});

test("where they do not all fit, the smallest side stands and some are left out", () => {
  const tiles = fitTiles({ count: 1000, width: 136, height: 300, largest: 62, smallest: 62 });
  assert.equal(tiles.side, 62);
  assert.equal(tiles.shown, tiles.rows * tiles.columns);
  assert.ok(tiles.shown < 1000);
});

test("where they do not all fit, those that do fill the height", () => {
  const tiles = fitTiles({ count: 32, width: 172, height: 240, largest: 78, smallest: 68 });
  assert.deepEqual([tiles.columns, tiles.rows], [2, 3]);
  assert.ok(tiles.side > 68 && tiles.height <= 240 && tiles.height > 240 - tiles.rows);
});

test("words below a tile belong to it, but to no cell of it", () => {
  const tiles = flowTiles({ count: 10, width: 300, side: 60, below: 20 });
  assert.deepEqual([tiles.columns, tiles.rows, tiles.gap], [4, 3, 4]);
  assert.deepEqual(tilePlace(tiles, 5), { x: 64, y: 84 });
  assert.equal(tiles.height, 3 * 84 - 4);
  assert.equal(tileAt(tiles, 70, 84 + 59)?.index, 5);
  const words = tileAt(tiles, 70, 84 + 79);
  assert.ok(words && words.index === 5 && words.down >= 1);
  assert.equal(tileAt(tiles, 70, 84 + 81), null);
});

test("lines of numbers are as high as shows whole ones", () => {
  const lines = { below: 0, count: 3, height: 90, gap: 10 };
  assert.equal(wholeLines({ ...lines, free: 210 }), 100); // two, and the third begins below
  assert.equal(wholeLines({ ...lines, free: 189 }), 189); // one
  assert.equal(wholeLines({ ...lines, free: 50 }), 90); // never lower than it can be
  assert.equal(wholeLines({ ...lines, free: 320 }), 100);
  assert.equal(wholeLines({ ...lines, free: 320, below: 30 }), 90); // with what follows
});

test("a tile is found where it was placed, and nothing in the gaps", () => {
  const tiles = flowTiles({ count: 7, width: 200, side: 40 });
  for (let index = 0; index < 7; index += 1) {
    const { x, y } = tilePlace(tiles, index);
    assert.equal(tileAt(tiles, x + 1, y + 39).index, index);
  }
  assert.equal(tileAt(tiles, 42, 10), null);
  assert.equal(tileAt(tiles, -1, 10), null);
  const last = tilePlace(tiles, 6);
  assert.equal(tileAt(tiles, last.x + 50, last.y + 5), null);
});

test("a place in a tile is a cell of its map", () => {
  assert.deepEqual(cellOf(0, 0, 28, 28), { row: 0, column: 0 });
  assert.deepEqual(cellOf(0.999, 0.5, 28, 14), { row: 14, column: 13 });
});

test("arrow keys move over tiles and stop at the sheet's edge", () => {
  const tiles = flowTiles({ count: 7, width: 130, side: 40 });
  assert.equal(tiles.columns, 3);
  assert.equal(tileBeside(tiles, 0, "ArrowRight"), 1);
  assert.equal(tileBeside(tiles, 3, "Home"), 0);
  assert.equal(tileBeside(tiles, 0, "End"), tiles.shown - 1);
  assert.equal(tileBeside(tiles, 2, "ArrowRight"), null);
  assert.equal(tileBeside(tiles, 3, "ArrowLeft"), null);
  assert.equal(tileBeside(tiles, 3, "ArrowDown"), 6);
  assert.equal(tileBeside(tiles, 4, "ArrowDown"), null);
});

test("a receptive field moves by its stride and is cut at the picture's rim", () => {
  const field = { size: [11, 11], stride: [4, 4], start: [-3, -3] };
  assert.deepEqual(receptiveSpan(field, 0, 0, 224), [0, 8]);
  assert.deepEqual(receptiveSpan(field, 0, 10, 224), [37, 48]);
  assert.deepEqual(receptiveSpan(field, 1, 55, 224), [217, 224]);
});

test("a rectangle of the input lies on the picture where the network's view does", () => {
  const box = onPicture([0.25, 0, 0.5, 1], [100, 100], [50, 100], [0, 25]);
  assert.deepEqual(box, { top: 0.5, left: 0, height: 0.25, width: 0.25 });
});

test("a single map is a sheet of one tile, as high as its shape asks", () => {
  const tiles = oneTile(168, { height: 7, width: 14 });
  assert.deepEqual([tiles.width, tiles.height, tiles.shown], [168, 84, 1]);
});

test("tiles of a sprite lie row by row", () => {
  const layout = { columns: 3, width: 28, height: 14 };
  assert.deepEqual(tileOrigin(layout, 0), { left: 0, top: 0 });
  assert.deepEqual(tileOrigin(layout, 5), { left: 56, top: 14 });
});
