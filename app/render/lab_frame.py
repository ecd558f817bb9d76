"""One moment of the Kernel lab as a frame: four pictures, their legends, and where the windows lie.

The page and the live channel both call `lab_frame`, so what is painted while dragging and what
stands there afterwards are the same numbers.
"""

import time
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from app.lab_spec import LabSpec
from app.render import colors
from app.render.colors import Colored
from app.render.encode import encode_for_screen
from app.render.frame import Blob, pack
from app.render.numbers import MINUS, duration_text, number_text, shape_text
from cnn_core.activations import ACTIVATIONS
from cnn_core.convolution import explain_output
from cnn_core.errors import CnnCoreError
from cnn_core.feature_map import FeatureMap, feature_map, lay_on, windows
from cnn_core.geometry import output_length

SOURCE, RESPONSE, ACTIVATED, POOLED = "source", "response", "activated", "pooled"


def lab_frame(
    image: np.ndarray,
    spec: LabSpec,
    texts: Mapping[str, str],
    *,
    dark: bool,
    sequence: int = 0,
    with_source: bool = True,
    panels: Collection[str] | None = None,
    draft: bool = False,
    extra: Mapping[str, Any] | None = None,
) -> bytes:
    """Compute and draw everything the Kernel lab shows of `image`, uint8 (H, W, 3).

    Args:
        image: the picture.
        spec: the settings.
        dark: whether the page is dark, which decides the diverging scale.
        texts: the settings `spec` was read from; they go back with the frame, to say whose it is.
        sequence: the number of the question this answers.
        with_source: whether to send the picture itself; it need not travel again while only the
            kernel changes.
        panels: which pictures to send; all where it is None.
        draft: whether this is seen for a moment only, and may be packed quickly rather than well.
        extra: more entries for the header.

    Raises:
        CnnCoreError: if the settings do not fit the picture.
    """
    started = time.perf_counter()
    maps = feature_map(image, spec.recipe)
    colored = color_maps(maps, spec, dark=dark)
    sent = [
        key
        for key in colored
        if (key != SOURCE or with_source) and (panels is None or key in panels)
    ]
    blobs = []
    for key in sent:
        data, media_type = encode_for_screen(colored[key].picture, draft=draft)
        blobs.append(Blob(name=key, type=media_type, data=data))
    elapsed = 1000 * (time.perf_counter() - started)
    return pack(
        {
            "kind": "frame",
            "sequence": sequence,
            "ms": round(elapsed, 2),
            "ms_text": duration_text(elapsed),
            "dark": dark,
            "spec": dict(texts),
            "aspect": image.shape[1] / image.shape[0],
            "kernel": {"name": spec.kernel.name, "weights": spec.kernel.weights.tolist()},
            "window": _window_header(image.shape, spec, pooled=maps.pooled is not None),
            "panels": [_panel(key, one, maps, spec, dark=dark) for key, one in colored.items()],
            **(extra or {}),
        },
        blobs,
    )


def color_maps(maps: FeatureMap, spec: LabSpec, *, dark: bool) -> dict[str, Colored]:
    """Color every stage, each on a scale that suits it."""
    colored = {SOURCE: colors.as_photograph(maps.source)}
    if not spec.shows_signed:
        colored[RESPONSE] = colors.as_photograph(maps.response)
        colored[ACTIVATED] = colors.as_photograph(maps.activated)
        if maps.pooled is not None:
            colored[POOLED] = colors.as_photograph(maps.pooled)
        return colored
    colored[RESPONSE] = colors.signed(maps.response, dark=dark)
    # Pooling keeps the scale of what it pools, or the two pictures could not be compared.
    after = colors.extremes(maps.activated)
    if after[0] < 0:
        colored[ACTIVATED] = colors.signed(maps.activated, dark=dark)
    else:
        colored[ACTIVATED] = colors.activation(maps.activated)
    if maps.pooled is not None:
        limit = colored[ACTIVATED].limit
        if after[0] < 0:
            colored[POOLED] = colors.signed(maps.pooled, dark=dark, limit=limit)
        else:
            colored[POOLED] = colors.activation(maps.pooled, limit=limit)
    return colored


def probe(image: np.ndarray, spec: LabSpec, *, panel: str, row: int, column: int) -> str:
    """Say in one line what stands at a place of one of the pictures, and where it comes from.

    Raises:
        CnnCoreError: if there is no such place.
    """
    recipe = spec.recipe
    source, weights = lay_on(image, recipe)
    if panel == SOURCE:
        if not (0 <= row < source.shape[0] and 0 <= column < source.shape[1]):
            raise CnnCoreError("That place lies outside the picture.")
        return f"picture[{row}, {column}] = {_values_text(source[row, column])}"
    size = recipe.pool_size if panel == POOLED else 1
    if panel == POOLED:
        pooled = feature_map(image, recipe).pooled
        if pooled is None or not (0 <= row < pooled.shape[0] and 0 <= column < pooled.shape[1]):
            raise CnnCoreError("That place lies outside the pooled map.")
        kind = "largest" if recipe.pooling == "max" else "mean"
        what = f"{kind} of {size} × {size} cells"
        return f"pooled[{row}, {column}] = {_values_text(pooled[row, column])} · {what}"
    output_channels = range(3 if recipe.combine == "channels" else 1)
    cells = [
        explain_output(
            source,
            weights,
            row,
            column,
            channel=channel,
            stride=recipe.stride,
            padding=recipe.padding,
            dilation=recipe.dilation,
            border=recipe.border,
            bias=recipe.bias,
            flip=recipe.flip,
        )
        for channel in output_channels
    ]
    values = np.array([cell.value for cell in cells], dtype=np.float32)
    terms = cells[0].products.size
    origin = f"sum of {terms} products" + (" + bias" if recipe.bias else "")
    if panel == ACTIVATED:
        activation = ACTIVATIONS[recipe.activation]
        after = _values_text(activation(values))
        return f"{activation.name}({_values_text(values)}) = {after}"
    return f"response[{row}, {column}] = {_values_text(values)} · {origin}"


def _values_text(values: np.ndarray) -> str:
    flat = np.atleast_1d(values).astype(float)
    texts = [number_text(value) for value in flat]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def _panel(
    key: str, one: Colored, maps: FeatureMap, spec: LabSpec, *, dark: bool
) -> dict[str, Any]:
    values = {
        SOURCE: maps.source,
        RESPONSE: maps.response,
        ACTIVATED: maps.activated,
        POOLED: maps.pooled,
    }[key]
    assert values is not None  # color_maps only lists stages that exist
    title = {
        SOURCE: "Gray picture" if spec.combine == "gray" else "Picture",
        RESPONSE: "Response",
        ACTIVATED: f"After {ACTIVATIONS[spec.activation].name}",
        POOLED: f"After {spec.pooling} pool {spec.pool_size} × {spec.pool_size}",
    }[key]
    return {
        "key": key,
        "title": title,
        "shape": shape_text(values.shape),
        "width": values.shape[1],
        "height": values.shape[0],
        "alt": f"{title}, {shape_text(values.shape)}, values from {number_text(one.low)} "
        f"to {number_text(one.high)}",
        "legend": _legend(one, values, dark=dark),
    }


def _legend(one: Colored, values: np.ndarray, *, dark: bool) -> dict[str, str]:
    low, high = number_text(one.low), number_text(one.high)
    dead = "all zero: a dead map" if one.low == one.high == 0 else f"values {low} to {high}"
    if one.scale == "photo" and one.clipped:
        share = 100 * one.clipped
        dead += f", about {share:.0f} % clipped" if share >= 1 else ", a few clipped"
    limit = number_text(one.limit)
    # A sign at an end says that the scale stops there and the values do not.
    below = "≤ " if one.low < -one.limit else ""
    above = "≥ " if one.high > one.limit else ""
    return {
        "low": f"{below}{MINUS}{limit}" if one.scale == "signed" else "0",
        "middle": "0" if one.scale == "signed" else "",
        "high": f"{above}+{limit}" if one.scale == "signed" else f"{above}{limit}",
        "range": dead,
        "gradient": colors.css_gradient(one.scale, dark=dark, gray=values.ndim == 3),
    }


def _window_header(shape: tuple[int, ...], spec: LabSpec, *, pooled: bool) -> dict[str, Any]:
    """What components/shared/window_geometry.js needs to frame windows."""
    axes = [
        {
            "stride": window.stride,
            "before": window.before,
            "reach": window.reach,
            "outputs": output_length(length, window),
            "length": length,
        }
        for window, length in zip(windows(spec.recipe), shape[:2], strict=True)
    ]
    return {"rows": axes[0], "columns": axes[1], "pool": spec.pool_size if pooled else 0}
