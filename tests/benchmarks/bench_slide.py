"""How steadily a slide plays at 1280 x 800: frames a second and messages sent, in headless Chromium."""

import statistics
import sys
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server  # noqa: E402

SECONDS = 6
SLIDES = {
    "lecture 3 x 4": "",
    "three channels": "walk_source=colors&walk_channels=3&walk_weights=1,0;1,0|-1,-1;-1,-1|0,1;0,1",
    "patch 10 x 10, 3 x 3": "walk_source=patch&walk_weights=sobel_x",
    "the same at 8 x": "walk_source=patch&walk_weights=sobel_x&walk_speed=8",
    "patch 16 x 16, 7 x 7, at 4 x": (
        "walk_source=patch&walk_side=16&walk_weights=random_7&walk_speed=4"
    ),
    "1-D signal": "walk_mode=line",
}
_FRAMES = """(ms) => new Promise((done) => {
    const times = [];
    const start = performance.now();
    const frame = (now) => {
        times.push(now);
        if (now - start < ms) requestAnimationFrame(frame);
        else done(times);
    };
    requestAnimationFrame(frame);
})"""


def main() -> None:
    """Print a line for each slide."""
    port = free_port()
    server = start_server(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, query in SLIDES.items():
                address = f"http://localhost:{port}/step_by_step?{query}"
                print(f"{name:30} {measure(browser, address)}", flush=True)
    finally:
        server.terminate()


def measure(browser: Browser, address: str) -> str:
    """Watch the gaps between frames while a slide plays."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda one: sent.append(one)))
    page.goto(address)
    page.get_by_label("Pause", exact=True).wait_for()
    page.wait_for_timeout(1500)
    before = len(sent)
    times = page.evaluate(_FRAMES, 1000 * SECONDS)
    gaps = sorted(after - ahead for ahead, after in pairwise(times))
    page.close()
    return (
        f"{len(gaps) / SECONDS:5.1f} frames/s, median {statistics.median(gaps):4.1f} ms, "
        f"p95 {gaps[int(0.95 * len(gaps))]:4.1f} ms, longest {gaps[-1]:5.1f} ms, "
        f"{len(sent) - before} messages sent"
    )


if __name__ == "__main__":
    main()
