"""Pictures are numbers, in a real browser: the magnifier and its values."""

import re

from playwright.sync_api import Page, expect

from cnn_core.images import grayscale
from cnn_core.samples import load_sample


def open_pictures(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/pictures{query}")
    expect(page.locator(".magnifier .cell").first).to_be_visible()


def test_the_lecture_matrix_stands_there_as_numbers(page: Page, server: str) -> None:
    open_pictures(page, server, "?picture=lecture_3x3&look=gray")
    expect(page.locator(".magnifier .cell")).to_have_text(
        ["255", "255", "255", "255", "0", "255", "255", "255", "255"]
    )


def test_the_pixels_under_the_pointer_have_their_own_values(page: Page, server: str) -> None:
    open_pictures(page, server)
    canvas = page.locator(".magnifier canvas")
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.6)
    where = page.locator(".magnifier .where")
    expect(where).not_to_contain_text("picture[256, 256]")
    found = re.search(r"picture\[(\d+), (\d+)\] = \((\d+), (\d+), (\d+)\)", where.inner_text())
    assert found
    row, column, *values = map(int, found.groups())
    assert load_sample("mandrill")[row, column].tolist() == values


def test_gray_values_are_those_of_the_core(page: Page, server: str) -> None:
    open_pictures(page, server, "?at=100,200")
    page.get_by_role("button", name="Gray", exact=True).click()
    gray = int(grayscale(load_sample("mandrill"))[100, 200])
    expect(page.locator(".magnifier .where")).to_contain_text(f"picture[100, 200] = {gray}")
    expect(page).to_have_url(re.compile("look=gray"))


def test_a_click_holds_the_patch_and_the_link_keeps_it(page: Page, server: str) -> None:
    open_pictures(page, server)
    page.locator(".magnifier canvas").click(position={"x": 40, "y": 60})
    expect(page).to_have_url(re.compile(r"at=\d+"))
    held = page.locator(".magnifier .where").inner_text()
    page.mouse.move(900, 300)
    expect(page.locator(".magnifier .hint")).to_contain_text("held")
    page.reload()
    expect(page.locator(".magnifier .where")).to_have_text(held)


def test_arrow_keys_move_by_one_pixel(page: Page, server: str) -> None:
    open_pictures(page, server, "?at=10,20")
    page.locator(".magnifier canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".magnifier .where")).to_contain_text("picture[11, 21]")


def test_numbers_that_would_be_too_small_to_read_are_left_out(page: Page, server: str) -> None:
    open_pictures(page, server, "?cells=16")
    expect(page.locator(".magnifier .cell").first).to_have_text("")
    page.get_by_role("button", name="Red", exact=True).click()
    expect(page.locator(".magnifier .cell").first).not_to_have_text("")


def test_classroom_mode_enlarges_everything(page: Page, server: str) -> None:
    open_pictures(page, server)
    before = page.locator("h1").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    page.get_by_role("button", name="Classroom").click()
    expect(page).to_have_url(re.compile("classroom=1"))
    page.wait_for_function(
        "before => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize) > 1.15 * before",
        arg=before,
    )
