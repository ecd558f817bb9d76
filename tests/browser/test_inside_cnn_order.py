"""The maps of an open layer in an order that the reader chooses."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from app.drawing.numbers import number_text
from cnn_core.datasets import load_fashion
from cnn_core.networks import load, trace
from cnn_core.networks.map_order import effects, strengths, strongest_first
from tests.browser.explorer import box_of, level, open_explorer, pixels, settled

FASHION = "?network=fashion_cnn"
LAYER = f"{FASHION}&layer=relu2b"


def order_menu(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Order", exact=True)


def captions(page: Page) -> Locator:
    return page.locator(".tile-captions > div")


def tiles(page: Page) -> Locator:
    return page.locator(".layer-all canvas.tiles")


def test_maps_are_ordered_and_each_shows_its_number_and_its_figure(page: Page, server: str) -> None:
    open_explorer(page, server, LAYER)
    level(page, "layer")
    expect(captions(page)).to_have_count(0)
    was, before = settled(page), pixels(tiles(page))
    order_menu(page).select_option("strength")
    expect(page.locator(".explorer")).not_to_have_attribute("data-settled", was)
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    numbers = strengths(seen, "relu2b")
    order = strongest_first(numbers).tolist()
    expect(captions(page).locator("b")).to_have_text([f"map {at}" for at in order])
    figures = [number_text(float(numbers[at]), digits=3) for at in order]
    expect(captions(page).locator("span")).to_have_text(figures)
    expect(page.locator(".order-text")).to_contain_text("mean absolute value")
    expect(page).to_have_url(re.compile("map_order=strength"))
    assert pixels(tiles(page)) != before
    # Back by index, nothing of it is left.
    order_menu(page).select_option("index")
    expect(captions(page)).to_have_count(0)
    expect(page.locator(".order-text")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("map_order"))


def test_tiles_open_their_own_map_and_the_arrow_keys_follow_the_order(
    page: Page, server: str
) -> None:
    open_explorer(page, server, f"{LAYER}&map_order=effect")
    level(page, "layer")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[0])
    numbers = effects(seen, "relu2b", int(seen.logits.argmax()))
    order = strongest_first(np.abs(numbers)).tolist()
    caption, reading = box_of(captions(page).nth(1)), page.locator(".explorer output.reading")
    # The words below a tile are part of it; so is the map above them.
    for up in (-5, 20):
        page.mouse.move(caption["x"] + 9, caption["y"] - up)
        expect(reading).to_contain_text(f"map {order[1]}")
    page.mouse.move(caption["x"] + 9, caption["y"] + 5)
    expect(reading).to_contain_text(f"map {order[1]}: effect ")
    expect(reading).to_contain_text("place 2 of 32")
    tiles(page).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(reading).to_contain_text(f"map {order[2]}: effect ")
    page.keyboard.press("Enter")
    level(page, "map")
    here = page.locator(".crumbs [aria-current]")
    expect(here).to_have_text(f"map {order[2]}")
    page.keyboard.press("ArrowRight")
    expect(here).to_have_text(f"map {order[3]}")
    page.keyboard.press("Escape")
    level(page, "layer")
    expect(captions(page).first).to_contain_text(f"map {order[0]}")


@pytest.mark.thorough
def test_another_input_is_put_in_order_anew(page: Page, server: str) -> None:
    open_explorer(page, server, f"{FASHION}&layer=pool3&map_order=effect")
    level(page, "layer")
    page.get_by_role("button", name="Bag", exact=True).click()
    expect(page.locator(".order-text")).to_contain_text("Bag")
    seen = trace(load("fashion_cnn"), load_fashion("test").images[18])
    numbers = effects(seen, "pool3", int(seen.logits.argmax()))
    first = int(np.abs(numbers).argmax())
    expect(captions(page).first.locator("b")).to_have_text(f"map {first}")


def test_dead_maps_and_silent_ones_are_counted_and_marked(page: Page, server: str) -> None:
    open_explorer(page, server, "?layer=block8_expand_relu6&map_order=strength")
    level(page, "layer")
    zeros = page.locator(".zeros")
    expect(zeros).to_contain_text("4 of 480 maps are dead: proved to be 0 for every picture.")
    expect(zeros).to_contain_text("more are 0 for this picture, perhaps not for others.")
    expect(captions(page).last).to_contain_text("dead")
    expect(zeros.locator(".zero-mark")).to_have_count(2)
    # The class scores have no effect on themselves: the setting waits for another layer.
    open_explorer(page, server, f"{FASHION}&layer=softmax&map_order=effect")
    expect(order_menu(page)).to_have_value("index")
    expect(captions(page)).to_have_count(0)
