"""Why not a dense layer? in a real browser: by keyboard, by touch, live while something is dragged."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from app.lessons.dense_layer.settings import VIEWS
from tests.browser.pages import OpenPage
from tests.browser.screens import ONE_SCREEN, Screen, faults, open_lesson, rest

PAGE = "dense_layer"
PARTS = {
    "unroll": (".grid", ".strip-box", ".units"),
    "parameters": (".sliders", ".costs"),
    "shuffle": (".pictures", ".left .row >> nth=1", ".card >> nth=-1"),
    "sides": (".picture", ".cards", ".map >> nth=0"),
}
"""What has to be seen together in each view: what is moved, and what changes."""


def counted(page: Page, event: str) -> None:
    """Have the page count the answers of the live channel."""
    page.evaluate(
        "event => { window.answers = 0; document.addEventListener(event, () => { window.answers += 1; }); }",
        event,
    )


@pytest.mark.thorough
def test_the_picture_unrolls_by_itself_once_and_by_keys(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    scene = page.locator(".dense-layer .scene")
    share = re.compile(r"^0\.[0-9]+$")
    expect(scene).to_have_attribute("data-unrolled", share)
    expect(scene).to_have_attribute("data-unrolled", "1")
    page.reload()
    expect(scene).to_have_attribute("data-unrolled", "1")
    # By keyboard: point at a pixel, roll the picture up, and back.
    grid = page.locator(".dense-layer .grid")
    where = page.locator(".dense-layer .where")
    expect(where).to_contain_text("14 · 28 + 14 = 406")
    grid.press("ArrowRight")
    grid.press("ArrowDown")
    expect(where).to_contain_text("15 · 28 + 15 = 435")
    expect(page).to_have_url(re.compile("dense_pixel=15%2C15"))
    grid.press(" ")
    expect(scene).to_have_attribute("data-unrolled", "0")
    grid.press(" ")
    expect(scene).to_have_attribute("data-unrolled", "1")
    # The distances of the neighbors, and fewer of them in the corner.
    distances = page.locator(".dense-layer .distances b")
    expect(distances).to_have_text(["−29", "−28", "−27", "−1", "0", "+1", "+27", "+28", "+29"])
    box = grid.bounding_box()
    assert box
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    expect(where).to_contain_text("0 · 28 + 0 = 0")
    expect(distances).to_have_text(["", "", "", "", "0", "+1", "", "+28", "+29"])
    # The other way round: a place of the vector is pointed at.
    strip = page.locator(".dense-layer .strip-box").bounding_box()
    assert strip
    page.mouse.move(strip["x"] + strip["width"] - 1, strip["y"] + 5)
    expect(where).to_contain_text("27 · 28 + 27 = 783")
    # Another neuron is shown while the slider moves.
    facts = page.locator(".dense-layer .facts").first
    before = facts.inner_text()
    page.get_by_label("Neuron", exact=True).press("ArrowRight")
    expect(facts).to_contain_text("Neuron 48")
    assert facts.inner_text() != before
    expect(page).to_have_url(re.compile("neuron=48"))
    page.get_by_role("button", name="4 × 3 grid", exact=True).click()
    expect(distances).to_have_text(["−4", "−3", "−2", "−1", "0", "+1", "+2", "+3", "+4"])


@pytest.mark.thorough
def test_sliders_and_square_have_answers_before_they_are_let_go(page: Page, server: str) -> None:
    open_lesson(page, server, PAGE, "?dense_view=parameters")
    count = page.locator(".dense-layer .count")
    expect(count.first).to_have_text("282,240,128")
    width = page.get_by_label("Width", exact=True)
    width.evaluate(
        "one => { one.value = '0'; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(count.first).to_have_text("268,928")  # 1 x 700 x 3 x 128 weights, 128 biases
    expect(count.last).to_have_text("3,584")
    assert "dense_width" not in page.url
    width.evaluate("one => one.dispatchEvent(new Event('change', { bubbles: true }))")
    expect(page).to_have_url(re.compile("dense_width=1(&|$)"))
    preset = page.locator(".dense-layer .presets button").nth(2)
    preset.press("Enter")
    expect(count.first).to_have_text("4,608,000,128")
    expect(preset).to_be_focused()

    page.get_by_role("button", name="Shuffle", exact=True).click()
    named = page.locator(".dense-layer .card[data-network=fashion_cnn] .named")
    expect(named).to_contain_text("wrong")
    counted(page, "kernelscope:shuffled")
    share = page.get_by_label("Share of the pixels that are shuffled")
    share.evaluate(
        "one => { one.value = '0'; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(named).to_contain_text("Ankle boot")
    expect(page.locator(".dense-layer figcaption").last).to_have_text("0 of 784 pixels moved")
    assert page.evaluate("window.answers") > 0
    assert "shuffle_share" not in page.url
    share.evaluate("one => one.dispatchEvent(new Event('change', { bubbles: true }))")
    expect(page).to_have_url(re.compile("shuffle_share=0"))

    page.get_by_role("button", name="Side by side", exact=True).click()
    shares = page.locator(".dense-layer .card[data-network=fashion_mlp] .score .numbers")
    expect(shares.first).to_have_text("24.1 %")
    expect(page.locator(".dense-layer .map").first).to_have_attribute("src", re.compile("^blob:"))
    counted(page, "kernelscope:covered")
    box = page.locator(".dense-layer .square").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 160, steps=6)
    page.wait_for_function("() => window.answers > 1")
    expect(shares.first).not_to_have_text("24.1 %")
    assert "square=" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"square=\d+%2C\d+%2C8"))
    page.get_by_role("button", name="Cover empty background beside the boot").click()
    expect(page).to_have_url(re.compile("square=1%2C3%2C8"))
    expect(shares.first).to_have_text("8.30 %")
    square = page.locator(".dense-layer .square")
    square.press("ArrowRight")
    expect(page).to_have_url(re.compile("square=1%2C4%2C8"))
    square.press("-")
    expect(page).to_have_url(re.compile(r"square=\d+%2C\d+%2C7"))


def test_keys_that_are_pressed_while_the_page_follows_all_count(page: Page, server: str) -> None:
    open_lesson(page, server, PAGE, "?dense_view=shuffle&shuffle_share=20")
    share = page.get_by_label("Share of the pixels that are shuffled")
    share.focus()
    held: list[Route] = []
    page.route("**/published/*", lambda route: held.append(route))
    with page.expect_request("**/published/*"):
        share.press("ArrowRight")
    # The page's frame of 21 % arrives after the second key and before the third.
    share.press("ArrowRight")
    with page.expect_request_finished():
        held.pop(0).continue_()
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    share.press("ArrowRight")
    page.route("**/published/*", lambda route: route.continue_())
    for route in held:
        route.continue_()
    expect(page).to_have_url(re.compile("shuffle_share=23"))
    rest(page)
    expect(page.locator(".dense-layer .row output").first).to_have_text("23 %")
    expect(page.locator(".dense-layer figcaption").last).to_have_text("180 of 784 pixels moved")
    assert share.input_value() == "23"


@pytest.mark.thorough
def test_every_view_is_whole_at_every_size(open_page: OpenPage, server: str) -> None:
    page = open_page(still=True)
    devtools = page.context.new_cdp_session(page)
    others = (
        Screen(width=1280, height=720),
        Screen(width=390, height=844, touch=True),
        Screen(width=1280, height=720, classroom=True),
        Screen(width=1024, height=768, classroom=True),
    )
    found: list[str] = []
    for view in [one for one in VIEWS if one != "unroll"]:  # which test_screens opens
        for screen in others:
            page.set_viewport_size({"width": screen.width, "height": screen.height})
            mode = "&classroom=1" if screen.classroom else ""
            open_lesson(page, server, PAGE, f"?dense_view={view}{mode}")
            found += [f"{view}: {fault}" for fault in faults(page, devtools, screen)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.thorough
@pytest.mark.parametrize("screen", ONE_SCREEN, ids=str)
def test_what_is_moved_and_what_changes_are_on_one_screen(
    page: Page, server: str, screen: Screen
) -> None:
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    for view, parts in PARTS.items():
        mode = "&classroom=1" if screen.classroom else ""
        open_lesson(page, server, PAGE, f"?dense_view={view}{mode}")
        for part in parts:
            box = page.locator(f".dense-layer {part}").bounding_box()
            assert box, part
            assert box["y"] + box["height"] <= screen.height, (view, part)


def test_a_finger_points_and_drags_and_few_tab_stops_lead_through(
    open_page: OpenPage, server: str
) -> None:
    page = open_page(390, 844, touch=True, still=True)
    open_lesson(page, server, PAGE)
    grid = page.locator(".dense-layer .grid")
    box = grid.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 3, box["y"] + box["height"] - 3)
    expect(page.locator(".dense-layer .where")).to_contain_text("27 · 28 + 0 = 756")
    expect(page).to_have_url(re.compile("dense_pixel=27%2C0"))
    stops = page.evaluate("""() => {
        const stage = [...document.querySelectorAll("*")]
            .map((one) => one.shadowRoot?.querySelector(".dense-layer")).find(Boolean);
        return [...stage.querySelectorAll("button, input, [tabindex]")]
            .filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length;
    }""")
    assert stops <= 10
    open_lesson(page, server, PAGE, "?dense_view=sides")
    square = page.locator(".dense-layer .square").bounding_box()
    assert square
    x, y = square["x"] + square["width"] / 2, square["y"] + square["height"] / 2
    devtools = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": across, "y": down} for across, down in points]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x + 10 * step, y + 8 * step))
    touch("touchEnd")
    expect(page).to_have_url(re.compile(r"square=(?!1%2C1)\d+%2C\d+%2C8"))
