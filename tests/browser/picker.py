"""What the tests do to the picture in use, in a reader's words."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect


def sidebar(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar")


def caption(page: Page) -> Locator:
    return page.locator(".picture-in-use figcaption")


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
    sidebar(page).locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "", "buffer": data}
    )


def size_choice(page: Page) -> Locator:
    return sidebar(page).get_by_role("switch", name="Up to 1024 pixels a side")


def choose_size(page: Page, height: int, width: int) -> None:
    """Turn to the other size, which is `height` × `width`."""
    # What can be pressed is the label; the switch itself is one pixel.
    sidebar(page).get_by_text("Up to 1024 pixels a side").click()
    expect(caption(page)).to_contain_text(f"{height}\u00a0×\u00a0{width}\u00a0×\u00a03")
