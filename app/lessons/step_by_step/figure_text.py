"""Text in an exported picture, with the signs of mathematics that Pillow's own font lacks."""

from functools import cache
from itertools import groupby

from PIL import ImageDraw, ImageFont

SIGNS = frozenset("−×→∗⊛")
"""What is drawn with lines: minus, times, an arrow, the signs of convolution and of
cross-correlation."""


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return Pillow's own font in this size."""
    return ImageFont.load_default(size)


def text_width(text: str, size: int) -> float:
    """Measure a text in pixels.

    >>> text_width("−", 20) == text_width("+", 20)
    True
    """
    return sum(
        len(run) * font(size).getlength("+") if signs else font(size).getlength(run)
        for signs, run in _runs(text)
    )


def draw_text(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    *,
    fill: tuple[int, int, int],
    size: int,
    centered: bool = False,
) -> None:
    """Write a text from its top left corner, or around its middle."""
    x, y = at
    _, top, _, bottom = font(size).getbbox("0")
    if centered:
        x -= text_width(text, size) / 2
        y -= (top + bottom) / 2
    middle = y + (top + bottom) / 2
    for signs, run in _runs(text):
        if not signs:
            pen.text((x, y), run, fill=fill, font=font(size))
            x += font(size).getlength(run)
            continue
        for sign in run:
            wide = font(size).getlength("+")
            _draw_sign(pen, (x + wide / 2, middle), sign, fill=fill, size=size)
            x += wide


def _runs(text: str) -> list[tuple[bool, str]]:
    """Cut a text into signs and what the font has, in turn."""
    return [(signs, "".join(run)) for signs, run in groupby(text, lambda one: one in SIGNS)]


def _draw_sign(
    pen: ImageDraw.ImageDraw,
    middle: tuple[float, float],
    sign: str,
    *,
    fill: tuple[int, int, int],
    size: int,
) -> None:
    """Draw a sign as lines through, or around, its middle."""
    arm = 0.22 * size
    slant, upright = 0.5 * arm, 0.87 * arm
    star = [(-upright, y, upright, -y) for y in (-slant, slant)] + [(0, -arm, 0, arm)]
    strokes: dict[str, list[tuple[float, float, float, float]]] = {
        "−": [(-arm, 0, arm, 0)],
        "×": [(-0.75 * arm, y, 0.75 * arm, -y) for y in (-0.75 * arm, 0.75 * arm)],
        "→": [(-arm, 0, arm, 0), *((0, y, arm, 0) for y in (-upright, upright))],
        "∗": star,
        "⊛": [(0.7 * x0, 0.7 * y0, 0.7 * x1, 0.7 * y1) for x0, y0, x1, y1 in star],
    }
    wide = max(1, round(size / 11))
    if sign == "⊛":
        around = 1.2 * arm
        ends = (middle[0] - around, middle[1] - around, middle[0] + around, middle[1] + around)
        pen.ellipse(ends, outline=fill, width=wide)
    for left, top, right, bottom in strokes[sign]:
        ends = (middle[0] + left, middle[1] + top, middle[0] + right, middle[1] + bottom)
        pen.line(ends, fill=fill, width=wide)
