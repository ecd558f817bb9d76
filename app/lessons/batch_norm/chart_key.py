"""What the colors of a chart mean, as a line above it: a chart's own legend does not know sizes."""

from collections.abc import Iterable
from html import escape


def chart_key(heading: str, inks: Iterable[tuple[str, str]]) -> str:
    """Write a heading, and each name with its color, as HTML.

    >>> chart_key("Height: %", [("ReLU", "#000000")])
    '<p class="norm-key">Height: %<span><i style="background:#000000"></i>ReLU</span></p>'
    """
    names = "".join(
        f'<span><i style="background:{ink}"></i>{escape(name)}</span>' for name, ink in inks
    )
    return f'<p class="norm-key">{escape(heading)}{names}</p>'
