"""What the tests of Inside a CNN do to the page, in a reader's words."""

from playwright.sync_api import Locator, Page, expect

EXPLORER = ".explorer[data-settled]"


def open_explorer(page: Page, server: str, query: str = "") -> None:
    """Open the page without the opening glide, and wait until everything in sight is painted."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server}/inside_cnn{query}")
    expect(page.locator(EXPLORER)).to_be_visible(timeout=60_000)


def level(page: Page, name: str) -> None:
    """Wait until the explorer shows that depth, painted."""
    expect(page.locator(f".explorer[data-level={name}][data-settled]")).to_be_visible()


def choose(page: Page, setting: str, value: str) -> None:
    """Choose one of the settings under "More"."""
    page.locator("summary", has_text="More").click()
    page.get_by_label(setting, exact=True).select_option(value)
    page.keyboard.press("Escape")


def column(page: Page, layer: str) -> Locator:
    return page.locator(f".column[data-layer={layer}]")


def sheet(page: Page, layer: str) -> Locator:
    return column(page, layer).locator("canvas.tiles")


def first_score(page: Page) -> Locator:
    return page.locator(".score.first .name")


def settled(page: Page) -> str:
    return page.locator(EXPLORER).get_attribute("data-settled") or ""


def pixels(canvas: Locator) -> list[int]:
    """Some pixels of a canvas, enough to tell two pictures apart."""
    found: list[int] = canvas.evaluate(
        """canvas => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const some = [];
            for (let at = 0; at < data.length; at += 4 * 31) some.push(data[at], data[at + 1], data[at + 2]);
            return some;
        }"""
    )
    return found


def box_of(locator: Locator) -> dict[str, float]:
    box = locator.bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}
