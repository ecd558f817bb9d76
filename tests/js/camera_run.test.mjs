import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { CameraRun } from "../../app/lessons/inside_cnn/network_explorer/camera_run.js";

let asked, painted, kept, changes, closed, pictures, run;

const turn = () => new Promise((done) => setTimeout(done, 0));

beforeEach(() => {
  [asked, painted, kept, changes, pictures] = [[], [], [], 0, 0];
  closed = [];
  const document = Object.assign(new EventTarget(), { hidden: false });
  const createImageBitmap = async (blob) => {
    const bitmap = { size: blob.size, close: () => closed.push(blob.size) };
    return bitmap;
  };
  Object.assign(globalThis, { document, createImageBitmap });
  run = new CameraRun({
    wanted: () => ({ columns: [["a", 2]], side: 8 }),
    ask: (entries, picture) => asked.push({ ...entries, bytes: picture.length }),
    onpaint: (answer, _, picture) => painted.push([answer.sequence, picture.size]),
    onkept: (token) => kept.push(token),
    onchange: () => (changes += 1),
  });
});

/** A source whose pictures have 1, 2, 3 ... bytes. */
function source() {
  return { picture: async () => new Uint8Array((pictures += 1)), close: () => {} };
}

/** @param {number} sequence */
function answer(sequence, channels = [5, 3]) {
  return run.receive({ sequence, columns: [{ name: "a", channels }] }, new Map());
}

test("one picture is under way, one waits, and an answer has one more taken", async () => {
  run.start(source(), {});
  await turn();
  assert.equal(asked.length, 2);
  await answer(1);
  await turn();
  assert.equal(asked.length, 3);
});

test("a frame that is painted is the one that was sent, and those overtaken are let go", async () => {
  run.start(source(), {});
  await turn();
  await answer(2);
  assert.deepEqual(painted, [[2, 2]]);
  assert.deepEqual(closed.sort(), [1, 2]);
});

test("columns keep the maps of the first answer until the strongest are wanted", async () => {
  run.start(source(), { a: [0, 1] });
  await turn();
  assert.deepEqual(asked[0].held, { a: [0, 1] });
  await answer(1, [0, 1]);
  run.sort();
  await answer(2, [0, 1]); // asked before
  await turn();
  assert.deepEqual(asked[asked.length - 1].held, {});
  await answer(asked.length, [7, 6]);
  await turn();
  assert.deepEqual(asked[asked.length - 1].held, { a: [7, 6] });
});

test("maps are not held where a column has room for more or fewer", async () => {
  run.start(source(), { a: [0, 1, 2] });
  await turn();
  assert.deepEqual(asked[0].held, {});
});

test("the frame on the screen is frozen, not a later one", async () => {
  run.start(source(), {});
  assert.equal(run.freeze(), false); // there is none yet
  await turn();
  await answer(1);
  await turn();
  assert.equal(run.freeze(), true);
  const { keep, bytes } = asked[asked.length - 1];
  assert.deepEqual({ keep, bytes }, { keep: true, bytes: 1 });
  await answer(2); // came too late to be painted
  assert.equal(painted.length, 1);
  await run.receive({ sequence: 9, kept: "token", columns: [] }, new Map());
  assert.deepEqual(kept, ["token"]);
  run.close();
  assert.equal(run.isOn, false);
});

test("a frame that was to be kept is sent again when the connection was lost", async () => {
  run.start(source(), {});
  await turn();
  await answer(1);
  run.freeze();
  const before = asked.length;
  run.lost();
  assert.equal(asked.length, before + 1);
  assert.equal(asked[before].keep, true);
  run.close();
});

test("a hidden window takes no pictures, and goes on when it is seen", async () => {
  document.hidden = true;
  run.start(source(), {});
  await turn();
  assert.equal(asked.length, 0);
  document.hidden = false;
  document.dispatchEvent(new Event("visibilitychange"));
  await turn();
  assert.equal(asked.length, 2);
});

test("another run begins at once, though the one before was still packing a picture", async () => {
  run.start(source(), {});
  await turn();
  const before = asked.length;
  void answer(1); // has one more packed
  run.close();
  run.start(source(), {});
  await turn();
  assert.equal(asked.length, before + 2);
});

test("a lost connection lets all go, and its return starts anew", async () => {
  run.start(source(), {});
  await turn();
  run.lost();
  assert.equal(run.sent.size, 0);
  run.awake();
  await turn();
  assert.equal(asked.length, 4);
});
