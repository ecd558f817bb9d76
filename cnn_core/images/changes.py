"""What loading changes of a picture, as plain facts; whoever shows the picture makes the sentences.

Rows and columns are those of the loaded picture, after the camera's orientation was applied.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Axis: TypeAlias = Literal["rows", "columns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstFrame:
    """Only the first frame of an animation is shown; `frames` is None where nobody counted."""

    frames: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRows:
    """The file ends early: the last `rows` of the file's `of` rows are not in it."""

    rows: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MiddleKept:
    """A very long picture was cut: the middle `kept` of `of` rows or columns are shown."""

    axis: Axis
    kept: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """The picture was made smaller; `height` and `width` are those before, in pixels."""

    height: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FewerBits:
    """The file has `bits` for each value, the loaded picture 8."""

    bits: int


@dataclass(frozen=True, slots=True)
class OnWhite:
    """Some pixels are transparent in the file: they were laid on white."""


Change: TypeAlias = FirstFrame | MissingRows | MiddleKept | Reduced | FewerBits | OnWhite


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedImage:
    """A loaded picture, `uint8 (H, W, 3)`, and what loading changed of it."""

    pixels: NDArray[np.uint8]
    changes: tuple[Change, ...]
