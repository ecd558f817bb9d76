"""How soon the stages of Dropout follow while a slider is dragged.

In one run on one machine, in a browser. Prints updates a second and milliseconds from a move to what
is drawn (numbers, circles, maps, curves and bars); nothing here is a test.
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
# A slider to and fro: a new value with each frame of the screen.
DRAG = """async ([key, seconds]) => {
  const root = [...document.querySelectorAll("*")].map((one) => one.shadowRoot)
    .find((one) => one?.querySelector(".drop-stage"));
  const slider = root.querySelector(`input[data-key="${key}"]`);
  const [low, high, step] = ["min", "max", "step"].map((name) => Number(slider[name]));
  const shown = [];
  const note = ({ detail }) => shown.push([detail.latency, detail.compute]);
  document.addEventListener("kernelscope:dropped", note);
  const count = Math.round((high - low) / step);
  const began = performance.now();
  for (let at = 0; performance.now() - began < 1000 * seconds; at += 1) {
    const place = Math.abs((at % (2 * count)) - count);
    slider.value = String(low + step * place);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(done));
  }
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  document.removeEventListener("kernelscope:dropped", note);
  return shown;
}"""
DRAGS = (
    ("masks", "drop_keep"),
    ("average", "drop_keep"),
    ("average", "drop_count"),
    ("gap", "drop_share"),
    ("doubt", "drop_doubt_keep"),
)


def dropout(browser: Browser, server: str) -> None:
    """Drag a slider of each view."""
    for view, key in DRAGS:
        page = browser.new_context(
            viewport={"width": 1280, "height": 720}, reduced_motion="reduce"
        ).new_page()
        page.goto(f"{server}/dropout?drop_view={view}")
        page.wait_for_selector(f".{view}-stage")
        rest(page)
        page.evaluate(DRAG, [key, 1])  # warm
        rest(page)
        found = np.array(page.evaluate(DRAG, [key, SECONDS]), float)
        page.context.close()
        median, late = np.percentile(found[:, 0], [50, 95])
        print(
            f"dropout, {view}, {key}: {len(found) / SECONDS:.1f} updates a second, {median:.0f} ms "
            f"median, {late:.0f} ms p95, computed in {np.median(found[:, 1]):.1f} ms"
        )


def main() -> None:
    """Measure all of it."""
    port = free_port()
    process = start_server(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            dropout(browser, f"http://localhost:{port}")
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
