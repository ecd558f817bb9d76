"""The controls of Step by step, with limits that keep the window on its input.

A control that is used rarely says so: it stands under "More". Each says in `changed` what is not as
it is at first, so that the page can tell it where the control itself is out of sight.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from app.drawing.numbers import MINUS
from app.lessons.step_by_step.grid_text import resized, short
from app.lessons.step_by_step.operands import fits, input_of
from app.lessons.step_by_step.settings import (
    DILATION_MAX,
    KERNEL_MAX,
    LETTERS,
    PADDING_MAX,
    POOL_MAX,
    PRESETS,
    SIDE_MAX,
    SIDE_MAX_MANY,
    SIGNAL_MAX,
    STRIDE_MAX,
    StepByStepSettings,
)
from cnn_core import activations
from cnn_core.kernels import FAMILIES, kernels_of


def control_rows(settings: StepByStepSettings, picture: np.ndarray) -> list[dict[str, Any]]:
    """List the controls that belong to these settings, in order."""
    cells = input_of(settings, picture)
    rows = [*_input_controls(settings, cells)]
    rows += _pool_controls(settings, cells) if settings.pools else _sum_controls(settings, cells)
    return rows


def _input_controls(settings: StepByStepSettings, cells: np.ndarray) -> list[dict[str, Any]]:
    if settings.mode == "line":
        length = cells.shape[1]
        return [_stepper("points", "Points", length, f"{length}", range(2, SIGNAL_MAX + 1))]
    if settings.source not in ("patch", "drawn"):
        return []
    height, width, channels = cells.shape
    most = SIDE_MAX if channels == 1 else SIDE_MAX_MANY
    if settings.source == "patch":
        return [
            _stepper(
                "walk_side",
                "Cells",
                settings.side,
                f"{height} × {width}",
                range(2, most + 1),
                lambda side: fits(settings, cells[:1, :1].repeat(side, 0).repeat(side, 1)),
            ),
            _channels(channels, range(1, 4)),
        ]
    fitting = [
        (name, label, size, lambda n, axis=axis: fits(settings, _stretched(cells, axis, n)))
        for axis, (name, label, size) in enumerate(
            (("rows", "Rows", height), ("columns", "Columns", width))
        )
    ]
    may_grow = max(height, width) <= SIDE_MAX_MANY
    return [
        *(
            _stepper(name, label, size, str(size), range(1, most + 1), allowed)
            for name, label, size, allowed in fitting
        ),
        _channels(channels, range(1, 4 if may_grow else 2)),
    ]


def _sum_controls(settings: StepByStepSettings, cells: np.ndarray) -> list[dict[str, Any]]:
    grid = settings.line if settings.mode == "line" else settings.weights
    rows, columns = grid.shape[:2]

    def with_size(size: int) -> StepByStepSettings:
        if settings.mode == "line":
            return replace(settings, line=resized(settings.line, 1, size))
        return replace(settings, weights=resized(settings.weights, size, size))

    return [
        _stepper(
            "size",
            "Kernel",
            max(rows, columns),
            f"{columns}" if settings.mode == "line" else f"{rows} × {columns}",
            range(1, KERNEL_MAX + 1),
            lambda size: fits(with_size(size), cells),
            help="Rows and columns of the kernel",
        ),
        _stepper(
            "walk_stride",
            "Stride",
            settings.stride,
            str(settings.stride),
            range(1, STRIDE_MAX + 1),
            help="How far the window moves each time",
            changed="" if settings.stride == 1 else f"stride {settings.stride}",
        ),
        _stepper(
            "walk_padding",
            "Padding",
            settings.padding,
            str(settings.padding),
            range(PADDING_MAX + 1),
            lambda padding: fits(replace(settings, padding=padding), cells),
            help="Rows and columns of zeros on each side of the input",
            changed=f"padding {settings.padding}" if settings.padding else "",
        ),
        _stepper(
            "walk_dilation",
            "Dilation",
            settings.dilation,
            str(settings.dilation),
            range(1, DILATION_MAX + 1),
            lambda dilation: fits(replace(settings, dilation=dilation), cells),
            help="Distance between the cells that the kernel uses; 1: neighbors",
            changed="" if settings.dilation == 1 else f"dilation {settings.dilation}",
            rare=True,
        ),
        _toggle(
            "walk_flip",
            "Flip",
            settings.flip,
            "Turn the kernel by 180°, as convolution in mathematics",
            changed="flipped",
        ),
        _number("walk_bias", "Bias", settings.bias, "Added to every sum"),
        _menu(
            "walk_activation",
            "Activation",
            settings.activation,
            [("", [(key, one.title) for key, one in activations.ACTIVATIONS.items()])],
            "Function that is applied to each sum",
            changed=""
            if settings.activation == "identity"
            else activations.activation_of(settings.activation).title,
        ),
        *([] if settings.mode == "line" else [_presets(settings)]),
        *_letters(settings, grid.shape[0] * grid.shape[1] * cells.shape[2]),
    ]


def _pool_controls(settings: StepByStepSettings, cells: np.ndarray) -> list[dict[str, Any]]:
    counting = (
        _toggle(
            "walk_count",
            "Count padding",
            settings.count_padding,
            "The mean includes the padding, as zeros",
            changed="padding counted",
        ),
    )
    return [
        _stepper(
            "walk_pool",
            "Window",
            settings.pool_size,
            f"{settings.pool_size} × {settings.pool_size}",
            range(1, POOL_MAX + 1),
            lambda size: fits(replace(settings, pool_size=size), cells),
            help="Rows and columns of the window; each window gives one number",
            changed="" if settings.pool_size == 2 else f"window {settings.pool_size}",
        ),
        _stepper(
            "walk_pool_stride",
            "Stride",
            settings.pool_stride,
            str(settings.pool_stride),
            range(1, STRIDE_MAX + 1),
            help="How far the window moves each time; often the size of the window",
            changed="" if settings.pool_stride == 2 else f"stride {settings.pool_stride}",
        ),
        _stepper(
            "walk_pool_padding",
            "Padding",
            settings.pool_padding,
            str(settings.pool_padding),
            range(3),
            lambda padding: fits(replace(settings, pool_padding=padding), cells),
            help="Cells around the input; only a mean with “Count padding” uses them, as zeros",
            changed=f"padding {settings.pool_padding}" if settings.pool_padding else "",
        ),
        *(counting if settings.mode == "average" else ()),
    ]


def _presets(settings: StepByStepSettings) -> dict[str, Any]:
    groups = [("", [("", "own weights")])] if not settings.preset else []
    for family in FAMILIES:
        fitting = [(one.key, one.name) for one in kernels_of(family) if one.key in PRESETS]
        if fitting:
            groups.append((family, fitting))
    return _menu(
        "walk_weights",
        "Weights",
        settings.preset,
        groups,
        "Ready-made kernels",
        changed=PRESETS.get(settings.preset, ""),
    )


def _letters(settings: StepByStepSettings, weights: int) -> list[dict[str, Any]]:
    if weights > 9:
        return []
    options = [("", list(LETTERS.items()))]
    help_text = "Show the names w1, w2, … of weights and o1, o2, … of outputs"
    changed = {"both": "", "numbers": "no letters", "letters": "letters only"}[settings.letters]
    return [_menu("walk_letters", "Show", settings.letters, options, help_text, changed=changed)]


def _channels(channels: int, allowed: range) -> dict[str, Any]:
    changed = "" if channels == 1 else f"{channels} channels"
    return _stepper(
        "channels", "Channels", channels, str(channels), allowed, changed=changed, rare=True
    )


def _stretched(cells: np.ndarray, axis: int, length: int) -> np.ndarray:
    return np.take(cells, np.zeros(length, dtype=int), axis=axis)


def _stepper(
    key: str,
    label: str,
    value: int,
    shown: str,
    allowed: range,
    fitting: Callable[[int], bool] = lambda _: True,
    *,
    help: str = "",
    changed: str = "",
    rare: bool = False,
) -> dict[str, Any]:
    """Make a stepper; what its buttons would set is said here, None where they cannot go on."""

    def next_one(candidates: Iterable[int]) -> str | None:
        return next((str(one) for one in candidates if one in allowed and fitting(one)), None)

    return {
        "kind": "stepper",
        "key": key,
        "label": label,
        "shown": shown,
        "value": value,
        "less": next_one(range(value - 1, value - 2, -1)),
        "more": next_one(range(value + 1, value + 2)),
        "help": help,
        "changed": changed,
        "rare": rare,
    }


def _toggle(key: str, label: str, on: bool, help_text: str, *, changed: str) -> dict[str, Any]:
    return {
        "kind": "toggle",
        "key": key,
        "label": label,
        "on": on,
        "text": "0" if on else "1",
        "help": help_text,
        "changed": changed if on else "",
        "rare": True,
    }


def _number(key: str, label: str, value: float, help_text: str) -> dict[str, Any]:
    shown = short(value).replace("-", MINUS)
    return {
        "kind": "number",
        "key": key,
        "label": label,
        "shown": shown,
        "help": help_text,
        "changed": f"{label.lower()} {shown}" if value else "",
        "rare": True,
    }


def _menu(
    key: str,
    label: str,
    value: str,
    groups: list[tuple[str, list[tuple[str, str]]]],
    help_text: str,
    *,
    changed: str,
) -> dict[str, Any]:
    return {
        "kind": "menu",
        "key": key,
        "label": label,
        "value": value,
        "groups": groups,
        "help": help_text,
        "changed": changed,
        "rare": True,
    }
