"""Both conventions on the same neurons as a frame: a table of numbers, and means over the masks."""

from typing import Any

import numpy as np

from app.drawing.numbers import number_text
from app.lessons.dropout.average.settings import COUNTS, MOST
from app.lessons.dropout.average.situation import (
    BIAS,
    WEIGHTS,
    AverageSituation,
    ConventionMeans,
)
from app.lessons.dropout.controls import keep_slider, pytorch_text, stops
from app.lessons.dropout.fixed_text import two_places

_POINTS = 90
"""Points of a curve; evenly spread over the powers of ten."""


def average_frame(on: AverageSituation) -> dict[str, Any]:
    """Describe the view."""
    settings = on.settings
    return {
        "kind": "drop_average",
        "bars": [],
        "controls": [
            keep_slider("drop_keep", settings.keep),
            stops(
                "drop_count",
                "Masks n",
                COUNTS,
                str(settings.count),
                text=f"{settings.count:,}",
            ),
        ],
        "seed": settings.seed,
        "table": _table(on),
        "words": _words(on),
        "curves": [_curve("lecture", on.lecture, on), _curve("pytorch", on.pytorch, on)],
        "most": MOST,
        "count": settings.count,
    }


def _table(on: AverageSituation) -> dict[str, Any]:
    """Write the table: rows of neurons, then sums, then means."""
    keep, count = on.settings.keep, on.settings.count
    products = on.pytorch.neuron.products
    rows = []
    for at, (value, weight, is_present) in enumerate(zip(on.inputs, WEIGHTS, on.mask, strict=True)):
        product = float(products[at])
        rows.append(
            {
                "name": str(at + 1),
                "kind": "present" if is_present else "dropped",
                "cells": [
                    two_places(float(value)),
                    two_places(weight),
                    "1" if is_present else "0",
                    two_places(product * is_present),
                    two_places(product * keep),
                    two_places(product * is_present / keep),
                    two_places(product),
                ],
            }
        )
    four = (on.lecture, on.pytorch)
    sums = [(one.sums[count - 1], one.neuron.at_eval) for one in four]
    means = [(one.means[count - 1], one.neuron.at_eval) for one in four]
    relus = [(one.relu_means[count - 1], one.relu_at_eval) for one in four]
    rows += [
        _row(f"Sum + bias ({two_places(BIAS)})", "sum", sums),
        _row(f"Mean of {count:,}" + (" mask" if count == 1 else " masks"), "mean", means),
        _row("Mean behind a ReLU", "relu", relus),
    ]
    return {
        "groups": [["", 4], ["Lecture", 2], ["PyTorch", 2]],
        "heads": [
            "Neuron",
            "h",
            "w",
            "Mask m",
            "Train w·m·h",
            "Eval p·w·h",
            "Train w·m·h/p",
            "Eval w·h",
        ],
        "rows": rows,
        "title": f"Mask {count:,} of {MOST:,}",
    }


def _row(name: str, kind: str, pairs: list[tuple[float, float]]) -> dict[str, Any]:
    texts = [three_places(float(one)) for pair in pairs for one in pair]
    return {"name": name, "kind": kind, "cells": texts}


def three_places(value: float) -> str:
    """Write a number with three decimals.

    >>> three_places(-0.12345), three_places(0.0)
    ('−0.123', '0.000')
    """
    text = f"{value:.3f}"
    return text.replace("-", "−") if float(text) else text.removeprefix("-")


def _words(on: AverageSituation) -> list[str]:
    """Write what the two conventions do, and how far a mean is expected to be off."""
    keep, count = on.settings.keep, on.settings.count
    spread = number_text(on.pytorch.neuron.standard_deviation / np.sqrt(count), digits=2)
    return [
        f"PyTorch is given the share that is dropped, 1 − p: {pytorch_text(keep)}. With "
        f"n = {count:,}, its mean is expected to be off by about {spread}.",
    ]


def _curve(key: str, one: ConventionMeans, on: AverageSituation) -> dict[str, Any]:
    """Describe both curves of a convention, their bands, and what they are compared with."""
    shown = _places(on.settings.count)
    whole = _places(MOST)
    root = np.sqrt(whole)
    exact, relu_spread = one.relu_exact
    return {
        "key": key,
        "n": shown.tolist(),
        "means": _rounded(one.means[shown - 1]),
        "relu_means": _rounded(one.relu_means[shown - 1]),
        "band_n": whole.tolist(),
        "band": _rounded(2 * one.neuron.standard_deviation / root),
        "relu_band": _rounded(2 * relu_spread / root),
        "at_eval": round(one.neuron.at_eval, 6),
        "relu_at_eval": round(one.relu_at_eval, 6),
        "relu_exact": round(exact, 6),
    }


def _places(count: int) -> np.ndarray:
    """Return whole numbers from 1 to `count`, evenly spread over the powers of ten."""
    return np.unique(np.geomspace(1, count, _POINTS).round().astype(int))


def _rounded(values: np.ndarray) -> list[float]:
    return [float(one) for one in np.asarray(values).round(6)]
