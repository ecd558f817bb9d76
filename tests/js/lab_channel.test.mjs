import assert from "node:assert/strict";
import { test } from "node:test";

import { labChannel } from "../../app/browser/channel.js";

test("components that name the same lab share one channel", () => {
  assert.equal(labChannel("one"), labChannel("one"));
  assert.notEqual(labChannel("one"), labChannel("another"));
});

test("previewed settings lie over the committed ones until Python has taken them over", () => {
  const lab = labChannel("preview");
  lab.commit({ kernel: "sobel_x", stride: "1" });
  lab.preview({ stride: "2" });
  assert.deepEqual(lab.wanted, { kernel: "sobel_x", stride: "2" });
  lab.commit({ kernel: "sobel_x", stride: "2" });
  assert.equal(lab.isPending, false);
});

test("while a control is held its preview stays, whatever Python sends", () => {
  const lab = labChannel("held");
  lab.grab();
  lab.preview({ bias: "3" });
  lab.commit({ bias: "3" });
  assert.equal(lab.isPending, true);
});
