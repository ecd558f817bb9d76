"""A network grows up in a real browser: the slider is dragged, played, compared."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import rest

COUNT = """() => {
  window.momentsShown = 0;
  document.addEventListener("kernelscope:moments", () => { window.momentsShown += 1; });
}"""
PAINTED = """(one) => {
  const data = one.getContext("2d").getImageData(0, 0, one.width, one.height).data;
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum = (sum * 31 + data[at]) % 1000003;
  return sum;
}"""


def open_view(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/watch_it_learn?learn_view=epochs{query}")
    expect(page.locator(".epoch-stage .score")).to_have_count(10, timeout=60_000)
    rest(page)


def slide(page: Page, label: str, to: int, event: str = "input") -> None:
    page.get_by_label(label, exact=True).evaluate(
        "(one, [to, event]) => { one.value = to;"
        "one.dispatchEvent(new Event(event, { bubbles: true })); }",
        [to, event],
    )


def test_everything_moves_with_the_slider_before_it_is_released(page: Page, server: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_view(page, server)
    stage = page.locator(".epoch-stage")
    sheets = stage.locator(".moment:not([hidden]) canvas")
    expect(stage).to_have_attribute("data-at", "17")
    before = [sheets.nth(at).evaluate(PAINTED) for at in (0, 1)]
    mark = stage.locator(".mark").first
    place = mark.bounding_box()
    page.evaluate(COUNT)
    slide(page, "Epoch", 3)
    expect(stage).to_have_attribute("data-at", "3")
    expect(stage.locator(".where").last).to_contain_text("58 batches of 256")
    expect(stage.locator(".measured")).to_contain_text("accuracy 76.5 %")
    expect(stage.locator("[data-true] .numbers")).to_have_text("41.1 %")
    expect(stage.locator("[data-best] .name")).to_have_text("Sneaker")
    expect(stage.locator(".changed")).to_contain_text("5,897 of 10,000")
    assert page.evaluate("window.momentsShown") > 0
    after = [sheets.nth(at).evaluate(PAINTED) for at in (0, 1)]
    assert before[0] != after[0]
    assert before[1] != after[1]
    moved = mark.bounding_box()
    assert place
    assert moved
    assert moved["x"] < place["x"] - 50
    assert "learn_cnn_epoch" not in page.url
    slide(page, "Epoch", 3, "change")
    expect(page).to_have_url(re.compile(r"learn_cnn_epoch=0\.248"))
    # By the keyboard, and back to a moment that was drawn before.
    page.get_by_label("Epoch", exact=True).press("ArrowRight")
    expect(stage).to_have_attribute("data-at", "4")
    page.get_by_label("Epoch", exact=True).press("ArrowLeft")
    expect(stage).to_have_attribute("data-at", "3")


def test_two_epochs_are_compared_and_a_picture_that_changes_is_shown(
    page: Page, server: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_view(page, server, "&learn_cnn_epoch=3")
    stage = page.locator(".epoch-stage")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile("learn_cnn_other=0"))
    expect(stage.locator(".moment:not([hidden])")).to_have_count(2)
    expect(stage.locator(".mark")).to_have_count(4)
    slide(page, "Epoch to compare with", 5)
    expect(stage.locator(".changed")).to_contain_text("From epoch 2 to 3,")
    expect(stage.locator(".score .tick").first).to_be_visible()
    slide(page, "Epoch to compare with", 5, "change")
    expect(page).to_have_url(re.compile("learn_cnn_other=2"))
    changed = stage.locator(".changed button").first
    words = changed.get_attribute("aria-label") or ""
    changed.click()
    index = re.findall(r"test picture (\d+)", words)[0]
    expect(page).to_have_url(re.compile(f"garment={index}"))
    expect(stage.locator(".changed button[aria-pressed=true]")).to_have_count(1)
    now = re.findall("then (.+)$", words)[0]
    expect(stage.locator("[data-best] .name")).to_have_text(re.compile(re.escape(now)))


@pytest.mark.thorough
def test_the_first_time_it_plays_by_itself_to_the_end(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{server}/watch_it_learn?learn_view=epochs&learn_epochs_of=fashion_mlp")
    stage = page.locator(".epoch-stage")
    expect(stage).to_have_attribute("data-at", re.compile(r"^\d$"), timeout=60_000)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(stage).to_have_attribute("data-at", "12", timeout=20_000)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    # What is chosen below the stage ends it.
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Go to the step at which most is learned").click()
    expect(page).to_have_url(re.compile(r"learn_dense_epoch=0\.5"))
    expect(stage).to_have_attribute("data-at", "4")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.close()
