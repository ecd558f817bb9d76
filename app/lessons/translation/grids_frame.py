"""Two views as grids of numbers with a window that slides over all of them at once.

The page and the live channel send the same frames, which `number_grids` draws.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from app.drawing import colors
from app.drawing.number_cells import number_cells
from app.drawing.numbers import MINUS, count_text, number_text, precise_text
from app.lessons.translation.matrices import BothOrders, PooledPair, both_orders, pooled_pair
from app.lessons.translation.settings import (
    KINDS,
    LARGEST_BIAS,
    LARGEST_X,
    MOST_COLUMNS,
    SETTINGS,
    TranslationSettings,
)
from cnn_core.activations import ACTIVATIONS
from cnn_core.pooling import PoolingKind

_WINDOW = 2
_SIGNED_LIMIT = 15.0
"""Where the scale of the signed grid ends: the largest magnitude that the slider can make of it."""
_NAMES: Mapping[PoolingKind, str] = {"max": "max", "average": "mean"}


def grids_frame(settings: TranslationSettings) -> dict[str, Any]:
    """Describe the open view: its grids, the steps of the window, its controls, what it shows."""
    if settings.view == "order":
        return _order_frame(settings, both_orders(settings))
    return _pair_frame(settings, pooled_pair(settings))


def _pair_frame(settings: TranslationSettings, pair: PooledPair) -> dict[str, Any]:
    squares, pooled = pair.squares, pair.pooled_squares
    before, after = precise_text(pair.error), precise_text(pair.pooled_error)
    word = _NAMES[pair.kind]
    moved = f"B: A, {pair.columns} to the right"
    grids = [
        _grid("a", "A", pair.a, _shaded, column=1),
        _grid("pooled_a", f"{word} of A", pair.pooled_a.values, _shaded, column=2),
        _grid("b", moved, pair.b, _shaded, column=3),
        _grid("pooled_b", f"{word} of B", pair.pooled_b.values, _shaded, column=4),
        _grid("squares", "(A − B)²", squares, _squared, column=5, note=f"MSE = {before}"),
        _grid("pooled_squares", "after pooling", pooled, _squared, column=6, note=f"MSE = {after}"),
    ]
    return {
        "kind": "shift_grids",
        "columns": 6,
        "widest": 18,
        "highest": 4,
        "grids": grids,
        "steps": [_pair_step(pair, at) for at in range(4)],
        "summary": [
            f"MSE(A, B) before pooling: {before}. After: {after}.",
            f"{_of_4_outputs(pair.unchanged)} unchanged.",
        ],
        "controls": [
            _slider("shift_x", "x, which enters", settings.x, 0, LARGEST_X, 1),
            _slider("shift_columns", "Columns", settings.columns, 0, MOST_COLUMNS, 1),
            _choice("shift_kind", "Pooling", settings.kind, dict(KINDS)),
        ],
    }


def _of_4_outputs(count: int) -> str:
    if count == 0:
        return "None of the 4 outputs is"
    return f"{count_text(count)} of the 4 outputs {'is' if count == 1 else 'are'}"


def _pair_step(pair: PooledPair, at: int) -> dict[str, Any]:
    """Describe one place of the window."""
    row, column = divmod(at, 2)
    box, cell = _box(row, column), [row, column, row + 1, column + 1]
    best = {
        name: pooled.argmax[row, column].tolist()
        for name, pooled in (("a", pair.pooled_a), ("b", pair.pooled_b))
        if pooled.argmax is not None
    }
    one, other = (float(x.values[row, column]) for x in (pair.pooled_a, pair.pooled_b))
    return {
        "marks": {
            **dict.fromkeys(("a", "b", "squares"), box),
            **dict.fromkeys(("pooled_a", "pooled_b", "pooled_squares"), cell),
        },
        "best": best,
        "lines": [
            f"A: {_pooling_text(pair.a, row, column, pair.kind, one)}",
            f"B: {_pooling_text(pair.b, row, column, pair.kind, other)}",
            f"({precise_text(one)} − {precise_text(other)})² = {precise_text((one - other) ** 2)}",
        ],
    }


def _order_frame(settings: TranslationSettings, both: BothOrders) -> dict[str, Any]:
    name = both.activation.title if both.activation.key != "identity" else "no activation"
    grids = [
        _grid("x", "X", both.x, _signed, column=1, rows=2),
        _grid("activated", f"{name} of X", both.activated, _signed, column=2, rows=2),
        _grid("pooled_max", "max of X", both.pooled("max"), _signed, row=2, column=3),
        _grid("pooled_average", "mean of X", both.pooled("average"), _signed, row=2, column=4),
    ]
    for at, kind in enumerate(KINDS):
        first, second = both.activation_first(kind), both.pooling_first(kind)
        sign = "≠" if both.unequal(kind).any() else "="
        column, word = 5 + at, _NAMES[kind]
        grids += [
            _grid(f"first_{kind}", f"{name}, then {word}", first, _signed, column=column),
            _grid(
                f"second_{kind}",
                f"{word}, then {name}",
                second,
                _signed,
                row=2,
                column=column,
                note=sign,
            ),
        ]
    return {
        "kind": "shift_grids",
        "columns": 6,
        "widest": 16,
        "highest": 4,
        "grids": grids,
        "steps": [_order_step(both, at) for at in range(4)],
        "summary": [_order_sentence(both, kind) for kind in KINDS],
        "controls": [
            _choice(
                "shift_activation",
                "Activation",
                settings.activation,
                {key: one.title for key, one in ACTIVATIONS.items()},
            ),
            _slider(
                "shift_bias", "bias, added to X", settings.bias, -LARGEST_BIAS, LARGEST_BIAS, 0.5
            ),
        ],
    }


def _order_sentence(both: BothOrders, kind: PoolingKind) -> str:
    count = int(both.unequal(kind).sum())
    word = f"{KINDS[kind]} pooling"
    if count == 0:
        return f"{word}: both orders give the same 4 outputs, up to 0.00001."
    return f"{word}: {count} of 4 outputs {'depends' if count == 1 else 'depend'} on the order."


def _order_step(both: BothOrders, at: int) -> dict[str, Any]:
    row, column = divmod(at, 2)
    cell = [row, column, row + 1, column + 1]
    small = [f"{place}_{kind}" for place in ("pooled", "first", "second") for kind in KINDS]
    name = both.activation.title if both.activation.key != "identity" else "no activation"
    lines = []
    for kind in KINDS:
        first = float(both.activation_first(kind)[row, column])
        pooled = float(both.pooled(kind)[row, column])
        second = float(both.pooling_first(kind)[row, column])
        lines += [
            f"{name} first: {_pooling_text(both.activated, row, column, kind, first)}",
            f"{_NAMES[kind]} first: {_pooling_text(both.x, row, column, kind, pooled)}, "
            f"then {name}({precise_text(pooled)}) = {precise_text(second)}"
            if both.activation.key != "identity"
            else f"{_NAMES[kind]} first: {_pooling_text(both.x, row, column, kind, pooled)}",
        ]
    return {
        "marks": {"x": _box(row, column), "activated": _box(row, column)}
        | dict.fromkeys(small, cell),
        "best": {},
        "lines": lines,
    }


def _box(row: int, column: int) -> list[int]:
    top, left = _WINDOW * row, _WINDOW * column
    return [top, left, top + _WINDOW, left + _WINDOW]


def _pooling_text(
    values: np.ndarray, row: int, column: int, kind: PoolingKind, result: float
) -> str:
    top, left, bottom, right = _box(row, column)
    cells = values[top:bottom, left:right].ravel().tolist()
    listed = ", ".join(_line_text(value) for value in cells)
    return f"{_NAMES[kind]}({listed}) = {_line_text(result)}"


_CELL_SIGNS = 5
"""So many signs are read in a cell from the last row."""


def _cell_text(value: float) -> str:
    """Write a number as a cell has room for it: what is not all of it is said to be about that.

    >>> _cell_text(-9e-12), _cell_text(12544.0), _cell_text(0.25), _cell_text(1806.25)
    ('≈0', '12544', '0.25', '≈1806')
    """
    if value and abs(value) < 0.005:
        return "≈0"
    text = f"{value + 0.0:.2f}".rstrip("0").rstrip(".").replace("-", MINUS)
    return text if len(text) <= _CELL_SIGNS else f"≈{value:.0f}".replace("-", MINUS)


def _line_text(value: float) -> str:
    """Write a number of a line with up to two decimals.

    >>> _line_text(-0.001), _line_text(12544.0), _line_text(0.25), _line_text(1008.25)
    ('−0.001', '12544', '0.25', '1008.25')
    """
    if value and abs(value) < 0.01:
        return number_text(value, digits=1)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", MINUS)


def _shaded(values: np.ndarray) -> np.ndarray:
    return colors.activation(values, limit=LARGEST_X).picture


def _squared(values: np.ndarray) -> np.ndarray:
    return colors.activation(values).picture


def _signed(values: np.ndarray) -> np.ndarray:
    return colors.signed(values, limit=_SIGNED_LIMIT).picture


def _grid(
    key: str,
    title: str,
    values: np.ndarray,
    colored: Callable[[np.ndarray], np.ndarray],
    *,
    row: int = 1,
    column: int,
    rows: int = 1,
    note: str = "",
) -> dict[str, Any]:
    texts = [_cell_text(value) for value in values.ravel().tolist()]
    lines = [
        " ".join(texts[at : at + values.shape[1]]) for at in range(0, len(texts), values.shape[1])
    ]
    return {
        "key": key,
        "title": title,
        "note": note,
        "row": row,
        "column": column,
        "rows": rows,
        "longest": max(map(len, texts)),
        "cells": number_cells(texts, colored(values)),
        "alt": f"{title}: {'; '.join(lines)}{'. ' if note else ''}{note}",
    }


def _slider(
    key: str, label: str, value: float, low: float, high: float, step: float
) -> dict[str, Any]:
    return {
        "type": "slider",
        "key": key,
        "label": label,
        "value": f"{value:g}",
        "text": _cell_text(value),
        "min": low,
        "max": high,
        "step": step,
        "default": SETTINGS[key].default,
    }


def _choice(key: str, label: str, value: str, options: Mapping[Any, str]) -> dict[str, Any]:
    pairs: Sequence[tuple[str, str]] = [(str(one), name) for one, name in options.items()]
    return {"type": "choice", "key": key, "label": label, "value": value, "options": pairs}
