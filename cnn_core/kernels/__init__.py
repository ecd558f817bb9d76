"""Kernels, all in one place: the registry, the builders, and what can be read from weights.

Weights are rows from top to bottom and are meant for correlation, as networks use them: the kernel
is laid on the picture as printed.
"""

from cnn_core.kernels.analysis import (
    NORMALIZATIONS,
    Facts,
    Separable,
    describe,
    frequency_response,
    highest_frequency_response,
    normalize,
    separate,
    symmetry,
)
from cnn_core.kernels.builders import BUILDERS, Builder, Parameter, build_kernel
from cnn_core.kernels.presets import FAMILIES, KERNELS, Kernel, kernels_of
from cnn_core.kernels.text import format_kernel, parse_kernel

__all__ = [
    "BUILDERS",
    "FAMILIES",
    "KERNELS",
    "NORMALIZATIONS",
    "Builder",
    "Facts",
    "Kernel",
    "Parameter",
    "Separable",
    "build_kernel",
    "describe",
    "format_kernel",
    "frequency_response",
    "highest_frequency_response",
    "kernels_of",
    "normalize",
    "parse_kernel",
    "separate",
    "symmetry",
]
