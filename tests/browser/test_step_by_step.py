"""Step by step in a real browser: hover, pin, step, play, scrub, edit, drag."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.pages import OpenPage, new_page


@pytest.fixture(scope="module")
def visit(browser: Browser, server: str) -> Iterator[Page]:
    """One page for all tests of this file, which is what takes long; an error in its console fails."""
    page = new_page(browser)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{server}/step_by_step")
    yield page
    page.close()
    assert problems == []


@pytest.fixture
def page(visit: Page) -> Page:
    """The lecture's example, standing still with all its outputs shown."""
    visit.emulate_media(reduced_motion="reduce")
    visit.mouse.move(2, 2)
    choose(visit, "lecture_3x4")
    expect(visit.locator(".count")).to_have_text("1 / 6")
    expect(value(visit, "output", 5)).to_have_text("26")
    return visit


def choose(page: Page, key: str) -> None:
    """Press one of the examples or modes."""
    page.locator(f".choices [data-key={key}]").click()
    expect(page.locator(f".choices [data-key={key}]")).to_have_attribute("aria-pressed", "true")


def lively(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")


def cell(page: Page, role: str, index: int, channel: int = 0) -> Locator:
    return page.locator(f".panel.{role}").nth(channel).locator(f"[data-at='{index}']")


def marked(page: Page, role: str, name: str) -> list[int]:
    """Cells of a grid that carry a mark."""
    found = page.locator(f".panel.{role} .{name}[data-at]")
    return [int(one.get_attribute("data-at") or -1) for one in found.all()]


def value(page: Page, role: str, index: int) -> Locator:
    return cell(page, role, index).locator(".value")


def heading(page: Page) -> Locator:
    return page.locator(".sum .heading")


def terms(page: Page) -> list[str]:
    return page.locator(".sum .line .term .product").all_inner_texts()


def sent(page: Page) -> Callable[[], list[str]]:
    """Watch what the page sends from now on: requests, and messages to the server."""
    found: list[str] = []
    page.evaluate(
        """() => {
            window.sentToServer = 0;
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) { window.sentToServer += 1; return send.call(this, data); };
        }"""
    )
    # The guard asks now and then whether the session is there, whatever the page shows.
    page.on(
        "request",
        lambda request: found.append(request.url) if "/alive/" not in request.url else None,
    )
    return lambda: [*found, *["message"] * page.evaluate("window.sentToServer")]


def test_the_page_opens_with_the_slide_playing(open_page: OpenPage, server: str) -> None:
    page = open_page()
    page.goto(f"{server}/step_by_step")
    expect(page.get_by_label("Pause", exact=True)).to_be_visible()
    expect(page.locator(".count")).to_have_text("2 / 6")
    expect(value(page, "output", 0)).to_have_text("10")


def test_a_reader_who_wants_no_motion_gets_a_still_and_can_play(page: Page) -> None:
    expect(page.get_by_label("Play", exact=True)).to_be_visible()
    page.get_by_label("Play", exact=True).click()
    expect(page.locator(".count")).to_have_text("2 / 6")


def test_an_output_shows_its_window_and_its_sum(page: Page) -> None:
    cell(page, "output", 4).hover()
    expect(heading(page)).to_contain_text("8 w1 + 9 w2 + 14 w3 + 15 w4 = o5")
    assert marked(page, "input", "in-window") == [5, 6, 9, 10]
    assert terms(page) == ["8", "+ 0", "− 14", "+ 30"]
    expect(cell(page, "input", 10).locator(".factor")).to_have_text("×2")
    expect(page.locator(".sum .total")).to_have_text("24")
    expect(page.locator(".panel.input .frame")).to_be_visible()


def test_an_input_shows_every_output_it_is_used_in(page: Page) -> None:
    cell(page, "input", 5).hover()
    expect(heading(page)).to_have_text("This 8 is used in 4 outputs")
    assert marked(page, "output", "related") == [0, 1, 3, 4]
    assert marked(page, "kernel", "related") == [0, 1, 2, 3]
    assert terms(page) == ["= 16", "= −8", "= 0", "= 8"]
    cell(page, "input", 0).hover()
    expect(heading(page)).to_have_text("This 1 is used in one output")


def test_a_weight_shows_every_cell_it_ever_multiplies(page: Page) -> None:
    cell(page, "kernel", 3).hover()
    expect(heading(page)).to_contain_text("used 6 times")
    assert marked(page, "input", "multiplied") == [5, 6, 7, 9, 10, 11]
    expect(value(page, "input", 5)).to_have_text("16")
    expect(cell(page, "input", 5).locator(".factor")).to_have_text("8×2")
    page.locator(".sum .heading").hover()
    expect(value(page, "input", 5)).to_have_text("8")


def test_a_click_pins_and_escape_lets_go(page: Page) -> None:
    cell(page, "input", 5).click()
    cell(page, "output", 2).hover()
    expect(heading(page)).to_have_text("This 8 is used in 4 outputs")
    page.keyboard.press("Escape")
    expect(heading(page)).to_contain_text("o1")
    cell(page, "output", 5).click()
    page.locator(".sum .heading").hover()
    expect(heading(page)).to_contain_text("o6")
    page.wait_for_url("**walk_at=1%2C2**")


def test_arrow_keys_go_from_cell_to_cell(page: Page) -> None:
    cell(page, "output", 0).click()
    page.keyboard.press("ArrowRight")
    expect(heading(page)).to_contain_text("o2")
    page.keyboard.press("ArrowDown")
    expect(heading(page)).to_contain_text("o5")
    expect(cell(page, "output", 4)).to_be_focused()
    page.keyboard.press("Home")
    expect(heading(page)).to_contain_text("o1")
    page.keyboard.press("End")
    expect(heading(page)).to_contain_text("o6")
    expect(page.locator("[role=gridcell][tabindex='0']")).to_have_count(3)


def test_space_plays_and_pauses(page: Page) -> None:
    cell(page, "output", 0).click()
    page.keyboard.press("Space")
    expect(page.get_by_label("Pause", exact=True)).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_label("Play", exact=True)).to_be_visible()


@pytest.mark.thorough
def test_the_slide_plays_to_its_end_without_the_server(page: Page) -> None:
    lively(page)
    page.get_by_label("Speed").select_option("4")
    page.wait_for_url("**walk_speed=4**")
    page.get_by_label("Play", exact=True).click()
    expect(page.locator(".count")).to_have_text("2 / 6")
    messages = sent(page)
    expect(page.locator(".count")).to_have_text("6 / 6")
    expect(page.get_by_label("Play", exact=True)).to_be_visible()
    assert messages() == []
    shown = page.locator(".panel.output .value").all_inner_texts()
    assert shown == ["10", "12", "14", "22", "24", "26"]


def test_scrubbing_back_takes_outputs_away_again(page: Page) -> None:
    scrubber = page.get_by_label("Position of the window")
    scrubber.fill("5")
    expect(value(page, "output", 5)).to_have_text("26")
    scrubber.fill("1")
    expect(page.locator(".count")).to_have_text("2 / 6")
    expect(value(page, "output", 1)).to_have_text("12")
    expect(value(page, "output", 2)).to_have_text("")
    page.get_by_label("Step back").click()
    expect(page.locator(".count")).to_have_text("1 / 6")
    page.get_by_label("Step forward").click()
    expect(page.locator(".count")).to_have_text("2 / 6")


def test_buttons_go_to_the_extreme_outputs(page: Page) -> None:
    choose(page, "edge")
    for name, total in (("smallest", "−800"), ("equal inputs", "0"), ("largest", "800")):
        page.locator(f"[data-stop='{name}']").click()
        expect(page.locator(".sum .total")).to_have_text(total)


def test_typing_into_a_cell_changes_the_sum_at_once(page: Page) -> None:
    cell(page, "input", 0).click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(value(page, "output", 0)).to_have_text("14")
    page.wait_for_url("**walk_source=drawn**")
    expect(page.locator("[data-key=drawn]")).to_have_attribute("aria-pressed", "true")


def test_a_weight_is_typed_and_turned_with_arrows(page: Page) -> None:
    cell(page, "kernel", 1).dblclick()
    page.get_by_label("New value").fill("1/2")
    page.keyboard.press("Enter")
    expect(value(page, "kernel", 1)).to_have_text("0.5")
    expect(value(page, "output", 0)).to_have_text("11")
    page.keyboard.press("ArrowUp")
    expect(value(page, "kernel", 1)).to_have_text("1.5")
    expect(value(page, "output", 0)).to_have_text("13")


@pytest.mark.parametrize("typed", ["NaN", "1e999", "seven"])
def test_what_is_no_number_is_answered_and_nothing_is_lost(page: Page, typed: str) -> None:
    cell(page, "input", 5).dblclick()
    page.get_by_label("New value").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text("Nothing was changed.")
    expect(page.locator(".message")).to_contain_text(typed)
    expect(value(page, "input", 5)).to_have_text("8")
    expect(value(page, "output", 0)).to_have_text("10")


def test_geometry_changes_at_once_and_shows_what_is_left_over(page: Page) -> None:
    choose(page, "edge")
    page.get_by_label("Stride: more").click()
    expect(page.locator(".panel.output [data-at]")).to_have_count(12)
    assert marked(page, "input", "unread") == [9, 19, 29, 39, 49, 59, 69]
    expect(page.locator(".facts")).to_contain_text("left over")
    page.get_by_label("Padding: more").click()
    expect(page.locator(".panel.input .padding")).to_have_count(9 * 12 - 7 * 10)
    page.locator(".more").click()
    page.get_by_role("button", name="Flip", exact=True).click()
    expect(value(page, "kernel", 0)).to_have_text("1")
    page.locator(".more").click()


def test_three_channels_show_partial_sums_bias_and_activation(page: Page) -> None:
    choose(page, "colors")
    expect(page.locator(".panel.input")).to_have_count(3)
    page.locator("[data-stop='largest sum']").click()
    expect(page.locator(".line.of-many .part")).to_have_text(["18", "0", "18"])
    expect(page.locator(".line.final")).to_contain_text("− 18")
    expect(page.locator(".line.final .total")).to_have_text(["18", "18"])
    cell(page, "input", 1, channel=2).hover()
    expect(heading(page)).to_contain_text("is used in")
    cell(page, "kernel", 0, channel=2).hover()
    expect(heading(page)).to_contain_text("12 times")


def test_pooling_marks_the_largest_cell(page: Page) -> None:
    choose(page, "lecture_4x4")
    expect(page.locator(".panel.kernel")).to_have_count(0)
    page.get_by_label("Position of the window").fill("3")
    expect(page.locator(".panel.output .value")).to_have_text(["20", "30", "112", "37"])
    assert marked(page, "input", "argmax") == [10]
    choose(page, "average")
    expect(page.locator(".panel.output .value").first).to_have_text("13")


def test_the_box_on_the_picture_is_dragged_to_another_patch(page: Page) -> None:
    choose(page, "patch")
    expect(page.locator(".patch img")).to_be_visible()
    first = value(page, "input", 0).inner_text()
    box = page.locator(".patch .area").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.7)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.9, steps=4)
    page.mouse.up()
    page.wait_for_url("**walk_patch=**")
    expect(value(page, "input", 0)).not_to_have_text(first)
    page.locator(".patch .box").focus()
    before = page.url
    page.keyboard.press("ArrowLeft")
    expect(page).not_to_have_url(before)


def test_a_point_of_the_signal_is_dragged(page: Page) -> None:
    choose(page, "line")
    expect(page.locator(".plot")).to_have_count(3)
    box = cell(page, "input", 1).bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + box["height"] * 0.2, steps=5)
    page.mouse.move(middle, box["y"] + 1, steps=3)
    page.mouse.up()
    expect(value(page, "input", 1)).to_have_text("10")
    expect(value(page, "output", 1)).to_have_text("−5")
    cell(page, "kernel", 0).focus()
    page.keyboard.press("ArrowUp")
    expect(value(page, "kernel", 0)).to_have_text("−0.5")
    expect(value(page, "output", 1)).to_have_text("0")


def test_a_link_to_a_pinned_place_opens_there(open_page: OpenPage, server: str) -> None:
    page = open_page()
    page.goto(f"{server}/step_by_step?walk_at=1,1")
    expect(heading(page)).to_contain_text("o5")
    expect(page.get_by_label("Play", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(f"{server}/step_by_step")


def test_a_comma_is_accepted_where_one_number_is_typed(page: Page) -> None:
    cell(page, "kernel", 1).dblclick()
    page.get_by_label("New value").fill("0,5")
    page.keyboard.press("Enter")
    expect(value(page, "kernel", 1)).to_have_text("0.5")
    expect(value(page, "output", 0)).to_have_text("11")


def middle(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_what_is_called_draw_is_drawn_on_and_erased_with_a_pointer(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(still=True)
    page.goto(f"{server}/step_by_step")
    choose(page, "drawn")
    expect(value(page, "input", 2)).to_have_text("0")
    page.mouse.move(*middle(cell(page, "input", 0)))
    page.mouse.down()
    page.mouse.move(*middle(cell(page, "input", 5)), steps=3)
    # While it is drawn, before the page has heard of it.
    assert [value(page, "input", at).inner_text() for at in range(6)] == ["9"] * 6
    page.mouse.up()
    expect(page).to_have_url(re.compile("walk_cells=9%2C9%2C9%2C9%2C9%2C9%3B0%2C9"))
    expect(value(page, "output", 0)).to_have_text("9")
    expect(page.locator(".hint")).to_contain_text("Drag over the input")  # nothing is selected
    page.mouse.move(*middle(cell(page, "input", 5)))
    page.mouse.down()
    page.mouse.move(*middle(cell(page, "input", 3)), steps=3)
    for at in (3, 4, 5):
        expect(value(page, "input", at)).to_have_text("0")
    page.mouse.up()
    expect(page).to_have_url(re.compile("walk_cells=9%2C9%2C9%2C0%2C0%2C0%3B0%2C9"))
    # A press without a stroke still chooses a cell.
    cell(page, "input", 14).click()
    assert marked(page, "input", "chosen") == [14]


def test_what_is_called_draw_is_drawn_on_with_a_finger(open_page: OpenPage, server: str) -> None:
    page = open_page(390, 844, touch=True)
    page.goto(f"{server}/step_by_step?walk_source=drawn&walk_weights=-1,0,1;-1,0,1;-1,0,1")
    expect(cell(page, "input", 0)).to_be_visible()
    before = cell(page, "input", 0).bounding_box()
    touch = page.context.new_cdp_session(page)
    ends = [middle(cell(page, "input", at)) for at in (0, 12, 30)]
    for kind, at in zip(("touchStart", "touchMove", "touchMove"), ends, strict=True):
        points = [{"x": at[0], "y": at[1]}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).to_have_url(re.compile(r"walk_cells=(9(%2C\d){5}(%3B)?){6}"))
    assert cell(page, "input", 0).bounding_box() == before  # the page was not scrolled instead
