"""The cells of the kernel painter: how each weight is written and colored."""

from functools import lru_cache
from typing import Any

import numpy as np

from app.drawing.colors import signed
from app.drawing.number_cells import number_cells
from app.drawing.numbers import MINUS
from cnn_core.kernels.choice import KernelChoice


@lru_cache(maxsize=64)
def kernel_cells(kernel: KernelChoice, *, dark: bool) -> dict[str, Any]:
    """Describe a kernel's cells; the colors end at its largest weight."""
    limit = float(np.abs(kernel.weights).max()) or 1.0
    texts = [weight_text(value) for value in kernel.weights.ravel().tolist()]
    return number_cells(texts, signed(kernel.weights, dark=dark, limit=limit).picture)


def weight_text(value: float) -> str:
    """Write a weight as short as a small cell needs it.

    >>> weight_text(-2), weight_text(0.0625), weight_text(-0.5), weight_text(12.34)
    ('−2', '.06', '−.5', '12.3')
    """
    places = 0 if value == round(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{abs(value):.{places}f}"
    if places:
        text = text.rstrip("0").rstrip(".")
    if text == "0":
        return text
    return (MINUS if value < 0 else "") + (text[1:] if text.startswith("0.") else text)
