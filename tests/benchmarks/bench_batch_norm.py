"""How soon the page follows while points are dragged, and while a batch is changed.

In one run on one machine, in a browser: from a move to its painted answer, in milliseconds, and what
of it Python computes. Nothing here is a test.
"""

import sys
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server  # noqa: E402
from tests.browser.screens import rest  # noqa: E402

SECONDS = 5
LIMIT_MS = 33
WATCH = """() => {
  window.shown = [];
  document.addEventListener("kernelscope:normalized", ({ detail }) => {
    window.shown.push([detail.latency, detail.compute]);
  });
}"""
# A point goes around in a circle of 40 px: a new place with each frame of the screen.
DRAG = """async (seconds) => {
  const root = [...document.querySelectorAll("*")].map((one) => one.shadowRoot)
    .find((one) => one?.querySelector(".point-stage"));
  const area = root.querySelector(".raw .area"), what = root.querySelector(".raw %s");
  const { left, top, width, height } = what.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const send = (type, place, dx, dy) => place.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", clientX: x + dx, clientY: y + dy, bubbles: true }));
  area.setPointerCapture = () => {};
  send("pointerdown", what, 0, 0);
  window.shown.length = 0;
  const began = performance.now();
  for (let at = 0; performance.now() - began < 1000 * seconds; at += 1) {
    send("pointermove", area, 40 * Math.sin(at / 9), 40 * Math.cos(at / 9) - 40);
    await new Promise((done) => requestAnimationFrame(done));
  }
  const found = window.shown.slice();
  send("pointerup", area, 0, 0);
  return found;
}"""
# A slider is moved to and fro, one step with each frame.
SLIDE = """async ([key, seconds]) => {
  const root = [...document.querySelectorAll("*")].map((one) => one.shadowRoot)
    .find((one) => one?.querySelector(".map-stage"));
  const input = root.querySelector(`[data-key=${key}]`);
  window.shown.length = 0;
  const began = performance.now();
  const [low, high, step] = [input.min, input.max, input.step].map(Number);
  const count = Math.round((high - low) / step);
  for (let at = 0; performance.now() - began < 1000 * seconds; at += 1) {
    const turn = at % (2 * count);
    input.value = String(low + step * Math.min(turn, 2 * count - turn));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(done));
  }
  const found = window.shown.slice();
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return found;
}"""


def told(name: str, found: np.ndarray) -> None:
    """Print what was measured."""
    median, late = np.percentile(found[:, 0], [50, 95])
    print(
        f"{name:34} {len(found) / SECONDS:5.1f} updates a second, {median:.0f} ms median, "
        f"{late:.0f} ms p95 (at most {LIMIT_MS}), computed in {np.median(found[:, 1]):.2f} ms"
    )


def points(browser: Browser, server: str) -> None:
    """Drag a point, all points, and their spread."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page.goto(f"{server}/batch_norm")
    page.wait_for_selector(".point-stage .point")
    rest(page)
    page.evaluate(WATCH)
    for name, what in (("a point", ".point"), ("all", ".mean"), ("the spread", ".corner")):
        page.evaluate(DRAG % what, 1)  # warm
        rest(page)
        told(f"points, {name}", np.array(page.evaluate(DRAG % what, SECONDS)))
        rest(page)
    page.close()


def maps(browser: Browser, server: str, layer: str) -> None:
    """Move the sliders of a layer."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page.goto(f"{server}/batch_norm?norm_view=maps&norm_layer={layer}")
    page.wait_for_selector(".map-stage .bar")
    rest(page)
    page.evaluate(WATCH)
    for key in ("norm_size", "norm_channel", "norm_gamma", "norm_beta"):
        page.evaluate(SLIDE, [key, 1])  # warm
        rest(page)
        told(f"{layer}, {key}", np.array(page.evaluate(SLIDE, [key, SECONDS])))
        rest(page)
    page.close()


def main() -> None:
    """Measure all of it."""
    port = free_port()
    process = start_server(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            server = f"http://localhost:{port}"
            points(browser, server)
            for layer in ("norm1a", "norm2a"):
                maps(browser, server, layer)
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
