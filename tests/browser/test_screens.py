"""Every page at every size it is shown at: nothing is cut off, covered or too small to read."""

import pytest

from app.catalogue import LESSONS
from tests.browser.pages import OpenPage
from tests.browser.screens import Screen, faults, open_lesson

LAPTOPS = ((1920, 1080), (1280, 800), (1280, 720), (1024, 768))
TOUCHED = ((820, 1180), (390, 844))
SCREENS = (
    *(Screen(width=width, height=height) for width, height in LAPTOPS),
    *(Screen(width=width, height=height, touch=True) for width, height in TOUCHED),
    *(Screen(width=width, height=height, classroom=True) for width, height in LAPTOPS),
)


@pytest.mark.parametrize("lesson", ["", *(one.key for one in LESSONS)])
def test_nothing_is_cut_off_covered_or_too_small(
    open_page: OpenPage, server: str, lesson: str
) -> None:
    page = open_page(still=True)
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    for classroom in (False, True):
        first, *others = (one for one in SCREENS if one.classroom == classroom)
        page.set_viewport_size({"width": first.width, "height": first.height})
        open_lesson(page, server, lesson, first.query)
        for screen in (first, *others):
            found += faults(page, devtools, screen)
    assert not found, "\n" + "\n".join(found)
