import assert from "node:assert/strict";
import { test } from "node:test";

import {
  LEGIBLE_PX,
  cellsInColumns,
  cellsInLines,
  cellsInRow,
  fontFor,
  spanOf,
  sumHeight,
  sumSize,
} from "../../app/lessons/step_by_step/slide_explorer/layout.js";
import { blockFor, boxAround } from "../../app/lessons/step_by_step/slide_explorer/patch_picker.js";
import { heightOf, valueAt } from "../../app/lessons/step_by_step/slide_explorer/plot.js";

const size = (rows, columns) => ({ rows, columns });

test("grids in a row fill the space there is and never leave it", () => {
  for (const [input, kernel, output] of [
    [size(3, 4), size(2, 2), size(2, 3)],
    [size(16, 16), size(7, 7), size(10, 10)],
    [size(22, 22), size(1, 1), size(22, 22)],
  ]) {
    const cells = cellsInRow(
      { width: 860, height: 330, largest: 96, legends: 100 },
      { input, kernel, output },
    );
    assert.ok(
      spanOf(input.columns, cells.input) +
        spanOf(kernel.columns, cells.kernel) +
        spanOf(output.columns, cells.output) <=
        860,
    );
    assert.ok(
      Math.max(
        spanOf(input.rows, cells.input),
        spanOf(kernel.rows, cells.kernel),
        spanOf(output.rows, cells.output),
      ) <= 330,
    );
  }
});

test("on a phone the grids of any example stay on the page and their numbers legible", () => {
  for (const channels of [1, 3])
    for (const [input, kernel, output] of [
      [size(3, 4), size(2, 2), size(2, 3)],
      [size(4, 4), null, size(2, 2)],
      [size(6, 6), size(3, 3), size(4, 4)],
    ]) {
      const available = { width: 275, height: 460, largest: 58, legends: 84 };
      const cells = cellsInLines(available, { input, kernel, output, channels });
      const wide = (grid, cell) => (grid ? Math.max(spanOf(grid.columns, cell), 84) : 0);
      const tall = (grid, cell) => (grid ? spanOf(grid.rows, cell) : 0);
      const [first, second, last] = [input, kernel, output].map((grid, at) => [
        wide(grid, Object.values(cells)[at]),
        tall(grid, Object.values(cells)[at]),
      ]);
      if (channels === 1) {
        assert.ok(Math.max(first[0], second[0] + last[0]) <= available.width);
        assert.ok(first[1] + Math.max(second[1], last[1]) <= available.height);
      } else {
        assert.ok(first[0] + (kernel ? second[0] : last[0]) <= available.width);
        const line = Math.max(first[1], kernel ? second[1] : last[1]);
        assert.ok(channels * line + (kernel ? last[1] : 0) <= available.height);
      }
      for (const cell of Object.values(cells)) assert.ok(fontFor(cell, 2) >= LEGIBLE_PX);
    }
});

test("the lecture's cells are large, and a large input does not shrink the kernel with it", () => {
  assert.ok(
    cellsInRow(
      { width: 860, height: 330, largest: 96, legends: 100 },
      { input: size(3, 4), kernel: size(2, 2), output: size(2, 3) },
    ).input >= 80,
  );
  const cells = cellsInRow(
    { width: 860, height: 330, largest: 96, legends: 100 },
    { input: size(16, 16), kernel: size(3, 3), output: size(14, 14) },
  );
  assert.ok(cells.kernel > cells.input);
});

test("channels are put side by side with their kernels below", () => {
  const cells = cellsInColumns(
    { width: 800, height: 300, legends: 120, largest: 96 },
    { input: size(5, 5), kernel: size(3, 3), output: size(3, 3), channels: 3 },
  );
  assert.ok(3 * spanOf(5, cells.input) + Math.max(120, spanOf(3, cells.output)) <= 800);
  assert.ok(spanOf(5, cells.input) + spanOf(3, cells.kernel) <= 300);
});

test("a number is legible or is not drawn", () => {
  for (let cell = 6; cell < 100; cell += 1) {
    for (let characters = 1; characters < 9; characters += 1) {
      const font = fontFor(cell, characters);
      assert.ok(font === 0 || font >= LEGIBLE_PX);
      assert.ok(font * characters * 0.57 <= cell);
    }
  }
});

test("longer sums are written smaller and reserve more height", () => {
  assert.deepEqual([4, 12, 27, 75].map(sumSize), ["large", "middle", "small", "tiny"]);
  const height = (terms) => sumHeight({ terms, channels: 1, weighs: true, widthRem: 59 });
  assert.ok(height(4) <= height(16) && height(16) <= height(49));
});

test("a dragged box stays on the picture", () => {
  assert.deepEqual(boxAround(0, 511, 60, 512, 512), [0, 452]);
  assert.deepEqual(boxAround(256, 256, 60, 512, 512), [226, 226]);
  assert.equal(blockFor(10000, 10, 512, 300, 64), 30);
  assert.equal(blockFor(1, 10, 512, 300, 64), 1);
});

test("a dragged point reads back the value it is at, and stays on its scale", () => {
  for (const value of [-10, -3.5, 0, 0.5, 10])
    assert.equal(valueAt(heightOf(value, 10), 10), value);
  assert.equal(valueAt(-3, 10), 10);
  assert.equal(valueAt(2, 10), -10);
});
