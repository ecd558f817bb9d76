"""Kernel lab: the sum at the place that is pointed at, in a real browser."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from cnn_core.samples import load_sample
from tests.browser.lab import menu, open_lab, show_result, slider
from tests.browser.pages import OpenPage

MANDRILL = load_sample("mandrill").astype(int)
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def point(page: Page, row: int, column: int, panel: str = "response", size: int = 512) -> None:
    """Point at the middle of a cell."""
    box = page.locator(f"[data-panel={panel}] canvas").bounding_box()
    assert box
    page.mouse.move(
        box["x"] + (column + 0.5) / size * box["width"],
        box["y"] + (row + 0.5) / size * box["height"],
    )


def number(text: str) -> float:
    return float(text.strip("=× ").replace("−", "-"))


def shown(page: Page, part: str) -> list[float]:
    return [number(text) for text in page.locator(f".window-cells .cell {part}").all_inner_texts()]


def title(page: Page) -> Locator:
    return page.locator(".window-sum .sum-title")


def lines(page: Page) -> list[list[str]]:
    """The sums, channel by channel."""
    found = page.locator(".window-sum .channels .line")
    return [one.locator("span:visible").all_inner_texts() for one in found.all()]


def test_pointing_shows_the_numbers_that_numpy_has_there(page: Page, server: str) -> None:
    open_lab(page, server)
    expect(title(page)).to_have_text("Row 256, column 256")
    point(page, 120, 333)
    expect(title(page)).to_have_text(re.compile(r"Row 1\d\d, column 33\d"))
    row, column = map(int, re.findall(r"\d+", title(page).inner_text()))
    window = MANDRILL[row - 1 : row + 2, column - 1 : column + 2]
    assert shown(page, ".read span:first-child") == window[:, :, 0].ravel().tolist()
    assert shown(page, ".weight") == SOBEL.ravel().tolist()
    assert shown(page, ".product") == (window[:, :, 0] * SOBEL).ravel().tolist()
    sums = [(window[:, :, channel] * SOBEL).sum() for channel in range(3)]
    assert [number(line[1]) for line in lines(page)] == sums
    assert [number(line[2]) for line in lines(page)] == [max(one, 0) for one in sums]


@pytest.mark.thorough
def test_the_numbers_follow_the_settings_and_the_last_place_stays(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=1,2;3,4&combine=sum")
    point(page, 200, 100)
    expect(title(page)).to_have_text(re.compile(r"Row (199|200|201), column (99|100|101)"))
    row, column = map(int, re.findall(r"\d+", title(page).inner_text()))
    page.mouse.move(5, 5)
    expect(title(page)).to_have_text(f"Row {row}, column {column}")
    window = MANDRILL[row : row + 2, column : column + 2]
    total = (window * np.array([[1, 2], [3, 4]])[:, :, None]).sum()
    results = page.locator(".window-sum .total span:visible")
    expect(results.nth(1)).to_have_text(str(total))
    slider(page, "bias").focus()
    slider(page, "bias").press("ArrowRight")
    expect(page.locator(".window-sum .heads .response")).to_have_text(re.compile(r"\+ [\d.]+"))
    bias = float(page.locator(".window-sum .heads .response").inner_text()[2:])
    expect(results.nth(2)).to_have_text(f"{total + bias:.0f}")
    assert float(results.nth(1).inner_text()) == total


def test_cells_outside_the_picture_are_marked_and_explained(page: Page, server: str) -> None:
    open_lab(page, server, "?border=replicate")
    page.locator("[data-panel=response] canvas").focus()
    for _ in range(26):
        page.keyboard.press("Shift+ArrowUp")
    expect(title(page)).to_have_text("Row 0, column 256")
    expect(page.locator(".window-cells .cell.outside")).to_have_count(3)
    expect(page.locator(".window-sum .remark")).to_contain_text("The edge is repeated there.")
    pixels = shown(page, ".read span:first-child")
    assert pixels[:3] == pixels[3:6] == MANDRILL[0, 255:258, 0].tolist()


def test_the_channels_are_one_stop_and_arrows_choose(page: Page, server: str) -> None:
    open_lab(page, server)
    channels = page.get_by_role("radiogroup", name="Channel that is shown").get_by_role("radio")
    expect(channels).to_have_count(3)
    channels.first.focus()
    page.keyboard.press("ArrowDown")
    expect(channels.nth(1)).to_be_focused()
    expect(channels.nth(1)).to_have_attribute("aria-checked", "true")
    expect(channels.nth(1)).to_have_attribute("aria-label", re.compile(r"^Green: sum of products"))
    assert shown(page, ".read span:first-child") == MANDRILL[255:258, 255:258, 1].ravel().tolist()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Open step by step")).to_be_focused()


def test_enter_and_a_click_open_the_same_sum_step_by_step(page: Page, server: str) -> None:
    open_lab(page, server, "?combine=gray&kernel=laplacian_4&stride=2&bias=5")
    value = page.locator(".window-sum .channels .response").inner_text()
    page.locator("[data-panel=response] canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Step by step")
    expect(page).to_have_url(re.compile("walk_source=patch.*walk_stride=2"))
    expect(page.locator(".explorer")).to_contain_text(value)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Kernel lab").click()
    expect(page.locator("h1")).to_contain_text("Kernel lab")
    expect(page).to_have_url(re.compile("kernel=laplacian_4"))
    page.locator("[data-panel=source] canvas").click(position={"x": 90, "y": 40})
    expect(page.locator("h1")).to_contain_text("Step by step")


@pytest.mark.thorough
def test_what_step_by_step_cannot_show_has_a_sentence_beside_the_button(
    page: Page, server: str
) -> None:
    open_lab(page, server, "?kernel=box_9")
    expect(page.get_by_role("button", name="Open step by step")).to_be_disabled()
    expect(page.locator(".window-sum .remark")).to_contain_text("at most 7 × 7 weights")
    expect(page.locator(".strongest div").first).to_have_text(
        re.compile(r"^\[\d, \d\] +\d+ × 0.0123")
    )
    page.locator("[data-panel=response] canvas").focus()
    page.keyboard.press("Enter")
    point(page, 100, 100)
    expect(page.locator("h1")).to_contain_text("Kernel lab")


@pytest.mark.thorough
def test_pooling_is_explained_where_it_is_shown(page: Page, server: str) -> None:
    open_lab(page, server, "?combine=gray")
    expect(page.locator(".pooled")).to_be_hidden()
    show_result(page, "pooled")
    expect(page.locator(".pooled")).to_contain_text("Max pool: the largest of")
    menu(page, "pooling").select_option("none")
    expect(page.locator(".pooled")).to_be_hidden()


@pytest.mark.parametrize(
    ("width", "height", "query"),
    [
        (1280, 720, ""),
        (1280, 720, "?picture=coffee"),
        (1280, 720, "?classroom=1"),
        pytest.param(1920, 1080, "", marks=pytest.mark.thorough),
        pytest.param(1920, 1080, "?classroom=1", marks=pytest.mark.thorough),
    ],
)
def test_the_sum_is_on_the_screen_with_the_pictures_and_covers_none(
    page: Page, server: str, width: int, height: int, query: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_lab(page, server, query)
    for part in (".sum-title", ".window-cells", ".sums", ".open-step"):
        expect(page.locator(f".window-sum {part}")).to_be_in_viewport(ratio=1)
    boxes = [
        page.locator(one).bounding_box()
        for one in (
            "[data-panel=source] canvas",
            "[data-panel=response] canvas",
            ".window-cells",
            ".sums",
        )
    ]
    for at, first in enumerate(boxes):
        for second in boxes[at + 1 :]:
            assert first
            assert second
            assert (
                first["x"] + first["width"] <= second["x"]
                or second["x"] + second["width"] <= first["x"]
                or first["y"] + first["height"] <= second["y"]
                or second["y"] + second["height"] <= first["y"]
            )


@pytest.mark.thorough
def test_nothing_moves_while_the_pointer_does(page: Page, server: str) -> None:
    open_lab(page, server)
    places = (".window-cells", ".sums", ".open-step", "[data-panel=response] canvas")
    before = [page.locator(one).bounding_box() for one in places]
    for row, column in ((0, 0), (300, 20), (511, 511)):
        point(page, row, column)
        expect(title(page)).not_to_have_text("Row 256, column 256")
        assert [page.locator(one).bounding_box() for one in places] == before


@pytest.mark.thorough
def test_on_a_phone_a_finger_points_and_the_button_opens(open_page: OpenPage, server: str) -> None:
    page = open_page(390, 844, touch=True, mobile=True)
    open_lab(page, server)
    canvas = page.locator("[data-panel=response] canvas")
    canvas.scroll_into_view_if_needed()
    canvas.tap(position={"x": 30, "y": 40})
    expect(title(page)).not_to_have_text("Row 256, column 256")
    expect(page.locator("h1")).to_contain_text("Kernel lab")
    pictures = page.locator("[data-panel=response], .window-sum, [data-panel=source]")
    tops = {
        one.get_attribute("data-panel") or "sum": (one.bounding_box() or {}).get("y", 0)
        for one in pictures.all()
    }
    assert tops["response"] < tops["sum"] < tops["source"]
    button = page.get_by_role("button", name="Open step by step")
    box = button.bounding_box()
    assert box
    assert box["height"] >= 40
    button.tap()
    expect(page.locator("h1")).to_contain_text("Step by step")
