"""From `python -m app` to a page one can use, in seconds; and whether torch was imported by then."""

import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import CHROMIUM, FLAGS, free_port, wait_until_up  # noqa: E402

RUNS = 5


def main() -> None:
    up, usable = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for _ in range(RUNS):
            port = free_port()
            page = browser.new_page()
            began = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-m", "app", "--server.port", str(port), "--server.headless=true"],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
            )
            wait_until_up(port, process)
            up.append(time.perf_counter() - began)
            page.goto(f"http://localhost:{port}/", wait_until="commit")
            page.locator(".opening .sum").filter(has_text=re.compile(r"\d")).wait_for()
            usable.append(time.perf_counter() - began)
            page.close()
            process.terminate()
            process.wait()
        browser.close()
    imported = subprocess.run(
        [sys.executable, "-c", "import sys, app.server; print('torch' in sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    print("Start to a page one can use, s")
    print(f"server answers  median {np.median(up):.2f}, slowest {max(up):.2f}")
    print(f"first page      median {np.median(usable):.2f}, slowest {max(usable):.2f}")
    print(f"torch imported by the server itself: {imported}")


if __name__ == "__main__":
    main()
