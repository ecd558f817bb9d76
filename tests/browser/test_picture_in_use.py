"""The picture in use, in a real browser: one run for a change, thin pictures, the camera."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.lab import cell, painted, show_result, slider, unfold
from tests.browser.pages import OpenPage, some_first
from tests.browser.picker import (
    caption,
    choice,
    choose,
    choose_size,
    close_choice,
    png,
    size_choice,
    upload,
)

LESSONS = ("pictures", "dense_layer", "step_by_step", "kernel_lab", "inside_cnn", "look_at")
SIZE_SHOWN = {"pictures": ".magnifier .where", "kernel_lab": "[data-panel=source] .shape"}
"""Where a lesson shows the size of the picture that it has drawn."""
HIGHEST_PX = 600


class Runs:
    """Counts the runs of the script that the server tells the browser about."""

    def __init__(self, page: Page) -> None:
        self.begun = 0
        self.ended = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        if "_stcore/stream" in socket.url:
            socket.on("framereceived", self._count)

    def _count(self, frame: bytes | str) -> None:
        if isinstance(frame, str):
            return
        kind = ForwardMsg.FromString(frame).WhichOneof("type")
        self.begun += kind == "new_session"
        self.ended += kind == "script_finished"


def wait_until_idle(page: Page, runs: Runs) -> None:
    """Wait until nothing runs, the last run's page has been drawn and its components have spoken."""
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')"
        "?.getAttribute('data-test-script-state') === 'notRunning'"
    )
    page.wait_for_load_state("networkidle")
    while runs.begun != runs.ended:
        page.wait_for_function("() => new Promise(requestAnimationFrame).then(() => true)")


@contextmanager
def one_run(page: Page, runs: Runs, shown: str) -> Iterator[None]:
    wait_until_idle(page, runs)
    before = runs.begun
    yield
    expect(caption(page)).to_contain_text(shown)
    wait_until_idle(page, runs)
    assert runs.begun - before == 1


@pytest.mark.parametrize("lesson", some_first(LESSONS, "pictures", "inside_cnn"))
def test_a_change_of_picture_is_one_run(page: Page, server: str, lesson: str) -> None:
    runs = Runs(page)
    page.goto(f"{server}/{lesson}")
    expect(caption(page)).to_contain_text("Mandrill")
    with one_run(page, runs, "Coffee"):
        choose(page, "Coffee")
    with one_run(page, runs, "30\u00a0×\u00a040"):
        upload(page, "mine.png", png(30, 40))
    close_choice(page)
    if lesson == "pictures":
        with one_run(page, runs, "Zone plate"):
            page.get_by_test_id("stMain").get_by_role("button", name="Zone plate").click()


@pytest.mark.parametrize("lesson", some_first(LESSONS, "kernel_lab"))
def test_another_size_of_the_picture_is_one_run(page: Page, server: str, lesson: str) -> None:
    runs = Runs(page)
    page.goto(f"{server}/{lesson}?walk_source=patch")
    expect(caption(page)).to_contain_text("Mandrill")
    expect(size_choice(page)).to_have_count(0)
    upload(page, "mine.png", png(700, 1050))
    expect(size_choice(page)).not_to_be_checked()
    for height, width in ((683, 1024), (341, 512)):
        with one_run(page, runs, f"{height}\u00a0×\u00a0{width}"):
            choose_size(page, height, width)
        if lesson in SIZE_SHOWN:
            expect(page.locator(SIZE_SHOWN[lesson])).to_contain_text(f"{height} × {width}")


def test_a_drag_in_the_kernel_lab_paints_the_larger_picture(page: Page, server: str) -> None:
    page.goto(f"{server}/kernel_lab")
    expect(caption(page)).to_contain_text("Mandrill")
    upload(page, "mine.png", png(700, 1050))
    expect(caption(page)).to_contain_text("341\u00a0×\u00a0512")
    choose_size(page, 683, 1024)
    expect(page.locator(SIZE_SHOWN["kernel_lab"])).to_have_text("683 × 1024 × 3")
    before = painted(page)
    page.evaluate("document.addEventListener('kernelscope:painted', () => { window.seen = true; })")
    unfold(page, "Tools")
    page.get_by_role("button", name="Drag ↕").click()
    box = cell(page, 1, 1).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] - 20, steps=4)
    page.wait_for_function("() => window.seen")
    assert painted(page) != before
    assert "kernel=" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile("kernel="))
    expect(page.locator("[data-panel=response] .shape")).to_have_text("683 × 1024 × 3")


@pytest.mark.parametrize("lesson", some_first(LESSONS, "pictures", "inside_cnn"))
@pytest.mark.parametrize(("height", "width"), [(20000, 50), (512, 1), (1, 512)], ids=str)
def test_a_very_long_picture_stays_in_bounds(
    page: Page, server: str, lesson: str, height: int, width: int
) -> None:
    page.goto(f"{server}/{lesson}?walk_source=patch")
    expect(caption(page)).to_contain_text("Mandrill")
    upload(page, "long.png", png(height, width))
    expect(caption(page)).to_contain_text(f"{min(height, 512)}\u00a0×")
    close_choice(page)
    if lesson in SIZE_SHOWN:
        size = "512 × 32" if height == 20000 else f"{height} × {width}"
        expect(page.locator(SIZE_SHOWN[lesson])).to_contain_text(size)
    page.wait_for_load_state("networkidle")
    highest = page.evaluate(
        """() => {
            const heights = [];
            const walk = (root) => {
                for (const one of root.querySelectorAll("*")) {
                    if (one.shadowRoot) walk(one.shadowRoot);
                    // What flies over a whole stage is no picture.
                    if (one.matches("img, canvas:not(.flights)"))
                        heights.push(one.getBoundingClientRect().height);
                }
            };
            walk(document);
            return Math.max(...heights);
        }"""
    )
    assert highest <= HIGHEST_PX


def test_a_picture_that_is_cut_and_reduced_says_so(page: Page, server: str) -> None:
    page.goto(f"{server}/pictures")
    upload(page, "screenshot.png", png(20000, 50))
    expect(caption(page)).to_contain_text("changed on loading")
    expect(choice(page)).to_contain_text("The middle 800 of 20000 rows")
    expect(choice(page)).to_contain_text("reduced from 800 × 50")


@pytest.mark.thorough
def test_pooling_that_does_not_fit_is_named_during_a_drag(page: Page, server: str) -> None:
    page.goto(f"{server}/kernel_lab")
    upload(page, "small.png", png(5, 3))
    expect(page.locator("[data-panel=source] .shape")).to_have_text("5 × 3 × 3")
    expect(page.locator(".live-view .unfit")).to_be_hidden()
    show_result(page, "all")
    size = slider(page, "pool_size")
    size.focus()
    size.press("End")
    expect(page.locator(".live-view .unfit")).to_contain_text("The pooling window of 8 × 8")
    expect(page.locator("[data-panel=pooled]")).to_be_hidden()
    for panel in ("source", "response", "activated"):
        expect(page.locator(f"[data-panel={panel}] canvas")).to_be_visible()
    size.press("Home")
    expect(page.locator(".live-view .unfit")).to_be_hidden()
    expect(page.locator("[data-panel=pooled]")).to_be_visible()


def test_a_file_of_another_kind_is_refused_beside_the_place_to_drop_it(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/pictures")
    expect(choice(page).get_by_text(re.compile("JPEG, PNG.*up to 64 MB"))).to_be_visible()
    upload(page, "notes.txt", b"these are words")
    expect(choice(page).get_by_role("alert")).to_contain_text("The picture in use stays")
    expect(caption(page)).to_contain_text("Mandrill")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_button_that_takes_the_picture_is_on_the_screen(
    open_page: OpenPage, server: str, width: int, height: int
) -> None:
    page = open_page(width, height)
    page.goto(f"{server}/kernel_lab")
    expect(page.locator("h1")).to_be_visible()
    choice(page).get_by_text("Camera", exact=True).first.click()
    button = page.get_by_role("button", name="Take Photo")
    expect(button).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-testid=stCameraInput] video")).to_be_visible()
    page.wait_for_function("() => document.querySelector('video')?.videoWidth > 0")
    button.click()
    expect(page).to_have_url(re.compile("picture=upload-"))
    # It has the camera's pixels, not the few that it was shown with.
    expect(choice(page)).to_contain_text("reduced from", ignore_case=True)
