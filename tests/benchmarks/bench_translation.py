"""How often the maps follow while a picture is dragged, and how soon a network's curve is complete.

In one run on one machine, in a browser, with a picture of 512 x 512 pixels. Prints updates a second,
milliseconds from a question to its painted answer, and seconds; nothing here is a test.
"""

import sys
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cnn_core.images import grayscale  # noqa: E402
from cnn_core.samples import load_sample  # noqa: E402
from cnn_core.translation import DOWNSAMPLINGS, ShiftedMaps, shifts_along  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server  # noqa: E402
from tests.browser.screens import rest  # noqa: E402

SECONDS = 5
WATCH = """() => {
  window.shown = [];
  document.addEventListener("kernelscope:shifted", ({ detail }) => {
    window.shown.push([performance.now(), detail.latency, detail.compute]);
  });
}"""
# A drag to and fro by up to 4 px of the picture: a new place with nearly each frame of the screen.
DRAG = """async (seconds) => {
  const root = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).find((one) => one?.querySelector(".pad"));
  const pad = root.querySelector(".pad");
  const { left, top, width, height } = pad.getBoundingClientRect();
  const x = left + width / 2, y = top + height / 2;
  const send = (type, dx, dy) => pad.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", clientX: x + dx, clientY: y + dy, bubbles: true }));
  pad.setPointerCapture = () => {};
  send("pointerdown", 0, 0);
  window.shown.length = 0;
  const began = performance.now();
  for (let at = 0; performance.now() - began < 1000 * seconds; at += 1) {
    send("pointermove", 32 * Math.sin(at / 5), 32 * Math.cos(at / 7));
    await new Promise((done) => requestAnimationFrame(done));
  }
  const found = window.shown.slice();
  send("pointerup", 0, 0);
  return found;
}"""


def drag(browser: Browser, server: str, query: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{server}/translation?shift_view=picture{query}")
    page.wait_for_selector(".pad")
    page.wait_for_selector(".js-plotly-plot")
    rest(page)
    page.evaluate(WATCH)
    page.evaluate(DRAG, 1)  # warm
    found = np.array(page.evaluate(DRAG, SECONDS))
    page.close()
    median, late = np.percentile(found[:, 1], [50, 95])
    print(
        f"{query or 'one layer':60} {len(found) / SECONDS:5.1f} updates a second, "
        f"{median:.0f} ms median, {late:.0f} ms p95, computed in {np.median(found[:, 2]):.1f} ms"
    )


def network(browser: Browser, server: str, picture: str) -> None:
    """Open the view with a direction that nobody has asked for, and wait for the last point."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{server}/translation?shift_view=network&picture={picture}&shift_by=0,1")
    page.wait_for_selector(".pad")
    rest(page)
    counts: list[tuple[float, int]] = []
    began = time.perf_counter()
    page.locator(".pad").press("Shift+ArrowUp")
    title = ".st-key-shift_chart_classes .xtitle"
    points = ".st-key-shift_chart_classes .scatterlayer .trace:first-child .points path"
    while time.perf_counter() - began < 20:
        known, count = page.evaluate(
            "([title, points]) => [document.querySelector(title)?.textContent ?? '',"
            " document.querySelectorAll(points).length]",
            [title, points],
        )
        if "up" not in known or (counts and counts[-1][1] == count):
            continue
        counts.append((round(time.perf_counter() - began, 2), count))
        if count == 17:
            break
    print(f"{picture}: points of the curve by seconds after the key: {counts}")
    page.close()


def alone() -> None:
    """The computation without server and browser."""
    gray = grayscale(load_sample("mandrill"))
    began = time.perf_counter()
    for kind in DOWNSAMPLINGS:
        maps = ShiftedMaps(image=gray, kind=kind, layers=1)
        for shift in shifts_along((0, 1), 16):
            maps.error(shift)
    print(f"all curves of one direction: {1000 * (time.perf_counter() - began):.0f} ms")


def main() -> None:
    """Measure all of it."""
    alone()
    port = free_port()
    process = start_server(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            server = f"http://localhost:{port}"
            drag(browser, server, "")
            drag(browser, server, "&shift_downsampling=blur&shift_layers=4")
            drag(browser, server, "&shift_compare=moved&shift_layers=3")
            network(browser, server, "cat")
            network(browser, server, "coffee")
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
