"""Ways to bring, move and take away pictures of classes: paste, hold, drag, keys, touch, files."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.pages import OpenPage
from tests.browser.screens import rest
from tests.browser.test_cats_vs_dogs import PAGE, bin_of, open_teach, shares

PASTE = """async ([name, color]) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 40;
  const context = canvas.getContext("2d");
  context.fillStyle = color;
  context.fillRect(5, 5, 20, 30);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const held = new DataTransfer();
  held.items.add(new File([blob], name, { type: "image/png" }));
  const event = new ClipboardEvent("paste", { clipboardData: held, bubbles: true });
  (document.activeElement ?? document.body).dispatchEvent(event);
}"""


def test_a_pasted_picture_goes_to_the_class_with_the_focus(page: Page, server: str) -> None:
    open_teach(page, server)
    bin_of(page, "Brick").locator(".tile").first.focus()
    page.evaluate(PASTE, ["pasted.png", "red"])
    expect(bin_of(page, "Brick").locator(".tile")).to_have_count(9)
    expect(bin_of(page, "Fur").locator(".tile")).to_have_count(8)
    expect(bin_of(page, "Brick").locator(".tile").last).to_have_attribute("title", "pasted.png")
    assert "upload-" not in page.url  # the picture in use stays
    expect(page.locator(".taught-answer .accuracy")).to_contain_text("of 17", timeout=60_000)
    rest(page)
    page.get_by_role("button", name="Undo").click()
    expect(bin_of(page, "Brick").locator(".tile")).to_have_count(8)


def test_of_pasted_pictures_the_most_similar_earlier_one_is_shown(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}?picture=cat")
    tiles = page.locator(".animal-stage .tile")
    expect(tiles).to_have_count(8, timeout=60_000)
    near = page.locator(".animal-stage .nearest")
    expect(near).to_contain_text("none yet")
    page.evaluate(PASTE, ["green.png", "green"])
    expect(tiles).to_have_count(9, timeout=30_000)
    expect(page).to_have_url(re.compile("picture=upload-"))
    expect(near).to_contain_text("none yet")
    page.evaluate(PASTE, ["blue.png", "blue"])
    expect(tiles).to_have_count(10, timeout=30_000)
    expect(near).to_contain_text(re.compile(r"green\.png \(cosine \d\.\d\d\)"), timeout=60_000)
    link = page.url
    near.get_by_role("button").press("Enter")
    expect(near).to_contain_text("blue.png", timeout=60_000)
    assert page.url != link


def test_a_thumbnail_is_dragged_to_another_class_and_put_back(page: Page, server: str) -> None:
    open_teach(page, server)
    rest(page)
    bin_of(page, "Fur").locator(".tile").nth(2).drag_to(bin_of(page, "Brick"))
    expect(bin_of(page, "Fur").locator(".tile")).to_have_count(7)
    moved = bin_of(page, "Brick").locator(".tile").last
    expect(moved).to_have_attribute("title", "Fur 3")
    rest(page)
    page.get_by_role("button", name="Undo").click()
    expect(bin_of(page, "Fur").locator(".tile").nth(2)).to_have_attribute("title", "Fur 3")
    expect(bin_of(page, "Brick").locator(".tile")).to_have_count(8)


def test_a_thumbnail_is_moved_by_keys_alone(page: Page, server: str) -> None:
    open_teach(page, server)
    rest(page)
    bin_of(page, "Fur").locator(".tile").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    # Its buttons are next.
    page.keyboard.press("Tab")
    expect(page.locator(".class-bins :focus")).to_have_text("Remove picture")
    page.keyboard.press("Tab")
    expect(page.locator(".class-bins :focus")).to_have_text("To Brick")
    page.keyboard.press("Enter")
    expect(bin_of(page, "Brick").locator(".tile").last).to_have_attribute("title", "Fur 2")
    # The row goes on from where it was.
    expect(bin_of(page, "Fur").locator(".tile:focus")).to_have_count(1)
    rest(page)
    page.keyboard.press("Delete")
    expect(bin_of(page, "Fur").locator(".tile")).to_have_count(6)


@pytest.mark.thorough
def test_a_thumbnail_is_moved_and_removed_by_touch(open_page: OpenPage, server: str) -> None:
    page = open_page(390, 844, touch=True)
    open_teach(page, server)
    rest(page)
    bin_of(page, "Fur").locator(".tile").nth(1).tap()
    bin_of(page, "Fur").get_by_role("button", name="To Brick").tap()
    expect(bin_of(page, "Brick").locator(".tile")).to_have_count(9)
    rest(page)
    bin_of(page, "Brick").locator(".tile").last.tap()
    bin_of(page, "Brick").locator(".actions").get_by_role("button", name="Remove").tap()
    expect(bin_of(page, "Brick").locator(".tile")).to_have_count(8)


def test_a_held_button_takes_a_burst_that_one_undo_takes_back(page: Page, server: str) -> None:
    open_teach(page, server)
    answer = page.locator(".taught-answer")
    expect(answer.locator(".bar-row").first).to_be_visible(timeout=60_000)
    rest(page)
    answer.get_by_role("button", name="Live camera").click()
    expect(answer).to_have_attribute("data-answers", re.compile(r"\d"), timeout=60_000)
    take = answer.get_by_role("button", name="Add to Brick")
    take.hover()
    page.mouse.down()
    page.wait_for_timeout(1500)
    page.mouse.up()
    tiles = bin_of(page, "Brick").locator(".tile")
    expect(tiles.nth(9)).to_be_attached(timeout=60_000)  # two pictures or more
    # The camera stays on when their features have been computed.
    number = re.compile(r"of (1[89]|[2-9]\d) correct")
    expect(answer.locator(".accuracy")).to_contain_text(number, timeout=60_000)
    answer.get_by_role("button", name="Close the camera").click()
    rest(page)
    page.get_by_role("button", name="Undo").click()
    expect(tiles).to_have_count(8)


@pytest.mark.thorough
def test_what_is_taken_away_is_whole(page: Page, server: str, tmp_path: Path) -> None:
    open_teach(page, server, "&taught_set=pets&picture=dog")
    expect(page.locator(".taught-answer .bar-row").first).to_be_visible(timeout=60_000)
    rest(page)
    names = {
        "Head (safetensors)": "head.safetensors",
        "Card (JSON)": "head.json",
        "Program (Python)": "use_head.py",
        "Pictures (zip)": "pictures.zip",
    }
    for label, file in names.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        assert download.value.suggested_filename == file
        download.value.save_as(tmp_path / file)
    assert json.loads((tmp_path / "head.json").read_text())["classes"] == ["Cat", "Dog"]
    printed = subprocess.run(
        [sys.executable, "use_head.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [float(one) for one in printed[1::2]] == pytest.approx(shares(page), abs=1e-3)
    with zipfile.ZipFile(tmp_path / "pictures.zip") as packed:
        listed = packed.namelist()
        first = np.asarray(Image.open(io.BytesIO(packed.read(listed[0]))))
    assert [sum(one.startswith(name) for one in listed) for name in ("1 Cat", "2 Dog")] == [8, 8]
    assert first.shape == (224, 224, 3)


def test_the_bars_follow_a_slider_that_is_held(page: Page, server: str) -> None:
    open_teach(page, server)
    expect(page.locator(".taught-answer .bar-row").first).to_be_visible(timeout=60_000)
    rest(page)
    before, link = shares(page), page.url
    slider = page.get_by_role("slider", name="Weight decay")
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.4 * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=4)
    first = page.locator(".taught-answer .bar-row").first
    expect(first).not_to_have_attribute("data-share", str(before[0]))
    expect(page.locator(".taught-answer .accuracy")).to_have_attribute("data-old", "false")
    held = shares(page)
    assert page.url == link  # it is not released yet
    page.mouse.up()
    expect(page).to_have_url(re.compile("taught_decay=10"))
    rest(page)
    assert shares(page) == held


def test_each_mistake_has_what_its_wrong_class_comes_from(page: Page, server: str) -> None:
    open_teach(page, server, "&taught_set=noise")
    pairs = page.locator(".st-key-below_stage .taught-strip .pair")
    expect(pairs.first.locator("img")).to_have_count(2, timeout=60_000)
    assert 1 <= pairs.count() <= 12
    widths = "(one) => one.complete && one.naturalWidth"
    assert pairs.first.locator("img").last.evaluate(widths) == 112
