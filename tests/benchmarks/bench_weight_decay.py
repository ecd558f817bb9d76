"""How soon all of "A polynomial" follows while a point, the degree or lambda is dragged.

In one run on one machine, in a browser. Prints updates a second, and milliseconds from a move to the
drawn answer; nothing here is a test.
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
# With nearly each frame of the screen a new place; what is measured ends when the drawing is in the document.
FIND = """
const root = [...document.querySelectorAll("*")].map((one) => one.shadowRoot)
  .find((one) => one?.querySelector(".polynomial-stage, .weight-stage"));
window.fitted = [];
const watch = ({ detail }) => window.fitted.push([detail.latency, detail.compute]);
document.addEventListener("kernelscope:fitted", watch);
document.addEventListener("kernelscope:written", watch);
const frame = () => new Promise((done) => requestAnimationFrame(done));
const done = () => {
  document.removeEventListener("kernelscope:fitted", watch);
  document.removeEventListener("kernelscope:written", watch);
  return window.fitted;
};
"""
POINT = f"""async (seconds) => {{
  {FIND}
  const plane = root.querySelector(".plane");
  const point = root.querySelectorAll(".point")[5].getBoundingClientRect();
  const [x, y] = [point.left + point.width / 2, point.top + point.height / 2];
  plane.setPointerCapture = () => {{}};
  const send = (type, dx, dy) => plane.dispatchEvent(new PointerEvent(type, {{
    pointerId: 1, pointerType: "mouse", clientX: x + dx, clientY: y + dy, bubbles: true }}));
  send("pointerdown", 0, 0);
  const began = performance.now();
  for (let at = 0; performance.now() - began < 1000 * seconds; at += 1) {{
    send("pointermove", 30 * Math.sin(at / 5), 60 * Math.cos(at / 7));
    await frame();
  }}
  send("pointerup", 0, 0);
  return done();
}}"""
SLIDER = f"""async ([seconds, key]) => {{
  {FIND}
  const slider = root.querySelector(`input[data-key=${{key}}]`);
  const most = Number(slider.max);
  const began = performance.now();
  for (let at = 0; performance.now() - began < 1000 * seconds; at += 1) {{
    slider.value = String(Math.round(most / 2 + (most / 2) * Math.sin(at / 9)));
    slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
    await frame();
  }}
  return done();
}}"""


def measure(browser: Browser, server: str, name: str, query: str, key: str = "") -> None:
    """Drag for some seconds, a point or a slider, and print what was measured."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page.goto(f"{server}/weight_decay{query}")
    page.wait_for_selector(".polynomial-stage .point, .weight-stage table tr")
    rest(page)
    script, options = (SLIDER, lambda s: [s, key]) if key else (POINT, lambda s: s)
    page.evaluate(script, options(1))  # warm
    found = np.array(page.evaluate(script, options(SECONDS)))
    page.close()
    median, late = np.percentile(found[:, 0], [50, 95])
    print(
        f"{name:42} {len(found) / SECONDS:5.1f} updates a second, {median:.0f} ms median, "
        f"{late:.0f} ms p95, computed in {np.median(found[:, 1]):.1f} ms"
    )


def main() -> None:
    """Measure all."""
    port = free_port()
    process = start_server(port)
    server = f"http://localhost:{port}"
    both = "?decay_cv=1&decay_steps=1000"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            measure(browser, server, "a point", "")
            measure(browser, server, "a point, with validation and descent", both)
            measure(browser, server, "lambda", "", "decay_lambda")
            measure(browser, server, "the degree", "", "decay_degree")
            measure(
                browser, server, "a row of the picture, lambda", "?decay_source=row", "decay_lambda"
            )
            adam = "?decay_view=written&decay_optimizer=adam"
            measure(browser, server, "written out, lambda", adam, "decay_l2")
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
