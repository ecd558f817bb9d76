"""A real server and a real browser. Tests wait for states, never for time."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.pages import OpenPage, new_page

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
# The page asks for its own address under the page's path first and is told there is nothing; see Streamlit.
HARMLESS = ("Failed to load resource: the server responded with a status of 404",)


# Two shared, noisy cores: a state may take long to come, and no test may fail for that.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and skip it where there is no browser.

    What fails is tried twice more, and the summary names it: on a machine that others use too, the
    browser may be stopped in the middle of a gesture.
    """
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.flaky(reruns=2))
        if CHROMIUM is None and not os.environ.get("CI"):
            item.add_marker(
                pytest.mark.skip(reason="no Chromium found; on Debian: apt-get install chromium")
            )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def start_server(port: int, *options: str, base: str = "") -> subprocess.Popen[bytes]:
    """Start the app as `python -m app` does, below a path if one is given; wait until it answers."""
    command = [sys.executable, "-m", "app", "--server.port", str(port), "--server.headless", "true"]
    below = ["--server.baseUrlPath", base] if base else []
    process = subprocess.Popen([*command, *below, *options], cwd=ROOT)
    wait_until_up(port, process, base)
    return process


def wait_until_up(port: int, process: subprocess.Popen[bytes], base: str = "") -> None:
    health = f"http://localhost:{port}/{base}/_stcore/health".replace("//_", "/_")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError("The app did not start.")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running app."""
    port = free_port()
    process = start_server(port)
    yield f"http://localhost:{port}"
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, with a camera that shows a moving test picture."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *FAKE_CAMERA])
    yield browser
    browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages; they are closed when the test is over."""
    opened: list[Page] = []

    def opener(*size: int, **kind: bool) -> Page:
        opened.append(new_page(browser, *size, **kind))
        return opened[-1]

    yield opener
    for page in opened:
        page.close()


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[Page]:
    """A fresh page at classroom-laptop size; an error in its console fails the test."""
    page = open_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text)
            if message.type == "error" and not message.text.startswith(HARMLESS)
            else None
        ),
    )
    yield page
    page.close()
    assert problems == []


@pytest.fixture
def lonely(open_page: OpenPage) -> Page:
    """A page whose console may complain that nobody answers."""
    page = open_page(1280, 720)
    page.set_default_timeout(60_000)
    return page
