"""A page that loses its connection or its session: it says so, and opens its own link again."""

import contextlib
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from app.catalogue import LESSONS
from tests.browser.conftest import free_port, start_server
from tests.browser.lab import open_lab, phone_jpeg, shape, slider
from tests.browser.pages import OpenPage
from tests.browser.picker import upload
from tests.browser.proxy import Proxy, proxied

LINKS = {
    "pictures": "look=gray&cells=4",
    "dense_layer": "unrolled=garment&neuron=3",
    "step_by_step": "walk_stride=2&walk_side=5",
    "kernel_lab": "kernel=1,2;3,4&stride=2",
    "inside_cnn": "network=fashion_cnn&layer=relu1a",
    "look_at": "network=fashion_cnn&class=5",
    "watch_it_learn": "learn_view=backward&learn_back_of=input",
    "translation": "shift_columns=2",
    "cats_vs_dogs": "animal_threshold=30",
    "batch_norm": "norm_selected=3",
    "dropout": "drop_mode=eval&drop_keep=0.4",
    "weight_decay": "decay_degree=4&decay_lambda=0.1",
}
READY = {
    "pictures": ".magnifier .cell",
    "dense_layer": ".dense-layer .grid",
    "step_by_step": ".panel.output .value",
    "kernel_lab": ".painter .cell",
    "inside_cnn": ".network-explorer, .explorer",
    "look_at": ".occluder",
    "watch_it_learn": ".backward-stage .cell",
    "translation": ".number-grids",
    "cats_vs_dogs": ".animal-stage .tile",
    "batch_norm": ".point-stage .point",
    "dropout": ".masks-stage",
    "weight_decay": ".polynomial-stage .point",
}


@pytest.fixture(scope="module")
def forgetful() -> Iterator[Proxy]:
    """A server behind a proxy that keeps a session for two seconds without its page."""
    port = free_port()
    process = start_server(port, "--server.disconnectedSessionTTL", "2")
    with proxied(port) as proxy:
        yield proxy
    process.terminate()
    process.wait(timeout=20)


def test_every_lesson_is_tried() -> None:
    assert set(LINKS) == set(READY) == {lesson.key for lesson in LESSONS}


@pytest.mark.thorough
def test_pages_whose_session_is_gone_come_back_with_their_settings(
    open_page: OpenPage, forgetful: Proxy
) -> None:
    # Side by side, since each waits some twenty seconds until it tries its line again.
    pages: dict[str, Page] = {}
    for lesson, query in LINKS.items():
        pages[lesson] = open_page(1280, 720)
        pages[lesson].goto(f"{forgetful.address}/{lesson}?{query}")
        expect(pages[lesson].locator(READY[lesson]).first).to_be_visible(timeout=60_000)
        expect(pages[lesson].locator(".guard")).to_be_attached()
    forgetful.cut()
    for page in pages.values():
        expect(page.locator(".guard")).to_contain_text("connection is lost", timeout=60_000)
        # Streamlit's own word for programmers never shows.
        expect(page.get_by_text("Streamlit server is not responding")).to_be_hidden()
        page.evaluate("window.wasHereBefore = true")
    forgetful.mend()
    wait_until_all_say(pages, "with your settings")
    for lesson, page in pages.items():
        expect(page.locator(READY[lesson]).first).to_be_visible(timeout=60_000)
        assert page.evaluate("window.wasHereBefore") is None, lesson
        assert set(LINKS[lesson].split("&")) <= set(page.url.partition("?")[2].split("&")), lesson


def wait_until_all_say(pages: dict[str, Page], words: str) -> None:
    """Wait until each page has said it: a note is taken away again after some seconds."""
    waiting, until = set(pages), time.monotonic() + 120
    while waiting and time.monotonic() < until:
        for lesson in sorted(waiting):
            with contextlib.suppress(Error):  # it is being opened again just now
                if any(
                    words in said for said in pages[lesson].locator(".guard").all_text_contents()
                ):
                    waiting.discard(lesson)
        next(iter(pages.values())).wait_for_timeout(100)
    assert not waiting


def test_a_page_notices_a_server_that_was_started_anew(lonely: Page) -> None:
    page, port = lonely, free_port()
    process = start_server(port)
    try:
        page.goto(f"http://localhost:{port}/step_by_step?walk_stride=2")
        expect(page.locator(READY["step_by_step"]).first).to_be_visible(timeout=60_000)
        expect(page.locator(".guard")).to_be_attached()
        process.terminate()
        process.wait(timeout=20)
        expect(page.locator(".guard")).to_contain_text("connection is lost", timeout=60_000)
        with page.expect_navigation(timeout=90_000):
            process = start_server(port)
        expect(page.locator(READY["step_by_step"]).first).to_be_visible(timeout=60_000)
        assert page.url.endswith("?walk_stride=2")
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_one_press_of_back_leaves_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/step_by_step")
    expect(page.locator(READY["step_by_step"]).first).to_be_visible()
    open_lab(page, server)
    for _ in range(2):
        slider(page, "stride").focus()
        slider(page, "stride").press("ArrowRight")
    expect(shape(page, "response")).to_have_text("171 × 171 × 3")
    page.wait_for_url("**stride=3**")
    page.go_back()
    page.wait_for_url("**/step_by_step")


def test_quick_changes_of_the_picture_over_a_slow_line_leave_the_page_alive(
    lonely: Page, server: str
) -> None:
    port = int(server.rpartition(":")[2])
    with proxied(port) as proxy:
        page = lonely
        page.goto(f"{proxy.address}/pictures")
        expect(page.locator(READY["pictures"]).first).to_be_visible(timeout=60_000)
        proxy.delay_s = 0.08
        for first, second in (("Zone plate", "Mandrill"), ("Vertical edge", "Zone plate")):
            page.get_by_role("button", name=first, exact=True).click()
            page.wait_for_timeout(100)
            page.get_by_role("button", name=second, exact=True).click()
        # Of two clicks that reach the server as one, Streamlit may call the first one's function last.
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        page.get_by_role("button", name="Zone plate", exact=True).click()
        page.wait_for_url("**picture=zone_plate**")
        expect(page.get_by_text("Zone plate ·")).to_be_visible(timeout=60_000)
        expect(page.locator('[data-testid="stDialog"]')).to_be_hidden()


@pytest.mark.parametrize("path", ["/pictures?look=gray", "/?look=gray"])
def test_the_first_lesson_opens_under_its_name_and_by_its_old_link(
    page: Page, server: str, path: str
) -> None:
    page.goto(f"{server}{path}")
    expect(page.locator(READY["pictures"]).first).to_be_visible()
    expect(page.locator('[data-testid="stDialog"]')).to_be_hidden()
    assert page.url == f"{server}/pictures?look=gray"


@pytest.mark.thorough
def test_after_a_restart_with_an_upload_nothing_that_is_said_contradicts_the_rest(
    lonely: Page,
) -> None:
    page, port = lonely, free_port()
    process = start_server(port)
    try:
        page.goto(f"http://localhost:{port}/step_by_step")
        expect(page.locator(READY["step_by_step"]).first).to_be_visible(timeout=60_000)
        upload(page, "phone.jpg", phone_jpeg())
        page.wait_for_url("**picture=upload-**")
        process.terminate()
        process.wait(timeout=20)
        guard = page.locator(".guard")
        expect(guard).to_contain_text("may be lost", timeout=60_000)
        process = start_server(port)
        expect(guard).to_contain_text(
            "If your own picture is gone, upload it again", timeout=60_000
        )
        expect(page.get_by_test_id("stAlert")).to_contain_text("no longer here")
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_a_page_that_is_not_there_opens_the_start_page_and_says_so(page: Page, server: str) -> None:
    page.goto(f"{server}/no/such_page")
    expect(page.get_by_text("There is no page called “no/such_page”.")).to_be_visible()
    expect(page.locator(".opening")).to_be_visible()
    expect(page).to_have_url(f"{server}/")
    expect(page.get_by_role("dialog")).to_have_count(0)
