"""Step by step: whatever is pointed at, no two texts lie over each other."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import OpenPage, some_first

SIZES = {
    "laptop": (1280, 800, ""),
    "tablet": (1024, 768, ""),
    "phone": (390, 844, ""),
    "projector": (1280, 720, "classroom=1"),
    "old projector": (1024, 768, "classroom=1"),
}
LINKS = (
    "",
    "walk_padding=1",
    "walk_letters=letters",
    "walk_source=edge&walk_weights=sobel_x",
    "walk_source=patch",
    "walk_mode=line",
    "walk_source=colors&walk_weights=1,0;1,0|-1,-1;-1,-1|0,1;0,1&walk_channels=3",
)

# A text's ink is about seven tenths of its font's height; what a scrolling part cuts off is not seen.
OVERLAPS = r"""explorer => {
    const seen = [];
    const nodes = document.createTreeWalker(explorer, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        const text = nodes.currentNode.textContent.trim();
        const parent = nodes.currentNode.parentElement;
        const isShown = parent.checkVisibility({ visibilityProperty: true });
        if (!text || !isShown || parent.closest("option, .spoken")) continue;
        // On a phone the bar lies over what is below it, on a ground of its own.
        const bar = parent.closest(".transport");
        if (bar && getComputedStyle(bar).position === "sticky") continue;
        const range = document.createRange();
        range.selectNodeContents(nodes.currentNode);
        for (const box of range.getClientRects()) {
            const middle = (box.top + box.bottom) / 2;
            const half = Math.min(box.height, 0.7 * parseFloat(getComputedStyle(parent).fontSize)) / 2;
            const ink = { left: box.left, right: box.right, top: middle - half, bottom: middle + half };
            for (let outer = parent; outer && outer !== explorer; outer = outer.parentElement) {
                if (getComputedStyle(outer).overflow === "visible") continue;
                const cut = outer.getBoundingClientRect();
                ink.left = Math.max(ink.left, cut.left);
                ink.right = Math.min(ink.right, cut.right);
                ink.top = Math.max(ink.top, cut.top);
                ink.bottom = Math.min(ink.bottom, cut.bottom);
            }
            if (ink.right - ink.left > 1 && ink.bottom - ink.top > 1) seen.push({ text, ink });
        }
    }
    const found = [];
    seen.forEach(({ text, ink }, at) => {
        for (const other of seen.slice(at + 1)) {
            const wide = Math.min(ink.right, other.ink.right) - Math.max(ink.left, other.ink.left);
            const high = Math.min(ink.bottom, other.ink.bottom) - Math.max(ink.top, other.ink.top);
            if (wide > 1 && high > 1) found.push(`${text} and ${other.text}`);
        }
    });
    return found;
}"""


# On a phone there is least room.
@pytest.mark.parametrize("size", some_first(SIZES, "phone"))
@pytest.mark.thorough
def test_no_two_texts_lie_over_each_other(open_page: OpenPage, server: str, size: str) -> None:
    width, height, mode = SIZES[size]
    page = open_page(width, height, still=True)
    found = {link: pointed_at(page, f"{server}/step_by_step?{link}&{mode}") for link in LINKS}
    assert found == {link: [] for link in LINKS}


def pointed_at(page: Page, address: str) -> list[str]:
    """Point at the first, middle and last cell of every grid; return the texts that lie over each other."""
    page.goto(address)
    expect(page.locator(".sum .heading")).not_to_be_empty()
    explorer = page.locator(".explorer")
    found: list[str] = []
    for role in ("input", "kernel", "output"):
        cells = page.locator(f".panel.{role} [data-at]")
        count = cells.count()
        for at in sorted({0, count // 2, count - 1}):
            cells.nth(at).hover()
            found += [f"{role} {at}: {one}" for one in explorer.evaluate(OVERLAPS)]
    return found
