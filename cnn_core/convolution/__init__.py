"""Convolution of one picture: a fast version, one to read, and every cell explained."""

from cnn_core.convolution._engine import Plan
from cnn_core.convolution._task import Border, ConvolveOptions
from cnn_core.convolution.operations import convolve, convolve_stepwise, plan
from cnn_core.convolution.output_explanation import (
    OutputExplanation,
    convolve_at,
    explain_output,
)
from cnn_core.geometry import Padding

__all__ = [
    "Border",
    "ConvolveOptions",
    "OutputExplanation",
    "Padding",
    "Plan",
    "convolve",
    "convolve_at",
    "convolve_stepwise",
    "explain_output",
    "plan",
]
