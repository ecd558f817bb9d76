"""A kernel learns before the reader's eyes: it plays by itself once, stops, steps and explodes."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import open_lesson, rest


def opened(browser: Browser, server: str, query: str = "", motion: str = "no-preference") -> Page:
    page = browser.new_context(reduced_motion=motion).new_page()
    open_lesson(page, server, "watch_it_learn", query)
    return page


def test_it_plays_by_itself_once_until_the_kernel_is_found(browser: Browser, server: str) -> None:
    page = opened(browser, server, "?learn_speed=16")
    expect(page.locator(".kernel-stage .why")).to_contain_text("Found")
    expect(page).to_have_url(re.compile(r"learn_step=1\d\d"))
    rest(page)
    expect(page.locator(".kernel-stage .js-plotly-plot .trace.scatter")).to_have_count(2)
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    page.context.close()


def test_it_stands_still_for_who_wants_no_motion_and_goes_step_by_step(
    browser: Browser, server: str
) -> None:
    page = opened(browser, server, motion="reduce")
    step = page.locator(".kernel-stage dd").first
    expect(step).to_have_text("0")
    for number in ("1", "2"):
        page.get_by_role("button", name="One step").click()
        expect(step).to_have_text(number)
    rate = page.get_by_role("slider", name="Rate")
    rate.focus()
    rate.press("End")
    rest(page)
    page.get_by_role("button", name="most").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".kernel-stage .why")).to_contain_text("Exploded")
    page.context.close()
