"""The way from a place in the Kernel lab to the same sum in Step by step.

Step by step shows fewer cells, and puts zeros around them. Where it cannot show a sum, a sentence
says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.lessons.kernel_lab.settings import KernelLabSettings
from cnn_core.convolution import OutputExplanation
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window
from cnn_core.kernels.choice import painted_text

KERNEL_MAX, STRIDE_MAX, PADDING_MAX, DILATION_MAX, WEIGHT_MAX = 7, 4, 3, 3, 99
"""What Step by step takes; a test asks its settings."""
SIDE_MAX, SIDE_MAX_MANY, SIDE_USUAL = 16, 10, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Where a patch begins along one axis, and which of its outputs the place is."""

    start: int
    output: int


def step_settings(
    shape: tuple[int, ...], settings: KernelLabSettings, cell: OutputExplanation, *, channel: int
) -> dict[str, str]:
    """Return the settings of Step by step that show an output of the Kernel lab.

    Args:
        shape: that of the picture, (height, width, ...).
        settings: the settings of the Kernel lab.
        cell: the output, and where its window lies.
        channel: which channel, where each has a map of its own.

    Raises:
        CnnCoreError: if Step by step cannot show it; says why.
    """
    layer = settings.layer
    check_settings(settings)
    _check_window(settings, cell)
    many = layer.combine != "gray"
    windows, starts = layer.windows, (int(cell.rows[0]), int(cell.columns[0]))
    for side, padding in _sizes(SIDE_MAX_MANY if many else SIDE_MAX):
        axes = [
            _axis(length, window, start, side=side, padding=padding)
            for length, window, start in zip(shape[:2], windows, starts, strict=True)
        ]
        down, across = axes
        if down and across:
            break
    else:
        raise CnnCoreError("This window does not fit into the cells that Step by step shows.")
    return {
        "walk_mode": "convolution",
        "walk_source": "patch",
        "walk_patch": f"{down.start},{across.start},1",
        "walk_side": str(side),
        "walk_channels": "3" if many else "1",
        "walk_weights": _weights_text(settings, channel),
        "walk_stride": str(layer.stride),
        "walk_padding": str(padding),
        "walk_dilation": str(layer.dilation),
        "walk_flip": "1" if layer.flip else "0",
        "walk_bias": f"{layer.bias:g}",
        "walk_activation": layer.activation,
        "walk_at": f"{down.output},{across.output}",
    }


def check_settings(settings: KernelLabSettings) -> None:
    """Refuse settings that Step by step does not have.

    Raises:
        CnnCoreError: says which.
    """
    layer = settings.layer
    if max(layer.weights.shape) > KERNEL_MAX:
        raise CnnCoreError(
            f"Step by step has kernels of at most {KERNEL_MAX} × {KERNEL_MAX} weights."
        )
    if layer.stride > STRIDE_MAX:
        raise CnnCoreError(f"Step by step has a stride of at most {STRIDE_MAX}.")
    if layer.dilation > DILATION_MAX:
        raise CnnCoreError(f"Step by step has a dilation of at most {DILATION_MAX}.")
    if np.abs(layer.weights).max() > WEIGHT_MAX:
        raise CnnCoreError(f"Step by step has weights from −{WEIGHT_MAX} to {WEIGHT_MAX}.")
    size, most = (
        max(layer.windows.effective_size),
        SIDE_MAX if layer.combine == "gray" else SIDE_MAX_MANY,
    )
    if size > most:
        raise CnnCoreError(
            f"Step by step shows at most {most} × {most} pixels, and this window covers {size}."
        )


def _check_window(settings: KernelLabSettings, cell: OutputExplanation) -> None:
    if settings.layer.border != "zeros" and cell.is_padding.any():
        raise CnnCoreError(
            "This window reads pixels outside the picture. Step by step has only zeros there."
        )


def _weights_text(settings: KernelLabSettings, channel: int) -> str:
    """Write the kernel; where each channel has its own map, the others get weights of 0."""
    weights = settings.layer.weights
    if settings.layer.combine != "depthwise":
        return settings.kernel.preset or painted_text(weights)
    return "|".join(
        painted_text(weights if at == channel else np.zeros_like(weights)) for at in range(3)
    )


def _sizes(most: int) -> Iterator[tuple[int, int]]:
    """Sides of a patch and cells of padding, the usual ones first."""
    usual = min(SIDE_USUAL, most)
    for padding in range(PADDING_MAX + 1):
        for side in (*range(usual, most + 1), *range(usual - 1, 1, -1)):
            yield side, padding


def _axis(length: int, window: Window, start: int, *, side: int, padding: int) -> _Axis | None:
    """Find where a patch begins that shows the window at `start`, with zeros only where they are.

    The window is as near to the middle as the stride allows.
    """
    cells, size = min(side, length), window.effective_size
    middle = start - (cells - size) // 2
    found = []
    lowest, highest = max(0, start + size - cells - padding), min(length - cells, start + padding)
    for first in range(lowest, highest + 1):
        way = start - first + padding
        before = start >= first or first == 0
        after = start + size <= first + cells or first + cells == length
        if way % window.stride == 0 and before and after:
            found.append(first)
    if not found:
        return None
    first = min(found, key=lambda one: abs(one - middle))
    return _Axis(start=first, output=(start - first + padding) // window.stride)
