"""The settings of Step by step as flat text, and what they mean once read.

A setting is one `Setting` in `SETTINGS`; the link carries each under its key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypedDict

import numpy as np

from app.lessons.step_by_step.grid_text import CELL_LIMIT, WEIGHT_LIMIT, grid_reader
from app.session.settings import (
    Setting,
    by_key,
    named,
    number,
    one_of,
    place,
    read_all,
    registered_in,
    whole,
)
from cnn_core import activations
from cnn_core.errors import CnnCoreError
from cnn_core.kernels import KERNELS
from cnn_core.pooling import PoolingKind

MODES = {
    "convolution": "Convolution",
    "max": "Max pool",
    "average": "Mean pool",
    "line": "1-D signal",
}
SOURCES = {
    "lecture_3x4": "Lecture 3 × 4",
    "lecture_2x2": "Ones 2 × 2",
    "edge": "Edge",
    "colors": "Three channels",
    "patch": "My picture",
    "drawn": "Draw",
    "lecture_4x4": "Max pool 4 × 4",
}
"""The inputs by key, and what their buttons say."""
SPEEDS = ("0.25", "0.5", "1", "2", "4", "8")
LETTERS = {"numbers": "numbers", "both": "numbers and letters", "letters": "letters"}
SIDE_MAX, SIDE_MAX_MANY, KERNEL_MAX, SIGNAL_MAX = 16, 10, 7, 32
STRIDE_MAX, PADDING_MAX, DILATION_MAX, POOL_MAX, BLOCK_MAX = 4, 3, 3, 4, 64
LINE_LIMIT = 10.0
_PRESETS = tuple(key for key, one in KERNELS.items() if max(one.array.shape) <= KERNEL_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBox:
    """A box on the picture: its first pixel, and how many pixels go into one cell (a side)."""

    row: int
    column: int
    block: int


USUAL_BOX = PictureBox(row=33, column=145, block=6)


class ConvolutionOptions(TypedDict):
    """Keywords of a convolution; pairs are vertical and horizontal."""

    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    bias: float
    flip: bool


class PoolingOptions(TypedDict):
    """Keywords of a pooling."""

    size: int
    stride: int
    padding: int
    kind: PoolingKind
    count_padding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepByStepSettings:
    """All settings of Step by step, read and checked one by one.

    Attributes:
        mode: what the window does; "line" is a convolution along one dimension.
        source: which input it slides over; see `operands.input_of`.
        preset: key of the ready-made kernel in use, "" for weights of one's own.
        weights: the kernel, float64 (kh, kw, slices).
        channels: how many channels a patch of the picture has.
        signal, line: the input and the kernel of mode "line", float64 (1, length, 1).
        cells: the drawn input, float64 (H, W, C).
        patch: where the patch is cut out of the picture.
        side: how many cells the patch has on a side.
        letters: whether the sum is written with numbers, letters or both.
        at: the output (row, column) that is held still, None while the window moves.
    """

    mode: Literal["convolution", "max", "average", "line"]
    source: str
    preset: str
    weights: np.ndarray = field(repr=False)
    channels: int
    stride: int
    padding: int
    dilation: int
    flip: bool
    bias: float
    activation: str
    pool_size: int
    pool_stride: int
    pool_padding: int
    count_padding: bool
    signal: np.ndarray = field(repr=False)
    line: np.ndarray = field(repr=False)
    cells: np.ndarray = field(repr=False)
    patch: PictureBox
    side: int
    letters: str
    speed: str
    at: tuple[int, int] | None

    @property
    def pools(self) -> bool:
        """Whether the window pools instead of multiplying by weights and adding."""
        return self.mode in ("max", "average")

    @property
    def strides(self) -> tuple[int, int]:
        """The kernel's stride (vertical, horizontal); a signal has one row."""
        return (1, self.stride) if self.mode == "line" else (self.stride, self.stride)

    @property
    def paddings(self) -> tuple[int, int]:
        """The padding (vertical, horizontal)."""
        return (0, self.padding) if self.mode == "line" else (self.padding, self.padding)

    @property
    def dilations(self) -> tuple[int, int]:
        """The dilation (vertical, horizontal)."""
        return (1, self.dilation) if self.mode == "line" else (self.dilation, self.dilation)

    @property
    def kind(self) -> PoolingKind:
        """The kind of pooling, as `cnn_core` calls it."""
        return "average" if self.mode == "average" else "max"

    @property
    def convolution_options(self) -> ConvolutionOptions:
        """The settings that `convolve` and `slide` take as keywords."""
        return {
            "stride": self.strides,
            "padding": self.paddings,
            "dilation": self.dilations,
            "bias": self.bias,
            "flip": self.flip,
        }

    @property
    def pooling_options(self) -> PoolingOptions:
        """The settings that `pool` and `slide_pool` take as keywords."""
        return {
            "size": self.pool_size,
            "stride": self.pool_stride,
            "padding": self.pool_padding,
            "kind": self.kind,
            "count_padding": self.count_padding,
        }


def _weights(text: str) -> str | np.ndarray:
    if text in _PRESETS:
        return text
    if text.isidentifier():
        raise CnnCoreError(f"there is no kernel called {text[:40]!r} that fits here.")
    read = grid_reader(most_rows=KERNEL_MAX, most_columns=KERNEL_MAX, limit=WEIGHT_LIMIT)
    return read(text)


def _patch(text: str) -> PictureBox:
    parts = text.split(",")
    if len(parts) != 3:
        raise CnnCoreError(f"it is a row, a column and a cell's side, not {text[:40]!r}.")
    row, column = (whole(0, 9999)(part) for part in parts[:2])
    return PictureBox(row=row, column=column, block=whole(1, BLOCK_MAX)(parts[2]))


_row = grid_reader(most_rows=1, most_columns=SIGNAL_MAX, most_slices=1, limit=LINE_LIMIT)
_taps = grid_reader(most_rows=1, most_columns=KERNEL_MAX, most_slices=1, limit=LINE_LIMIT)
_drawn = grid_reader(most_rows=SIDE_MAX, most_columns=SIDE_MAX, limit=CELL_LIMIT)
_FLAG = named({"0": "no", "1": "yes"})

SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="walk_mode", name="mode", default="convolution", read=named(MODES)),
    Setting(key="walk_source", name="input", default="lecture_3x4", read=named(SOURCES)),
    Setting(key="walk_weights", name="kernel", default="1,0;-1,2", read=_weights),
    Setting(key="walk_channels", name="number of channels", default="1", read=whole(1, 3)),
    Setting(key="walk_stride", name="stride", default="1", read=whole(1, STRIDE_MAX)),
    Setting(key="walk_padding", name="padding", default="0", read=whole(0, PADDING_MAX)),
    Setting(key="walk_dilation", name="dilation", default="1", read=whole(1, DILATION_MAX)),
    Setting(key="walk_flip", name="flip", default="0", read=_FLAG),
    Setting(key="walk_bias", name="bias", default="0", read=number(-CELL_LIMIT, CELL_LIMIT)),
    Setting(
        key="walk_activation",
        name="activation",
        default="identity",
        read=registered_in(
            lambda: {key: one.title for key, one in activations.ACTIVATIONS.items()}
        ),
    ),
    Setting(key="walk_pool", name="pool size", default="2", read=whole(1, POOL_MAX)),
    Setting(key="walk_pool_stride", name="pool stride", default="2", read=whole(1, STRIDE_MAX)),
    Setting(key="walk_pool_padding", name="pool padding", default="0", read=whole(0, 2)),
    Setting(key="walk_count", name="counting of padding", default="0", read=_FLAG),
    Setting(
        key="walk_signal",
        name="signal",
        default="0,0,0,5,5,5,5,0,0,0,8,0,0,0,2,4,6,8,8,8",
        read=_row,
    ),
    Setting(key="walk_line", name="one-dimensional kernel", default="-1,0,1", read=_taps),
    Setting(
        key="walk_cells",
        name="drawn cells",
        default="0,0,0,0,0,0;0,9,9,9,9,0;0,9,0,0,0,0;0,9,9,9,0,0;0,9,0,0,0,0;0,0,0,0,0,0",
        read=_drawn,
    ),
    Setting(
        key="walk_patch",
        name="patch",
        default=f"{USUAL_BOX.row},{USUAL_BOX.column},{USUAL_BOX.block}",
        read=_patch,
    ),
    Setting(key="walk_side", name="side of the patch", default="10", read=whole(2, SIDE_MAX)),
    Setting(key="walk_letters", name="choice of letters", default="both", read=named(LETTERS)),
    Setting(key="walk_speed", name="speed", default="1", read=one_of(*SPEEDS)),
    Setting(key="walk_at", name="pinned place", default="", read=place(99, example="0,1")),
)
PRESETS: Mapping[str, str] = MappingProxyType({key: KERNELS[key].name for key in _PRESETS})
"""Names of the ready-made kernels that fit, by key."""

SHAPING = (
    "walk_mode",
    "walk_source",
    "walk_weights",
    "walk_channels",
    "walk_stride",
    "walk_padding",
    "walk_dilation",
    "walk_flip",
    "walk_bias",
    "walk_activation",
    "walk_pool",
    "walk_pool_stride",
    "walk_pool_padding",
    "walk_count",
    "walk_at",
)
"""Settings that an example sets anew; what was drawn, picked or chosen for looks stays."""


def read_settings(texts: Mapping[str, object]) -> StepByStepSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"walk_stride": "2"}).stride
    2
    """
    read = read_all(SETTINGS, texts, owner="Step by step")
    weights = read["walk_weights"]
    preset = weights if isinstance(weights, str) else ""
    source = read["walk_source"]
    if source == "patch" and read["walk_channels"] > 1 and read["walk_side"] > SIDE_MAX_MANY:
        raise CnnCoreError(
            f"With several channels a patch has at most {SIDE_MAX_MANY} cells a side, "
            f"not {read['walk_side']}."
        )
    return StepByStepSettings(
        mode=read["walk_mode"],
        source=source,
        preset=preset,
        weights=KERNELS[preset].array[:, :, None] if preset else weights,
        channels=read["walk_channels"],
        stride=read["walk_stride"],
        padding=read["walk_padding"],
        dilation=read["walk_dilation"],
        flip=read["walk_flip"] == "1",
        bias=read["walk_bias"],
        activation=read["walk_activation"],
        pool_size=read["walk_pool"],
        pool_stride=read["walk_pool_stride"],
        pool_padding=read["walk_pool_padding"],
        count_padding=read["walk_count"] == "1",
        signal=read["walk_signal"],
        line=read["walk_line"],
        cells=read["walk_cells"],
        patch=read["walk_patch"],
        side=read["walk_side"],
        letters=read["walk_letters"],
        speed=read["walk_speed"],
        at=read["walk_at"],
    )
