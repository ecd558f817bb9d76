"""The overview of Inside a CNN on one screen: its columns, its wires, and the map that opens in it."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from app.lessons.inside_cnn.overview_columns import overview_columns
from cnn_core.datasets import load_fashion
from cnn_core.networks import explain_unit, load, logit_contributions, trace
from cnn_core.networks.map_order import strengths, strongest_first
from tests.browser import picker
from tests.browser.explorer import box_of, choose, level, open_explorer, pixels, settled
from tests.browser.pages import OpenPage

FASHION = "?network=fashion_cnn"
LIT = ".net-wires[data-lit]"


def tiles(page: Page, layer: str) -> Locator:
    return page.locator(f".net-column[data-layer={layer}] canvas.tiles")


def tile(page: Page, layer: str, index: int) -> tuple[float, float]:
    """The middle of a tile of a column whose tiles are one below the other."""
    box = box_of(tiles(page, layer))
    step = box["width"] + 4
    return box["x"] + box["width"] / 2, box["y"] + index * step + box["width"] / 2


def wires(page: Page, side: str) -> dict[int, tuple[str, float, bool]]:
    """The lit wires of a side: by map its term, its width and whether it is dashed."""
    found = page.locator(f"{LIT} .wire[data-side={side}]").evaluate_all(
        """paths => paths.map((path) => [Number(path.dataset.channel), path.dataset.term,
            Number(path.getAttribute("stroke-width")),
            getComputedStyle(path).strokeDasharray !== "none"])"""
    )
    return {channel: (term, width, dashed) for channel, term, width, dashed in found}


@pytest.mark.parametrize(
    ("width", "height", "classroom"),
    [
        (1280, 720, 0),
        (1024, 768, 1),
        pytest.param(1920, 1080, 0, marks=pytest.mark.thorough),
        pytest.param(1280, 720, 1, marks=pytest.mark.thorough),
    ],
)
def test_every_block_is_in_sight_without_scrolling_sideways(
    page: Page, server: str, width: int, height: int, classroom: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_explorer(page, server, f"?classroom={classroom}")
    columns = page.locator(".net-column")
    wanted = overview_columns(load("efficientnet_lite0").layers)
    expect(columns).to_have_count(len(wanted))
    assert columns.evaluate_all("all => all.map(one => one.dataset.layer)") == wanted
    stage = box_of(page.locator(".stage"))
    for at in (0, len(wanted) - 1):
        box = box_of(columns.nth(at).locator("canvas"))
        assert box["x"] >= stage["x"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]
        assert box["y"] + box["height"] <= height
        assert box["width"] >= 18
    sideways = "one => one.scrollWidth - one.clientWidth"
    assert page.locator(".net-scroll").evaluate(sideways) <= 0
    assert page.get_by_test_id("stMain").evaluate(sideways) == 0


def test_pointing_lights_the_terms_of_the_unit(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    channel = int(strongest_first(strengths(seen, "relu2a"))[1])
    page.mouse.move(*tile(page, "relu2a", 1))
    lit = page.locator(LIT)
    expect(lit).to_have_attribute("data-lit", f"relu2a {channel}")
    # The cell under the pointer is the one whose sum is shown.
    said = page.locator(".explorer output.reading")
    expect(said).to_have_text(
        re.compile(rf"^Block 2, first ReLU, map {channel}, row 7, column 7: ")
    )
    told = explain_unit(seen, "relu2a", channel, 7, 7)
    assert told.channel_sums is not None
    found = wires(page, "before")
    shown = strongest_first(strengths(seen, "pool1"))[: len(wires_shown(page, "pool1"))]
    largest = np.abs(told.channel_sums).max()
    strong = [int(k) for k in shown if abs(told.channel_sums[k]) >= 0.01 * largest]
    assert set(found) == set(strong)
    for k, (term, width, dashed) in found.items():
        assert float(term.replace("− ", "-").replace("+ ", "")) == pytest.approx(
            told.channel_sums[k], rel=0.01
        )
        assert dashed is bool(told.channel_sums[k] < 0)
        assert width == pytest.approx(1 + 4 * abs(told.channel_sums[k]) / largest, abs=0.01)
    assert wires(page, "after")
    expect(page.locator(".net-words")).to_contain_text("Made of")
    expect(page.locator(".receptive-field:visible")).to_have_count(1)
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)


def wires_shown(page: Page, layer: str) -> list[int]:
    """One number for each tile of a column."""
    box = box_of(tiles(page, layer))
    return list(range(round((box["height"] + 4) / (box["width"] + 4))))


def test_a_class_is_lit_with_its_maps_and_its_softmax(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    page.locator(".score").first.hover()
    expect(page.locator(LIT)).to_have_attribute("data-lit", "dense 9")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    terms = logit_contributions(seen, "dense", 9).sum(axis=(1, 2))
    found = wires(page, "before")
    assert found
    for k, (term, _, dashed) in found.items():
        assert float(term.replace("− ", "-").replace("+ ", "")) == pytest.approx(terms[k], rel=0.01)
        assert dashed is bool(terms[k] < 0)
    softmax = explain_unit(seen, "softmax", 9).softmax
    assert softmax is not None
    expect(page.locator(".softmax-terms")).to_contain_text(f"sum: {softmax.total:.4g}")
    expect(page.locator(".score[data-term]")).to_have_count(1)
    page.locator(".score").nth(3).focus()
    page.keyboard.press("ArrowDown")
    page.locator(".score").nth(4).press("Enter")
    level(page, "unit")


def test_a_map_opens_between_the_columns_and_closes_again(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    page.mouse.click(*tile(page, "relu1b", 2))
    level(page, "map")
    panel = page.locator(".decomposition.beside")
    expect(panel.locator(".part")).to_have_count(16)
    expect(panel.locator(".stage-card figcaption b")).to_have_text(
        ["convolution 3 × 3", "batch norm", "ReLU"]
    )
    # Nothing else is gone: the input, the columns, the classes.
    for part in ("canvas.pad", ".scores", ".net"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".net-column")).to_have_count(9)
    expect(page).to_have_url(re.compile(r"layer=relu1b&channel=\d"))
    page.keyboard.press("Escape")
    level(page, "overview")
    expect(tiles(page, "relu1b")).to_be_focused()
    page.mouse.click(*tile(page, "relu1b", 2))
    level(page, "map")
    legend = box_of(page.locator(".net"))
    page.mouse.click(legend["x"] + 4, legend["y"] + legend["height"] - 60)
    level(page, "overview")


def test_the_keyboard_lights_opens_and_closes(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    tiles(page, "relu1a").focus()
    page.keyboard.press("ArrowDown")
    said = page.locator(".explorer output.reading")
    expect(said).to_have_text(re.compile(r"Block 1, first ReLU, map \d+, row"))
    expect(page.locator(LIT)).to_have_attribute("data-lit", re.compile("^relu1a "))
    page.keyboard.press("ArrowRight")
    expect(tiles(page, "relu1b")).to_be_focused()
    expect(page.locator(LIT)).to_have_attribute("data-lit", re.compile("^relu1b "))
    page.keyboard.press("Enter")
    level(page, "map")
    expect(page.locator(".decomposition")).to_be_focused()
    page.keyboard.press("Escape")
    level(page, "overview")
    expect(tiles(page, "relu1b")).to_be_focused()


def test_a_block_unfolds_into_its_steps(page: Page, server: str) -> None:
    open_explorer(page, server)
    head = page.locator(".net-column[data-layer=block3_add] .net-head")
    expect(head).to_have_attribute("aria-expanded", "false")
    head.press("Enter")
    expect(head).to_have_attribute("aria-expanded", "true")
    for step in ("block3_expand_relu6", "block3_depthwise_relu6", "block3_project_norm"):
        expect(tiles(page, step)).to_have_attribute("data-painted", re.compile("."))
    expect(page.locator(".net-column")).to_have_count(22)
    head.press("Enter")
    expect(page.locator(".net-column")).to_have_count(19)


def test_all_maps_and_all_steps_are_a_click_away(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    page.get_by_role("button", name="Open all of Block 2, first ReLU: 32 maps of 14 × 14").click()
    level(page, "layer")
    page.keyboard.press("Escape")
    level(page, "overview")
    expect(page.locator(".net")).to_be_visible()
    choose(page, "Show", "outcomes")
    expect(page.locator(".net")).to_be_hidden()
    expect(page.locator(".band")).to_be_visible()
    expect(page).to_have_url(re.compile("depth=outcomes"))


def test_another_garment_and_another_scale_repaint_all_columns(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    before, was = pixels(tiles(page, "pool1")), settled(page)
    page.get_by_role("button", name="Bag", exact=True).click()
    expect(page.locator(".explorer")).not_to_have_attribute("data-settled", was)
    bag, was = pixels(tiles(page, "pool1")), settled(page)
    assert bag != before
    choose(page, "Color scale", "map")
    expect(page.locator(".explorer")).not_to_have_attribute("data-settled", was)
    assert pixels(tiles(page, "pool1")) != bag


def test_a_finger_lights_a_map_and_then_opens_it(open_page: OpenPage, server: str) -> None:
    page = open_page(390, 844, touch=True, mobile=True)
    open_explorer(page, server, FASHION)
    canvas = tiles(page, "relu1b")
    assert box_of(canvas)["width"] >= 40
    canvas.tap(position={"x": 20, "y": 20})
    expect(page.locator(LIT)).to_have_attribute("data-lit", re.compile("^relu1b "))
    level(page, "overview")
    canvas.tap(position={"x": 20, "y": 20})
    level(page, "map")
    wide = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert wide == 0


def test_the_columns_light_up_one_after_the_other(page: Page, server: str) -> None:
    open_explorer(page, server, FASHION)
    passed = page.locator(".net-column.passed")
    button = page.get_by_role("button", name="Layer by layer")
    # Without motion, one column a press.
    button.click()
    expect(passed).to_have_count(1)
    said = page.locator(".explorer output.reading")
    expect(said).to_have_text(
        "Block 1, first ReLU: 16 maps of 28 × 28, convolution 3 × 3 → batch norm → ReLU"
    )
    button.click()
    expect(passed).to_have_count(2)
    tiles(page, "pool2").hover()
    page.mouse.down()
    expect(passed).to_have_count(0)
    page.mouse.up()


def test_a_sample_is_shown_before_the_page_has_run_and_asked_for_once(
    page: Page, server: str
) -> None:
    sent: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framesent", lambda data: sent.append(data) if isinstance(data, str) else None
        ),
    )
    open_explorer(page, server)
    picker.choose(page, "Coffee")
    expect(page.locator(".score.first")).to_contain_text("espresso")
    expect(picker.caption(page)).to_contain_text("Coffee")
    asked = [json.loads(one) for one in sent if '"overview"' in one]
    assert [one.get("sample") for one in asked] == [None, "coffee"]
