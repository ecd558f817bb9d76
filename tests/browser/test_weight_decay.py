"""Weight decay in a real browser: points are dragged, added and removed; lambda moves by itself once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import OpenPage
from tests.browser.screens import ONE_SCREEN, faults, rest

PAGE = "weight_decay"
STAGES = {
    "polynomial": ".polynomial-stage .point",
    "network": ".decay-network canvas",
    "written": ".weight-stage tbody tr",
}


def open_view(page: Page, server: str, view: str = "polynomial", query: str = "") -> None:
    page.goto(f"{server}/{PAGE}?decay_view={view}{query}")
    expect(page.locator(STAGES[view]).first).to_be_visible(timeout=60_000)
    rest(page)


def test_points_are_dragged_added_and_removed_and_the_errors_follow(
    page: Page, server: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_view(page, server, query="&decay_degree=3")
    points = page.locator(".polynomial-stage .point")
    train = page.locator(".facts dd").first
    before = train.inner_text()
    expect(points).to_have_count(12)
    box = points.nth(6).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 60, steps=4)
    # Live: the error follows before the point is let go.
    expect(train).not_to_have_text(before)
    assert "decay_points" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile("decay_points="))
    # A click on an empty place adds one, Delete removes it.
    page.mouse.click(x + 40, y - 100)
    expect(points).to_have_count(13)
    page.keyboard.press("Delete")
    expect(points).to_have_count(12)
    # Keys move the chosen one.
    plane = page.locator(".plane")
    plane.press("PageDown")
    said = plane.get_attribute("aria-label")
    plane.press("Shift+ArrowUp")
    assert plane.get_attribute("aria-label") != said
    page.get_by_role("button", name="New noise").click()
    expect(page).not_to_have_url(re.compile("decay_points="))


def test_cross_validation_chooses_and_gradient_descent_plays(page: Page, server: str) -> None:
    open_view(page, server, query="&decay_lambda=100&decay_degree=5")
    page.get_by_role("button", name="Cross-validate λ").click()
    use = page.get_by_role("button", name=re.compile("Use λ = "))
    chosen = use.inner_text().removeprefix("Use λ = ")
    use.click()
    expect(use).to_be_hidden()
    expect(page).to_have_url(re.compile(f"decay_lambda={chosen}&"))
    page.get_by_role("button", name="Gradient descent", exact=True).click()
    expect(page.locator(".of-descent .words")).to_contain_text(re.compile("Step [1-9]"))
    page.get_by_role("button", name="Pause").click()
    expect(page).to_have_url(re.compile("decay_steps=[1-9]"))


def test_lambda_moves_by_itself_once(browser: Browser, server: str) -> None:
    page = browser.new_context().new_page()
    open_view(page, server)
    shown = page.locator(".polynomial-stage .slider output").nth(1)
    expect(shown).to_have_text("100")
    page.keyboard.press("Shift")
    expect(shown).to_have_text("none")
    assert "decay_lambda" not in page.url
    page.context.close()


@pytest.mark.thorough
def test_the_other_views_fit_every_classroom_and_follow_their_sliders(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(still=True)
    devtools = page.context.new_cdp_session(page)
    for view, query in (("network", ""), ("written", "&decay_optimizer=adam")):
        found: list[str] = []
        opened = None
        for screen in ONE_SCREEN:
            page.set_viewport_size({"width": screen.width, "height": screen.height})
            if screen.classroom != opened:
                opened = screen.classroom
                open_view(page, server, view, query + "&classroom=1" * opened)
            found += faults(page, devtools, screen)
        assert not found, "\n".join(found)
    row = page.locator(".weight-stage tr.chosen td").first
    page.get_by_role("slider", name="Step", exact=True).press("ArrowRight")
    expect(row).to_have_text("2")
    expect(page).to_have_url(re.compile("decay_at=2"))


def test_a_button_below_ends_what_a_view_shows_by_itself(browser: Browser, server: str) -> None:
    page = browser.new_context().new_page()
    open_view(page, server, "network")
    page.get_by_role("button", name="Take the strongest").click()
    shown = page.locator(".decay-network .control output")
    expect(shown).to_have_text("0.1")
    expect(page).to_have_url(re.compile("decay_net=0.1"))
    page.wait_for_timeout(1_500)  # longer than what was under way would need to go on
    expect(shown).to_have_text("0.1")
    # What is played gives way as well.
    open_view(page, server, "written")
    page.get_by_role("button", name="Use Adam").click()
    expect(page.get_by_role("button", name="▶ Play")).to_be_visible()
    expect(page.locator(".weight-stage .card").first).to_contain_text("Adam")
    page.context.close()
