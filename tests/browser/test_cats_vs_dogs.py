"""Cats vs dogs in a real browser: the threshold, the sheet, classes that are taught by upload."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import OpenPage
from tests.browser.screens import Screen, faults, rest
from tests.browser.test_accessibility import findings

PAGE = "cats_vs_dogs"
SCREENS = (
    *(Screen(width=width, height=height) for width, height in ((1920, 1080), (1280, 720))),
    Screen(width=1024, height=768),
    Screen(width=820, height=1180, touch=True),
    Screen(width=390, height=844, touch=True),
)
CLASSROOM = (
    Screen(width=1280, height=720, classroom=True),
    Screen(width=1024, height=768, classroom=True),
)


def open_teach(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/{PAGE}?taught_view=teach{query}")
    expect(page.locator(".class-bins")).to_be_visible(timeout=60_000)
    rest(page)


def bin_of(page: Page, name: str) -> Locator:
    return page.locator(".class-bins .bin").filter(
        has=page.get_by_role("toolbar", name=f"Pictures of {name}", exact=True)
    )


def shares(page: Page) -> list[float]:
    bars = page.locator(".taught-answer .bar-row")
    return [float(bar.get_attribute("data-share") or "nan") for bar in bars.all()]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, list[Path]]:
    """Stripes and dots in noise, four of each, and one file that is no picture."""
    rows, columns = np.mgrid[:120, :120]
    draw = np.random.default_rng(0)
    made: dict[str, list[Path]] = {"stripes": [], "dots": []}
    for at in range(4):
        for name, drawn in (
            ("stripes", np.sin(columns / (2 + at)) > 0),
            ("dots", (rows % (16 + at) < 7) & (columns % (16 + at) < 7)),
        ):
            gray = 60 + 120 * drawn + draw.normal(0, 15, drawn.shape)
            path = tmp_path / f"{name}{at}.png"
            Image.fromarray(np.clip(gray, 0, 255).astype(np.uint8)).save(path)
            made[name].append(path)
    (tmp_path / "notes.txt").write_text("no picture")
    made["wrong"] = [tmp_path / "notes.txt"]
    return made


def test_the_threshold_decides_and_the_link_has_it(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}?picture=cat")
    verdict = page.locator(".animal-stage .verdict")
    expect(verdict).to_have_text("A cat", timeout=60_000)
    expect(page.locator(".animal-stage .breed")).to_contain_text("tiger cat")
    slider = page.get_by_role("slider", name="Threshold")
    slider.press("End")
    expect(verdict).to_have_text("Neither")
    expect(page).to_have_url(re.compile("animal_threshold=99"))


def test_a_picture_of_the_sheet_is_opened_by_keyboard(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    tile = page.locator('.animal-stage .tile[data-setting="cat"]')
    expect(tile).to_have_attribute("data-animal", "cat", timeout=120_000)
    page.locator('.animal-stage .tile[tabindex="0"]').focus()
    for _ in range(7):
        if tile.evaluate("one => one.matches(':focus')"):
            break
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".animal-stage .verdict")).to_have_text("A cat", timeout=60_000)
    expect(page).to_have_url(re.compile("picture=cat"))


def test_two_classes_are_taught_by_upload_undone_taken_away_and_imported(
    open_page: OpenPage, server: str, files: dict[str, list[Path]], tmp_path: Path
) -> None:
    page = open_page(1280, 720)
    open_teach(page, server, "&taught_set=own")
    field = page.locator(".class-bins input[type=file]")
    field.nth(0).set_input_files(files["stripes"] + files["wrong"])
    # Bad files are listed by name, the rest is taken.
    expect(page.locator(".class-bins .refused li")).to_contain_text("notes.txt")
    expect(bin_of(page, "Class 1").locator(".tile")).to_have_count(4)
    field.nth(1).set_input_files(files["dots"])
    expect(bin_of(page, "Class 2").locator(".tile")).to_have_count(4)
    name = page.get_by_label("Name of class 1")
    name.fill("Stripes")
    name.press("Enter")
    expect(bin_of(page, "Stripes")).to_be_visible()
    bars = page.locator(".taught-answer .bar-row")
    expect(bars.first).to_contain_text("Stripes", timeout=60_000)
    expect(page.locator(".taught-answer .accuracy")).to_contain_text("of 8 correct")
    rest(page)
    before = shares(page)
    assert sum(before) == pytest.approx(1, abs=1e-3)

    # A picture is taken away by a key, and undone.
    bin_of(page, "Class 2").locator(".tile").first.focus()
    page.keyboard.press("Delete")
    expect(page.locator(".taught-answer .accuracy")).to_contain_text("of 7 correct")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".taught-answer .accuracy")).to_contain_text("of 8 correct")
    rest(page)
    assert shares(page) == before

    taken = {}
    for label, file in (("Head (safetensors)", "h.safetensors"), ("Card (JSON)", "h.json")):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        taken[file] = tmp_path / file
        download.value.save_as(taken[file])

    other = open_page(1280, 720)
    open_teach(other, server, "&taught_set=own")
    assert bin_of(other, "Class 1").locator(".tile").count() == 0  # others' pictures are not here
    other.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(list(taken.values()))
    table = other.locator(".st-key-below_stage table")
    expect(table).to_contain_text("Stripes", timeout=60_000)
    text = page.locator(".taught-answer .bar-row .numbers").first.inner_text()
    expect(table).to_contain_text(text)


def test_a_picture_is_moved_to_another_class_by_its_buttons(page: Page, server: str) -> None:
    open_teach(page, server)
    bin_of(page, "Fur").locator(".tile").first.click()
    bin_of(page, "Fur").get_by_role("button", name="To Brick").click()
    expect(bin_of(page, "Fur").locator(".tile")).to_have_count(7)
    expect(bin_of(page, "Brick").locator(".tile")).to_have_count(9)
    expect(page).to_have_url(re.compile("taught_set=own"))


def test_the_camera_goes_through_the_taught_head_and_fills_a_class(page: Page, server: str) -> None:
    open_teach(page, server)
    answer = page.locator(".taught-answer")
    expect(answer.locator(".bar-row").first).to_be_visible(timeout=60_000)
    answer.get_by_role("button", name="Live camera").click()
    expect(answer).to_have_attribute("data-answers", re.compile(r"^[3-9]|\d\d"), timeout=60_000)
    expect(answer.locator(".bar-row")).to_have_count(2)
    assert sum(shares(page)) == pytest.approx(1, abs=1e-3)
    answer.get_by_role("button", name="Add to Brick").press("Enter")
    expect(bin_of(page, "Brick").locator(".tile")).to_have_count(9)
    expect(page).to_have_url(re.compile("taught_set=own"))
    # It goes on, with the head that was fitted anew.
    expect(answer.locator(".accuracy")).to_contain_text("of 17 correct", timeout=60_000)
    before = int(answer.get_attribute("data-answers") or 0)
    expect(answer).not_to_have_attribute("data-answers", str(before))
    answer.get_by_role("button", name="Close the camera").click()
    expect(answer.get_by_role("button", name="Live camera")).to_be_visible()


def follow(page: Page) -> str:
    """Follow the explained class into Inside a CNN; returns the logit that was shown before."""
    button = page.get_by_role("button", name=re.compile("down to the pixels"))
    expect(button).to_be_visible(timeout=60_000)
    rest(page)
    said = page.locator(".st-key-below_stage").get_by_text("contributions sum to")
    logit = said.locator("strong").inner_text()
    button.click()
    expect(page).to_have_url(re.compile("inside_cnn.*last_layer=taught"), timeout=60_000)
    expect(page.locator(".explorer[data-level=map][data-settled]")).to_be_visible(timeout=60_000)
    return logit


@pytest.mark.thorough
def test_a_class_is_followed_down_to_the_pixels_and_back(open_page: OpenPage, server: str) -> None:
    page = open_page(1280, 800, still=True)
    open_teach(page, server)
    logit = follow(page)
    expect(page.locator(".crumb[aria-current=page]")).to_have_text("Fur")
    expect(page.locator(".number-unit")).to_have_text(logit)
    networks = page.locator(".top .choice button")
    expect(networks.and_(page.locator("[aria-pressed=true]"))).to_have_text(
        "EfficientNet-Lite0, taught by you: Fur, Brick"
    )
    expect(page.locator(".score")).to_have_count(2)
    expect(page.get_by_role("button", name="What does it look at?")).to_have_count(0)

    # From the map of a feature to a unit, to the map below it, to a pixel of the picture.
    page.locator(".part .source-map").first.click()
    expect(page.locator(".crumb[aria-current=page]")).to_contain_text("Head, ReLU6, map")
    expect(page.locator(".explorer[data-level=map][data-settled]")).to_be_visible()
    link = page.url

    # The link does not bring it to another session.
    other = open_page(1280, 800, still=True)
    other.goto(link)
    expect(other.locator(".explorer[data-settled]")).to_be_visible(timeout=60_000)
    expect(other.get_by_text("a layer that you taught is not part of a link")).to_be_visible()
    expect(other.locator(".top .choice button")).to_have_count(3)

    page.get_by_role("button", name="Back to Cats vs dogs").click()
    expect(bin_of(page, "Fur").locator(".tile")).to_have_count(8, timeout=60_000)
    # Another head in the place of this one: nothing of the old one is on the screen.
    page.get_by_label("Classes", exact=True).select_option("three")
    expect(page.locator(".taught-answer .bar-row")).to_have_count(3, timeout=60_000)
    logit = follow(page)
    expect(page.locator(".number-unit")).to_have_text(logit)
    expect(page.locator(".score")).to_have_count(3)
    expect(networks).to_have_count(4)
    expect(networks.last).to_have_text("EfficientNet-Lite0, taught by you: Fur, Brick, Cat")


@pytest.mark.thorough
def test_nothing_of_a_followed_class_is_cut_off_covered_or_too_small(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(1280, 720, still=True)
    devtools = page.context.new_cdp_session(page)
    open_teach(page, server, "&taught_set=three")
    follow(page)
    found = [str(one) for one in findings(page) if "stSidebarNavItems" not in one["place"]]
    for screen in SCREENS:
        found += faults(page, devtools, screen)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("button", name="Classroom").click()
    expect(page).to_have_url(re.compile("classroom=1"))
    for screen in CLASSROOM:
        found += faults(page, devtools, screen)
    assert not found, "\n" + "\n".join(found)


def test_pictures_are_put_on_the_sheet_opened_and_removed(
    page: Page, server: str, files: dict[str, list[Path]]
) -> None:
    page.goto(f"{server}/{PAGE}")
    tiles = page.locator(".animal-stage .tile")
    expect(tiles).to_have_count(8, timeout=60_000)
    field = page.locator(".animal-stage input[type=file]")
    field.set_input_files(files["dots"] + files["wrong"])
    expect(page.locator(".animal-stage .refused li")).to_contain_text("notes.txt")
    expect(tiles).to_have_count(12)
    mine = tiles.filter(has_text="dots0.png")
    expect(mine).not_to_have_attribute("data-animal", "", timeout=60_000)
    mine.click()
    expect(page).to_have_url(re.compile("picture=upload-"))
    expect(mine).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Remove yours").click()
    expect(tiles).to_have_count(9)  # the one that is in use is among the visitor's last pictures


@pytest.mark.parametrize("view", ["animal", "teach"])
def test_the_stage_takes_few_stops_of_the_tab_key(page: Page, server: str, view: str) -> None:
    page.goto(f"{server}/{PAGE}?taught_view={view}")
    expect(page.locator(".animal-stage, .taught-answer").first).to_be_visible(timeout=60_000)
    rest(page)
    page.locator(".view-bar button[aria-pressed=true]").focus()
    below = "() => !!document.activeElement?.closest('.st-key-below_stage')"
    stops = 0
    while not page.evaluate(below) and stops < 40:
        page.keyboard.press("Tab")
        stops += 1
    assert 3 <= stops <= 25


def test_more_weight_decay_makes_the_head_less_certain(page: Page, server: str) -> None:
    open_teach(page, server)
    expect(page.locator(".taught-answer .bar-row").first).to_be_visible(timeout=60_000)
    rest(page)
    before = max(shares(page))
    page.get_by_role("slider", name="Weight decay").press("End")
    expect(page).to_have_url(re.compile("taught_decay=10"))
    rest(page)
    assert 0.5 <= max(shares(page)) < before


@pytest.mark.thorough
@pytest.mark.parametrize("query", ["", "&taught_set=three", "&taught_set=own"])
def test_nothing_of_teaching_is_cut_off_covered_or_too_small(
    open_page: OpenPage, server: str, query: str
) -> None:
    page = open_page(1280, 720, still=True)
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    for screens, mode in ((SCREENS, ""), (CLASSROOM, "&classroom=1")):
        open_teach(page, server, query + mode)
        for screen in screens:
            found += faults(page, devtools, screen)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.thorough
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious_in_teaching(
    open_page: OpenPage, server: str, dark: bool
) -> None:
    page = open_page(1280, 720, still=True, dark=dark)
    open_teach(page, server)
    assert not [one for one in findings(page) if "stSidebarNavItems" not in one["place"]]
