"""What the tests do to the picture in use, in a reader's words."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect


def caption(page: Page) -> Locator:
    """The button that says which picture is in use, on every lesson."""
    return page.locator("[class*=st-key-picture_chip]").get_by_role("button")


def choice(page: Page) -> Locator:
    """The list of pictures; opened where it is behind the picture's button."""
    expect(page.locator(".toolbar").first).to_be_visible()  # which comes after the button
    chip = caption(page)
    if chip.count() and chip.get_attribute("aria-expanded") != "true":
        chip.click()
    return page.get_by_test_id("stPopoverBody")


def close_choice(page: Page) -> None:
    if caption(page).get_attribute("aria-expanded") == "true":
        caption(page).click()
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def choose(page: Page, name: str) -> None:
    """Choose a picture from the list, which closes."""
    choice(page).get_by_role("button", name=name, exact=True).click()
    expect(caption(page)).to_contain_text(name)


def pixels(height: int, width: int) -> np.ndarray:
    """A picture without large even parts, of any size."""
    down, across = np.mgrid[:height, :width]
    channels = np.stack([down % 256, across % 256, (down + across) % 256], axis=-1)
    return channels.astype(np.uint8)


def as_png(image: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()


def png(height: int, width: int) -> bytes:
    return as_png(pixels(height, width))


def upload(page: Page, name: str, data: bytes) -> None:
    choice(page).locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "", "buffer": data}
    )


def size_choice(page: Page) -> Locator:
    return choice(page).get_by_role("switch", name="Up to 1024 pixels a side")


def choose_size(page: Page, height: int, width: int) -> None:
    """Turn to the other size, which is `height` × `width`."""
    # What can be pressed is the label; the switch itself is one pixel.
    choice(page).get_by_text("Up to 1024 pixels a side").click()
    expect(caption(page)).to_contain_text(f"{height}\u00a0×\u00a0{width}")
