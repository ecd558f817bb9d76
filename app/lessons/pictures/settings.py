"""The settings of Pictures are numbers as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.session.settings import Setting, by_key, named, place, read_all, whole_or_none

VIEWS = {"rgb": "R G B", "red": "Red", "green": "Green", "blue": "Blue", "gray": "Gray"}
TINTS = {"tinted": "in color", "gray": "in gray"}
CELLS = 8
CLASSROOM_CELLS = 5
"""Pixels along a side of the patch where nobody chose: fewer and larger ones for the last row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesSettings:
    """All settings of Pictures are numbers, read and checked.

    Attributes:
        view: what the magnifier shows of each pixel.
        cells: pixels along a side of the magnified patch, None where nobody chose.
        at: row and column of the pixel that the magnifier is held at, None where it follows the
            pointer; it may lie outside the picture in use.
        tint: whether the channels are shown in their own colors or in gray.
    """

    view: str
    cells: int | None
    at: tuple[int, int] | None
    tint: Literal["tinted", "gray"]


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="look", name="view", default="rgb", read=named(VIEWS)),
    Setting(key="cells", name="patch size", default="", read=whole_or_none(1, 16)),
    Setting(key="at", name="held pixel", default="", read=place(9999, example="120,64")),
    Setting(key="tint", name="tint", default="tinted", read=named(TINTS)),
)


def lies_in(at: tuple[int, int], shape: tuple[int, ...]) -> bool:
    """Tell whether a pixel, row and column from 0, lies in a picture of this shape, (H, W[, C])."""
    return at[0] < shape[0] and at[1] < shape[1]


def read_settings(texts: Mapping[str, object]) -> PicturesSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"at": "3,4"}).at
    (3, 4)
    """
    read = read_all(SETTINGS, texts, owner="Pictures are numbers")
    return PicturesSettings(view=read.pop("look"), **read)
