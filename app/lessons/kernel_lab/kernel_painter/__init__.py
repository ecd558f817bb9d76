"""The kernel painter: a grid of weights to paint, drag, type or step through with the keyboard."""

from collections.abc import Callable

from app.browser.component import component
from app.lessons.kernel_lab.kernel_cells import kernel_cells
from app.live.published import addressed
from cnn_core.kernels.choice import KernelChoice

OPERATIONS = ("normalize", "zero_mean", "negate", "rotate", "clear")


def kernel_painter(
    kernel: KernelChoice, *, lab: str, key: str, on_change: Callable[[], None]
) -> None:
    """Show the painter with a kernel in it.

    `on_change` is called when the reader has finished a stroke; the component's state then has
    `changes`, a dict with `kernel` (its text) or `operation` (one of `OPERATIONS`).
    """
    component(__file__)(
        key=key,
        data=addressed(
            {
                "lab": lab,
                "kernel": kernel.text,
                "name": kernel.name,
                "weights": kernel.weights.tolist(),
                "cells": kernel_cells(kernel),
            }
        ),
        on_changes_change=on_change,
    )
