"""One moment of the Kernel lab as a frame: four pictures, their legends, and where the windows lie.

The page calls `lab_frame`, the live channel `lab_frames`, on the same functions: what is painted
while dragging and what stands there afterwards are the same numbers.
"""

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

import numpy as np

from app.drawing import colors
from app.drawing.colors import Colored
from app.drawing.encode import encode_for_screen
from app.drawing.frame import Blob, pack
from app.drawing.legend import range_text, scale_ends
from app.drawing.numbers import percent_text, shape_text
from app.lessons.kernel_lab.kernel_cells import kernel_cells
from app.lessons.kernel_lab.settings import KernelLabSettings
from cnn_core.activations import activation_of
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import convolution_arguments, pool_activated, respond
from cnn_core.geometry import output_length

SOURCE, RESPONSE, ACTIVATED, POOLED = "source", "response", "activated", "pooled"
Shown: TypeAlias = dict[str, tuple[np.ndarray, Colored]]
"""What a frame shows: by panel, the values and their picture."""
Frame: TypeAlias = tuple[dict[str, Any], list[Blob]]
"""A header and the pictures it speaks of, to be packed."""
FramePair: TypeAlias = tuple[bytes, Callable[[], bytes]]
"""A frame, and how to draw the one that follows."""


def lab_frame(
    image: np.ndarray,
    settings: KernelLabSettings,
    texts: Mapping[str, str],
    *,
    with_source: bool = False,
) -> Frame:
    """Compute and draw everything the Kernel lab shows of `image`, uint8 (H, W, 3).

    Args:
        image: the picture.
        settings: the settings.
        texts: what they were read from; goes back with the frame, to say whose it is.
        with_source: whether to send the picture itself; the page shows it from its own address
            unless it is turned gray.

    Where the kernel or the pooling window does not fit, the frame has a sentence, `unfit`, in place
    of the pictures that there are not.
    """
    started = time.perf_counter()
    shown: Shown
    try:
        source, response = respond(image, settings.layer)
    except CnnCoreError as error:
        source, _ = convolution_arguments(image, settings.layer)
        shown, unfit = {SOURCE: (source, colors.as_photograph(source))}, str(error)
    else:
        after, unfit = color_rest(response, settings)
        shown = {**color_response(source, response, settings), **after}
    keys = _sent(settings, with_source=with_source)
    blobs = [_blob(key, one, preview=False) for key, (_, one) in shown.items() if key in keys]
    header = _header(image, settings, texts, shown, started=started)
    return {**header, "unfit": unfit}, blobs


def lab_frames(
    image: np.ndarray,
    settings: KernelLabSettings,
    texts: Mapping[str, str],
    *,
    sequence: int,
    with_source: bool = False,
    panels: Collection[str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> FramePair:
    """Do the same in two frames, packed quickly rather than well, for a hand that is moving.

    Args:
        image: the picture.
        settings: the settings.
        texts: what they were read from.
        sequence: the number of the question this answers.
        with_source: whether to send the picture itself.
        panels: which pictures are on the screen; all where it is None.
        extra: more entries for the headers.

    Returns:
        A frame with the response, which is what a reader looks at, and a function that draws the
        frame with what follows from it.

    Raises:
        CnnCoreError: if the kernel does not fit the picture.
    """
    started = time.perf_counter()
    keys = _sent(settings, with_source=with_source)

    def frame(
        shown: Shown, *, new: Collection[str], more: bool, started: float, unfit: str = ""
    ) -> bytes:
        blobs = [
            _blob(key, one, preview=True)
            for key, (_, one) in shown.items()
            if key in keys and key in new and (panels is None or key in panels or key == SOURCE)
        ]
        header = _header(image, settings, texts, shown, started=started)
        told = {"sequence": sequence, "more": more, "unfit": unfit}
        return pack({**header, **told, **(extra or {})}, blobs)

    source, response = respond(image, settings.layer)
    first = color_response(source, response, settings, quick=True)

    def rest() -> bytes:
        # As if the two had been drawn in one go: what lies between them is no computing.
        began = time.perf_counter() - spent
        after, unfit = color_rest(response, settings, quick=True)
        return frame(
            {**first, **after}, new=(ACTIVATED, POOLED), more=False, started=began, unfit=unfit
        )

    response_frame = frame(first, new=(SOURCE, RESPONSE), more=True, started=started)
    spent = time.perf_counter() - started
    return response_frame, rest


def _sent(settings: KernelLabSettings, *, with_source: bool) -> tuple[str, ...]:
    """Which pictures travel; the one in use does only where it is shown changed."""
    following = (RESPONSE, ACTIVATED, POOLED)
    return (SOURCE, *following) if with_source or settings.layer.combine == "gray" else following


def color_response(
    source: np.ndarray,
    response: np.ndarray,
    settings: KernelLabSettings,
    *,
    quick: bool = False,
) -> Shown:
    """Color the picture and the response; `quick` where a hand drags."""
    bounds = colors.extremes(response)
    if settings.shows_signed(response):
        limit = _limit(response, bounds, settings.possible)
        colored = colors.signed(response, limit=limit, bounds=bounds)
    else:
        colored = colors.as_photograph(response, bounds=bounds, quick=quick)
    return {
        SOURCE: (source, colors.as_photograph(source)),
        RESPONSE: (response, colored),
    }


def color_rest(
    response: np.ndarray, settings: KernelLabSettings, *, quick: bool = False
) -> tuple[Shown, str]:
    """Color what follows the response; pooling keeps the scale of what it pools, to be compared.

    What an activation keeps in a small range, as a sigmoid does, would be black in a photograph of
    0 to 255: unless that is chosen, it gets a scale of its own.

    Returns:
        The pictures, and why there is none of the pooled map where its window does not fit, else
        "".
    """
    activation = activation_of(settings.layer.activation)
    activated, pooled, unfit = activation(response), None, ""
    try:
        pooled = pool_activated(activated, settings.layer)
    except CnnCoreError as error:
        unfit = str(error)
    shown: Shown = {}
    after = colors.extremes(activated)
    bounded = activation.bound is not None and settings.view == "auto"
    photograph = not (settings.shows_signed(response) or bounded)
    limit = _limit(activated, after, _possible(ACTIVATED, settings))
    for key, values in ((ACTIVATED, activated), (POOLED, pooled)):
        if values is None:
            continue
        bounds = after if key == ACTIVATED else None
        if photograph:
            one = colors.as_photograph(values, bounds=bounds, quick=quick)
        elif after[0] < 0:
            one = colors.signed(values, limit=limit, bounds=bounds)
        else:
            one = colors.activation(values, limit=limit, bounds=bounds)
        shown[key] = (values, one)
    return shown, unfit


def _possible(panel: str, settings: KernelLabSettings) -> float:
    """Return a magnitude that the values of a panel do not exceed."""
    if panel == SOURCE:
        return 255.0
    bound = None if panel == RESPONSE else activation_of(settings.layer.activation).bound
    return settings.possible if bound is None else min(settings.possible, bound)


def _limit(values: np.ndarray, bounds: colors.Bounds, possible: float) -> float:
    least = colors.least_limit(possible) if any(bounds) else colors.LEAST_LIMIT
    return colors.nice_limit(values, at_least=least)


def _blob(key: str, one: Colored, *, preview: bool) -> Blob:
    data, media_type = encode_for_screen(one.picture, preview=preview)
    return Blob(name=key, type=media_type, data=data)


def _header(
    image: np.ndarray,
    settings: KernelLabSettings,
    texts: Mapping[str, str],
    shown: Shown,
    *,
    started: float,
) -> dict[str, Any]:
    elapsed = 1000 * (time.perf_counter() - started)
    return {
        "kind": "frame",
        "ms": round(elapsed, 2),
        "settings": dict(texts),
        "aspect": image.shape[1] / image.shape[0],
        "kernel": {
            "name": settings.kernel.name,
            "preset": settings.kernel.preset,
            "weights": settings.kernel.weights.tolist(),
            "cells": kernel_cells(settings.kernel),
        },
        "window": _window_header(image.shape, settings) if RESPONSE in shown else None,
        "panels": [_panel(key, values, one, settings) for key, (values, one) in shown.items()],
    }


def _panel(
    key: str, values: np.ndarray, one: Colored, settings: KernelLabSettings
) -> dict[str, Any]:
    layer = settings.layer
    above_0 = key in (ACTIVATED, POOLED) and activation_of(layer.activation).always_positive
    span = range_text(one.low, one.high, possible=_possible(key, settings), above_0=above_0)
    activation = activation_of(layer.activation).title
    title, short = {
        SOURCE: ("Gray picture" if layer.combine == "gray" else "Picture", "Picture"),
        RESPONSE: ("Response", "Response"),
        ACTIVATED: (f"After {activation}", activation),
        POOLED: (
            f"After {layer.pooling} pool {layer.pool_size} × {layer.pool_size}",
            f"{layer.pooling.title()} pool",
        ),
    }[key]
    return {
        "key": key,
        "title": title,
        "short": short,
        "shape": shape_text(values.shape),
        "width": values.shape[1],
        "height": values.shape[0],
        "alt": f"{title}, {shape_text(values.shape)}, {span}",
        "legend": _legend(one, values, span),
    }


def _legend(one: Colored, values: np.ndarray, text: str) -> dict[str, str]:
    if one.clipped:
        share = f"about {100 * one.clipped:.0f} %" if one.estimated else percent_text(one.clipped)
        text += f", {share} clipped"
    ends = scale_ends(one.scale, one.limit, bounds=(one.low, one.high))
    return {
        "low": ends.low,
        "middle": ends.middle,
        "high": ends.high,
        "range": text,
        "gradient": colors.css_gradient(one.scale, gray=values.ndim == 3),
    }


def _window_header(shape: tuple[int, ...], settings: KernelLabSettings) -> dict[str, Any]:
    """What app/browser/window_geometry.js needs to frame windows."""
    axes = [
        {
            "stride": window.stride,
            "before": window.before,
            "effective_size": window.effective_size,
            "outputs": output_length(length, window),
            "length": length,
        }
        for window, length in zip(settings.layer.windows, shape[:2], strict=True)
    ]
    pool = 0 if settings.layer.pooling == "none" else settings.layer.pool_size
    return {"rows": axes[0], "columns": axes[1], "pool": pool}
