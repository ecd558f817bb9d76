import assert from "node:assert/strict";
import { test } from "node:test";

import { crumbsOf } from "../../app/lessons/inside_cnn/network_explorer/crumbs.js";
import { Freshness } from "../../app/lessons/inside_cnn/network_explorer/freshness.js";
import { orderFor } from "../../app/lessons/inside_cnn/network_explorer/layer_bar.js";
import { Navigation } from "../../app/lessons/inside_cnn/network_explorer/navigation.js";
import {
  levelOf,
  levelUp,
  mapPlace,
  OVERVIEW,
  unitBeside,
  unitPlace,
} from "../../app/lessons/inside_cnn/network_explorer/place.js";
import { SettingsSync } from "../../app/lessons/inside_cnn/network_explorer/settings.js";

// A network of three layers: maps, class scores, probabilities.
const facts = {
  title: "Tiny",
  classes: ["cat", "dog"],
  plan: [
    {
      name: "conv_1",
      title: "Block 1, convolution",
      kind: "conv",
      vector: false,
      shape: [4, 6, 6],
    },
    { name: "dense", title: "Classes, dense", kind: "dense", vector: true, shape: [2, 1, 1] },
    { name: "softmax", title: "Classes, softmax", kind: "softmax", vector: true, shape: [2, 1, 1] },
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

test("up goes from unit to map to layer to overview", () => {
  let place = { layer: "a", channel: "1", row: "2", column: "3" };
  const seen = [];
  for (let step = 0; step < 4; step += 1) {
    seen.push(levelOf(place));
    place = levelUp(place);
  }
  assert.deepEqual(seen, ["unit", "map", "layer", "overview"]);
});

test("from map to map the arrow keys follow the order in which the layer was shown", () => {
  const { navigation } = walker(mapPlace("conv_1", 2));
  assert.equal(navigation.beside("ArrowRight")?.channel, "3");
  navigation.order = { layer: "conv_1", indices: [3, 2, 0, 1] };
  assert.equal(navigation.beside("ArrowRight")?.channel, "0");
  assert.equal(navigation.beside("ArrowLeft")?.channel, "3");
  navigation.order = { layer: "another", indices: [3, 2, 0, 1] };
  assert.equal(navigation.beside("ArrowLeft")?.channel, "1");
});

test("a layer that does not have the chosen order is shown by index", () => {
  const layer = { orders: [{ key: "index" }, { key: "strength" }] };
  assert.equal(orderFor(layer, "strength"), "strength");
  assert.equal(orderFor(layer, "effect"), "index");
});

test("Escape leads back the way the reader came down", () => {
  const { at, navigation } = walker();
  navigation.open("softmax", { index: 1 });
  assert.deepEqual(at.place, unitPlace("softmax", 1, {}));
  navigation.descend(mapPlace("dense", 1));
  navigation.descend(mapPlace("conv_1", 3));
  assert.equal(navigation.trail.length, 3);
  navigation.back();
  assert.deepEqual(at.place, mapPlace("dense", 1));
  navigation.back();
  assert.deepEqual(at.place, unitPlace("softmax", 1, {}));
  navigation.back();
  assert.deepEqual(at.place, OVERVIEW);
});

test("a map that was opened in the overview closes to the overview, and its unit to the map", () => {
  const { at, navigation } = walker();
  navigation.open("conv_1", { index: 3 });
  assert.deepEqual(at.place, mapPlace("conv_1", 3));
  // Another map beside it: still one step below the overview.
  navigation.open("conv_1", { index: 2 });
  navigation.descend(unitPlace("conv_1", 2, { row: 1, column: 5 }));
  navigation.back();
  assert.deepEqual(at.place, mapPlace("conv_1", 2));
  navigation.back();
  assert.deepEqual(at.place, OVERVIEW);
  assert.deepEqual(navigation.trail, []);
});

test("a map that was opened in its layer closes to the layer", () => {
  const { at, navigation } = walker({ ...OVERVIEW, layer: "conv_1" });
  navigation.open("conv_1", { index: 3 });
  navigation.back();
  assert.deepEqual(at.place, { ...OVERVIEW, layer: "conv_1" });
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
  assert.deepEqual(texts(unit), ["Tiny", "Block 1, convolution", "map 2", "row 1, column 5"]);
  // What was opened in the overview has the same path: the overview is its first part anyway.
  assert.deepEqual(texts(unit, [OVERVIEW]), texts(unit));
  assert.deepEqual(texts(unitPlace("softmax", 1, {})), ["Tiny", "Classes, softmax", "dog"]);
  const trail = [unitPlace("softmax", 1, {}), mapPlace("dense", 1)];
  assert.deepEqual(texts(unit, trail), [
    "Tiny",
    "Classes, softmax, dog",
    "Classes, dense, dog",
    "Block 1, convolution, map 2 (1, 5)",
  ]);
});

test("the unit beside stays inside its map", () => {
  assert.deepEqual(unitBeside({ row: 0, column: 0 }, "ArrowUp", 5, 5), { row: 0, column: 0 });
  assert.deepEqual(unitBeside({ row: 0, column: 0 }, "ArrowRight", 5, 5), { row: 0, column: 1 });
});

test("changes in quick succession reach Python together, and the page does not undo them", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const reported = [];
  const settings = new SettingsSync((changes) => reported.push(changes));
  settings.adopt({ network: "tiny", ...OVERVIEW });
  for (const changes of [{ layer: "conv_1" }, { channel: "2" }]) {
    settings.change(changes);
    settings.commit(changes);
  }
  context.mock.timers.tick(1000);
  assert.equal(reported.length, 1);
  assert.deepEqual([reported[0].layer, reported[0].channel], ["conv_1", "2"]);
  settings.adopt({ network: "tiny", ...OVERVIEW });
  assert.deepEqual(settings.place, mapPlace("conv_1", 2));
  settings.adopt({ network: "tiny", ...mapPlace("conv_1", 2) });
  settings.adopt({ network: "tiny", ...OVERVIEW });
  assert.deepEqual(settings.place, OVERVIEW);
});

test("the page's answer to an earlier move does not undo a later one", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const settings = new SettingsSync(() => {});
  settings.adopt({ network: "tiny", ...OVERVIEW });
  settings.change(mapPlace("conv_1", 0));
  settings.commit(mapPlace("conv_1", 0));
  context.mock.timers.tick(1000);
  settings.change(mapPlace("conv_1", 1));
  settings.commit(mapPlace("conv_1", 1));
  settings.adopt({ network: "tiny", ...mapPlace("conv_1", 0) });
  assert.deepEqual(settings.place, mapPlace("conv_1", 1));
  context.mock.timers.tick(1000);
  settings.adopt({ network: "tiny", ...mapPlace("conv_1", 1) });
  settings.adopt({ network: "tiny", ...OVERVIEW });
  assert.deepEqual(settings.place, OVERVIEW);
});

test("a part is fresh for the input and the place it was painted for", () => {
  let place = mapPlace("conv_1", 2);
  const freshness = new Freshness(() => place);
  freshness.mark("map");
  assert.equal(freshness.isFresh("map"), true);
  place = mapPlace("conv_1", 3);
  assert.equal(freshness.isFresh("map"), false);
  freshness.mark("map");
  freshness.renew("another picture");
  assert.equal(freshness.isFresh("map"), false);
  freshness.mark("map");
  freshness.renew("another picture");
  assert.equal(freshness.isFresh("map"), true);
});
