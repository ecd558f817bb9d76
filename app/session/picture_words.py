"""What is said about a picture beside it: its name, and what was changed when it was loaded."""

import unicodedata
from collections.abc import Sequence

from app.drawing.numbers import number_text, shape_text
from cnn_core.images.changes import (
    Change,
    FewerBits,
    FirstFrame,
    MiddleKept,
    MissingRows,
    OnWhite,
    Reduced,
)

NAME_LENGTH = 28
"""Characters of a file's name that are shown, if nobody asks for fewer."""
_END = 9  # of these at the end, where names of one series differ, and where the ending is
_NO_NAME = "no name"
_JOINERS = "\u200c\u200d"  # between the parts of an emoji, and in Persian and Hindi words


def changes_text(changes: Sequence[Change]) -> str:
    """Say what loading changed, as one line without a period; "" if nothing was changed.

    >>> changes_text((FirstFrame(frames=12), Reduced(height=3000, width=4000)))
    'First frame of an animation of 12; reduced from 3000 × 4000'
    """
    text = "; ".join(_said(change) for change in changes)
    return text[:1].upper() + text[1:]


def _said(change: Change) -> str:
    match change:
        case FirstFrame(frames=None):
            return "first frame of an animation"
        case FirstFrame(frames=frames):
            return f"first frame of an animation of {frames}"
        case MissingRows(rows=1, of=of):
            return f"the last of {of} rows is missing from the file"
        case MissingRows(rows=rows, of=of):
            return f"the last {rows} of {of} rows are missing from the file"
        case MiddleKept(axis=axis, kept=kept, of=of):
            return f"the middle {kept} of {of} {axis}, because the picture is very long"
        case Reduced(height=height, width=width):
            return f"reduced from {height} × {width}"
        case FewerBits(bits=bits):
            return f"{bits}-bit values reduced to 8-bit"
        case OnWhite():
            return "transparent parts are shown on white"


def size_text(shown: tuple[int, ...], other: tuple[int, ...]) -> str:
    """Say what the larger of two sizes of one picture costs.

    Args:
        shown: (H, W, 3) of the size in use.
        other: (H, W, 3) of the size that could be.

    >>> size_text((341, 512, 3), (683, 1024, 3))
    'With 683 × 1024 it has 4.01 times as many pixels: a convolution takes about 4 times as long.'
    >>> size_text((683, 1024, 3), (341, 512, 3))
    'It has 4.01 times as many pixels as with 341 × 512: a convolution takes about 4 times as long.'
    """
    pixels = [height * width for height, width, *_ in (shown, other)]
    ratio = max(pixels) / min(pixels)
    size = shape_text(other[:2])
    times = f"{number_text(ratio, digits=3)} times as many pixels"
    longer = f"a convolution takes about {number_text(ratio, digits=2)} times as long."
    if pixels[0] < pixels[1]:
        return f"With {size} it has {times}: {longer}"
    return f"It has {times} as with {size}: {longer}"


def short_name(name: str, *, most: int = NAME_LENGTH) -> str:
    r"""Make a file's name safe to show in a line of other text, and short: its middle is left out.

    Characters that are not seen and change how others are written, as those that turn the direction
    of a line, are left out. Accents and the parts of an emoji stay with what they belong to.

    >>> short_name("holiday_in_the_mountains_2026_08_12_0042.jpg")
    'holiday_in_the_mou…_0042.jpg'
    >>> short_name("a\u202egpj.exe")
    'agpj.exe'
    """
    seen = "".join(one for one in name if _is_shown(one))
    letters = _letters(" ".join(seen.split()))
    if len(letters) > most:
        letters = [*letters[: most - _END - 1], "…", *letters[-_END:]]
    return "".join(letters) or _NO_NAME


def _is_shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")


def _letters(text: str) -> list[str]:
    """Split a text between characters that are read as one: letter and accents, one emoji."""
    letters: list[str] = []
    for character in text:
        goes_with = (
            unicodedata.category(character).startswith("M")
            or character in _JOINERS
            or "\U0001f3fb" <= character <= "\U0001f3ff"  # the tones of skin
        )
        # A pile of accents is cut too: it would cover the lines around it.
        if letters and len(letters[-1]) < 12 and (goes_with or letters[-1][-1] == "\u200d"):
            letters[-1] += character
        elif not (goes_with and letters):
            letters.append(character)
    return letters
