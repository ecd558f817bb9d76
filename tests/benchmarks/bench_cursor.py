"""Kernel lab: how long from a move of the pointer until the sum at that place is painted.

"Written" is when the numbers of the place are on the page, "shown" when the browser begins its next frame,
which at 60 frames a second comes up to 17 ms later. Prints milliseconds; nothing here is a test.
"""

import sys
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server  # noqa: E402
from tests.browser.lab import open_lab  # noqa: E402

MOVES, WARM_UP = 200, 20
FRAME_MS = 1000 / 60
CASES = {
    "3 x 3, three channels": "",
    "5 x 5, added channels, bias": "?kernel=gaussian_5&combine=sum&bias=7",
    "7 x 7, gray, mirrored": "?kernel=random_7&combine=gray&border=reflect",
    "15 x 15, dilation 3, three channels": "?kernel=gaussian(size=15)&dilation=3",
    "3 x 3, pool 8 x 8": "?pool_size=8",
}

WATCH = """() => {
  window.moves = [];
  window.moveAt = 0;
  addEventListener("pointermove", () => { window.moveAt = performance.now(); }, true);
  document.addEventListener("kernelscope:summed", ({ detail }) => {
    const { moveAt } = window;
    if (!moveAt) return;
    window.moveAt = 0;
    requestAnimationFrame(() => window.moves.push([detail.drawnAt - moveAt, performance.now() - moveAt]));
  });
}"""


def move_times(browser: Browser, server: str, query: str) -> np.ndarray:
    """Move over the response; wait for each place's sum, as a hand that watches would.

    Returns (moves, 2): written and shown, ms.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    open_lab(page, server, query)
    box = page.locator("[data-panel=response] canvas").bounding_box()
    assert box
    page.evaluate(WATCH)
    random = np.random.default_rng(0)
    for count in range(WARM_UP + MOVES):
        across, down = random.uniform(0.02, 0.98, 2)
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        page.wait_for_function("count => window.moves.length > count", arg=count, polling=5)
    found = page.evaluate("window.moves")[WARM_UP:]
    page.close()
    return np.array(found)


def main() -> None:
    """Print a line for each case."""
    port = free_port()
    process = start_server(port)
    print("Move of the pointer to the sum at its place, ms (median / 95th percentile)")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, query in CASES.items():
                written, shown = move_times(browser, f"http://localhost:{port}", query).T
                in_frame = (written <= FRAME_MS).mean()
                texts = [
                    f"{np.percentile(t, 50):5.1f} / {np.percentile(t, 95):5.1f}"
                    for t in (written, shown)
                ]
                print(
                    f"{name:38} written {texts[0]}   shown {texts[1]}   "
                    f"{in_frame:.0%} written within {FRAME_MS:.1f} ms",
                    flush=True,
                )
            browser.close()
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
