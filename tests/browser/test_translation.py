"""Max pooling and translation in a real browser: a matrix, a picture that is dragged, a network."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import HARMLESS
from tests.browser.pages import OpenPage
from tests.browser.screens import ONE_SCREEN, Screen, rest

PAGE = "translation"
COUNT = """() => {
  window.shiftsShown = 0;
  document.addEventListener("kernelscope:shifted", () => { window.shiftsShown += 1; });
}"""


def open_view(page: Page, server: str, view: str, query: str = "") -> None:
    page.goto(f"{server}/{PAGE}?shift_view={view}{query}")
    stage = ".number-grids" if view in ("numbers", "order") else ".shifted-picture canvas"
    expect(page.locator(stage).first).to_be_visible(timeout=60_000)
    rest(page)


def cells(page: Page, grid: str) -> Locator:
    return page.locator(f".number-grids [data-grid={grid}] .cell")


def test_a_value_that_enters_changes_the_pooled_matrix_while_its_slider_moves(
    page: Page, server: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_view(page, server, "numbers")
    expect(cells(page, "pooled_a")).to_have_text(["20", "30", "112", "37"])
    expect(cells(page, "pooled_b")).to_have_text(["12", "30", "112", "100"])
    expect(page.locator("[data-grid=squares] figcaption")).to_contain_text("1531.5")
    expect(page.locator("[data-grid=pooled_squares] figcaption")).to_contain_text("1008.25")
    # Live: the pooled value follows, and the link has it once the slider is released.
    slider = page.locator('.number-grids input[data-key="shift_x"]')
    slider.evaluate(
        "one => { one.value = 100; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(cells(page, "pooled_b")).to_have_text(["100", "30", "112", "100"])
    assert "shift_x" not in page.url
    slider.evaluate("one => one.dispatchEvent(new Event('change', { bubbles: true }))")
    expect(page).to_have_url(re.compile("shift_x=100"))
    # Both windows go together, by keys and by pointing.
    marks = page.locator(".number-grids .mark")
    page.get_by_role("button", name="Next window").press("ArrowRight")
    expect(page.locator(".number-grids")).to_have_attribute("data-step", "1")
    expect(page.locator(".lines")).to_contain_text("max(30, 0, 2, 0) = 30")
    assert len({marks.nth(at).get_attribute("style") for at in (0, 2, 4)}) == 1
    cells(page, "b").nth(15).hover()
    expect(page.locator(".number-grids")).to_have_attribute("data-step", "3")


def test_the_picture_is_dragged_and_its_maps_follow_before_it_is_let_go(
    page: Page, server: str
) -> None:
    open_view(page, server, "picture")
    page.evaluate(COUNT)
    pad = page.locator(".pad")
    box = pad.bounding_box()
    assert box
    stage, bars = page.locator(".shifted-picture"), page.locator(".value-bars")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = bars.locator("[data-key=max] .numbers").inner_text()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 7 * 8, y - 4 * 8, steps=5)  # 8 px of the hand for one of the picture
    page.wait_for_function("() => window.shiftsShown > 0")
    expect(stage).to_have_attribute("data-by", "-4,8")
    expect(bars.locator("[data-key=max] .numbers")).not_to_have_text(before)
    expect(bars.locator(".words")).to_contain_text("multiple of 2 px")
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"shift_by=-4%2C8"))
    # By the keyboard.
    pad.press("ArrowLeft")
    expect(stage).to_have_attribute("data-by", "-4,7")
    expect(bars.locator(".words")).to_contain_text("no multiple of 2 px")
    expect(page).to_have_url(re.compile(r"shift_by=-4%2C7"))
    # A bar chooses whose maps are shown; the layers make them smaller.
    bars.get_by_role("button", name="Max, blur, stride 2").click()
    expect(page).to_have_url(re.compile("shift_downsampling=blur"))
    bars.get_by_label("Layers in a row").select_option("3")
    expect(page.locator('[data-panel="after"] figcaption')).to_contain_text("64 × 64")
    # For a moment the chart from before stands beside the new one.
    chart = page.locator(".js-plotly-plot")
    expect(chart.filter(has_text="whole cells of 8 px")).to_be_visible()
    expect(chart).to_have_count(1)
    page.get_by_role("button", name="No shift").press("Enter")
    expect(stage).to_have_attribute("data-by", "0,0")
    expect(pad).to_be_focused()


def test_a_finger_drags_the_picture_through_a_network(open_page: OpenPage, server: str) -> None:
    page = open_page(390, 844, touch=True)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda one: (
            problems.append(one.text)
            if one.type == "error" and not one.text.startswith(HARMLESS)
            else None
        ),
    )
    open_view(page, server, "network", "&network=fashion_cnn&garment=3")
    page.evaluate(COUNT)
    pad = page.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    devtools = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    step = 2 * box["width"] / 28

    def touch(kind: str, *points: dict[str, float]) -> None:
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    touch("touchMove", {"x": x + step, "y": y})
    touch("touchMove", {"x": x + 2 * step, "y": y})
    page.wait_for_function("() => window.shiftsShown > 0")
    touch("touchEnd")
    expect(page).to_have_url(re.compile(r"shift_by=0%2C5"))
    expect(page.locator(".value-bars .bar-row")).to_have_count(5)
    expect(page.locator(".value-bars .words")).to_contain_text("5 px right")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("input px")
    assert problems == []


@pytest.mark.thorough
def test_cause_and_effect_are_on_one_screen(open_page: OpenPage, server: str) -> None:
    page = open_page(still=True)

    def check(screen: Screen, view: str, parts: tuple[str, ...]) -> None:
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        classroom = "&classroom=1" if screen.classroom else ""
        open_view(page, server, view, f"&network=fashion_cnn{classroom}")
        for part in parts:
            box = page.locator(part).first.bounding_box()
            assert box, (screen, view, part)
            assert box["y"] + box["height"] <= screen.height + 1, (screen, view, part, box)

    for screen in ONE_SCREEN:
        check(screen, "numbers", (".controls", ".grids", ".lines", ".summary"))
        check(screen, "order", (".controls", ".grids", ".lines", ".summary"))
        check(screen, "picture", (".panels", ".value-bars", ".js-plotly-plot"))
        check(screen, "network", (".panels", ".value-bars", ".value-bars .head button"))


def test_on_a_phone_the_bars_come_below_the_picture_and_a_finger_finds_every_control(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(390, 844, touch=True, still=True)
    open_view(page, server, "network", "&network=fashion_cnn")
    bars = page.locator(".value-bars .bars")
    expect(bars).to_be_in_viewport(ratio=1)
    heights = page.locator(".view-bar button, .shifted-picture button, .value-bars select")
    assert min(heights.evaluate_all("all => all.map((one) => one.offsetHeight)")) >= 40
    page.get_by_role("button", name="By numbers").click()
    expect(page.locator("[data-grid=squares]")).to_be_in_viewport(ratio=1)
