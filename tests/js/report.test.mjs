import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import {
  CONNECTED,
  MOST_REPEATS,
  PATIENCE_MS,
  Reports,
  UNCONFIRMED,
} from "../../app/browser/report.js";

mock.timers.enable({ apis: ["setTimeout"] });
globalThis.document = new EventTarget();

let reports, place, sent, asked;
const count = () => (asked += 1);

beforeEach(() => {
  [sent, asked, place] = [[], 0, { isConnected: true }];
  reports = new Reports(place);
  reports.adopt((_name, value) => sent.push(value));
  document.addEventListener(UNCONFIRMED, count);
});
afterEach(() => {
  document.removeEventListener(UNCONFIRMED, count);
  reports.rest();
});

const connect = () => document.dispatchEvent(new CustomEvent(CONNECTED));
const bare = ({ stamp, earlier, ...changes }) =>
  earlier ? { ...changes, earlier: earlier.map(bare) } : changes;

test("a request for a run repeats the change before it", () => {
  reports.report({ scope: "map" });
  reports.report({});
  assert.deepEqual(sent.map(bare), [{ scope: "map" }, { earlier: [{ scope: "map" }] }]);
});

test("what Python took over is not repeated", () => {
  reports.report({ scope: "map" });
  reports.adopt(reports.setStateValue, sent[0].stamp);
  reports.report({});
  assert.deepEqual(bare(sent[1]), {});
});

test("stamps grow, also for the same change twice", () => {
  reports.report({ operation: "rotate" });
  reports.report({ operation: "rotate" });
  assert.ok(sent[1].stamp > sent[0].stamp);
  assert.equal(sent[1].earlier[0].stamp, sent[0].stamp);
});

test("a change that is not taken over in good time is said, and sent again once connected", () => {
  reports.report({ at: "1,2" });
  mock.timers.tick(PATIENCE_MS - 1);
  assert.equal(asked, 0);
  mock.timers.tick(1);
  assert.equal(asked, 1);
  connect();
  assert.deepEqual(sent[1], sent[0]);
});

test("a change that was taken over is neither said nor sent again", () => {
  reports.report({ at: "1,2" });
  reports.adopt(reports.setStateValue, sent[0].stamp);
  mock.timers.tick(10 * PATIENCE_MS);
  connect();
  assert.equal(asked, 0);
  assert.equal(sent.length, 1);
});

test("a component that left the page sends nothing again", () => {
  reports.report({ at: "1,2" });
  place.isConnected = false;
  connect();
  mock.timers.tick(10 * PATIENCE_MS);
  assert.equal(sent.length, 1);
  assert.equal(asked, 0);
});

test("a report that Python never takes over is sent again a bounded number of times", () => {
  reports.report({ at: "1,2" });
  for (let time = 0; time < 3 * MOST_REPEATS; time += 1) connect();
  assert.equal(sent.length, 1 + MOST_REPEATS);
});
