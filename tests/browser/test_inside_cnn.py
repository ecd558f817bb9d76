"""Inside a CNN as a reader uses it: overview, maps, units, receptive fields, logit contributions, the pad, the keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from app.drawing.numbers import number_text
from cnn_core.datasets import load_fashion
from cnn_core.networks import explain_unit, load, logit_contributions, trace
from cnn_core.receptive_field import receptive_field
from cnn_core.samples import load_sample
from tests.browser import picker
from tests.browser.explorer import (
    box_of,
    choose,
    column,
    first_score,
    level,
    open_explorer,
    pixels,
    settled,
    sheet,
)
from tests.browser.lab import visit
from tests.browser.pages import OpenPage

FASHION = "?network=fashion_cnn"
BAND = f"{FASHION}&depth=outcomes"
"""All steps in a band that is scrolled, not the overview on one screen."""


def number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def test_the_mandrill_is_a_baboon_without_a_click(page: Page, server: str) -> None:
    open_explorer(page, server, "?depth=outcomes")
    expect(first_score(page)).to_have_text("baboon")
    expect(page.locator(".band")).to_have_js_property("scrollLeft", 0)
    expect(column(page, "stem_relu6")).to_contain_text("32 maps of 112 × 112")
    assert len(set(pixels(sheet(page, "stem_relu6")))) > 20
    # The last columns are neither drawn nor asked for until they come into sight.
    expect(sheet(page, "head_relu6")).not_to_have_attribute("data-painted", re.compile("."))
    page.get_by_role("button", name="Go to Head").click()
    expect(sheet(page, "head_relu6")).to_have_attribute("data-painted", re.compile("."))


def test_another_picture_repaints_what_is_in_sight(page: Page, server: str) -> None:
    open_explorer(page, server, "?depth=outcomes")
    before, was = pixels(sheet(page, "stem_relu6")), settled(page)
    picker.choose(page, "Coffee")
    expect(page.locator(".explorer")).not_to_have_attribute("data-settled", was)
    expect(first_score(page)).to_have_text("espresso")
    assert pixels(sheet(page, "stem_relu6")) != before


def test_a_map_opens_into_its_decomposition_and_escape_leads_back(page: Page, server: str) -> None:
    open_explorer(page, server, BAND)
    place = box_of(sheet(page, "relu1b"))
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    expect(page.locator(".explorer output.reading")).to_contain_text("Block 1, second ReLU, map 0:")
    expect(page.locator(".lens")).to_be_visible()
    page.mouse.click(place["x"] + 5, place["y"] + 5)
    level(page, "map")
    expect(page.locator(".part")).to_have_count(16)
    expect(page.locator(".stage-card figcaption b")).to_have_text(
        ["convolution 3 × 3", "batch norm", "ReLU"]
    )
    expect(page).to_have_url(re.compile("layer=relu1b&channel=0"))
    page.keyboard.press("Escape")
    level(page, "overview")


def test_a_unit_is_written_out_and_can_be_followed_down_to_a_pixel(page: Page, server: str) -> None:
    open_explorer(page, server, f"{FASHION}&layer=relu1b&channel=3&row=20&column=9")
    level(page, "unit")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    told = explain_unit(seen, "relu1b", 3, 20, 9)
    assert told.window is not None
    expect(page.locator(".unit-value")).to_have_text(number(told.unit.value))
    strongest = int(np.abs(told.window.channel_sums).argmax())
    first = page.locator(".term").first
    expect(first).to_have_attribute("data-channel", str(strongest))
    # Numbers that are in sight are not cut off, and it says that there are others.
    expect(page.locator(".further")).to_have_text(re.compile(r"^\d+ more ↓$"))
    expect(page.locator(".unit")).to_have_js_property("scrollTop", 0)
    assert page.locator(".unit").evaluate("""unit => {
        const end = unit.getBoundingClientRect().bottom;
        return [...unit.querySelectorAll(".term .grid")].every(grid => {
            const { top, bottom } = grid.getBoundingClientRect();
            return top >= end || bottom <= end;
        });
    }""")
    first.locator("button.cell").nth(0).click()
    expect(page.locator(".unit-value")).to_have_text(number(seen["relu1a"][strongest, 19, 8]))
    page.locator(".term").first.locator("button.cell").nth(4).click()
    expect(page.locator(".unit-value")).to_have_text(number(seen["input"][0, 19, 8]))
    expect(page.locator(".lead")).to_contain_text(
        f"{int(load_fashion('test').images[0][19, 8])} of 255"
    )
    # Escape leads back up the same way, step by step.
    page.keyboard.press("Escape")
    expect(page.locator(".unit-value")).to_have_text(number(seen["relu1a"][strongest, 19, 8]))
    page.keyboard.press("Escape")
    expect(page.locator(".unit-value")).to_have_text(number(told.unit.value))
    page.keyboard.press("Escape")
    level(page, "map")


def test_the_receptive_field_is_framed_on_the_photograph(page: Page, server: str) -> None:
    open_explorer(page, server, "?layer=block4_depthwise_relu6&channel=2&row=10&column=14")
    level(page, "unit")
    network = load("efficientnet_lite0")
    picture = load_sample("mandrill")
    seen = trace(network, picture)
    field = receptive_field(
        network.layers, layer="block4_depthwise_relu6", channel=2, row=10, column=14
    )
    assert field.visible
    frame = seen.on_picture(*field.visible)
    photo, drawn = (
        box_of(page.locator("img.photo")),
        box_of(page.locator(".picture .receptive-field").first),
    )
    scale = photo["width"] / picture.shape[1]
    wanted = (frame.left * scale, frame.top * scale, frame.width * scale, frame.height * scale)
    found = (drawn["x"] - photo["x"], drawn["y"] - photo["y"], drawn["width"], drawn["height"])
    assert np.allclose(found, wanted, atol=1.0)
    expect(page.locator("img.effective-field").first).to_be_visible()
    expect(page.locator(".field-text")).to_contain_text("Half of the effect")


def test_the_softmax_and_the_contributions_to_a_logit_with_their_numbers(
    page: Page, server: str
) -> None:
    open_explorer(page, server, FASHION)
    page.locator(".score").nth(1).click()
    level(page, "unit")
    expect(page.locator(".steps")).to_contain_text("e^(")
    page.locator(".exponential").first.click()
    expect(page.locator(".exponential[aria-pressed=true]")).to_contain_text("Ankle boot")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    expect(page.locator(".unit-value")).to_have_text(number(seen.scores[9]))
    page.get_by_role("button", name="What raises the score of Ankle boot?").click()
    level(page, "map")
    totals = logit_contributions(seen, "dense", 9).sum(axis=(1, 2))
    expect(page.locator(".part").first).to_have_attribute(
        "data-channel", str(int(np.abs(totals).argmax()))
    )
    expect(page.locator(".number-unit")).to_have_text(number(seen.logits[9]))


@pytest.mark.thorough
def test_the_class_that_is_open_is_marked_and_no_other(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    marked = page.locator(".score[aria-pressed=true] .name")
    expect(marked).to_have_count(0)
    second = page.locator(".score").nth(1)
    name = second.locator(".name").inner_text()
    # At once, not when its numbers come.
    assert second.evaluate("bar => { bar.click(); return bar.getAttribute('aria-pressed'); }") == (
        "true"
    )
    level(page, "unit")
    expect(marked).to_have_text([name])
    page.get_by_role("button", name=f"What raises the score of {name}?").click()
    level(page, "map")
    expect(marked).to_have_text([name])
    open_explorer(page, server, f"{FASHION}&layer=softmax")
    level(page, "layer")
    expect(marked).to_have_count(0)
    open_explorer(page, server, f"{FASHION}&layer=softmax&channel=4&row=0&column=0")
    expect(marked).to_have_count(1)
    page.locator(".unit").press("Escape")
    level(page, "overview")
    expect(marked).to_have_count(0)


def test_a_drawing_flows_through_while_it_is_drawn(page: Page, server: str) -> None:
    open_explorer(page, server, BAND)
    page.get_by_role("button", name="Clear").click()
    expect(page).to_have_url(re.compile("source=drawn"))
    empty = pixels(sheet(page, "relu1a"))
    pad = box_of(page.locator("canvas.pad"))

    def at(row: float, column: float) -> tuple[float, float]:
        return pad["x"] + pad["width"] * column / 28, pad["y"] + pad["height"] * row / 28

    page.mouse.move(*at(5, 10))
    page.mouse.down()
    # A pair of trousers: the pointer goes on drawing while the maps and the bars follow.
    for row, across in ((24, 10), (5, 12), (24, 11), (5, 14), (6, 17), (24, 18), (5, 16), (24, 17)):
        page.mouse.move(*at(row, across), steps=4)
    expect(first_score(page)).to_have_text("Trouser")
    assert pixels(sheet(page, "relu1a")) != empty
    assert "drawing=" not in page.url or "f" not in page.url.split("drawing=")[1]
    page.mouse.up()
    expect(page).to_have_url(re.compile("drawing=0*[1-9a-f]"))
    page.get_by_role("button", name="Bag", exact=True).click()
    expect(first_score(page)).to_have_text("Bag")
    expect(page).to_have_url(re.compile("garment=18"))


def test_mistakes_are_found_one_by_one_and_in_the_list_of_all_pictures(
    page: Page, server: str
) -> None:
    open_explorer(page, server, FASHION)
    expect(page.locator(".scores .label")).to_have_text("Label: Ankle boot. Classified correctly.")
    page.get_by_role("button", name="Next mistake").click()
    expect(page).to_have_url(re.compile("garment=23"))
    expect(page.locator(".scores .label")).to_have_text("Label: Ankle boot. Classified wrongly.")
    expect(first_score(page)).to_have_text("Sandal")
    for _ in range(8):  # faster than the page answers
        page.get_by_role("button", name="Next mistake").click(no_wait_after=True)
    expect(page).to_have_url(re.compile("garment=147"))
    page.get_by_role("button", name="All pictures").click()
    dialog = page.get_by_role("dialog", name="Test pictures")
    dialog.get_by_label("Only pictures classified wrongly").check()
    dialog.get_by_label("Class", exact=True).select_option("Shirt")
    expect(dialog).to_contain_text("1 to 60 of 189")
    dialog.get_by_role("button", name="Later").click()
    expect(dialog).to_contain_text("61 to 120 of 189")
    dialog.get_by_role("button", name="Earlier").press("Enter")
    expect(dialog).to_contain_text("1 to 60 of 189")
    dialog.get_by_role("button", name="Earlier").press("Enter")
    expect(dialog.get_by_role("button", name="Earlier")).to_be_focused()
    wanted = dialog.locator(".thumbnail").first
    words = wanted.get_attribute("aria-label") or ""
    found = re.fullmatch(r"Test picture (\d+): Shirt, classified as (.+)", words)
    assert found
    wanted.click()
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile(f"garment={found[1]}$"))
    expect(first_score(page)).to_have_text(found[2])
    number = page.get_by_label("Number of the test picture")
    expect(number).to_have_value(found[1])
    number.fill("9999")
    number.press("Enter")
    expect(page).to_have_url(re.compile("garment=9999"))


def test_the_pad_can_be_drawn_on_as_soon_as_it_is_chosen(page: Page, server: str) -> None:
    open_explorer(page, server, "?network=fashion_cnn&source=picture")
    pad = page.locator("canvas.pad")
    expect(pad).to_be_hidden()
    menu = page.get_by_role("combobox", name="Input", exact=True)
    # The page takes a moment to hear of the choice, and its answer does not wipe out the strokes.
    menu.select_option("garment")
    assert pad.is_visible()
    box = box_of(pad)
    for across in (0.3, 0.7):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + 0.2 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + across * box["width"], box["y"] + 0.8 * box["height"], steps=3)
        page.mouse.up()
        page.wait_for_timeout(100)
    # Row 14 has something in its left half and in its right half.
    halves = "(?=[0-9a-f]{0,13}[1-9a-f])[0-9a-f]{14}[0-9a-f]{0,13}[1-9a-f]"
    expect(page).to_have_url(re.compile(f"drawing=[0-9a-f]{{392}}{halves}"))


def legend(page: Page) -> str:
    return " ".join(page.locator(".foot .legend").inner_text().split())


@pytest.mark.thorough
def test_the_legend_is_that_of_the_maps_that_are_pointed_at(page: Page, server: str) -> None:
    open_explorer(page, server, f"{FASHION}&depth=all")
    shown = page.locator(".foot .legend")
    titles = {"conv1a": "Block 1, first convolution", "relu1a": "Block 1, first ReLU"}
    for layer in ("conv1a", "relu1a", "conv1a"):
        sheet(page, layer).hover(position={"x": 10, "y": 10})
        expect(shown).to_contain_text(titles[layer])
        # The ends are those below the layer's own column.
        ends = column(page, layer).locator(".legend-text").inner_text().split(" … ")
        assert legend(page) == f"{titles[layer]} {' '.join(ends)}"
        assert ends[0].startswith("−" if layer == "conv1a" else "0")


@pytest.mark.thorough
def test_the_legend_follows_to_a_map_and_to_a_unit_and_back(page: Page, server: str) -> None:
    open_explorer(page, server, f"{FASHION}&layer=relu2a&scope=map")
    level(page, "layer")
    expect(page.locator(".foot .legend")).to_have_text("Block 2, first ReLU0highest of each map")
    open_explorer(page, server, f"{FASHION}&layer=relu2a&channel=3&scope=map")
    level(page, "map")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    end = number_text(float(seen["relu2a"][3].max()))
    expect(page.locator(".foot .legend")).to_have_text(f"Block 2, first ReLU0{end}")
    page.locator(".stage-card canvas").first.hover(position={"x": 9, "y": 9})
    expect(page.locator(".foot .legend")).to_contain_text("Block 2, first convolution")
    page.locator(".stage-card canvas").last.click(position={"x": 9, "y": 9})
    level(page, "unit")
    expect(page.locator(".foot .legend")).to_have_text(f"Block 2, first ReLU0{end}")
    page.locator(".unit").press("Escape")
    page.locator(".decomposition").press("Escape")
    level(page, "layer")
    expect(page.locator(".foot .legend")).to_have_text("Block 2, first ReLU0highest of each map")
    # A class is a number, not a map: no colors to explain.
    page.locator(".score").first.click()
    level(page, "unit")
    expect(page.locator(".foot .legend")).to_be_hidden()


def test_the_keyboard_reaches_everything(page: Page, server: str) -> None:
    open_explorer(page, server, BAND)
    sheet(page, "relu1a").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".explorer output.reading")).to_contain_text("Block 1, first ReLU, map 1:")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".explorer output.reading")).to_contain_text("Block 1, second ReLU, map")
    page.keyboard.press("Enter")
    level(page, "map")
    channel = int(re.findall(r"channel=(\d+)", wait_for_link(page, "channel="))[0])
    page.keyboard.press("ArrowRight")
    expect(page.locator(".crumbs [aria-current]")).to_have_text(f"map {channel + 1}")
    # The path is there before the map is; Enter opens what is on screen.
    level(page, "map")
    page.locator(".stage-card.last canvas").focus()
    page.keyboard.press("Enter")
    level(page, "unit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".crumbs [aria-current]")).to_have_text("row 1, column 1")
    for wanted in ("map", "overview"):
        page.keyboard.press("Escape")
        level(page, wanted)


@pytest.mark.thorough
def test_the_color_scale_can_reach_over_one_map_or_over_all(page: Page, server: str) -> None:
    open_explorer(page, server, BAND)
    was = pixels(sheet(page, "relu1a"))
    choose(page, "Color scale", "map")
    expect(column(page, "relu1a")).to_contain_text("highest of each map")
    assert pixels(sheet(page, "relu1a")) != was
    expect(page).to_have_url(re.compile("scope=map"))


@pytest.mark.thorough
def test_every_layer_can_be_shown(page: Page, server: str) -> None:
    open_explorer(page, server, BAND)
    expect(column(page, "conv1a")).to_have_count(0)
    choose(page, "Show", "all")
    expect(sheet(page, "conv1a")).to_have_attribute("data-painted", re.compile("."))


def test_a_learned_kernel_goes_to_the_kernel_lab(page: Page, server: str) -> None:
    open_explorer(page, server)
    page.get_by_role("button", name="Try learned kernel 5 on your picture").click()
    expect(page).to_have_url(re.compile(r"kernel_lab\?.*kernel="))
    kernel = load("efficientnet_lite0").weights("stem_conv")
    assert kernel is not None
    middle = float(kernel[5].mean(axis=0)[1, 1])
    assert f"{middle:.4f}".rstrip("0") in page.url.replace("%3B", ";").replace("%2C", ",")
    visit(page, "Inside a CNN")
    level(page, "overview")


def wait_for_link(page: Page, part: str) -> str:
    expect(page).to_have_url(re.compile(re.escape(part)))
    return page.url


def test_a_map_can_be_taken_to_what_it_looks_at(page: Page, server: str) -> None:
    open_explorer(page, server, "?layer=block3_add&channel=4")
    page.get_by_role("button", name="What does it look at?").click()
    expect(page).to_have_url(re.compile(r"look_at\?.*layer=block3_add.*channel=4"))


@pytest.mark.thorough
def test_the_receptive_field_of_a_unit_stays_framed_after_the_click_that_opened_it(
    page: Page, server: str
) -> None:
    open_explorer(page, server, "?network=fashion_cnn&layer=relu2a&channel=3")
    level(page, "map")
    page.locator(".stage-card.last canvas").click(position={"x": 50, "y": 50})
    level(page, "unit")
    expect(page).to_have_url(re.compile(r"row=\d+"))
    frame = page.locator(".receptive-field:visible")
    expect(frame).to_be_visible()
    # The run of the page that the click asked for is over, and nothing has changed.
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    page.locator("summary", has_text="More").focus()
    expect(frame).to_be_visible()


FOCUSED = """() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (!focused?.closest(".explorer, .gallery")) return "";
    return focused.getAttribute("aria-label") || focused.textContent;
}"""
"""What the focus is on in the explorer or in the gallery of kernels; "" elsewhere."""


def tab_stops(page: Page) -> list[str]:
    """Press Tab from the top of the page to its end; what is stopped at in our components."""
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops.append(str(page.evaluate(FOCUSED)))
    return [stop for stop in stops if stop]


@pytest.mark.parametrize(
    "place", ["", "&layer=relu2a&channel=3", "&layer=relu2a&channel=3&row=2&column=2"]
)
def test_few_stops_of_the_tab_key_lead_through_everything(
    page: Page, server: str, place: str
) -> None:
    open_explorer(page, server, f"{FASHION}{place}")
    expect(page.locator(".gallery .row[data-ready]")).to_have_count(2)
    stops = tab_stops(page)
    assert 10 <= len(stops) <= 25
    # Numbers as they are read out have four significant digits at most, and names no underscore.
    labels = page.locator(".explorer [aria-label], .gallery [aria-label]").evaluate_all(
        "found => found.map(one => one.getAttribute('aria-label'))"
    )
    assert not [label for label in labels if re.search(r"\d\.0*[1-9]\d{4,}|_", label)]


def test_the_skip_link_leads_to_the_class_scores(page: Page, server: str) -> None:
    open_explorer(page, server)
    skip = page.get_by_role("button", name="Skip to the result")
    skip.focus()
    skip.press("Enter")
    first, second = page.locator(".score").nth(0), page.locator(".score").nth(1)
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".score").last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    level(page, "unit")


def test_arrow_keys_lead_along_blocks_layers_cells_and_kernels(page: Page, server: str) -> None:
    open_explorer(page, server, BAND)
    blocks = page.get_by_role("toolbar", name="All blocks of the network").get_by_role("button")
    blocks.first.focus()
    page.keyboard.press("End")
    expect(blocks.last).to_be_focused()
    names = page.locator("button.layer")
    names.first.focus()
    page.keyboard.press("ArrowRight")
    expect(names.nth(1)).to_be_focused()
    kernels = page.get_by_role("toolbar", name="Learned: the 16 kernels").get_by_role("button")
    kernels.first.focus()
    page.keyboard.press("ArrowRight")
    expect(kernels.nth(1)).to_be_focused()
    expect(kernels.nth(1)).to_have_text("1")
    open_explorer(page, server, f"{FASHION}&layer=relu1b&channel=3&row=20&column=9")
    level(page, "unit")
    cells = page.locator(".term").first.locator("button.cell")
    cells.nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(cells.nth(4)).to_be_focused()


def test_the_pad_is_drawn_on_with_the_keyboard(page: Page, server: str) -> None:
    open_explorer(page, server, f"{FASHION}&source=drawn")
    pad = page.get_by_role("application", name="Drawing pad")
    told = page.locator(".drawing output")
    pad.focus()
    pad.press("ArrowUp")
    expect(told).to_have_text("Row 13, column 14: gray 0 of 255")
    expect(page.locator(".pad-cursor")).to_be_visible()
    pad.press("Space")
    expect(told).to_have_text("Row 13, column 14: gray 255 of 255")
    expect(page).to_have_url(re.compile(f"drawing=[0-9a-f]{{{13 * 28 + 14}}}f"))
    pad.press("Backspace")
    expect(told).to_have_text("Row 13, column 14: gray 0 of 255")
    expect(page).to_have_url(re.compile(r"drawing=[0-9a-e]{784}"))


@pytest.mark.thorough
def test_the_glide_can_pause_go_on_and_return_to_the_start(page: Page, server: str) -> None:
    page.goto(f"{server}/inside_cnn?depth=outcomes")
    level(page, "overview")
    band = page.locator(".band")
    expect(band).to_have_js_property("scrollLeft", 0)
    back = page.get_by_role("button", name="⏮ First layer")
    expect(back).to_be_hidden()
    page.get_by_role("button", name="Layer by layer").click()
    expect(back).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Layer by layer")).to_be_visible()
    stands = band.evaluate("band => band.scrollLeft")
    assert stands > 0
    back.click()
    expect(band).to_have_js_property("scrollLeft", 0)
    page.get_by_role("button", name="Later layers").click()
    expect(page.get_by_role("button", name="Earlier layers")).to_be_enabled()
    expect(page.locator(".band-window[data-before][data-after]")).to_be_visible()


CUT_OFF = """explorer => [...explorer.querySelectorAll("*")].filter((one) =>
    one.checkVisibility() && one.clientWidth && one.scrollWidth > one.clientWidth + 1 &&
    getComputedStyle(one).overflowX !== "visible" && !one.matches(".band, .net-scroll, .spoken")
).map((one) => one.className)"""


@pytest.mark.parametrize(
    ("width", "height", "classroom"),
    [
        pytest.param(1280, 720, 0, marks=pytest.mark.thorough),
        pytest.param(1280, 720, 1, marks=pytest.mark.thorough),
        (1024, 768, 1),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "",
        "?depth=outcomes",
        f"{FASHION}&source=drawn",
        f"{FASHION}&layer=relu1b&channel=3&row=20&column=9",
        f"{FASHION}&layer=softmax&channel=2&row=0&column=0",
    ],
)
@pytest.mark.thorough
def test_picture_maps_and_scores_stand_whole_on_one_screen(
    page: Page, server: str, place: str, width: int, height: int, classroom: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_explorer(page, server, f"{place or '?scope=layer'}&classroom={classroom}")
    assert page.locator(".explorer").evaluate(CUT_OFF) == []
    for part in (".left .picture:visible", ".stage", ".foot"):
        box = box_of(page.locator(part).first)
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("source", ["drawn", "garment"])
@pytest.mark.thorough
def test_the_enlarged_map_is_whole_below_the_pad(page: Page, server: str, source: str) -> None:
    open_explorer(page, server, f"{FASHION}&depth=outcomes&source={source}")
    sheet(page, "relu1a").hover(position={"x": 10, "y": 10})
    lens, left = box_of(page.locator(".lens")), box_of(page.locator(".left"))
    for part in page.locator(".lens > *").all():
        box = box_of(part)
        assert lens["y"] <= box["y"]
        assert box["y"] + box["height"] <= left["y"] + left["height"] + 0.5
    assert box_of(page.locator(".lens canvas"))["height"] > 80


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180)])
@pytest.mark.thorough
def test_fingers_find_everything_on_phones_and_tablets(
    open_page: OpenPage, server: str, width: int, height: int
) -> None:
    page = open_page(width, height, touch=True, mobile=True)
    for place in (FASHION, f"{FASHION}&layer=relu2a&channel=3&row=2&column=2"):
        open_explorer(page, server, place)
        assert page.locator(".explorer").evaluate(CUT_OFF) == []
        low = page.locator(".explorer button:visible:not(.cell, .skip)").evaluate_all(
            "found => found.filter(one => one.getBoundingClientRect().height < 32)"
            ".map(one => one.className + one.textContent)"
        )
        assert low == []
        wide = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
        assert wide == 0
    expect(page.locator(".terms-head")).to_contain_text("Tap an input")
