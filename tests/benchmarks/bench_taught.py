"""How soon a hundred dropped pictures are taught, and how soon one more is.

In one run on one machine, in a browser, with photographs' parts of 480 x 480 pixels as JPEG files.
Prints milliseconds and seconds; nothing here is a test.
"""

import re
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cnn_core.samples import load_sample  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, free_port, start_server  # noqa: E402
from tests.browser.screens import rest  # noqa: E402

COUNT = 50
MORE = 12
UNTIL = """([place, part, text, began]) => new Promise((done) => {
  const root = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).find((one) => one?.querySelector(place));
  const look = () => {
    if (root.querySelector(part).textContent.includes(text)) done(Date.now() - began);
    else setTimeout(look, 5);
  };
  look();
})"""
"""Looks every few milliseconds; Playwright itself waits longer and longer between two looks."""


def files(folder: Path, sample: str, count: int) -> list[Path]:
    """Save parts of a photograph."""
    whole, draw = load_sample(sample), np.random.default_rng(0)
    height, width = whole.shape[:2]
    made = []
    for at in range(count):
        side = int(draw.integers(120, 300))
        top, left = draw.integers(0, height - side), draw.integers(0, width - side)
        path = folder / f"{sample}{at}.jpg"
        part = Image.fromarray(whole[top : top + side, left : left + side])
        part.resize((480, 480)).save(path, quality=90)
        made.append(path)
    return made


def put(page: Page, at: int, chosen: list[Path]) -> float:
    """Give files to a class; return milliseconds until the page says how far it is."""
    began = time.time()
    page.locator(".class-bins input[type=file]").nth(at).set_input_files(chosen)
    return until(page, (".class-bins", ".status", " files"), began)


def until(page: Page, what: tuple[str, str, str], began: float) -> float:
    """Return the milliseconds from a time until a part of a component has a text."""
    return float(page.evaluate(UNTIL, [*what, 1000 * began]))


def main() -> None:
    """Drop two classes, then pictures one by one."""
    port = free_port()
    server = start_server(port)
    try:
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"http://localhost:{port}/cats_vs_dogs?taught_view=teach")
            accuracy = page.locator(".taught-answer .accuracy")
            expect(accuracy).to_contain_text("of 16 correct", timeout=60_000)
            page.goto(f"http://localhost:{port}/cats_vs_dogs?taught_view=teach&taught_set=own")
            expect(page.locator(".class-bins .bin")).to_have_count(2)
            rest(page)
            # Two classes and a hundred files: the first class has half of them already.
            fur, brick = (files(Path(folder), one, COUNT + MORE) for one in ("mandrill", "brick"))
            began = time.perf_counter()
            print(f"first progress {put(page, 0, fur[:COUNT]):.0f} ms")
            expect(page.locator(".class-bins .count").first).to_have_text(str(COUNT))
            print(f"first progress {put(page, 1, brick[:COUNT]):.0f} ms")
            expect(accuracy).to_contain_text(re.compile(f"of {2 * COUNT} correct"), timeout=120_000)
            print(f"{2 * COUNT} pictures are taught after {time.perf_counter() - began:.1f} s")
            rest(page)
            took = []
            for at in range(MORE):
                correct = (".taught-answer", ".accuracy", f"of {2 * COUNT + at + 1} correct")
                began = time.time()
                page.locator(".class-bins input[type=file]").nth(0).set_input_files(fur[COUNT + at])
                took.append(until(page, correct, began))
                rest(page)
            times = ", ".join(f"{one:.0f}" for one in took)
            print(f"one more picture, taught, left out in turn and shown: {times} ms")
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
