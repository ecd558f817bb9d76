"""Changes made while something was lost: a picture's token, the connection, every byte."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, free_port, wait_until_up
from tests.browser.explorer import choose, open_explorer
from tests.browser.lab import open_lab, phone_jpeg, shape, slider
from tests.browser.picker import upload
from tests.browser.proxy import Proxy, proxied

AGED_SERVER = """
import sys, time
from pathlib import Path
from app.live.image_store import STORE
flag = Path(sys.argv.pop(1))
STORE._clock = lambda: time.monotonic() + len(flag.read_text()) * 1e6
from app.__main__ import main
main()
"""
"""The app, whose pictures age by days with every letter in a file."""


@pytest.fixture(scope="module")
def aging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Callable[[], None]]]:
    """A server's address, and what makes it let go of every picture it holds."""
    flag: Path = tmp_path_factory.mktemp("age") / "days"
    flag.write_text("")
    port = free_port()
    options = ["--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen([sys.executable, "-c", AGED_SERVER, str(flag), *options], cwd=ROOT)
    wait_until_up(port, process)
    yield f"http://localhost:{port}", lambda: flag.write_text(flag.read_text() + "x") and None
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def line(server: str) -> Iterator[Proxy]:
    """A line to the server that can be cut."""
    with proxied(int(server.rpartition(":")[2])) as proxy:
        yield proxy


def uploaded(page: Page) -> str:
    """Upload a picture; return its token."""
    upload(page, "phone.jpg", phone_jpeg())
    expect(page).to_have_url(re.compile("picture=upload-"))
    return token(page)


def token(page: Page) -> str:
    found = re.search(r"picture=upload-([\w-]+)", page.url)
    return found[1] if found else ""


def wait_for_another_token(page: Page, before: str) -> None:
    page.wait_for_url(lambda url: "picture=upload-" in url and before not in url)


def mark(page: Page) -> None:
    """Leave a mark that only a page that is not opened again keeps."""
    page.evaluate("window.isTheSame = true")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSame === true"))


def test_the_kernel_lab_goes_on_with_an_upload_that_the_store_let_go(
    page: Page, aging: tuple[str, Callable[[], None]]
) -> None:
    address, age = aging
    open_lab(page, address)
    before = uploaded(page)
    expect(shape(page, "source")).to_have_text("400 × 300 × 3")
    mark(page)
    age()
    slider(page, "stride").focus()
    slider(page, "stride").press("ArrowRight")
    wait_for_another_token(page, before)
    expect(page).to_have_url(re.compile("stride=2"))
    expect(shape(page, "response")).to_have_text("200 × 150 × 3")
    assert is_the_same(page)


@pytest.mark.thorough
def test_inside_a_cnn_goes_on_with_an_upload_that_the_store_let_go(
    page: Page, aging: tuple[str, Callable[[], None]]
) -> None:
    address, age = aging
    open_explorer(page, address, "?network=fashion_cnn&source=picture")
    before = uploaded(page)
    mark(page)
    age()
    choose(page, "Color scale", "map")
    wait_for_another_token(page, before)
    expect(page).to_have_url(re.compile("scope=map"))
    # And once more: a token that was given out meanwhile may be let go too.
    before = token(page)
    age()
    choose(page, "Color scale", "layer")
    wait_for_another_token(page, before)
    expect(page).not_to_have_url(re.compile("scope=map"))
    assert is_the_same(page)


def opened_step_by_step(page: Page, line: Proxy) -> None:
    page.goto(f"{line.address}/step_by_step")
    expect(page.locator(".panel.output .value").first).to_be_visible()
    expect(page.locator(".guard")).to_be_attached()
    mark(page)


def changed_while_cut(page: Page, line: Proxy) -> Page:
    """Open a lesson, cut the line and change the stride at once."""
    opened_step_by_step(page, line)
    line.cut()
    page.get_by_label("Stride: more").click()
    return page


def test_a_change_made_just_after_the_connection_was_cut_arrives_later(
    lonely: Page, line: Proxy
) -> None:
    page = changed_while_cut(lonely, line)
    expect(page.locator(".guard")).to_contain_text("connection is lost")
    line.mend()
    page.wait_for_url("**walk_stride=2**")
    expect(page.locator(".guard")).to_be_hidden()
    assert is_the_same(page)


def test_a_change_made_in_a_short_cut_that_nobody_noticed_arrives_too(
    lonely: Page, line: Proxy
) -> None:
    page = changed_while_cut(lonely, line)
    line.mend()
    page.wait_for_url("**walk_stride=2**")
    assert is_the_same(page)


@pytest.mark.thorough
def test_a_line_on_which_nothing_arrives_is_noticed_soon_after_a_change(
    lonely: Page, line: Proxy
) -> None:
    page = lonely
    opened_step_by_step(page, line)
    line.is_silent = True
    page.get_by_label("Stride: more").focus()
    page.keyboard.press("Enter")
    # The check that is made now and then, without a change, finds out after 35 seconds or later.
    expect(page.locator(".guard")).to_contain_text("connection is lost", timeout=20_000)
    line.is_silent = False
    page.wait_for_url("**walk_stride=2**")
    expect(page.locator(".guard")).to_be_hidden()


@pytest.mark.thorough
def test_with_the_sidebar_closed_a_lost_line_is_seen_and_the_keyboard_keeps_its_place(
    lonely: Page, line: Proxy
) -> None:
    page = lonely
    opened_step_by_step(page, line)
    page.get_by_test_id("stSidebarHeader").hover()
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    page.evaluate(
        """new MutationObserver(() => {
          if (document.querySelector("[data-testid=stDialog]")) document.body.id = "had-dialog";
        }).observe(document.body, {childList: true, subtree: true})"""
    )
    stride = page.get_by_label("Stride: more")
    stride.focus()
    line.cut()
    expect(page.locator(".guard")).to_contain_text("connection is lost")
    expect(page.locator(".guard")).to_be_in_viewport(ratio=1)
    # Streamlit opens its dialog, and the guard closes it.
    expect(page.locator("body#had-dialog")).to_be_attached()
    expect(stride).to_be_focused()
    page.keyboard.press("Tab")
    expect(stride).not_to_be_focused()
    assert page.evaluate("document.activeElement !== document.body")
    line.mend()
    expect(page.locator(".guard")).to_be_hidden()


@pytest.mark.thorough
def test_a_file_that_was_on_its_way_when_the_line_was_cut_is_named(
    lonely: Page, line: Proxy
) -> None:
    page = lonely
    opened_step_by_step(page, line)
    line.delay_s = 0.5
    upload(page, "phone.jpg", phone_jpeg())
    line.cut()
    expect(page.locator(".guard")).to_contain_text("connection is lost")
    line.delay_s = 0.0
    line.mend()
    expect(page.locator(".guard")).to_contain_text("“phone.jpg” did not arrive: choose it again")
