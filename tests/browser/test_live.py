"""The live channel as the page uses it: camera, lost connection, several windows."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import free_port, start_server
from tests.browser.lab import cell, open_lab, painted, shape, slider


@pytest.fixture
def own_server() -> Iterator[dict[str, object]]:
    """A server that a test may stop and start again."""
    port = free_port()
    running: dict[str, object] = {"port": port, "process": start_server(port)}
    yield running
    running["process"].terminate()  # type: ignore[attr-defined]
    running["process"].wait(timeout=20)  # type: ignore[attr-defined]


def test_a_lost_connection_is_said_and_mended_and_loses_nothing(
    browser: Browser, own_server: dict
) -> None:
    page = browser.new_context().new_page()
    page.set_default_timeout(60_000)
    open_lab(page, f"http://localhost:{own_server['port']}", "?kernel=1,2;3,4&stride=2")
    own_server["process"].terminate()
    own_server["process"].wait(timeout=20)
    expect(page.locator(".status")).to_contain_text("Live view lost", timeout=60_000)
    # The page opens its own link on the new server, which never heard of the old one's pictures.
    with page.expect_navigation(timeout=60_000):
        own_server["process"] = start_server(own_server["port"])
    expect(cell(page, 1, 1)).to_have_text("4")
    expect(shape(page, "response")).to_have_text("256 × 256 × 3")
    page.evaluate("document.addEventListener('kernelscope:painted', () => { window.seen = true; })")
    slider(page, "bias").focus()
    slider(page, "bias").press("ArrowRight")
    page.wait_for_function("() => window.seen", timeout=60_000)
    page.context.close()


def test_the_camera_streams_through_the_kernel_and_a_moment_can_be_kept(
    page: Page, server: str
) -> None:
    open_lab(page, server)
    page.get_by_role("button", name="Live camera").click()
    expect(shape(page, "source")).not_to_have_text("512 × 512 × 3")
    first = painted(page, "source")
    page.wait_for_function(
        """first => {
            const root = [...document.querySelectorAll("*")].find(
                (one) => one.shadowRoot?.querySelector(".live-view")).shadowRoot;
            const canvas = root.querySelector("[data-panel=source] canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return first.some((value, index) => data[4 * 997 * Math.floor(index / 3) + index % 3] !== value);
        }""",
        arg=first,
    )
    page.get_by_role("button", name="Keep this picture").click()
    expect(page).to_have_url(re.compile("picture=upload-"))
    expect(page.get_by_text(re.compile("Your picture ·"))).to_be_visible()


def test_what_is_about_the_picture_in_use_is_not_taken_for_the_cameras(
    page: Page, server: str
) -> None:
    open_lab(page, server)
    reading, note = page.locator(".foot .reading"), page.locator(".foot .note")
    page.locator("[data-panel=response] canvas").hover()
    expect(reading).to_contain_text("response[")
    expect(note).to_be_hidden()
    page.get_by_role("button", name="Live camera").click()
    expect(shape(page, "source")).not_to_have_text("512 × 512 × 3")
    expect(note).to_contain_text("are about the picture in use")
    mark = page.locator("[data-panel=source] .mark")
    before = mark.bounding_box()
    page.locator("[data-panel=response] canvas").hover(position={"x": 40, "y": 40})
    expect(mark).to_be_visible()
    assert mark.bounding_box() != before
    # The camera's next pictures are answered after anything that was asked before.
    page.evaluate(
        """() => new Promise((done) => {
            let painted = 0;
            document.addEventListener("kernelscope:painted", () => { if (++painted === 6) done(); });
        })"""
    )
    expect(reading).to_have_text("")
    page.get_by_role("button", name="Live camera").click()
    expect(note).to_be_hidden()
    expect(shape(page, "source")).to_have_text("512 × 512 × 3")
    page.locator("[data-panel=response] canvas").hover(position={"x": 60, "y": 60})
    expect(reading).to_contain_text("response[")


def test_two_windows_on_one_link_both_live(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=1,2;3,4")
    other = page.context.new_page()
    open_lab(other, server, "?kernel=1,2;3,4")
    for one in (page, other):
        one.evaluate(
            "document.addEventListener('kernelscope:painted', () => { window.seen = true; })"
        )
        slider(one, "bias").focus()
        slider(one, "bias").press("ArrowRight")
        one.wait_for_function("() => window.seen")
    other.close()
