// How the tiles of a training fit their place; see app/lessons/watch_it_learn/train/training_desk/tiles.js.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GAP, layOut } from "../../app/lessons/watch_it_learn/train/training_desk/tiles.js";

/** @type {import("../../app/lessons/watch_it_learn/train/training_desk/types.js").Strip} */
const STRIP = {
  key: "kernels",
  title: "Kernels",
  count: 16,
  rows: 5,
  columns: 5,
  low: "-1",
  high: "1",
  gradient: "",
};

test("tiles take two rows where there is height, and one where there is not", () => {
  const strips = [STRIP, STRIP, STRIP];
  const high = layOut(strips, { width: 480, height: 600, caption: 24 });
  assert.deepEqual(
    high.map(({ perRow, lines }) => [perRow, lines]),
    [
      [8, 2],
      [8, 2],
      [8, 2],
    ],
  );
  const low = layOut(strips, { width: 480, height: 170, caption: 24 });
  assert.equal(low[0].perRow, 16);
});

test("all strips together fit the height and the width", () => {
  for (const count of [1, 4, 7, 16])
    for (const height of [150, 300, 700]) {
      const strips = Array.from({ length: 3 }, () => ({ ...STRIP, count }));
      const layouts = layOut(strips, { width: 350, height, caption: 20 });
      let total = 0;
      for (const one of layouts) {
        total += 20 + one.lines * (one.height + GAP) - GAP;
        assert.ok(one.perRow * (one.width + GAP) - GAP <= 350);
        assert.ok(one.perRow * one.lines >= count);
      }
      assert.ok(total <= height, `${count} tiles in ${height} px: ${total}`);
    }
});

test("the outputs of dense units are one wide tile", () => {
  const [wide] = layOut([{ ...STRIP, count: 1, rows: 2, columns: 64 }], {
    width: 320,
    height: 400,
    caption: 20,
  });
  assert.deepEqual([wide.width, wide.height], [320, 10]);
});
