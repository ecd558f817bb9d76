"""The gray square that covers a part of what a network is shown: in the link, and where it fits."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.settings import Setting, by_key, whole
from cnn_core.errors import CnnCoreError

MOST = 4096
_SHARE = 0.3
_EXAMPLE = "8,16,6"
"""It lies inside the smallest view that networks have, 28 x 28."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """The gray square: its first row, first column and side, in pixels of what the network sees."""

    top: int
    left: int
    side: int


def read_square(text: str) -> Square | None:
    """Read "row,column,side"; "" leaves the square where the page puts it.

    Raises:
        CnnCoreError: if it is anything else.

    >>> read_square("8,16,64")
    Square(top=8, left=16, side=64)
    """
    if not text:
        return None
    parts = text.split(",")
    if len(parts) != 3:
        raise CnnCoreError(
            f"it is a row, a column and a side, as in {_EXAMPLE}, not {text[:40]!r}."
        )
    try:
        top, left = (whole(0, MOST)(part) for part in parts[:2])
        return Square(top=top, left=left, side=whole(1, MOST)(parts[2]))
    except CnnCoreError as error:
        raise CnnCoreError(f"it is a row, a column and a side; of these {error}") from error


def square_fits(square: Square, size: tuple[int, int]) -> bool:
    """Tell whether a square lies inside a view of (height, width) pixels."""
    return square.top + square.side <= size[0] and square.left + square.side <= size[1]


def usual_square(size: tuple[int, int]) -> Square:
    """Put a square of a third of the picture into the upper left.

    >>> usual_square((224, 224))
    Square(top=8, left=8, side=67)
    """
    return Square(top=size[0] // 28, left=size[1] // 28, side=round(_SHARE * min(size)))


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="square", name="gray square", default="", read=read_square),
)
