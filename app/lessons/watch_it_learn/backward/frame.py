"""Back-propagation by hand as grids of numbers, with a window that goes from sum to sum.

The page and the live channel send the same frames, which `backward_stage` draws.
"""

from typing import Any

import numpy as np

from app.drawing.numbers import number_text
from app.lessons.watch_it_learn.backward.examples import EXAMPLES
from app.lessons.watch_it_learn.backward.grid_views import Scales, grid_view
from app.lessons.watch_it_learn.backward.numbers import cell_text, sum_text, term_text
from app.lessons.watch_it_learn.backward.settings import (
    OF,
    RATES,
    SETTINGS,
    rate_text,
    weight_text,
    weights_text,
)
from app.lessons.watch_it_learn.backward.situation import BackwardSituation
from cnn_core.convolution.backward import explain_input_gradient, explain_weight_gradient

LARGEST_ON_SLIDER, SLIDER_STEP = 10, 0.1


def backward_frame(on: BackwardSituation) -> dict[str, Any]:
    """Describe the open view: its grids, the steps of the window, its controls, what it shows."""
    described = _weights_frame(on) if on.settings.of == "weights" else _input_frame(on)
    return {"kind": "learn_backward", **described}


def _weights_frame(on: BackwardSituation) -> dict[str, Any]:
    scales = Scales(on)
    rows, columns = on.image.shape
    grids = [
        grid_view("input", "Input X", on.image, scales.input, row=1, column=1, rows=2),
        grid_view("kernel", "Kernel W", on.weights, scales.weights, row=1, column=2),
        grid_view("output", "Output O = X ∗ W", on.output, scales.output, row=1, column=3),
        grid_view("target", "Target T", on.target, scales.output, row=1, column=4),
        grid_view("error", "Error E = O − T", on.error, scales.error, row=1, column=5),
        grid_view(
            "gradient", "Gradient = X\u00a0∗\u00a0E", on.gradient, scales.gradient, row=2, column=3
        ),
        grid_view("next", "New kernel", on.next_weights, scales.weights, row=2, column=4),
        grid_view("next_error", "New error", on.next_error, scales.error, row=2, column=5),
    ]
    return {
        "columns": 5,
        "widest": columns + sum(max(one) for one in _column_sides(on)),
        "highest": max(rows, 2 * max(on.target.shape[0], on.weights.shape[0])),
        "grids": grids,
        "steps": [_weight_step(on, scales, *at) for at in np.ndindex(*on.weights.shape)],
        "summary": _summary(on),
        "controls": [*_choices(on), _rate(on)],
        "weights": {
            "key": on.settings.weights_key,
            "texts": [[weight_text(float(one)) for one in row] for row in on.weights],
            "next": weights_text(on.next_weights) if on.can_step else "",
        },
    }


def _column_sides(on: BackwardSituation) -> list[tuple[int, int]]:
    """List the columns of the two grids that are below each other, from the second place on."""
    wide, kernel = on.target.shape[1], on.weights.shape[1]
    return [(kernel, wide), (wide, kernel), (wide, kernel), (wide, wide)]


def _weight_step(on: BackwardSituation, scales: Scales, row: int, column: int) -> dict[str, Any]:
    """Describe the gradient of one weight."""
    found = explain_weight_gradient(on.image, on.error, row, column, size=on.settings.example.size)
    high, wide = on.error.shape
    whole, cell = [0, 0, high, wide], [row, column, row + 1, column + 1]
    pairs = zip(found.factors.ravel().tolist(), found.errors.ravel().tolist(), strict=True)
    old, new = float(on.weights[row, column]), float(on.next_weights[row, column])
    place = f"row {row}, column {column}"
    products = grid_view(
        "products",
        "Window × E",
        found.products,
        scales.products,
        row=2,
        column=2,
        note=f"sum {number_text(found.value)}",
    )
    return {
        "marks": {
            "input": [row, column, row + high, column + wide],
            "error": whole,
            "products": whole,
            **dict.fromkeys(("kernel", "gradient", "next"), cell),
        },
        "best": {},
        "products": products,
        "lines": [
            f"Gradient of the weight in {place}: {sum_text(pairs, found.value)}",
            f"New weight: {number_text(old)} − {number_text(on.settings.rate)} × "
            f"{term_text(found.value)} = {number_text(new)}",
        ],
        "weight": {
            "type": "slider",
            "key": "weight",
            "label": f"Weight in {place}",
            "value": weight_text(old),
            "text": cell_text(old),
            "min": -LARGEST_ON_SLIDER,
            "max": LARGEST_ON_SLIDER,
            "step": SLIDER_STEP,
        },
    }


def _input_frame(on: BackwardSituation) -> dict[str, Any]:
    scales = Scales(on)
    padded, (rows, columns) = on.error_with_zeros, on.image.shape
    kernel = on.weights.shape
    grids = [
        grid_view(
            "error", "Error E, zeros around it", padded, scales.error, row=1, column=1, rows=2
        ),
        grid_view("kernel", "Kernel W", on.weights, scales.weights, row=1, column=2),
        grid_view("flipped", "V: W turned by 180°", on.flipped, scales.weights, row=2, column=2),
        grid_view(
            "input_gradient",
            "Gradient for the input",
            on.input_gradient,
            scales.input_gradient,
            row=1,
            column=4,
            rows=2,
        ),
    ]
    return {
        "columns": 4,
        "widest": padded.shape[1] + 2 * kernel[1] + columns,
        "highest": max(padded.shape[0], rows, 2 * kernel[0]),
        "grids": grids,
        "steps": [_input_step(on, scales, *at) for at in np.ndindex(rows, columns)],
        "summary": [
            _loss_text(on),
            "The layer before this one gets this gradient as the error of its output.",
        ],
        "controls": _choices(on),
        "weights": None,
    }


def _input_step(on: BackwardSituation, scales: Scales, row: int, column: int) -> dict[str, Any]:
    """Describe the gradient of one input cell: a window of the error map with zeros around it."""
    rows, columns = on.image.shape
    found = explain_input_gradient(on.weights, on.error, row, column, shape=(rows, columns))
    high, wide = on.weights.shape
    window = on.error_with_zeros[row : row + high, column : column + wide]
    at = np.argwhere(found.has_part)
    pairs = [(float(found.factors[r, c]), float(found.errors[r, c])) for r, c in at]
    cell, whole = [row, column, row + 1, column + 1], [0, 0, high, wide]
    products = grid_view(
        "products",
        "Window × V",
        window * on.flipped,
        scales.input_products,
        row=1,
        column=3,
        rows=2,
        note=f"sum {number_text(found.value)}",
    )
    return {
        "marks": {
            "error": [row, column, row + high, column + wide],
            "input_gradient": cell,
            "flipped": whole,
            "products": whole,
        },
        "best": {},
        "products": products,
        "lines": [
            f"Gradient of the input cell in row {row}, column {column}: "
            f"{sum_text(pairs, found.value)}",
            "Each product: a weight × the error of an output whose window has this cell in it.",
        ],
        "weight": None,
    }


def _summary(on: BackwardSituation) -> list[str]:
    if not on.can_step:
        too_large = "A step would make the weights too large. Start again, or go slower."
        return [_loss_text(on), too_large]
    return [_loss_text(on), f"After the step: {number_text(on.next_loss)}."]


def _loss_text(on: BackwardSituation) -> str:
    return f"Loss = ½ × the sum of the squared errors = {number_text(on.loss)}."


def _choices(on: BackwardSituation) -> list[dict[str, Any]]:
    names = {key: one.name for key, one in EXAMPLES.items()}
    return [
        _choice("learn_back_example", "Example", on.settings.example.key, names),
        _choice("learn_back_of", "Gradient for", on.settings.of, OF),
    ]


def _choice(key: str, label: str, value: str, names: Any) -> dict[str, Any]:
    return {
        "type": "choice",
        "key": key,
        "label": label,
        "value": value,
        "options": list(names.items()),
    }


def _rate(on: BackwardSituation) -> dict[str, Any]:
    text = rate_text(on.settings)
    return {
        "type": "slider",
        "key": "learn_back_rate",
        "label": "Learning rate",
        "value": text,
        "text": text,
        "min": 0,
        "max": len(RATES) - 1,
        "step": 1,
        "default": SETTINGS["learn_back_rate"].default,
        "stops": RATES,
    }
