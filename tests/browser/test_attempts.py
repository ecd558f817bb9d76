"""Try this: after a press, what it changes is in sight."""

import pytest
from playwright.sync_api import Locator, Page, expect

from app.catalogue import LESSONS
from tests.browser.pages import OpenPage, some_first
from tests.browser.screens import STAGES

GONE_ONCE_MADE = ("step_by_step", "watch_it_learn", "weight_decay")
"""Lessons whose first change is no longer on offer once it is made."""


def opened_at(open_page: OpenPage, address: str, width: int, height: int) -> Page:
    page = open_page(width, height, still=True)
    page.set_default_timeout(60_000)
    page.goto(address)
    return page


def first_button(page: Page) -> Locator:
    return page.locator(".attempts button").first


@pytest.mark.parametrize(
    "lesson", some_first([one.key for one in LESSONS], "kernel_lab", "inside_cnn", "cats_vs_dogs")
)
def test_on_a_phone_the_stage_comes_into_view_and_the_focus_stays(
    open_page: OpenPage, server: str, lesson: str
) -> None:
    page = opened_at(open_page, f"{server}/{lesson}", 390, 844)
    stage, button = page.locator(STAGES[lesson]), first_button(page)
    expect(stage).to_be_visible()
    button.scroll_into_view_if_needed()
    expect(stage).not_to_be_in_viewport(ratio=0.5)
    button.click()
    expect(stage).to_be_in_viewport()
    header = page.get_by_test_id("stHeader").bounding_box()
    box = stage.bounding_box()
    assert header
    assert box
    assert abs(box["y"] - header["y"] - header["height"]) < 2
    if lesson in GONE_ONCE_MADE:
        expect(stage.locator(":focus")).to_have_count(1)
    else:
        expect(button).to_be_focused()


def test_where_the_stage_is_in_sight_the_page_stays_where_it_is(
    open_page: OpenPage, server: str
) -> None:
    page = opened_at(open_page, f"{server}/step_by_step", 1280, 900)
    button = first_button(page)
    expect(button).to_be_visible()
    expect(page.locator(".sum .heading")).not_to_be_empty()  # as high as it will be
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 150)")
    before = page.locator(".explorer").bounding_box()
    button.click()
    expect(page).not_to_have_url(f"{server}/step_by_step")
    after = page.locator(".explorer").bounding_box()
    assert before
    assert after
    assert before["y"] < 60  # scrolled, but most of it is in sight
    assert after["y"] == before["y"]


def test_the_keyboard_goes_on_at_the_stage_where_an_offer_is_gone(
    open_page: OpenPage, server: str
) -> None:
    page = opened_at(open_page, f"{server}/step_by_step", 1280, 900)
    button = page.get_by_role("button", name="Set all weights to 1")
    button.press("Enter")
    expect(button).to_have_count(0)
    expect(page.locator(".explorer :focus")).to_have_count(1)


def test_the_keyboard_stays_at_a_stepper_that_has_come_to_its_end(
    open_page: OpenPage, server: str
) -> None:
    page = opened_at(open_page, f"{server}/step_by_step", 1280, 900)
    page.get_by_label("Stride: more").press("Enter")
    page.get_by_label("Stride: less").press("Enter")
    expect(page.get_by_label("Stride: less")).to_be_disabled()
    expect(page.get_by_label("Stride: more")).to_be_focused()
