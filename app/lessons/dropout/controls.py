"""Sliders, menus and bars of buttons above a stage, as `drop_stage.js` reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.drawing.numbers import number_text
from app.lessons.dropout.shared_settings import KEEP_STEP, LEAST_KEEP


def keep_slider(key: str, keep: float) -> dict[str, Any]:
    """Describe the slider of the probability that a neuron is present."""
    return {
        "type": "slider",
        "key": key,
        "label": "Keep p",
        "value": f"{keep:g}",
        "text": f"{keep:.2f}",
        "min": LEAST_KEEP,
        "max": 1,
        "step": KEEP_STEP,
    }


def stops(
    key: str, label: str, listed: Sequence[str], value: str, *, text: str | None = None
) -> dict[str, Any]:
    """Describe a slider over listed texts."""
    return {
        "type": "slider",
        "key": key,
        "label": label,
        "value": value,
        "text": value if text is None else text,
        "min": 0,
        "max": len(listed) - 1,
        "step": 1,
        "stops": list(listed),
    }


def menu(key: str, label: str, options: Mapping[str, str], value: str) -> dict[str, Any]:
    """Describe a list of which one is chosen."""
    return {
        "type": "choice",
        "key": key,
        "label": label,
        "value": value,
        "options": [list(pair) for pair in options.items()],
    }


def bar(key: str, label: str, options: Mapping[str, str], value: str) -> dict[str, Any]:
    """Describe a row of buttons of which one is pressed."""
    return {
        "key": key,
        "label": label,
        "value": value,
        "options": [{"key": word, "name": name} for word, name in options.items()],
    }


def pytorch_text(keep: float) -> str:
    """Write dropout in PyTorch, which is given the share that is dropped.

    >>> pytorch_text(0.8)
    'nn.Dropout(0.2)'
    """
    return f"nn.Dropout({number_text(round(1 - keep, 6))})"
