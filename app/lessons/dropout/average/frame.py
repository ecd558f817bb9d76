"""Both conventions on the same neurons as a frame: a table of numbers, and means over the masks."""

from typing import Any

import numpy as np

from app.drawing.axes import axis, round_ticks
from app.drawing.numbers import counted, number_text
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
_FITS_FROM = 3
_LEAST_HALF = 0.05
_EDGE = 0.03
_NAMES = {"lecture": "lecture", "pytorch": "PyTorch"}


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
        "panels": [_panel(on, is_behind_relu=False), _panel(on, is_behind_relu=True)],
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


def _panel(on: AverageSituation, *, is_behind_relu: bool) -> dict[str, Any]:
    """Describe the means of both conventions over the number of masks, an axis of powers of 10."""
    curves = [
        _curve(key, one, on.settings.count, is_behind_relu=is_behind_relu)
        for key, one in (("lecture", on.lecture), ("pytorch", on.pytorch))
    ]
    powers = range(len(str(MOST)))
    low, high = _ends(curves)
    approaches = "only approximately" if is_behind_relu else "approaches evaluation"
    name = "Mean behind a ReLU" if is_behind_relu else "Mean of the sum"
    said = [
        f"{_NAMES[one['key']]}: mean {three_places(one['means'][-1])}, evaluation "
        f"{three_places(one['at_eval'])}"
        for one in curves
    ]
    return {
        "words": f"{name} over 1 to {counted(on.settings.count, 'mask')}. {'. '.join(said)}",
        "x": axis(
            -_EDGE,
            powers[-1] + _EDGE,
            [(float(power), f"{10**power:,}") for power in powers],
            "n",
        ),
        "y": axis(low, high, round_ticks(low, high, most=5), f"{name}: {approaches}"),
        "curves": curves,
    }


def _curve(key: str, one: ConventionMeans, count: int, *, is_behind_relu: bool) -> dict[str, Any]:
    """Describe the means of a convention, their band, and what they are compared with."""
    shown, whole = _places(count), _places(MOST)
    exact, relu_spread = one.relu_exact
    means, center, spread, at_eval = (
        (one.relu_means, exact, relu_spread, one.relu_at_eval)
        if is_behind_relu
        else (one.means, one.neuron.at_eval, one.neuron.standard_deviation, one.neuron.at_eval)
    )
    return {
        "key": key,
        "at": _rounded(np.log10(shown)),
        "means": _rounded(means[shown - 1]),
        "band_at": _rounded(np.log10(whole)),
        "band": _rounded(2 * spread / np.sqrt(whole)),
        "center": round(center, 6),
        "at_eval": round(at_eval, 6),
    }


def _ends(curves: list[dict[str, Any]]) -> tuple[float, float]:
    """Choose ends between which bands fit from a few masks on; one mask would leave no height."""
    ends = []
    for one in curves:
        at = int(np.searchsorted(one["band_at"], np.log10(_FITS_FROM)))
        half = one["band"][at] + _LEAST_HALF
        ends += [one["center"] - half, one["center"] + half, one["at_eval"]]
    return min(ends), max(ends)


def _places(count: int) -> np.ndarray:
    """Return whole numbers from 1 to `count`, evenly spread over the powers of ten."""
    return np.unique(np.geomspace(1, count, _POINTS).round().astype(int))


def _rounded(values: np.ndarray) -> list[float]:
    return [float(one) for one in np.asarray(values).round(6)]
