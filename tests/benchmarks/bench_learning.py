"""How fast a kernel learns: steps a second, steps until each preset is found, pictures a second.

In one run on one machine, on the Mandrill of 512 x 512 pixels; the pictures in a browser, where the
page asks for the next one at most 25 times a second. Nothing here is a test.
"""

import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app.lessons.watch_it_learn.kernel.live_drawing import LearningDrawing  # noqa: E402
from app.lessons.watch_it_learn.kernel.questions import LearnKernelQuestion  # noqa: E402
from app.lessons.watch_it_learn.kernel.settings import HIDDEN, SETTINGS  # noqa: E402
from cnn_core.images import digest, grayscale  # noqa: E402
from cnn_core.kernels import KERNELS  # noqa: E402
from cnn_core.kernels.learning import KernelTask, learn, standardized  # noqa: E402
from cnn_core.samples import load_sample  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server  # noqa: E402
from tests.browser.screens import open_lesson  # noqa: E402

SECONDS = 6
STEPS = 5000
RATE, MOMENTUM = (float(SETTINGS[key].default) for key in ("learn_rate", "learn_momentum"))
WATCH = """() => {
  window.painted = [];
  document.addEventListener("kernelscope:painted", ({ detail }) => {
    window.painted.push([performance.now(), detail.compute]);
  });
}"""


def find_all(pixels: np.ndarray) -> None:
    """Print how many steps each preset needs with the settings that the page opens with."""
    numbers = {}
    began = time.perf_counter()
    for key in HIDDEN:
        steps = learn(KernelTask(pixels, KERNELS[key].array), rate=RATE, momentum=MOMENTUM)
        numbers[key] = next(step.number for step in steps if step.found)
    spent = time.perf_counter() - began
    slowest = max(numbers, key=numbers.__getitem__)
    print(
        f"{len(numbers)} presets found to 1e-3 in {spent:.1f} s: {min(numbers.values())} steps at "
        f"least, {np.median(list(numbers.values())):.0f} median, {numbers[slowest]} for {slowest}"
    )


def steps_a_second(pixels: np.ndarray, size: int, batch: int | None) -> None:
    """Print how many steps a second are computed, without drawing."""
    hidden = np.random.default_rng(0).normal(size=(size, size))
    task = KernelTask(pixels, hidden)
    steps = learn(task, rate=1e-4, batch=batch)
    next(steps)
    began = time.perf_counter()
    made = sum(1 for _ in islice(steps, STEPS))
    spent = time.perf_counter() - began
    print(f"{size} x {size}, batch {batch or 'all':>4}: {made / spent:8,.0f} steps a second")


def draw(image: np.ndarray, hidden: str) -> None:
    """Print the processor's time for one step and its pictures, as the drawing process spends it."""
    drawing = LearningDrawing(digest(image))
    spent = []
    for step in range(60):
        settings = {"learn_hidden": hidden, "learn_step": str(step)}
        question = LearnKernelQuestion(sequence=step, token="", settings=settings)
        began = time.process_time()
        drawing(question, image)
        spent.append(1000 * (time.process_time() - began))
    print(
        f"{hidden:12} {np.median(spent[10:]):.1f} ms of the processor for a step and its pictures"
    )


def pictures_a_second(browser: Browser, server: str, hidden: str) -> None:
    """Print how many steps a second are painted while the descent plays, one step a picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    # A small rate, so that it plays all the time.
    open_lesson(page, server, "watch_it_learn", f"?learn_hidden={hidden}&learn_rate=0.001")
    page.wait_for_selector(".kernel-stage .js-plotly-plot")
    page.evaluate(WATCH)
    page.get_by_role("button", name="Play", exact=False).first.click()
    time.sleep(1)
    page.evaluate("() => { window.painted.length = 0; }")
    time.sleep(SECONDS)
    found = np.array(page.evaluate("() => window.painted"))
    page.close()
    gaps = np.diff(found[:, 0])
    print(
        f"{hidden:12} {len(found) / SECONDS:5.1f} pictures a second, {np.median(gaps):.0f} ms "
        f"median, {np.percentile(gaps, 95):.0f} ms p95 from one to the next, computed and drawn in "
        f"{np.median(found[:, 1]):.1f} ms"
    )


def main() -> None:
    """Measure all."""
    image = load_sample("mandrill")
    pixels = standardized(grayscale(image))
    find_all(pixels)
    for size in (3, 7):
        for batch in (None, 16, 256):
            steps_a_second(pixels, size, batch)
    for hidden in ("sobel_x", "random_7"):
        draw(image, hidden)
    port = free_port()
    process = start_server(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for hidden in ("sobel_x", "random_7"):
                pictures_a_second(browser, f"http://localhost:{port}", hidden)
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
