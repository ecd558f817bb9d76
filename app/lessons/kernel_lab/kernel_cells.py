"""The cells of the kernel painter: how each weight is written and colored."""

from functools import lru_cache
from typing import Any

import numpy as np

from app.drawing.colors import signed
from app.drawing.number_cells import number_cells
from app.drawing.numbers import MINUS, number_text
from cnn_core.kernels.choice import KernelChoice

_SMALLEST, _LARGEST = 0.005, 100_000.0
"""Weights outside are written with a power of ten: fewer digits tell nothing, more do not fit."""


@lru_cache(maxsize=64)
def kernel_cells(kernel: KernelChoice) -> dict[str, Any]:
    """Describe a kernel's cells; the colors end at its largest weight.

    `said` is each weight with up to four digits, for whom a cell's own few are too short.
    """
    limit = float(np.abs(kernel.weights).max()) or 1.0
    # A kernel of tiny weights would be written as nothing but zeros.
    write = weight_text if limit >= _SMALLEST else _brief
    texts = [write(value) for value in kernel.weights.ravel().tolist()]
    # Weights as shares of the largest: a scale that ends at a tiny number has no finite factor.
    fills = signed(kernel.weights / limit, limit=1.0).picture
    said = [number_text(value) for value in kernel.weights.ravel().tolist()]
    return {**number_cells(texts, fills), "said": said}


def weight_text(value: float) -> str:
    """Write a weight as short as a small cell needs it.

    >>> weight_text(-2), weight_text(0.0625), weight_text(-0.5), weight_text(12.34)
    ('−2', '.06', '−.5', '12.3')
    >>> weight_text(-1e6)
    '−1e6'
    """
    if abs(value) >= _LARGEST:
        return _brief(value)
    places = 0 if value == round(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{abs(value):.{places}f}"
    if places:
        text = text.rstrip("0").rstrip(".")
    if text == "0":
        return text
    return (MINUS if value < 0 else "") + (text[1:] if text.startswith("0.") else text)


def _brief(value: float) -> str:
    """Write a weight with a power of ten where that is shorter.

    >>> _brief(-1e-30), _brief(123456.0), _brief(0.0)
    ('−1e−30', '1.2e5', '0')
    """
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    if value == 0:
        return "0"
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}".replace("-", MINUS)
