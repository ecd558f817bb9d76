"""How many answers a second the camera gets from a taught head, and what each costs.

In one run on one machine, in a browser with a camera that shows a moving test picture. The cost is
time of a processor: of the server, of all processes of the browser, and how much of it a machine
with two of them could give. Prints numbers; nothing here is a test.
"""

import os
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import (  # noqa: E402
    CHROMIUM,
    FAKE_CAMERA,
    FLAGS,
    free_port,
    start_server,
)
from tests.browser.screens import rest  # noqa: E402

SECONDS = 10
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def processor_s(root: int) -> float:
    """Add up the time of a process and of all below it."""
    parents, times = {}, {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(words[1])
        times[int(folder.name)] = (int(words[11]) + int(words[12])) * _TICK_S
    found, new = set(), {root}
    while new:
        found |= new
        new = {pid for pid, parent in parents.items() if parent in new}
    return sum(times.get(pid, 0) for pid in found)


def main() -> None:
    """Open the camera, let it run, and count."""
    port = free_port()
    server = start_server(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=[*FLAGS, *FAKE_CAMERA]
            )
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"http://localhost:{port}/cats_vs_dogs?taught_view=teach")
            answer = page.locator(".taught-answer")
            expect(answer.locator(".accuracy")).to_contain_text("of 16", timeout=90_000)
            rest(page)
            answer.get_by_role("button", name="Live camera").click()
            expect(answer).to_have_attribute("data-answers", re.compile(r"\d\d"), timeout=60_000)

            def now() -> tuple[float, int, float, float]:
                count = int(answer.get_attribute("data-answers") or 0)
                mine = processor_s(os.getpid())
                its = processor_s(server.pid)
                return time.perf_counter(), count, its, mine - its

            before = now()
            page.wait_for_timeout(1000 * SECONDS)
            took, count, of_server, of_browser = (
                after - first for after, first in zip(now(), before, strict=True)
            )
            print(f"{count / took:.1f} answers a second")
            print(f"server {1000 * of_server / count:.0f} ms of a processor for each answer")
            print(f"browser {1000 * of_browser / count:.0f} ms")
            both = (of_server + of_browser) / count
            print(f"two processors for nothing else: at most {2 / both:.0f} answers a second")
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
