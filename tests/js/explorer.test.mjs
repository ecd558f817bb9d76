import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cellOf,
  fitTiles,
  flowTiles,
  onPicture,
  receptiveSpan,
  tileAt,
  tileBeside,
  tilePlace,
} from "../../app/lessons/inside_cnn/network_explorer/geometry.js";
import { crumbsOf } from "../../app/lessons/inside_cnn/network_explorer/crumbs.js";
import { Navigation } from "../../app/lessons/inside_cnn/network_explorer/navigation.js";
import {
  levelOf,
  levelUp,
  mapPlace,
  OVERVIEW,
  unitBeside,
  unitPlace,
} from "../../app/lessons/inside_cnn/network_explorer/place.js";
import { dab, drawingText } from "../../app/lessons/inside_cnn/network_explorer/pad.js";

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
  assert.equal(tileBeside(tiles, 2, "ArrowRight"), null);
  assert.equal(tileBeside(tiles, 3, "ArrowLeft"), null);
  assert.equal(tileBeside(tiles, 3, "ArrowDown"), 6);
  assert.equal(tileBeside(tiles, 4, "ArrowDown"), null);
  assert.deepEqual(unitBeside({ row: 0, column: 0 }, "ArrowUp", 5, 5), { row: 0, column: 0 });
  assert.deepEqual(unitBeside({ row: 0, column: 0 }, "ArrowRight", 5, 5), { row: 0, column: 1 });
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

test("up goes from unit to map to layer to overview", () => {
  let place = { layer: "a", channel: "1", row: "2", column: "3" };
  const seen = [];
  for (let step = 0; step < 4; step += 1) {
    seen.push(levelOf(place));
    place = levelUp(place);
  }
  assert.deepEqual(seen, ["unit", "map", "layer", "overview"]);
});

// A network of three layers: maps, class scores, probabilities.
const facts = {
  title: "Tiny",
  classes: ["cat", "dog"],
  plan: [
    { name: "conv_1", kind: "conv", vector: false, shape: [4, 6, 6] },
    { name: "dense", kind: "dense", vector: true, shape: [2, 1, 1] },
    { name: "softmax", kind: "softmax", vector: true, shape: [2, 1, 1] },
  ],
};

function walker(place = OVERVIEW) {
  const at = { place };
  const navigation = new Navigation({
    facts: () => facts,
    place: () => at.place,
    onmove: (next) => {
      at.place = next;
    },
  });
  return { at, navigation };
}

test("Escape leads back the way the reader came down", () => {
  const { at, navigation } = walker();
  navigation.open("softmax", { index: 1 });
  assert.deepEqual(at.place, unitPlace("softmax", 1, {}));
  navigation.descend(mapPlace("dense", 1));
  navigation.descend(mapPlace("conv_1", 3));
  assert.equal(navigation.trail.length, 2);
  navigation.back();
  assert.deepEqual(at.place, mapPlace("dense", 1));
  navigation.back();
  assert.deepEqual(at.place, unitPlace("softmax", 1, {}));
  navigation.back();
  assert.deepEqual(at.place, OVERVIEW);
});

test("from a map to its own unit, one level up is the map again", () => {
  const { at, navigation } = walker(mapPlace("conv_1", 2));
  navigation.descend(unitPlace("conv_1", 2, { row: 1, column: 5 }));
  assert.deepEqual(navigation.trail, []);
  navigation.back();
  assert.deepEqual(at.place, mapPlace("conv_1", 2));
});

test("arrow keys lead to the unit or the map beside, and nowhere from a layer", () => {
  const unit = walker(unitPlace("conv_1", 2, { row: 1, column: 5 })).navigation;
  assert.deepEqual(unit.beside("ArrowUp"), unitPlace("conv_1", 2, { row: 0, column: 5 }));
  assert.deepEqual(unit.beside("ArrowRight"), unitPlace("conv_1", 2, { row: 1, column: 5 }));
  const map = walker(mapPlace("conv_1", 2)).navigation;
  assert.deepEqual(map.beside("ArrowRight"), mapPlace("conv_1", 3));
  assert.equal(map.beside("ArrowUp"), null);
  assert.equal(walker({ ...OVERVIEW, layer: "conv_1" }).navigation.beside("ArrowRight"), null);
});

test("a class score opens as a probability, or as contributions where those are shown", () => {
  const { at, navigation } = walker();
  navigation.openScore(1);
  assert.deepEqual(at.place, unitPlace("softmax", 1, {}));
  const shown = walker(mapPlace("dense", 0));
  shown.navigation.openScore(1);
  assert.deepEqual(shown.at.place, mapPlace("dense", 1));
});

test("the path names every level, and the trail where there is one", () => {
  const texts = (place, trail = []) => crumbsOf(place, trail, facts).map(({ text }) => text);
  assert.deepEqual(texts(OVERVIEW), ["Tiny"]);
  const unit = unitPlace("conv_1", 2, { row: 1, column: 5 });
  assert.deepEqual(texts(unit), ["Tiny", "conv 1", "map 2", "row 1, column 5"]);
  assert.deepEqual(texts(unitPlace("softmax", 1, {})), ["Tiny", "softmax", "dog"]);
  const trail = [unitPlace("softmax", 1, {}), mapPlace("dense", 1)];
  assert.deepEqual(texts(unit, trail), ["Tiny", "softmax 1", "dense 1", "conv 1 2 (1, 5)"]);
});

test("a dab leaves gray, rubbing takes it away, and text has one digit a pixel", () => {
  const pixels = new Uint8Array(784);
  dab(pixels, 28, 14, 14, false);
  assert.equal(pixels[14 * 28 + 14], 255);
  assert.equal(pixels[0], 0);
  assert.equal(drawingText(pixels).length, 784);
  assert.equal(drawingText(pixels)[14 * 28 + 14], "f");
  dab(pixels, 28, 14, 14, true);
  assert.equal(pixels[14 * 28 + 14], 0);
});

test("a dab at the rim stays inside the pad", () => {
  const pixels = new Uint8Array(784);
  dab(pixels, 28, 0, 27.9, false);
  assert.ok(pixels.some((gray) => gray > 0));
});
