"""The app below a path of its server, as where several apps share one address."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import free_port, start_server
from tests.browser.explorer import first_score, open_explorer


@pytest.fixture(scope="module")
def below() -> Iterator[str]:
    """The address of an app that is served below a path."""
    port = free_port()
    process = start_server(port, base="lab")
    yield f"http://localhost:{port}/lab"
    process.terminate()
    process.wait(timeout=20)


@pytest.mark.thorough
def test_scripts_pictures_and_the_live_channel_are_found_below_a_path(
    page: Page, below: str
) -> None:
    open_explorer(page, below)
    expect(first_score(page)).to_have_text("baboon")
    chip = page.locator(".st-key-picture_chip button")
    shown = chip.evaluate("chip => getComputedStyle(chip).backgroundImage")
    assert page.request.get(shown.removeprefix('url("').removesuffix('")')).ok
    page.goto(f"{below}/")
    for card in page.locator(".st-key-lesson_cards img").all():
        expect(card).not_to_have_js_property("naturalWidth", 0)
