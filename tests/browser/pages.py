"""Pages of one browser that share what it has loaded.

The app's scripts are megabytes. A context of its own for each test loads and compiles them anew, which
is a third of a page's processor time; so pages of one kind share a context, and each starts without
what an earlier one stored.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

_CONTEXTS: WeakKeyDictionary[Browser, dict[tuple[bool, bool], BrowserContext]] = WeakKeyDictionary()

_FORGET = """
if (location.protocol.startsWith("http") && window.top === window && !sessionStorage.begun) {
  localStorage.clear();
  sessionStorage.begun = "1";
}
"""


def some_first(values: Iterable[str], *kept: str) -> list[Any]:
    """Return values for a test's parameters: all but those to keep are for `make thorough`."""
    rest = pytest.mark.thorough
    return [pytest.param(one, marks=() if one in kept else rest) for one in values]


OpenPage: TypeAlias = Callable[..., Page]
"""Opens an empty page, as `new_page` does in the test's browser; it is closed when the test is over."""


def new_page(
    browser: Browser,
    width: int = 1280,
    height: int = 800,
    *,
    touch: bool = False,
    mobile: bool = False,
    still: bool = False,
    dark: bool = False,
) -> Page:
    """Open an empty page that knows nothing of earlier ones.

    Args:
        browser: whose pages share what was loaded.
        width, height: of the window, in px.
        touch: it has a touch screen.
        mobile: it is shown as on a phone.
        still: its visitor wants nothing to move.
        dark: its visitor wants dark pages.
    """
    contexts = _CONTEXTS.setdefault(browser, {})
    kind = (touch, mobile)
    if kind not in contexts:
        contexts[kind] = browser.new_context(has_touch=touch, is_mobile=mobile)
    page = contexts[kind].new_page()
    page.add_init_script(_FORGET)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(
        reduced_motion="reduce" if still else "no-preference",
        color_scheme="dark" if dark else "light",
    )
    page.set_default_timeout(30_000)
    return page
