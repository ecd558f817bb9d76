"""The settings of What does it look at? as flat text; network, layer and map are Inside a CNN's."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.settings import Setting, by_key, registered_in, whole, whole_or_none
from cnn_core.errors import CnnCoreError
from cnn_core.networks.attribution import methods

NO_METHOD = "none"
"""Instead of a method: nothing lies over the picture."""

MOST = 4096


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
        raise CnnCoreError(f"it is a row, a column and a side, as in 8,16,64, not {text[:40]!r}.")
    try:
        top, left = (whole(0, MOST)(part) for part in parts[:2])
        return Square(top=top, left=left, side=whole(1, MOST)(parts[2]))
    except CnnCoreError as error:
        raise CnnCoreError(f"it is a row, a column and a side; of these {error}") from error


def square_fits(square: Square, size: tuple[int, int]) -> bool:
    """Tell whether a square lies inside a view of (height, width) pixels."""
    return square.top + square.side <= size[0] and square.left + square.side <= size[1]


def method_names() -> dict[str, str]:
    """Name what can lie over the picture, by key."""
    return {**{one.key: one.short_title for one in methods.METHODS.values()}, NO_METHOD: "None"}


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="class", name="class", default="", read=whole_or_none(0, 9999)),
    Setting(
        key="heat",
        name="attribution over the picture",
        default="grad_cam",
        read=registered_in(method_names),
    ),
    Setting(key="square", name="gray square", default="", read=read_square),
)
