"""Dropout: masks follow the slider, play by themselves once; its other views fit their screens."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import OpenPage
from tests.browser.screens import Screen, faults, open_lesson, rest
from tests.browser.test_accessibility import STREAMLITS, findings

SIZES = (Screen(width=1280, height=720), Screen(width=390, height=844, touch=True))


def dropped(page: Page) -> int:
    return page.locator(".masks-stage .neuron.dropped").count()


def test_masks_change_by_themselves_once_and_come_back_to_the_link(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(1280, 720)
    open_lesson(page, server, "dropout", "?drop_mask=40")
    stage = page.locator(".masks-stage")
    expect(stage).not_to_have_attribute("data-mask", "40")
    page.get_by_role("slider", name="Keep p").focus()
    page.keyboard.press("ArrowRight")
    expect(stage).to_have_attribute("data-mask", "40")
    expect(page).to_have_url(re.compile("drop_keep=0.75"))


def test_neurons_vanish_while_p_is_dragged_and_are_followed_by_keyboard(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(1280, 720, still=True)
    open_lesson(page, server, "dropout")
    slider = page.get_by_role("slider", name="Keep p")
    before = dropped(page)
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.68 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2, steps=4)
    # Before it is released.
    expect(page.locator(".masks-stage .summary")).to_contain_text("nn.Dropout(0.95)")
    assert dropped(page) > before
    assert "drop_keep" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile("drop_keep=0.05"))
    page.locator(".neuron[aria-pressed=true]").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".masks-stage .lines")).to_contain_text("Hidden layer 2, neuron 1:")
    page.get_by_role("button", name="model.eval()", exact=True).click()
    expect(page.locator(".neuron.dropped")).to_have_count(0)
    expect(page).to_have_url(re.compile("drop_mode=eval"))


def test_next_mask_draws_another_one_and_keeps_it(open_page: OpenPage, server: str) -> None:
    page = open_page(1280, 720, still=True)
    open_lesson(page, server, "dropout")
    for _ in range(3):
        page.get_by_role("button", name="Next mask", exact=True).click()
    expect(page.locator(".masks-stage")).to_have_attribute("data-mask", "4")
    expect(page).to_have_url(re.compile("drop_mask=4"))


@pytest.mark.parametrize(
    ("view", "press", "link"),
    [
        ("masks", "Keep only p = 0.2", "drop_keep=0.2"),
        ("average", "Average only 3 masks", "drop_count=3"),
        ("gap", "Drop 80 %", "drop_share=0.8"),
        ("doubt", "Draw 1,000 masks", "drop_doubt_count=1000"),
    ],
)
def test_what_is_chosen_below_the_stage_ends_the_opening_and_stays(
    open_page: OpenPage, server: str, view: str, press: str, link: str
) -> None:
    page = open_page(1280, 720)
    page.goto(f"{server}/dropout?drop_view={view}")
    stage = page.locator(f".{view}-stage")
    plays = page.locator("body[data-stage-plays]")
    expect(plays).to_have_count(1, timeout=60_000)
    page.get_by_role("button", name=press).click()
    expect(page).to_have_url(re.compile(link))
    expect(plays).to_have_count(0)
    if view == "masks":
        expect(stage).to_have_attribute("data-mask", "1")
        expect(stage.locator(".summary")).to_contain_text("2 of 12")
    else:
        name = "data-share" if view == "gap" else "data-count"
        expect(stage).to_have_attribute(name, link.split("=")[1])
    page.wait_for_timeout(1000)  # longer than any step of what plays
    expect(page).to_have_url(re.compile(link))
    expect(plays).to_have_count(0)


def test_reset_and_a_key_end_what_plays(open_page: OpenPage, server: str) -> None:
    page = open_page(1280, 720, still=True)
    open_lesson(page, server, "dropout")
    stage = page.locator(".masks-stage")
    page.get_by_role("button", name="Play").click()
    expect(stage).not_to_have_attribute("data-mask", "1")
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(stage).to_have_attribute("data-mask", "1")
    expect(stage.locator(".play")).to_contain_text("Play")
    page.get_by_role("button", name="Two conventions").click()
    page.get_by_role("button", name="Play").click()
    stage = page.locator(".average-stage")
    expect(stage).not_to_have_attribute("data-count", "1")
    page.get_by_role("slider", name="Masks n").press("ArrowLeft")
    expect(stage.locator(".play")).to_contain_text("Play")
    expect(page).to_have_url(re.compile("drop_count="))


@pytest.mark.thorough
@pytest.mark.parametrize("view", ["average", "gap", "doubt"])
def test_the_other_views_fit_and_axe_finds_nothing_serious(
    open_page: OpenPage, server: str, view: str
) -> None:
    page = open_page(1280, 720, still=True)
    devtools = page.context.new_cdp_session(page)
    page.goto(f"{server}/dropout?drop_view={view}")
    expect(page.locator(f".{view}-stage")).to_be_visible(timeout=60_000)
    rest(page)
    found = [
        f"{one['rule']} {one['about']}"
        for one in findings(page)
        if (one["rule"], one["place"]) not in STREAMLITS
    ]
    for screen in SIZES:
        found += faults(page, devtools, screen)
    assert not found, "\n" + "\n".join(found)
