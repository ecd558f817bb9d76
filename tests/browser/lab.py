"""What the tests of the Kernel lab do to the page, in a reader's words."""

import io
import re

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

READY = "[data-panel=response] canvas[aria-label^=Response]"


def open_lab(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/kernel_lab{query}")
    expect(page.locator(READY)).to_be_visible()


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f".painter .cell[data-row='{row}'][data-column='{column}']")


def unfold(page: Page, label: str) -> None:
    """Open what is behind a button, unless it is open."""
    button = page.locator("summary", has_text=re.compile(f"^{label}$"))
    if not button.evaluate("button => button.parentElement.open"):
        button.click()


def slider(page: Page, key: str) -> Locator:
    return _unfolded(page, page.locator(f"input[data-key={key}]"))


def menu(page: Page, key: str) -> Locator:
    return _unfolded(page, page.locator(f"select[data-key={key}]"))


def _unfolded(page: Page, control: Locator) -> Locator:
    label = control.evaluate("control => control.closest('.fold')?.firstChild.textContent")
    if label:
        unfold(page, label)
    return control


def show_result(page: Page, panel: str) -> None:
    """Choose what stands beside the picture: "response", "activated", "pooled" or "all"."""
    page.locator(f".switch [data-shows={panel}]").click()


def painted(page: Page, panel: str = "response") -> list[int]:
    """Some pixels of a canvas as they stand on the screen: enough to tell two pictures apart."""
    found: list[int] = page.locator(f"[data-panel={panel}] canvas").evaluate(
        """canvas => {
            const { data } = canvas.getContext("2d", { alpha: false }).getImageData(0, 0, canvas.width, canvas.height);
            const some = [];
            for (let at = 0; at < data.length; at += 4 * 997) some.push(data[at], data[at + 1], data[at + 2]);
            return some;
        }"""
    )
    return found


def shape(page: Page, panel: str) -> Locator:
    return page.locator(f"[data-panel={panel}] .shape")


def visit(page: Page, title: str) -> None:
    """Go to another page by the outline."""
    page.get_by_test_id("stSidebarNavLink").filter(has_text=title).click()
    expect(page.locator("h1")).to_contain_text(title)


def phone_jpeg() -> bytes:
    """A landscape photograph as a phone stores it when held upright: turned, with a note to turn it back."""
    rows, columns = np.mgrid[0:300, 0:400]
    pixels = np.stack([columns % 256, rows % 256, (rows + columns) % 256], axis=-1).astype(np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn by 90 degrees clockwise to show
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", exif=exif, quality=92)
    return stream.getvalue()
