"""A grid of signed numbers for the browser, and where each color scale ends."""

from typing import Any

import numpy as np

from app.drawing.colors import nice_limit, signed
from app.drawing.number_cells import number_cells
from app.drawing.numbers import number_text
from app.lessons.watch_it_learn.backward.numbers import cell_text
from app.lessons.watch_it_learn.backward.situation import BackwardSituation


class Scales:
    """Where the color scale of each grid ends, on both sides; 0 is neutral.

    What belongs together shares a scale: output and target, the error before and after.
    """

    def __init__(self, on: BackwardSituation) -> None:
        """Read the largest numbers."""
        largest_input, largest_weight = np.abs(on.image).max(), np.abs(on.weights).max()
        largest_error = np.abs(on.error).max()
        self.input = nice_limit(on.image)
        self.weights = nice_limit(
            np.concatenate([on.weights.ravel(), np.ravel(on.settings.example.wanted)])
        )
        self.output = nice_limit(np.concatenate([on.output.ravel(), on.target.ravel()]))
        self.error = nice_limit(on.error, at_least=1.0)
        self.gradient = nice_limit(on.gradient, at_least=1.0)
        self.input_gradient = nice_limit(on.input_gradient, at_least=1.0)
        self.products = nice_limit(np.array([largest_input * largest_error]), at_least=1.0)
        self.input_products = nice_limit(np.array([largest_weight * largest_error]), at_least=1.0)


def grid_view(
    key: str,
    title: str,
    values: np.ndarray,
    limit: float,
    *,
    row: int,
    column: int,
    rows: int = 1,
    note: str = "",
) -> dict[str, Any]:
    """Describe a grid, `GridView` in app/browser/window_grid.js.

    Args:
        key: its name.
        title: what it is.
        values: its numbers, (h, w).
        limit: where the color scale ends on both sides.
        row: of the stage, from 1; so is `column`.
        column: where it begins.
        rows: how many rows of the stage it spans.
        note: a number that belongs to it.
    """
    numbers = [[float(value) for value in across] for across in values]
    texts = [cell_text(value) for across in numbers for value in across]
    said = "; ".join(" ".join(map(number_text, across)) for across in numbers)
    return {
        "key": key,
        "title": title,
        "note": note,
        "row": row,
        "column": column,
        "rows": rows,
        "longest": max(map(len, texts)),
        "cells": number_cells(texts, signed(values, limit=limit).picture),
        "alt": f"{title}: {said}{'. ' if note else ''}{note}",
    }
