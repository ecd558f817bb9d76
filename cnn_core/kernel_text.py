"""Kernels as text: what a learner types, and back."""

import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_core.errors import CnnCoreError
from cnn_core.kernel_analysis import as_kernel


def parse_kernel(text: str, *, max_size: int = 15) -> NDArray[np.float64]:
    """Read rows of numbers."""
    rows = [re.split(r"[\s,]+", row.strip()) for row in re.split(r"[\n;]", text) if row.strip()]
    try:
        return as_kernel([[float(cell) for cell in row] for row in rows])
    except ValueError as error:
        raise CnnCoreError("A kernel is rows of numbers.") from error


def format_kernel(weights: ArrayLike) -> str:
    """Write weights so that `parse_kernel` reads exactly the same."""
    return "\n".join(" ".join(f"{v!r}" for v in row) for row in as_kernel(weights).tolist())
