"""How large the response is, why, and how much such a layer has to learn, in sentences."""

from functools import lru_cache

import numpy as np

from app.drawing.numbers import MINUS
from cnn_core.convolution import Border
from cnn_core.convolution.slide_places import unread_lines
from cnn_core.feature_map import LayerSettings, count_parameters
from cnn_core.geometry import Windows, size_formula


def size_lines(pixels: np.ndarray, layer: LayerSettings) -> list[str]:
    """Write the sizes of a layer on a picture, uint8 (H, W, 3), as Markdown.

    Raises:
        CnnCoreError: if the kernel does not fit the picture.
    """
    lines = []
    left_out = _unread(pixels.shape[:2], layer.windows, layer.border)
    for name, length, window, indices in zip(
        ("row", "column"), pixels.shape[:2], layer.windows, left_out, strict=True
    ):
        formula = size_formula(length, window).replace("*", "·").replace("-", MINUS)
        lines.append(f"{name}s: `{formula}`")
        if indices.size:
            lines.append(f":small[{_left_out(name, length, indices)}]")
    counts = count_parameters(pixels, layer)
    weights = counts.convolution - 1
    shared = ", the same for all three channels" if layer.combine == "depthwise" else ""
    lines.append(
        f"**{counts.convolution:,}** numbers to learn{shared}: {weights:,} "
        f"weight{'s' if weights > 1 else ''} and 1 bias. A dense layer between the same pixels "
        f"and the same outputs has **{counts.dense:,}**."
    )
    return lines


@lru_cache(maxsize=64)
def _unread(shape: tuple[int, int], windows: Windows, border: Border) -> tuple[np.ndarray, ...]:
    # A stroke changes weights, not windows.
    return unread_lines(shape, windows, border=border)


def _left_out(name: str, length: int, indices: np.ndarray) -> str:
    """Say which rows or columns of a picture no window reads."""
    count = indices.size
    are = "is" if count == 1 else "are"
    if indices[0] == length - count:  # nothing between the windows
        which = f"The last {name}" if count == 1 else f"The last {count} {name}s"
    else:
        which = f"{count} of the {length} {name}s"
    return f"{which} of the picture {are} in no window."
