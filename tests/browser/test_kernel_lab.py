"""The Kernel lab in a real browser: paint, slide, choose, reload."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import (
    cell,
    menu,
    open_lab,
    painted,
    phone_jpeg,
    shape,
    show_result,
    slider,
    unfold,
    visit,
)
from tests.browser.picker import upload


def test_upload_paint_stride_pool_and_reload_from_the_link(page: Page, server: str) -> None:
    open_lab(page, server)
    upload(page, "phone.jpg", phone_jpeg())
    # 300 x 400 on the sensor, held upright: 400 rows of 300.
    expect(shape(page, "source")).to_have_text("400 × 300 × 3")
    page.locator(".swatch", has_text="−2").click()
    cell(page, 0, 0).click()
    expect(page).to_have_url(re.compile("kernel="))
    slider(page, "stride").focus()
    slider(page, "stride").press("ArrowRight")
    expect(shape(page, "response")).to_have_text("200 × 150 × 3")
    menu(page, "pooling").select_option("average")
    expect(page.locator("[data-panel=pooled] .title")).to_have_text("After average pool 2 × 2")
    for part in ("picture=upload-", "stride=2", "pooling=average"):
        expect(page).to_have_url(re.compile(part))
    before = painted(page), painted(page, "pooled")

    other = page.context.browser.new_page()
    other.goto(page.url)
    expect(shape(other, "pooled")).to_have_text("100 × 75 × 3")
    expect(cell(other, 0, 0)).to_have_text("−2")
    assert (painted(other), painted(other, "pooled")) == before
    other.close()


def test_painting_changes_the_picture_before_the_hand_lets_go(page: Page, server: str) -> None:
    open_lab(page, server)
    before = painted(page)
    box = cell(page, 1, 1).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.evaluate("document.addEventListener('kernelscope:painted', () => { window.seen = true; })")
    page.mouse.down()
    page.wait_for_function("() => window.seen")
    assert painted(page) != before
    assert "kernel=" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile("kernel="))


def test_a_stroke_paints_every_cell_it_crosses(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=0,0,0;0,0,0;0,0,0")
    first, last = cell(page, 2, 0).bounding_box(), cell(page, 2, 2).bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 10, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"] + 10, last["y"] + 10, steps=8)
    page.mouse.up()
    for column in range(3):
        expect(cell(page, 2, column)).to_have_text("1")
    expect(page).to_have_url(re.compile(r"kernel=0.*1"))


def test_dragging_up_raises_a_weight(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=0,0,0;0,4,0;0,0,0")
    unfold(page, "Tools")
    page.get_by_role("button", name="Drag ↕").click()
    box = cell(page, 1, 1).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 20 - 28, steps=4)
    page.mouse.up()
    expect(cell(page, 1, 1)).to_have_text("6")


@pytest.mark.thorough
def test_the_painter_is_worked_by_keyboard(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=0,0,0;0,4,0;0,0,0")
    cell(page, 0, 0).focus()
    page.keyboard.press("ArrowRight")
    expect(cell(page, 0, 1)).to_be_focused()
    page.keyboard.press("PageUp")
    expect(cell(page, 0, 1)).to_have_text(".5")
    page.keyboard.press("ArrowDown")
    expect(cell(page, 1, 1)).to_be_focused()
    page.keyboard.type("1/4")
    page.keyboard.press("Enter")
    expect(cell(page, 1, 1)).to_have_text(".25")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    expect(cell(page, 1, 1)).to_have_text(".25")


def test_space_paints_the_cell_in_focus_and_tab_leaves_the_grid(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=0,0,0;0,4,0;0,0,0")
    page.locator(".swatch", has_text="−2").click()
    cell(page, 2, 2).focus()
    page.keyboard.press("Space")
    expect(cell(page, 2, 2)).to_have_text("−2")
    expect(page).to_have_url(re.compile("kernel=.*-2"))
    page.keyboard.press("Tab")
    expect(page.locator(".swatch").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(cell(page, 2, 2)).to_be_focused()


def test_a_weight_is_read_out_with_four_digits(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=box_3")
    expect(cell(page, 0, 1)).to_have_attribute("aria-label", "Row 0, column 1: 0.1111")
    cell(page, 0, 1).focus()
    expect(page.locator(".painter .note")).to_have_text("row 0, column 1: 0.1111")


def test_the_presets_are_one_stop_for_tab_and_arrows_walk_along_them(
    page: Page, server: str
) -> None:
    open_lab(page, server)
    strip = page.get_by_role("listbox", name="Preset kernels")
    expect(strip).to_have_attribute("aria-orientation", "horizontal")
    expect(page.locator(".preset[tabindex='0']")).to_have_count(1)
    page.locator("[data-kernel=sobel_x]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-kernel=sobel_y]")).to_be_focused()
    expect(page.locator(".preset[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".painter .cell[tabindex='0']")).to_be_focused()


def test_the_strip_begins_with_its_first_preset_unless_another_is_to_be_seen(
    page: Page, server: str
) -> None:
    open_lab(page, server, "?kernel=shift_left")
    first = page.locator("[data-kernel=identity]")
    expect(first).to_be_in_viewport(ratio=1)
    expect(page.locator(".strip.before")).to_have_count(0)
    page.goto(f"{server}/kernel_lab")
    expect(page.locator("[data-kernel=sobel_x]")).to_be_in_viewport(ratio=1)
    expect(page.locator(".strip.before.after")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "height", "query"),
    [
        (1280, 720, ""),
        (1280, 720, "?classroom=1"),
        (1024, 768, "?classroom=1"),
        (1920, 1080, "?classroom=1"),
        (820, 1180, ""),
    ],
)
def test_kernel_picture_and_response_are_on_one_screen(
    page: Page, server: str, width: int, height: int, query: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_lab(page, server, query)
    for one in (".painter", "[data-panel=source]", "[data-panel=response]", ".foot"):
        expect(page.locator(one)).to_be_in_viewport(ratio=1)
    # The scale of the colors is as wide as its picture; the chosen kernel is in sight in the strip.
    response = page.locator("[data-panel=response]")
    picture = response.locator("canvas").bounding_box()
    scale = response.locator(".bar").bounding_box()
    assert picture
    assert scale
    assert abs(picture["width"] - scale["width"]) < 1
    if not query:
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.get_by_role("button", name="Classroom").click()
        expect(page).to_have_url(re.compile("classroom=1"))
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".preset[aria-selected=true]")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_kernel_and_the_response_are_one_screen_apart(
    page: Page, server: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_lab(page, server)
    kernel, response = page.locator(".painter .grid"), page.locator("[data-panel=response] canvas")
    header = page.get_by_test_id("stHeader").bounding_box()
    top, below = kernel.bounding_box(), response.bounding_box()
    assert header
    assert top
    assert below
    assert below["y"] + below["height"] - top["y"] < 844 - header["height"]
    # Beside the kernel a finger scrolls the page; on a picture it does too.
    assert top["width"] < 390 / 2
    assert response.evaluate("canvas => getComputedStyle(canvas).touchAction") == "pan-y"
    # A stroke ends on the cell that the line below the kernel is about.
    cell(page, 0, 0).hover()
    page.mouse.down()
    cell(page, 1, 1).hover()
    page.mouse.up()
    expect(cell(page, 1, 1)).to_be_focused()
    expect(page.locator(".painter .note")).to_have_text("row 1, column 1: 1")
    # Nothing beside a fold moves when it opens.
    moving = {"Tools": page.get_by_label("Brush value"), "More": page.locator("summary").last}
    for name, beside in moving.items():
        before = beside.bounding_box()
        unfold(page, name)
        panel = page.locator(".fold[open] .panel").last
        expect(panel).to_be_in_viewport(ratio=0.5)
        assert beside.bounding_box() == before
        panel.press("Escape")


def test_activation_and_pooling_are_one_press_away(page: Page, server: str) -> None:
    open_lab(page, server)
    for panel, title in (("activated", "After ReLU"), ("pooled", "After max pool 2 × 2")):
        show_result(page, panel)
        expect(page.locator(f"[data-panel={panel}] canvas")).to_be_visible()
        expect(page.locator(f"[data-panel={panel}] .title")).to_have_text(title)
        expect(page.locator("[data-panel=response]")).to_be_hidden()
    show_result(page, "all")
    for panel in ("source", "response", "activated", "pooled"):
        expect(page.locator(f"[data-panel={panel}] canvas")).to_be_visible()


def test_a_change_of_the_activation_shows_what_it_makes(page: Page, server: str) -> None:
    open_lab(page, server)
    menu(page, "activation").select_option("sigmoid")
    expect(page.locator("[data-panel=activated] canvas")).to_be_visible()
    expect(page.locator("[data-panel=response]")).to_be_hidden()
    menu(page, "pooling").select_option("average")
    expect(page.locator("[data-panel=pooled] canvas")).to_be_visible()
    menu(page, "pooling").select_option("none")
    expect(page.locator("[data-panel=activated] canvas")).to_be_visible()


def test_rare_controls_open_over_the_picture_and_leave_the_response_in_sight(
    page: Page, server: str
) -> None:
    open_lab(page, server)
    response = page.locator("[data-panel=response] canvas")
    before = response.bounding_box()
    unfold(page, "More")
    panel = page.locator(".fold[open] .panel")
    expect(panel).to_be_visible()
    assert response.bounding_box() == before
    box = panel.bounding_box()
    assert before
    assert box
    assert box["x"] + box["width"] <= before["x"]
    panel.locator("input").first.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("summary", has_text="More")).to_be_focused()


def test_a_formula_is_chosen_and_left(page: Page, server: str) -> None:
    open_lab(page, server)
    menu(page, "formula").select_option("gaussian")
    expect(page).to_have_url(re.compile("kernel=gaussian"))
    expect(slider(page, "formula_sigma")).to_be_visible()
    menu(page, "formula").select_option("")
    expect(page.locator("input[data-key=formula_sigma]")).to_have_count(0)
    expect(page).to_have_url(re.compile("%3B"))


def test_a_word_typed_into_a_cell_changes_nothing(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=0,0,0;0,4,0;0,0,0")
    cell(page, 1, 1).dblclick()
    page.locator(".painter .cell input").fill("much")
    page.keyboard.press("Enter")
    expect(page.locator(".painter .note")).to_contain_text("is not a number")


def test_a_weight_that_is_too_large_is_refused_with_what_is_allowed(
    page: Page, server: str
) -> None:
    open_lab(page, server, "?kernel=0,0,0;0,4,0;0,0,0")
    cell(page, 1, 1).focus()
    page.keyboard.press("Enter")
    page.locator(".painter .cell input").fill("1e308")
    page.keyboard.press("Enter")
    note = page.locator(".painter .note")
    expect(note).to_contain_text("a weight can be from −1000000 to 1000000; the weight stays 4.")
    expect(cell(page, 1, 1)).to_have_text("4")


def test_a_key_stops_at_the_largest_weight(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=0,0,0;0,999999,0;0,0,0")
    cell(page, 1, 1).focus()
    page.keyboard.press("PageUp")
    expect(cell(page, 1, 1)).to_have_text("1e6")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_a_link_with_a_weight_that_overflows_shows_the_usual_kernel_and_a_line(
    page: Page, server: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server}/kernel_lab?kernel=1e308,0;0,1")
    expect(page.get_by_test_id("stAlert")).to_contain_text(
        "A weight can be from -1000000 to 1000000"
    )
    expect(page.locator(".painter .name")).to_have_text("Sobel, left-right")
    expect(page).to_have_url(f"{server}/kernel_lab")
    assert not errors


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("Negate", ["−1", "−2", "−3", "−4"]),
        ("Turn", ["3", "1", "4", "2"]),
        ("Sum 1", [".1", ".2", ".3", ".4"]),
        ("Sum 0", ["−1.5", "−.5", ".5", "1.5"]),
        ("Clear", ["0", "0", "0", "0"]),
    ],
)
def test_operations_on_the_whole_kernel(
    page: Page, server: str, name: str, weights: list[str]
) -> None:
    open_lab(page, server, "?kernel=1,2;3,4")
    unfold(page, "Tools")
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".painter .cell")).to_have_text(weights)


def test_a_preset_is_chosen_by_its_thumbnail_and_undone(page: Page, server: str) -> None:
    open_lab(page, server)
    page.locator("[data-kernel=laplacian_4]").click()
    expect(page.locator(".painter .name")).to_have_text("Laplacian, 4 neighbors")
    expect(page).to_have_url(re.compile("kernel=laplacian_4"))
    page.get_by_title("Undo (Ctrl+Z)").click()
    expect(page.locator(".painter .name")).to_have_text("Sobel, left-right")


def test_a_formula_brings_its_sliders_and_they_drive_the_kernel(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=gabor(angle=0)")
    before = painted(page)
    page.evaluate("document.addEventListener('kernelscope:painted', () => { window.seen = true; })")
    slider(page, "formula_angle").focus()
    slider(page, "formula_angle").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"angle%3D[1-9]"))
    page.wait_for_function("() => window.seen")
    assert painted(page) != before


def test_pointing_at_the_response_frames_its_window_and_says_its_value(
    page: Page, server: str
) -> None:
    open_lab(page, server, "?picture=lecture_3x3&kernel=1,1,1;1,1,1;1,1,1&combine=gray")
    canvas = page.locator("[data-panel=response] canvas")
    canvas.hover()
    expect(page.locator(".reading")).to_contain_text("response[1, 1] = 2040")
    mark = page.locator("[data-panel=source] .mark")
    expect(mark).to_be_visible()
    assert mark.evaluate("mark => [mark.style.width, mark.style.height]") == ["100%", "100%"]


def test_arrow_keys_walk_the_window(page: Page, server: str) -> None:
    open_lab(page, server, "?picture=lecture_3x3&kernel=1&combine=gray")
    page.locator("[data-panel=response] canvas").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".reading")).to_contain_text("response[1, 0] = 255")


def test_nonsense_in_a_link_gives_defaults_and_one_line(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=banana&stride=0&pooling=swim")
    expect(page.get_by_test_id("stAlert")).to_have_count(1)
    expect(page.get_by_test_id("stAlert")).to_contain_text(
        "Three settings in this link cannot be used"
    )
    expect(page.locator(".painter .name")).to_have_text("Sobel, left-right")


def test_settings_survive_a_visit_to_another_page(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=laplacian_4&stride=3&picture=coffee")
    visit(page, "Pictures are numbers")
    expect(page.locator(".magnifier canvas")).to_have_attribute("aria-label", re.compile("Coffee"))
    expect(page).not_to_have_url(re.compile("stride"))
    visit(page, "Kernel lab")
    expect(page.locator(".painter .name")).to_have_text("Laplacian, 4 neighbors")
    expect(page).to_have_url(re.compile("stride=3"))


def test_a_file_that_is_no_picture_is_refused_and_the_picture_stays(
    page: Page, server: str
) -> None:
    open_lab(page, server)
    upload(page, "notes.png", b"these are notes")
    expect(page.get_by_test_id("stAlert")).to_contain_text("The picture in use stays.")
    expect(shape(page, "source")).to_have_text("512 × 512 × 3")


def test_a_picture_turned_gray_gets_its_colors_back(page: Page, server: str) -> None:
    open_lab(page, server)
    colored = painted(page, "source")
    menu(page, "combine").select_option("gray")
    expect(page.locator("[data-panel=source] figcaption")).to_contain_text("Gray picture")
    gray = painted(page, "source")
    assert gray[::3] == gray[1::3] == gray[2::3]
    menu(page, "combine").select_option("channels")
    expect(page.locator("[data-panel=source] figcaption")).not_to_contain_text("Gray")
    page.wait_for_function("() => new URL(location.href).searchParams.get('combine') !== 'gray'")
    assert painted(page, "source") == colored


def test_undo_by_the_keyboard_works_while_a_cell_has_the_focus(page: Page, server: str) -> None:
    open_lab(page, server, "?kernel=1,2,3;4,5,6;7,8,9")
    box = cell(page, 1, 1).bounding_box()
    assert box
    page.mouse.click(box["x"] + 10, box["y"] + 10)
    undo = page.get_by_title("Undo (Ctrl+Z)")
    expect(undo).to_be_enabled()
    cell(page, 1, 1).focus()
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile("kernel=1%2C2%2C3%3B4%2C5%2C6%3B7%2C8%2C9"))
    expect(undo).to_be_disabled()
    page.keyboard.press("Control+Shift+z")
    expect(undo).to_be_enabled()
