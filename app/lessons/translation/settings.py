"""The settings of Max pooling and translation as flat text, and what they mean once read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.session.settings import (
    Setting,
    by_key,
    named,
    number,
    read_all,
    registered_in,
    whole,
)
from cnn_core.activations import ACTIVATIONS
from cnn_core.errors import CnnCoreError, quoted
from cnn_core.pooling import PoolingKind
from cnn_core.translation import DOWNSAMPLINGS, Downsampling, Shift

VIEWS = {
    "numbers": "By numbers",
    "picture": "Your picture",
    "network": "Through a network",
    "order": "Activation first?",
}
KINDS: Mapping[PoolingKind, str] = {"max": "Max", "average": "Average"}
COMPARED = {"place": "in the same place", "moved": "moved along"}
MOST_SHIFT = 16
"""Pixels that a picture is shifted at most, up, down, left and right."""
MOST_LAYERS = 4
LARGEST_X = 128
MOST_COLUMNS = 3
LARGEST_BIAS = 8
# One way to write each number: a link keeps what it was opened with.
_PIXELS = "(0|-?[1-9][0-9]?)"
_SHIFT = re.compile(f"{_PIXELS},{_PIXELS}")


def read_shift(text: str) -> Shift:
    """Read rows down and columns to the right.

    Raises:
        CnnCoreError: if it is anything else, or farther than `MOST_SHIFT`.

    >>> read_shift("-2,7")
    (-2, 7)
    """
    if found := _SHIFT.fullmatch(text):
        down, across = int(found[1]), int(found[2])
        if max(abs(down), abs(across)) <= MOST_SHIFT:
            return down, across
    raise CnnCoreError(
        f"it is rows and columns from -{MOST_SHIFT} to {MOST_SHIFT}, as in 0,3, not {quoted(text)}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationSettings:
    """All settings of Max pooling and translation, read and checked.

    Attributes:
        view: which part of the lesson is open.
        x: the value of the column that enters at the left of the matrix.
        columns: how many such columns enter.
        kind: how the matrix is pooled.
        by: how far the picture is shifted.
        downsampling: whose maps are shown.
        layers: how many pooling layers there are in a row.
        moved_along: whether the first map is moved along before both are compared.
        activation: the key of the activation that comes before or after pooling.
        bias: what is added to the small grid before the activation.
    """

    view: str
    x: int
    columns: int
    kind: PoolingKind
    by: Shift
    downsampling: Downsampling
    layers: int
    moved_along: bool
    activation: str
    bias: float


def _activations() -> Mapping[str, str]:
    return {key: one.title for key, one in ACTIVATIONS.items()}


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="shift_view", name="view", default="numbers", read=named(VIEWS)),
    Setting(key="shift_x", name="value x", default="0", read=whole(0, LARGEST_X)),
    Setting(
        key="shift_columns", name="number of columns", default="1", read=whole(0, MOST_COLUMNS)
    ),
    Setting(
        key="shift_kind",
        name="pooling of the matrix",
        default="max",
        read=named({str(key): name for key, name in KINDS.items()}),
    ),
    Setting(key="shift_by", name="shift", default="0,1", read=read_shift),
    Setting(
        key="shift_downsampling",
        name="kind of layer",
        default="max",
        read=named({str(key): name for key, name in DOWNSAMPLINGS.items()}),
    ),
    Setting(key="shift_layers", name="number of layers", default="1", read=whole(1, MOST_LAYERS)),
    Setting(key="shift_compare", name="comparison", default="place", read=named(COMPARED)),
    Setting(
        key="shift_activation",
        name="activation",
        default="relu",
        read=registered_in(_activations),
    ),
    Setting(
        key="shift_bias",
        name="bias",
        default="0",
        read=number(-LARGEST_BIAS, LARGEST_BIAS),
    ),
)


def read_settings(texts: Mapping[str, object]) -> TranslationSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"shift_by": "3,-4"}).by
    (3, -4)
    """
    read = read_all(SETTINGS, texts, owner="Max pooling and translation")
    return TranslationSettings(
        view=read["shift_view"],
        x=read["shift_x"],
        columns=read["shift_columns"],
        kind=read["shift_kind"],
        by=read["shift_by"],
        downsampling=read["shift_downsampling"],
        layers=read["shift_layers"],
        moved_along=read["shift_compare"] == "moved",
        activation=read["shift_activation"],
        bias=read["shift_bias"],
    )


def shift_text(by: Shift) -> str:
    """Write a shift as its setting has it.

    >>> shift_text((-2, 7))
    '-2,7'
    """
    return f"{by[0]},{by[1]}"
