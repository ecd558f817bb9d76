"""What the page sends of the view Parameters: sliders, presets, and what both layers cost."""

import math
from typing import Any

import numpy as np

from app.drawing.numbers import counted, number_text
from app.lessons.dense_layer.settings import (
    MOST_CHANNELS,
    MOST_KERNEL,
    MOST_PIXELS,
    MOST_UNITS,
    DenseLayerSettings,
)
from app.lessons.dense_layer.situation import DenseLayerSituation
from cnn_core.layer_costs import LayerCost, PictureSize, convolution_cost, dense_cost

_STOPS_PER_DOUBLING = 4
_TICKS = {0: "1", 3: "1,000", 6: "1 million", 9: "1 billion", 12: "1 trillion"}
_LARGEST = dense_cost(
    PictureSize(height=MOST_PIXELS, width=MOST_PIXELS, channels=MOST_CHANNELS), MOST_UNITS
)
"""The most that can be set, where the scale ends."""
PRESETS: tuple[tuple[str, PictureSize], ...] = (
    ("Garment", PictureSize(height=28, width=28)),
    ("Lecture", PictureSize(height=700, width=1050, channels=3)),
    ("12 megapixels", PictureSize(height=3000, width=4000, channels=3)),
)


def parameters_frame(on: DenseLayerSituation) -> dict[str, Any]:
    """Describe the view."""
    size, settings = on.settings.size, on.settings
    height, width, channels = on.picture.pixels.shape
    own = PictureSize(height=height, width=width, channels=channels)
    return {
        "rows": [
            _row("dense_width", "Width", size.width, MOST_PIXELS, unit="px"),
            _row("dense_height", "Height", size.height, MOST_PIXELS, unit="px"),
            _row("dense_channels", "Channels", size.channels, MOST_CHANNELS),
            _row("dense_units", "Units, or maps", settings.units, MOST_UNITS),
            _row("dense_kernel", "Kernel size", settings.side, MOST_KERNEL, unit="px", odd=True),
        ],
        "presets": [
            {"name": name, "size": _size_text(preset), "changes": size_changes(preset)}
            for name, preset in (*PRESETS, ("Yours", own))
        ],
        "ticks": [{"at": _on_scale(10**power), "text": text} for power, text in _TICKS.items()],
        "costs": costs(settings),
    }


def costs(settings: DenseLayerSettings) -> dict[str, Any]:
    """Describe what both layers cost, in words and on the scale."""
    size, units, side = settings.size, settings.units, settings.side
    dense, convolution = dense_cost(size, units), convolution_cost(size, units, kernel=side)
    return {
        "layers": [
            _layer(
                "Dense layer",
                f"{counted(size.numbers, 'weight')} for each of {counted(units, 'unit')}, and a "
                f"bias each",
                dense,
            ),
            _layer(
                f"Convolution, {side} × {side}",
                f"{side} × {side} × {size.channels:,} = "
                f"{counted(side * side * size.channels, 'weight')} for each of "
                f"{counted(units, 'map')}, and a bias each",
                convolution,
            ),
        ],
        "ratio": ratio_text(dense, convolution),
    }


def size_changes(size: PictureSize) -> dict[str, str]:
    """Write a size as the settings that put it."""
    return {
        "dense_width": str(size.width),
        "dense_height": str(size.height),
        "dense_channels": str(size.channels),
    }


def ratio_text(dense: LayerCost, convolution: LayerCost) -> str:
    """Compare the numbers of parameters."""
    if dense.parameters == convolution.parameters:
        return "Both layers have the same number of parameters."
    more, fewer = "dense layer", "convolution"
    ratio = dense.parameters / convolution.parameters
    if ratio < 1:
        more, fewer, ratio = fewer, more, 1 / ratio
    return f"The {more} has {times_text(ratio)} times as many parameters as the {fewer}."


def times_text(ratio: float) -> str:
    """Write how many times as many.

    >>> times_text(78750.0), times_text(1.256)
    ('78,750', '1.26')
    """
    return f"{ratio:,.0f}" if ratio >= 100 else number_text(ratio, digits=3)


_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


def bytes_text(megabytes: float) -> str:
    """Write an amount of memory in decimal units, with up to four digits.

    >>> bytes_text(0.00064), bytes_text(1128.96), bytes_text(144000.0)
    ('640 bytes', '1.129 GB', '144 GB')
    """
    amount, unit = 1e6 * megabytes, 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{number_text(amount, digits=4)} {_UNITS[unit]}"


def stops(most: int, *, odd: bool = False) -> list[int]:
    """List the numbers that a slider from 1 to `most` stops at: closer together where small.

    >>> stops(7), stops(9, odd=True)
    ([1, 2, 3, 4, 5, 6, 7], [1, 3, 5, 7, 9])
    """
    if odd:
        return list(range(1, most + 1, 2))
    doublings = math.log2(most)
    steps = np.arange(math.floor(doublings * _STOPS_PER_DOUBLING) + 1) / _STOPS_PER_DOUBLING
    return sorted({*np.rint(2**steps).astype(int).tolist(), *_preset_numbers(most), most})


def _preset_numbers(most: int) -> list[int]:
    sides = (side for _, size in PRESETS for side in (size.height, size.width, size.channels))
    return [side for side in sides if side <= most]


def _row(
    key: str, label: str, value: int, most: int, *, unit: str = "", odd: bool = False
) -> dict[str, Any]:
    listed = stops(most, odd=odd)
    nearest = min(range(len(listed)), key=lambda at: abs(math.log(listed[at] / value)))
    return {
        "key": key,
        "label": label,
        "value": value,
        "most": most,
        "step": 2 if odd else 1,
        "unit": unit,
        "stops": listed,
        "stop": nearest,
    }


def _layer(title: str, words: str, cost: LayerCost) -> dict[str, Any]:
    return {
        "title": title,
        "words": words,
        "parameters": f"{cost.parameters:,}",
        "megabytes": bytes_text(cost.megabytes),
        "outputs": f"{cost.outputs:,}",
        "multiplications": f"{cost.multiplications:,}",
        "at": _on_scale(cost.parameters),
    }


def _on_scale(count: int) -> float:
    """Return where a number is on the logarithmic scale, 0 to 1."""
    return round(math.log10(count) / math.log10(_LARGEST.parameters), 5)


def _size_text(size: PictureSize) -> str:
    return f"{size.width:,} × {size.height:,} × {size.channels}"
