"""How long from choosing another picture until every visible map of a network is painted.

A real browser and a real server on this machine; the forward pass alone stands beside it. Prints
milliseconds; nothing here is a test.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")  # as the server does

from app.lessons.inside_cnn.frame import GARMENTS  # noqa: E402
from cnn_core.datasets import FASHION_CLASSES, load_fashion  # noqa: E402
from cnn_core.networks import load, trace  # noqa: E402
from cnn_core.samples import SAMPLES, load_sample  # noqa: E402
from tests.browser import picker  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server  # noqa: E402
from tests.browser.explorer import open_explorer  # noqa: E402

# More than the server keeps traces of, so every change costs a forward pass.
PHOTOGRAPHS = ("coffee", "cat", "astronaut", "rocket", "camera", "brick", "mandrill")
ROUNDS = 4

WATCH = """() => {
  window.changes = [];
  addEventListener("pointerdown", () => { window.changeAt = performance.now(); }, true);
  document.addEventListener("kernelscope:explored", () => {
    requestAnimationFrame((now) => {
      if (window.changeAt) window.changes.push(Math.max(now, performance.now()) - window.changeAt);
      window.changeAt = 0;
    });
  });
}"""


def choose_photograph(page: Page, key: str) -> None:
    option = picker.choice(page).get_by_role("button", name=SAMPLES[key].name, exact=True)
    option.wait_for()
    page.evaluate("window.changeAt = 0")
    option.click()


def choose_garment(page: Page, at: int) -> None:
    name = FASHION_CLASSES[int(load_fashion("test").labels[GARMENTS[at]])]
    page.get_by_role("button", name=name, exact=True).click()


def changes(page: Page, choose: Callable[[int], None], count: int) -> list[float]:
    """Choose one thing after another; wait for each until all maps in sight are painted."""
    page.evaluate(WATCH)
    for at in range(count):
        choose(at)
        while page.evaluate("window.changes.length") <= at:
            page.wait_for_timeout(20)
        page.wait_for_timeout(700)  # until the page's own rerun is over as well
    found: list[float] = page.evaluate("window.changes")
    return found


def forward_alone(name: str, pictures: list[np.ndarray]) -> list[float]:
    network = load(name)
    times = []
    for picture in pictures * 4:
        began = time.perf_counter()
        trace(network, picture)
        times.append(1000 * (time.perf_counter() - began))
    return times[len(pictures) :]


def row(times: list[float]) -> str:
    return f"{np.percentile(times, 50):7.1f} /{np.percentile(times, 95):7.1f}"


def main() -> None:
    port = free_port()
    process = start_server(port)
    photographs = [load_sample(key) for key in PHOTOGRAPHS]
    garments = [np.asarray(load_fashion("test").images[at]) for at in GARMENTS]
    print("Another picture until all visible maps are painted, ms (median / 95th percentile)")
    print("network               in the browser     forward pass alone   columns in sight")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, pictures in (("efficientnet_lite0", photographs), ("fashion_cnn", garments)):
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            open_explorer(page, f"http://localhost:{port}", f"?network={name}")
            if name == "fashion_cnn":
                found = changes(
                    page, lambda at, page=page: choose_garment(page, (at + 1) % len(GARMENTS)), 30
                )[len(GARMENTS) :]
            else:
                count = len(PHOTOGRAPHS) * ROUNDS
                found = changes(
                    page,
                    lambda at, page=page: choose_photograph(page, PHOTOGRAPHS[at % 7]),
                    count,
                )[len(PHOTOGRAPHS) :]
            sight = page.locator(".net-column.shown").count()
            page.close()
            alone = forward_alone(name, pictures)
            print(f"{name:20s}  {row(found)}    {row(alone)}       {sight}", flush=True)
        browser.close()
    process.terminate()
    process.wait()


if __name__ == "__main__":
    main()
