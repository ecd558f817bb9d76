import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { packFrame } from "../../app/browser/frame.js";
import { LiveClient } from "../../app/browser/live_client.js";

class Socket {
  static OPEN = 1;
  static CLOSED = 3;
  readyState = Socket.OPEN;
  sent = [];
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {}
}

let client, renewals, opened, now;

beforeEach(() => {
  [renewals, opened, now] = [0, [], 0];
  const document = Object.assign(new EventTarget(), { baseURI: "http://localhost/" });
  const window = {
    location: {
      href: "http://localhost/kernel_lab?a=1",
      replace: (link) => opened.push(`${link}`),
    },
  };
  Object.assign(globalThis, { document, window, WebSocket: Socket });
  performance.now = () => now;
  client = new LiveClient({
    onanswer: () => {},
    onstate: () => {},
    onerror: () => {},
    onunknown: () => (renewals += 1),
    unsaved: () => ({ stride: "2" }),
  });
});
afterEach(() => client.close());

/** Ask about a picture; the server answers, or does not know it. */
function ask(token, isKnown) {
  const sequence = client.ask("frame", { token });
  const header = isKnown
    ? { kind: "frame", sequence }
    : { kind: "error", sequence, error_kind: "UnknownTokenError", error: "" };
  const { buffer } = packFrame({ ...header, blobs: [] }, new Uint8Array());
  client.receive(buffer);
}

test("an unknown picture asks for another run of the page, and opens nothing", () => {
  ask("old", false);
  assert.equal(renewals, 1);
  ask("new", true);
  assert.deepEqual(opened, []);
});

test("a question that was sent before the run came asks for no other", () => {
  ask("old", false);
  ask("old", false);
  assert.equal(renewals, 1);
});

test("a run that does not come is asked for again, however often", () => {
  for (const seconds of [0, 5, 10, 15]) {
    now = 1000 * seconds;
    ask("old", false);
  }
  assert.equal(renewals, 4);
  assert.deepEqual(opened, []);
});

test("after the connection was lost another run is asked for too", () => {
  client.wasLost = true;
  ask("old", false);
  assert.equal(renewals, 1);
  assert.deepEqual(opened, []);
});

test("the tokens of two pictures may be refused, that of the picture before and that in use", () => {
  ask("before", false);
  ask("in use", false);
  assert.equal(renewals, 2);
  ask("new", true);
  assert.deepEqual(opened, []);
});

test("new tokens refused one after the other open the page's link, with what it does not have yet", () => {
  for (const token of ["before", "in use", "new", "newer"]) ask(token, false);
  assert.equal(renewals, 3);
  assert.deepEqual(opened, ["http://localhost/kernel_lab?a=1&stride=2"]);
});

test("a token that was known before it was refused is a new case", () => {
  ask("old", false);
  ask("new", true);
  ask("new", false);
  assert.equal(renewals, 2);
  assert.deepEqual(opened, []);
});

/** The line breaks and is there again; returns what was sent on it then. */
function reconnect() {
  const before = client.socket;
  before.readyState = Socket.CLOSED;
  before.onclose();
  client.reopen();
  client.socket.onopen();
  return client.socket.sent;
}

test("a question that was out when the line broke is asked again", () => {
  const sequence = client.ask("frame", { token: "in use", settings: { x: "1" } });
  assert.deepEqual(reconnect(), [
    { token: "in use", settings: { x: "1" }, sequence, kind: "frame" },
  ]);
  assert.deepEqual(reconnect().length, 1);
});

test("after the line broke only the newest question of a kind is asked", () => {
  client.ask("frame", { token: "in use", at: 1 });
  client.ask("frame", { token: "in use", at: 2 });
  client.ask("cost", { token: "in use" });
  assert.deepEqual(
    reconnect().map(({ kind, at }) => [kind, at]),
    [
      ["frame", 2],
      ["cost", undefined],
    ],
  );
});

test("what was answered before the line broke is not asked again", () => {
  ask("in use", true);
  assert.deepEqual(reconnect(), []);
});
