"""Batch normalization: points move by themselves once and are dragged; a batch is changed."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.lessons.batch_norm.points.attempts import LINE
from app.lessons.batch_norm.points.settings import DEFAULT
from tests.browser.pages import OpenPage
from tests.browser.screens import ONE_SCREEN, Screen, faults, rest

# A question is a second on its way, longer than it takes until a drag counts as over.
SLOW_LINE = """const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  send(data) {
    if (/live$/.test(this.url)) setTimeout(() => super.send(data), 1000);
    else super.send(data);
  }
};"""
PHONE = Screen(width=390, height=844, touch=True)


def opened(page: Page, server: str, query: str = "") -> Page:
    page.goto(f"{server}/batch_norm{query}")
    # The start of a page is where its points, its bars or its chart are.
    first = ".point-stage .point, .map-stage .bar, .norm-fold, .js-plotly-plot"
    expect(page.locator(first).first).to_be_visible(timeout=60_000)
    return page


def place(page: Page, plane: str, number: int) -> str:
    """Where a point is in a plane, as its style says."""
    return str(page.locator(f".{plane} .point").nth(number - 1).get_attribute("style"))


def test_all_points_move_by_themselves_once_and_their_normalized_places_stay(
    open_page: OpenPage, server: str
) -> None:
    page = opened(open_page(), server)
    stage, normed = page.locator(".point-stage"), place(page, "normed", 1)
    expect(stage).not_to_have_attribute("data-points", DEFAULT)
    assert place(page, "normed", 1) == normed
    page.mouse.down()  # whoever presses something has seen it
    page.mouse.up()
    expect(stage).to_have_attribute("data-points", DEFAULT)
    opened(page, server)
    rest(page)
    expect(stage).to_have_attribute("data-points", DEFAULT)


def test_settings_from_the_page_end_the_tour_and_stay(open_page: OpenPage, server: str) -> None:
    page = opened(open_page(), server)
    stage = page.locator(".point-stage")
    expect(stage).not_to_have_attribute("data-points", DEFAULT)
    # A press without a pointer or a key, as a screen reader makes it.
    page.get_by_role("button", name="Put all points in one direction").dispatch_event("click")
    expect(stage).to_have_attribute("data-points", LINE)
    rest(page)
    page.mouse.move(5, 5)
    page.mouse.down()
    page.mouse.up()
    rest(page)
    expect(stage).to_have_attribute("data-points", LINE)


def test_a_point_is_dragged_and_the_others_are_normalized_anew(
    open_page: OpenPage, server: str
) -> None:
    page = opened(open_page(still=True), server)
    rest(page)
    normed = place(page, "normed", 2)
    box = page.locator(".raw .point").nth(7).bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] + 105, steps=5)
    expect(page.locator(".normed .point").nth(1)).not_to_have_attribute("style", normed)
    page.mouse.up()
    expect(page.locator(".raw .lines")).to_contain_text("Point 8")
    page.wait_for_url(re.compile("norm_selected=8"))
    # Mean 0 and standard deviation 1 wherever the points are.
    expect(page.locator(".normed .facts")).to_have_text("mean (0.00, 0.00)σ (1.00, 1.00)")


def test_on_a_slow_line_the_page_is_told_where_a_point_was_dropped(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(still=True)
    page.add_init_script(SLOW_LINE)
    opened(page, server)
    rest(page)
    box = page.locator(".raw .point").nth(7).bounding_box()
    assert box
    start = page.locator(".point-stage").get_attribute("data-points")
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] + 105, steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile("norm_selected=8"))
    rest(page)
    points = page.locator(".point-stage").get_attribute("data-points")
    assert points
    assert points != start
    assert points == parse_qs(urlsplit(page.url).query)["norm_points"][0]


def test_by_keyboard_a_point_is_chosen_moved_and_all_are_spread_out(
    open_page: OpenPage, server: str
) -> None:
    page = opened(open_page(still=True), server)
    area = page.get_by_role("application", name=re.compile("8 points"))
    area.focus()
    area.press("3")
    expect(page.locator(".raw .lines")).to_have_text("Point 3: x = (0.20, −0.20)")
    area.press("ArrowRight")
    expect(page.locator(".raw .lines")).to_have_text("Point 3: x = (0.25, −0.20)")
    before = place(page, "normed", 3)
    for key in ("0", *["ArrowLeft"] * 10):
        area.press(key)
    expect(page.locator(".raw .lines")).to_have_text("Point 1: x = (−1.40, −0.40)")
    assert place(page, "normed", 3) == before
    # All of them are chosen: what is read out is of all.
    expect(page.locator(".point-stage .spoken")).to_contain_text("8 points, mean (0.18, 0.45)")
    page.wait_for_url(re.compile(r"norm_points=-1\.4"))


@pytest.mark.thorough
def test_a_batch_is_changed_and_eval_makes_a_picture_independent_of_it(
    open_page: OpenPage, server: str
) -> None:
    page = opened(open_page(still=True), server, "?norm_view=maps&garment=48")
    rest(page)
    numbers = page.locator(".bars .numbers").first.locator("xpath=ancestor::*[@class='bars']")
    size = page.get_by_role("slider", name="Batch size")
    size.focus()
    size.press("Home")
    expect(page.locator(".means figcaption")).to_have_text("Means of 64 batches of 1")
    size.press("End")
    expect(page.locator(".means figcaption")).to_have_text("Means of 4 batches of 128")
    page.wait_for_url(re.compile("norm_size=128"))
    rest(page)
    before = numbers.inner_text()
    page.locator(".map-stage").get_by_role("button", name="Exchange the others").click()
    expect(numbers).not_to_have_text(before, use_inner_text=True)
    page.get_by_role("button", name="eval() called").click()
    expect(page.locator(".map-stage[data-mode=eval]")).to_be_visible()
    rest(page)
    evaluated = numbers.inner_text()
    page.locator(".map-stage").get_by_role("button", name="Exchange the others").click()
    page.wait_for_url(re.compile("norm_others=2"))
    rest(page)
    assert numbers.inner_text() == evaluated


@pytest.mark.thorough
def test_the_other_views_are_seen_whole_on_one_screen(open_page: OpenPage, server: str) -> None:
    page = open_page(still=True)
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    for query, stage in (
        ("?norm_view=maps", ".map-stage"),
        ("?norm_view=trained&norm_part=fold", ".norm-fold"),
    ):
        for classroom in (False, True):
            first, *others = (one for one in (*ONE_SCREEN, PHONE) if one.classroom == classroom)
            page.set_viewport_size({"width": first.width, "height": first.height})
            opened(page, server, query + first.query.replace("?", "&"))
            for screen in (first, *others):
                found += faults(page, devtools, screen)
                box = page.locator(stage).bounding_box()
                assert box
                if screen is not PHONE and box["y"] + box["height"] > screen.height:
                    found.append(f"{screen}: {stage} is below the window")
    assert not found, "\n" + "\n".join(found)
