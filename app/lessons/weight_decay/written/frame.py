"""What the stage of "Written out" shows: three curves, and one step with its numbers."""

from typing import Any

import numpy as np

from app.drawing.axes import axis
from app.drawing.numbers import MINUS, number_text
from app.lessons.weight_decay.written.settings import LARGEST_START, MOST_STEPS, SMALLEST_START
from app.lessons.weight_decay.written.situation import (
    TARGET,
    WAYS,
    DecayForm,
    WrittenSituation,
)

_ROWS = 6
_NEAR = 3
"""As many of them stay where there is little place."""
_DIGITS = 4
_SAME = 1e-9
"""Weights that differ by less are the same but for rounding."""


def written_frame(on: WrittenSituation) -> dict[str, Any]:
    """Describe all that follows from the settings."""
    return {
        "axes": {
            "x": axis(
                0, MOST_STEPS, [(float(at), str(at)) for at in range(0, MOST_STEPS + 1, 10)], "step"
            ),
            "y": axis(
                SMALLEST_START - 0.1,
                LARGEST_START + 0.1,
                [(float(at), number_text(at)) for at in range(-1, 4)],
                "weight w",
            ),
        },
        "curves": {way: [round(float(w), 4) for w in on.weights(way)] for way in WAYS},
        "names": dict(WAYS),
        "at": on.settings.at,
        "target": TARGET,
        "cards": [_card(on, way) for way in ("l2", "decoupled")],
        "rows": _rows(on),
        "heads": ["Step", WAYS["l2"], WAYS["decoupled"], "Difference"],
        "verdict": verdict(on),
        "loss": loss_text(on),
    }


def loss_text(on: WrittenSituation) -> str:
    """Write the loss of the data, and its gradient."""
    c = number_text(on.settings.pull)
    return f"Loss of the data: {c}/2 · (w − 1)², gradient g = {c} · (w − 1)"


def verdict(on: WrittenSituation) -> str:
    """Say whether both forms are the same."""
    if on.difference < _SAME:
        return "Both forms are the same, step by step."
    return f"They differ, by up to {number_text(on.difference, digits=3)}."


def pytorch_text(on: WrittenSituation, way: DecayForm) -> str:
    """Write the optimizer as PyTorch calls it."""
    name = {"sgd": "SGD", "adam": "AdamW" if way == "decoupled" else "Adam"}
    decay = number_text(on.settings.weight_decay)
    rate = number_text(on.settings.rate)
    return f"{name[on.settings.optimizer]}(lr={rate}, weight_decay={decay})"


def _signed(value: float) -> str:
    """Write a factor of a product; a negative one in brackets.

    >>> _signed(-2.5), _signed(2.5)
    ('(−2.5)', '2.5')
    """
    text = number_text(value, digits=_DIGITS)
    return f"({text})" if text.startswith(MINUS) else text


def _card(on: WrittenSituation, way: DecayForm) -> dict[str, Any]:
    one, step = on.settings, on.step(way)
    w, g = _signed(step.before), _signed(on.data_gradient(step.before))
    rate, lambda_ = number_text(one.rate), number_text(one.lambda_)
    after = number_text(step.after, digits=_DIGITS)
    direction = _signed(step.direction)
    lines = []
    if way == "l2":
        total = number_text(step.gradient, digits=_DIGITS)
        lines.append(f"g + 2λw = {g} + 2 · {lambda_} · {w} = {total}")
    else:
        lines.append(f"g = {number_text(on.data_gradient(step.before), digits=_DIGITS)}")
    if one.optimizer == "adam":
        lines[-1] += f"; Adam’s direction: {number_text(step.direction)}"
    kept = number_text(step.kept, digits=_DIGITS)
    shorter = f"{kept} · {w}" if way == "decoupled" else w
    lines.append(f"w′ = {shorter} − {rate} · {direction} = {after}")
    formula = "w′ = (1 − η · 2λ) · w − η · " if way == "decoupled" else "w′ = w − η · "
    if one.optimizer == "adam":
        formula += "Adam(g)" if way == "decoupled" else "Adam(g + 2λw)"
    else:
        formula += "g" if way == "decoupled" else "(g + 2λw)"
    return {
        "way": way,
        "title": WAYS[way],
        "formula": formula,
        "lines": lines,
        "pytorch": pytorch_text(on, way),
    }


def _rows(on: WrittenSituation) -> list[dict[str, Any]]:
    """List the steps around the one that is written out."""
    first = int(np.clip(on.settings.at - 2, 0, MOST_STEPS + 1 - _ROWS))
    near = int(np.clip(on.settings.at - 1, 0, MOST_STEPS + 1 - _NEAR))
    one, other = on.weights("l2"), on.weights("decoupled")
    return [
        {
            "at": at,
            "chosen": at == on.settings.at,
            "far": not near <= at < near + _NEAR,
            "texts": [
                str(at),
                number_text(float(one[at]), digits=_DIGITS),
                number_text(float(other[at]), digits=_DIGITS),
                number_text(_no_dust(float(one[at] - other[at])), digits=3),
            ],
        }
        for at in range(first, first + _ROWS)
    ]


def _no_dust(value: float) -> float:
    return value if abs(value) >= _SAME else 0.0
