"""The live camera of Inside a CNN, and what stands in for it."""

import re

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.explorer import level, open_explorer

LATER = re.compile(r"^([3-9]|\d\d+)$")


def explorer(page: Page) -> Locator:
    return page.locator(".explorer")


def button(page: Page, name: str) -> Locator:
    return page.locator(".explorer").get_by_role("button", name=name, exact=True)


def tiles(page: Page, layer: str) -> Locator:
    return page.locator(f".net-column[data-layer={layer}] canvas.tiles")


def go_on(page: Page) -> None:
    """Wait until another picture has been answered."""
    before = explorer(page).get_attribute("data-answers") or ""
    expect(explorer(page)).not_to_have_attribute("data-answers", before)


def run(page: Page, name: str = "Live camera") -> None:
    button(page, name).click()
    expect(explorer(page)).to_have_attribute("data-answers", LATER, timeout=60_000)


def test_the_camera_goes_through_the_network_and_a_frozen_frame_is_the_picture_in_use(
    page: Page, server: str
) -> None:
    open_explorer(page, server)
    expect(page.locator(".score.first .name")).to_have_text("baboon")
    run(page)
    expect(page.locator(".camera-line")).to_contain_text("Each column keeps its maps")
    expect(page.locator(".score.first .name")).not_to_have_text("baboon")
    expect(page.locator(".st-key-below_explorer")).to_have_css("opacity", "0.5")
    # No wires of another picture.
    tiles(page, "stem_relu6").hover(position={"x": 8, "y": 8})
    expect(page.locator(".foot .reading")).to_have_text("Freeze to follow a value.")
    button(page, "Grad-CAM").click()
    legend = page.locator(".attribution-legend")
    expect(legend).to_contain_text("Grad-CAM: ")
    expect(page.locator("canvas.attribution")).to_be_visible()
    # A class that is clicked is explained, whichever is the most probable one.
    name = (
        page.locator(".score")
        .nth(2)
        .evaluate("""row => { row.click(); return row.querySelector(".name").textContent; }""")
    )
    expect(legend).to_contain_text(f"Grad-CAM: {name}")
    button(page, "Strongest now").click()
    go_on(page)
    button(page, "Freeze").click()
    expect(page).to_have_url(re.compile("picture=upload-"))
    expect(page.locator(".explorer:not([data-camera])")).to_be_visible()
    expect(page.get_by_text(re.compile("Your picture ·")).first).to_be_visible()
    expect(button(page, "Live camera")).to_be_visible()
    # A map of the frozen frame opens, and a unit of it.
    tiles(page, "stem_relu6").press("Enter")
    level(page, "map")


@pytest.mark.thorough
def test_the_stand_in_opens_a_map_of_the_moment_that_was_clicked_and_closes_to_the_picture(
    playwright: Playwright, server: str
) -> None:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        open_explorer(page, server, "?network=fashion_cnn&source=picture")
        first = page.locator(".score.first").inner_text()
        button(page, "Live camera").click()
        expect(page.locator(".camera-bar")).to_contain_text("No camera answered")
        run(page, "Moving picture")
        expect(page.locator(".camera-line")).to_contain_text("no camera is used")
        button(page, "Stop the picture").click()
        expect(page.locator(".explorer:not([data-camera])[data-settled]")).to_be_visible()
        expect(page.locator(".score.first")).to_have_text(re.compile(re.escape(first.split()[0])))
        assert "upload-" not in page.url
        button(page, "Moving picture").click()
        go_on(page)
        tiles(page, "relu1a").press(" ")  # Space freezes, and opens nothing
        expect(page).to_have_url(re.compile("picture=upload-"))
        level(page, "overview")
        button(page, "Moving picture").click()
        go_on(page)
        was = re.search(r"picture=upload-[\w-]+", page.url)
        assert was
        tiles(page, "relu1a").press("Enter")
        level(page, "map")
        expect(page).not_to_have_url(re.compile(re.escape(was[0])))
    finally:
        browser.close()


@pytest.fixture
def refused(page: Page) -> Page:
    page.add_init_script(
        """navigator.mediaDevices.getUserMedia = () =>
            Promise.reject(new DOMException("no", "NotAllowedError"))"""
    )
    return page


def test_a_camera_that_is_not_allowed_is_told_beside_the_button(refused: Page, server: str) -> None:
    open_explorer(refused, server, "?network=fashion_cnn&source=picture")
    expect(button(refused, "Moving picture")).to_be_hidden()
    button(refused, "Live camera").click()
    expect(refused.locator(".camera-bar")).to_contain_text("told not to give the camera")
    expect(button(refused, "Moving picture")).to_be_visible()


@pytest.mark.thorough
def test_the_pad_has_no_camera(page: Page, server: str) -> None:
    open_explorer(page, server, "?network=fashion_cnn&source=picture")
    run(page)
    page.get_by_label("Input", exact=True).select_option("garment")
    expect(page.locator(".explorer:not([data-camera])[data-settled]")).to_be_visible()
    expect(page.locator(".camera-bar")).to_be_hidden()
