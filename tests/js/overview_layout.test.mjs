import assert from "node:assert/strict";
import { test } from "node:test";

import {
  overviewLayout,
  tileBox,
  wireEnds,
  wirePath,
} from "../../app/lessons/inside_cnn/network_explorer/overview_layout.js";

const BLOCKS = [
  32, 16, 24, 24, 40, 40, 80, 80, 80, 112, 112, 112, 192, 192, 192, 192, 320, 1280,
].map((count) => ({ count, ratio: 1, vector: false }));
const NETWORK = [...BLOCKS, { count: 1280, ratio: 1, vector: true }];
const SMALL = [16, 16, 16, 32, 32, 32, 64, 64, 64].map((count) => ({
  count,
  ratio: 1,
  vector: false,
}));
const DENSE = [128, 64].map((count) => ({ count, ratio: 1, vector: true }));

/** The right edge of the last column, and the lowest tile. */
function extent({ columns, head }) {
  const { left, width, squeeze } = columns.at(-1);
  return {
    right: left + width * squeeze,
    low: Math.max(...columns.map(({ tiles }) => head + tiles.height)),
  };
}

for (const [width, height, rem] of [
  [660, 430, 16],
  [1180, 790, 16],
  [600, 440, 20],
])
  for (const [name, columns] of Object.entries({ NETWORK, SMALL, DENSE }))
    test(`${name} fits into ${width} x ${height}`, () => {
      const layout = overviewLayout({ columns, width, height, rem });
      assert.equal(layout.width, width);
      const { right, low } = extent(layout);
      assert.ok(right <= width);
      assert.ok(low <= height);
      layout.columns.slice(1).forEach(({ left }, at) => {
        const before = layout.columns[at];
        assert.ok(left >= before.left + before.width + 7);
      });
    });

test("tiles are as many as there is height for, and of usual size", () => {
  const { columns } = overviewLayout({ columns: NETWORK, width: 660, height: 430, rem: 16 });
  assert.ok(columns[0].tiles.side >= 24 && columns[0].tiles.side <= 44);
  assert.ok(columns[5].tiles.shown >= 11);
  const small = overviewLayout({ columns: SMALL, width: 660, height: 430, rem: 16 });
  assert.equal(small.columns[0].tiles.side, 45);
});

test("no column shows more maps than it has", () => {
  const few = [{ count: 3, ratio: 1, vector: false }, ...SMALL];
  const { columns } = overviewLayout({ columns: few, width: 900, height: 700, rem: 16 });
  assert.equal(columns[0].tiles.shown, 3);
});

test("the numbers of a dense layer lie in rows", () => {
  const { columns } = overviewLayout({ columns: DENSE, width: 660, height: 430, rem: 16 });
  assert.ok(columns[0].tiles.columns > 3);
  assert.ok(columns[0].tiles.shown > 100);
});

test("on a phone tiles are as large as a finger needs, and the columns are wider than the screen", () => {
  const layout = overviewLayout({ columns: NETWORK, width: 358, height: 480, rem: 16, least: 40 });
  assert.ok(layout.columns.every(({ tiles }) => tiles.side >= 40));
  assert.ok(layout.width > 358);
});

test("columns make room for the map that is open, and nothing leaves the stage", () => {
  const layout = overviewLayout({ columns: NETWORK, width: 660, height: 430, rem: 16, open: 5 });
  const { columns, panel } = layout;
  assert.equal(columns[5].squeeze, 1);
  assert.ok(columns.every(({ squeeze }, at) => at === 5 || squeeze < 0.4));
  assert.ok(panel.left >= columns[5].left + columns[5].width);
  assert.ok(panel.left + panel.width <= columns[6].left);
  assert.ok(panel.width > 400);
  assert.ok(extent(layout).right <= 660);
});

test("the steps of an unfolded block have room, and the other columns give it", () => {
  const columns = NETWORK.map((column, at) => ({ ...column, spread: at > 8 && at < 12 }));
  const layout = overviewLayout({ columns, width: 660, height: 430, rem: 16 });
  assert.equal(layout.columns[10].squeeze, 1);
  assert.ok(layout.columns[10].left - layout.columns[9].left >= 64);
  assert.ok(layout.columns[3].squeeze < 1);
  assert.ok(extent(layout).right <= 660);
});

test("a wire joins the edges of two tiles, or reaches into them where they are close", () => {
  const tile = { x: 0, y: 10, width: 30, height: 30 };
  const far = wireEnds(tile, { ...tile, x: 80, y: 50 });
  assert.deepEqual(far, [
    { x: 30, y: 25 },
    { x: 80, y: 65 },
  ]);
  const [from, to] = wireEnds(tile, { ...tile, x: 38 });
  assert.ok(to.x - from.x >= 22);
  assert.equal(wirePath({ x: 0, y: 1 }, { x: 10, y: 5 }), "M0 1C5 1 5 5 10 5");
});

test("a tile of a squeezed column is as narrow as it is drawn", () => {
  const layout = overviewLayout({ columns: SMALL, width: 660, height: 430, rem: 16, open: 2 });
  const box = tileBox(layout, 0, 1);
  assert.equal(box.x, 0);
  assert.ok(Math.abs(box.width - 7) < 1e-9);
  assert.ok(box.y > layout.head + 40);
});
