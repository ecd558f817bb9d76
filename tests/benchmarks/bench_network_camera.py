"""How many pictures of the camera go through a whole network in a second, and what each costs.

First in a browser whose camera shows a moving test picture: the overview of EfficientNet-Lite0, then with Grad-CAM
over it. The cost is time of a processor: of the server, of all processes of the browser, and how much of it a machine
with two of them could give. Then five visitors without a browser, who speak the live channel's protocol at the same
time. Prints numbers; nothing here is a test.
"""

import asyncio
import json
import os
import re
import struct
import sys
import time
from pathlib import Path

import cv2
from playwright.sync_api import Page, expect, sync_playwright
from websockets.asyncio.client import connect

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app.drawing.frame import unpack  # noqa: E402
from app.lessons.inside_cnn.overview_columns import overview_columns  # noqa: E402
from cnn_core.networks import load  # noqa: E402
from cnn_core.samples import load_sample  # noqa: E402
from tests.benchmarks.bench_taught_camera import processor_s  # noqa: E402
from tests.benchmarks.visitors import Visitor  # noqa: E402
from tests.browser.conftest import (  # noqa: E402
    CHROMIUM,
    FAKE_CAMERA,
    FLAGS,
    free_port,
    start_server,
)
from tests.browser.explorer import open_explorer  # noqa: E402

SECONDS = int(os.environ.get("SECONDS", "10"))
EXPLORER = "network_explorer"
CAMERAS = 5
TILES, SIDE = 12, 26
"""What a window of 1280 x 720 pixels has room for."""


def measure(page: Page, server: int, name: str) -> None:
    """Let the camera run, and count."""
    explorer = page.locator(".explorer")

    def now() -> tuple[float, int, float, float]:
        count = int(explorer.get_attribute("data-answers") or 0)
        its = processor_s(server)
        return time.perf_counter(), count, its, processor_s(os.getpid()) - its

    page.wait_for_timeout(2000)
    before = now()
    page.wait_for_timeout(1000 * SECONDS)
    took, count, of_server, of_browser = (
        after - first for after, first in zip(now(), before, strict=True)
    )
    count = max(count, 1)
    both = (of_server + of_browser) / count
    print(
        f"{name:24s} {count / took:5.1f} a second; of a processor for each: server "
        f"{1000 * of_server / count:.0f} ms, browser {1000 * of_browser / count:.0f} ms; "
        f"two processors for nothing else: at most {2 / both:.0f} a second",
        flush=True,
    )


def in_browser(port: int, server: int) -> None:
    """Open the camera in a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *FAKE_CAMERA])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        open_explorer(page, f"http://localhost:{port}")
        page.get_by_role("button", name="Live camera").click()
        expect(page.locator(".explorer")).to_have_attribute(
            "data-answers", re.compile(r"\d\d"), timeout=60_000
        )
        measure(page, server, "overview")
        page.get_by_role("button", name="Grad-CAM").click()
        measure(page, server, "overview and Grad-CAM")
        browser.close()


async def camera(port: int, pictures: list[bytes], columns: list[tuple[str, int]]) -> float:
    """Send pictures as a browser does, each when an answer came; returns answers a second."""
    visitor = Visitor(f"localhost:{port}", "inside_cnn")
    await visitor.open()
    page = await visitor.header_of(EXPLORER)
    entries = {
        "kind": "network_camera",
        "token": page["token"],
        "settings": {"network": "efficientnet_lite0"},
        "columns": columns,
        "side": SIDE,
        "attribution": None,
    }
    async with connect(f"ws://localhost:{port}/live", max_size=None) as socket:
        sent = count = 0

        async def send() -> None:
            nonlocal sent
            sent += 1
            text = json.dumps({**entries, "sequence": sent}).encode()
            await socket.send(struct.pack("<I", len(text)) + text + pictures[sent % len(pictures)])

        await send()
        began = time.perf_counter()
        while time.perf_counter() - began < SECONDS:
            header, _ = unpack(await socket.recv())  # type: ignore[arg-type]
            if header["kind"] == "error":
                raise RuntimeError(header["error"])
            count += 1
            await send()
        return count / (time.perf_counter() - began)


async def together(port: int) -> list[float]:
    """Let several cameras run at the same time."""
    network = load("efficientnet_lite0")
    columns = [
        (name, min(TILES, network.layer(name).shape[0]))
        for name in overview_columns(network.layers)
    ]
    pictures = [
        cv2.imencode(".jpg", cv2.resize(load_sample(key), (341, 256))[..., ::-1])[1].tobytes()
        for key in ("cat", "coffee", "astronaut")
    ]
    return await asyncio.gather(*(camera(port, pictures, columns) for _ in range(CAMERAS)))


def main() -> None:
    """Measure both."""
    port = free_port()
    server = start_server(port)
    try:
        in_browser(port, server.pid)
        before = processor_s(server.pid)
        rates = asyncio.run(together(port))
        cost = (processor_s(server.pid) - before) / (sum(rates) * SECONDS)
        each = ", ".join(f"{rate:.1f}" for rate in rates)
        print(f"{CAMERAS} cameras at once: {each} a second; server {1000 * cost:.0f} ms for each")
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
