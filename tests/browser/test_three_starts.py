"""Three starts in a real browser: curves that grow, a stop, and the answers for one picture."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import OpenPage
from tests.browser.screens import ONE_SCREEN, Screen, faults, rest
from tests.browser.test_accessibility import findings

SCREENS = (
    Screen(width=1920, height=1080),
    Screen(width=1280, height=720),
    Screen(width=1024, height=768),
    Screen(width=820, height=1180, touch=True),
    Screen(width=390, height=844, touch=True),
)
CLASSROOM = tuple(one for one in ONE_SCREEN if one.classroom)


def open_starts(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/cats_vs_dogs?taught_view=starts{query}")
    expect(page.locator(".three-answers .start")).to_have_count(3, timeout=120_000)


def test_a_held_out_picture_is_chosen_by_keyboard_and_has_bars_of_all_three(
    page: Page, server: str
) -> None:
    open_starts(page, server)
    rest(page)
    tiles = page.locator(".three-answers .tiles button")
    expect(tiles).to_have_count(5)
    page.locator('.three-answers .tiles [tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("starts_shown=1"))
    expect(tiles.nth(1)).to_have_attribute("aria-pressed", "true")
    rest(page)
    for start in page.locator(".three-answers .start").all():
        bars = start.locator(".bar-row").all()
        shares = [float(bar.get_attribute("data-share") or "nan") for bar in bars]
        assert sum(shares) == pytest.approx(1, abs=1e-3)
    tiles.last.click()
    expect(page.locator(".three-answers h4")).to_contain_text("your picture")


@pytest.mark.thorough
def test_nothing_is_cut_off_covered_or_too_small(open_page: OpenPage, server: str) -> None:
    page = open_page(1280, 720, still=True)
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    for screens, mode in ((SCREENS, ""), (CLASSROOM, "&classroom=1")):
        page.goto(f"{server}/cats_vs_dogs?taught_view=starts&taught_set=three{mode}")
        expect(page.locator(".st-key-guide_notes")).to_be_visible(timeout=120_000)
        for screen in screens:
            found += faults(page, devtools, screen)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.thorough
@pytest.mark.parametrize("screen", ONE_SCREEN, ids=str)
def test_the_curves_and_the_answers_are_on_one_screen(
    open_page: OpenPage, server: str, screen: Screen
) -> None:
    page = open_page(screen.width, screen.height, still=True)
    mode = "&classroom=1" if screen.classroom else ""
    open_starts(page, server, f"&taught_set=three{mode}")
    rest(page)
    for place in (".three-answers .start:last-child", ".st-key-starts_chart"):
        box = page.locator(place).last.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= screen.height


@pytest.mark.thorough
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(open_page: OpenPage, server: str, dark: bool) -> None:
    page = open_page(1280, 720, still=True, dark=dark)
    open_starts(page, server)
    rest(page)
    assert not [one for one in findings(page) if "stSidebarNavItems" not in one["place"]]
