import assert from "node:assert/strict";
import { test } from "node:test";

import { unpackFrame } from "../../app/browser/frame.js";
import { backOff } from "../../app/browser/live_client.js";

function packed(header, ...blobs) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return Uint8Array.from([length, text, ...blobs].flatMap((part) => [...part]));
}

test("a frame comes apart into its header and its blobs", () => {
  const bytes = packed(
    {
      sequence: 3,
      blobs: [
        { name: "a", type: "x", length: 2 },
        { name: "b", type: "y", length: 1 },
      ],
    },
    [1, 2],
    [3],
  );
  const { header, blobs } = unpackFrame(bytes);
  assert.equal(header.sequence, 3);
  assert.deepEqual([...blobs.get("a").bytes], [1, 2]);
  assert.deepEqual([...blobs.get("b").bytes], [3]);
});

test("a frame inside a larger buffer is read from where it begins", () => {
  const bytes = packed({ blobs: [] });
  const shifted = new Uint8Array(bytes.length + 5);
  shifted.set(bytes, 5);
  assert.deepEqual(unpackFrame(shifted.subarray(5)).header.blobs, []);
});

test("waiting to connect again doubles and stays bounded", () => {
  assert.deepEqual([0, 1, 2].map(backOff), [250, 500, 1000]);
  assert.equal(backOff(30), 8000);
});
