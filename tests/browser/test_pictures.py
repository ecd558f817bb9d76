"""Pictures are numbers, in a real browser: the magnifier and its values."""

import re

import pytest
from playwright.sync_api import Page, expect

from cnn_core.images import grayscale
from cnn_core.samples import load_sample
from tests.browser.pages import OpenPage
from tests.browser.screens import ONE_SCREEN, Screen, open_lesson


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
    held = page.locator(".magnifier .where").text_content() or ""
    page.mouse.move(900, 300)
    expect(page.locator(".magnifier .hint")).to_contain_text("Held")
    page.reload()
    expect(page.locator(".magnifier .where")).to_have_text(held)


def test_arrow_keys_move_by_one_pixel(page: Page, server: str) -> None:
    open_pictures(page, server, "?at=10,20")
    page.locator(".magnifier canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".magnifier .where")).to_contain_text("picture[11, 21]")


def test_enter_holds_a_pixel_and_the_link_follows_the_arrow_keys(page: Page, server: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_pictures(page, server)
    page.locator(".magnifier canvas").press("Enter")
    expect(page).to_have_url(re.compile("at=256%2C256"))
    expect(page.locator(".magnifier .hint")).to_contain_text("Held")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    expect(page).to_have_url(re.compile("at=255%2C264"))
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("at="))
    expect(page.locator(".magnifier .where")).to_contain_text("picture[255, 264]")


def test_the_first_time_the_lens_moves_by_itself_until_a_key_is_pressed(
    page: Page, server: str
) -> None:
    open_pictures(page, server)
    where = page.locator(".magnifier .where")
    expect(where).to_have_attribute("aria-live", "off")
    expect(where).not_to_contain_text("picture[256, 256]")
    page.keyboard.press("Shift")
    seen = where.text_content() or ""
    page.get_by_role("button", name="Gray", exact=True).focus()
    expect(where).to_have_text(seen)
    page.reload()
    expect(where).to_contain_text("picture[256, 256]")
    expect(where).to_have_attribute("aria-live", "polite")


def test_who_wants_no_motion_sees_a_lens_that_rests(page: Page, server: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_pictures(page, server)
    where = page.locator(".magnifier .where")
    expect(where).to_contain_text("picture[256, 256]")
    expect(where).to_have_attribute("aria-live", "polite")


def test_a_classroom_sees_fewer_and_larger_numbers_unless_others_were_chosen(
    page: Page, server: str
) -> None:
    open_pictures(page, server, "?classroom=1")
    expect(page.locator(".magnifier .cell")).to_have_count(25)
    open_pictures(page, server, "?classroom=1&cells=8")
    expect(page.locator(".magnifier .cell")).to_have_count(64)


@pytest.mark.parametrize("screen", ONE_SCREEN, ids=str)
def test_picture_numbers_and_choices_are_on_one_screen(
    page: Page, server: str, screen: Screen
) -> None:
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    open_lesson(page, server, "pictures", screen.query)
    box = page.locator(".magnifier").bounding_box()
    assert box
    assert box["y"] + box["height"] <= screen.height
    expect(page.locator(".magnifier .cell").first).not_to_have_text("")
    if screen.width < 1.5 * screen.height:
        return  # as large as the width allows
    # Presented, there is more height for both.
    before = page.locator(".magnifier canvas").bounding_box()
    assert before
    page.keyboard.press("p")
    expect(page.locator("h1")).not_to_be_visible()
    page.wait_for_function(
        """before => {
            const [picture, numbers] = [...document.querySelectorAll("*")]
                .flatMap(one => [...one.shadowRoot?.querySelectorAll(".sides :is(canvas, .grid)") ?? []])
                .map(one => one.getBoundingClientRect());
            return picture.height > before + 20 && numbers.height > before + 20
                && numbers.bottom <= window.innerHeight;
        }""",
        arg=before["height"],
    )


def test_on_a_phone_a_finger_moves_the_lens_across_and_the_page_up(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(390, 844, touch=True, still=True)
    open_lesson(page, server, "pictures")
    expect(page.locator(".magnifier .grid")).to_be_in_viewport(ratio=1)
    expect(page.locator(".magnifier .cell").first).not_to_have_text("")
    box = page.locator(".magnifier canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    devtools = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": across, "y": down} for across, down in points]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def drag(across: float, down: float) -> None:
        touch("touchStart", (x, y))
        for step in range(1, 11):
            touch("touchMove", (x + across * step / 10, y + down * step / 10))
        touch("touchEnd")

    drag(80, 0)
    where = page.locator(".magnifier .where")
    expect(where).not_to_contain_text(re.compile(r"picture\[\d+, 256\]"))
    drag(0, -150)
    expect(page.locator("h1")).not_to_be_in_viewport()
    below = page.locator(".magnifier .cell").first.bounding_box()
    above = page.locator(".magnifier canvas").bounding_box()
    assert below
    assert above
    assert below["y"] >= above["y"] + above["height"]


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
