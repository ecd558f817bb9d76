"""Convolution of one picture: fast, to be read, and taken apart cell by cell."""

from cnn_core.convolution._engine import Plan
from cnn_core.convolution._task import Border
from cnn_core.convolution.operations import convolve, convolve_stepwise, plan
from cnn_core.convolution.output_explanation import OutputExplanation, explain_output
from cnn_core.geometry import Padding

__all__ = [
    "Border",
    "OutputExplanation",
    "Padding",
    "Plan",
    "convolve",
    "convolve_stepwise",
    "explain_output",
    "plan",
]
