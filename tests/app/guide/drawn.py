"""Settings and pictures drawn at random, for each lesson that has a guide."""

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.catalogue import LESSONS
from app.lesson import Lesson
from app.session.image_picker import YOURS, Picture
from app.session.settings import Setting
from cnn_core.activations import ACTIVATIONS
from cnn_core.images import digest
from cnn_core.kernels import BUILDERS, KERNELS
from cnn_core.samples import SAMPLES, load_sample

GUIDED: tuple[Lesson, ...] = tuple(lesson for lesson in LESSONS if lesson.guide)


def sample(key: str) -> Picture:
    """A bundled picture, as the page has it."""
    pixels = load_sample(key)
    return Picture(name=SAMPLES[key].name, token="", digest=digest(pixels), pixels=pixels)


def own(pixels: np.ndarray, file: str = "holiday.png") -> Picture:
    """A picture of the reader's own."""
    return Picture(name=YOURS, token="", digest=digest(pixels), pixels=pixels, file=file)


@st.composite
def small_pictures(draw: st.DrawFn) -> Picture:
    """Noise, partly gray, an even picture or a bundled one, small enough to be computed often."""
    height, width = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    kind = draw(st.sampled_from(("noise", "even", "sample", "gray")))
    if kind == "even":
        value = draw(st.integers(0, 255))
        return own(np.full((height, width, 3), value, np.uint8))
    if kind == "sample":
        whole = load_sample(draw(st.sampled_from(("mandrill", "vertical_edge", "checkerboard"))))
        return own(np.ascontiguousarray(whole[:height, :width]))
    noise = np.random.default_rng(draw(st.integers(0, 99)))
    pixels = noise.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind == "gray":  # some of its rows, or all
        rows = draw(st.integers(1, height))
        pixels[:rows] = pixels[:rows, :, :1]
    return own(pixels)


def pictures_of(lesson: str) -> SearchStrategy[Picture]:
    """Pictures that a lesson's sentences and promises are tried on."""
    return small_pictures()


def grids(rows: int, columns: int, low: int, high: int) -> SearchStrategy[str]:
    """Numbers as the settings write a grid: rows by semicolons, cells by commas."""
    numbers = st.integers(low, high).map(str) | st.floats(low, high, width=16).map(
        lambda value: f"{value:.3g}"
    )
    shapes = st.tuples(st.integers(1, rows), st.integers(1, columns))
    return shapes.flatmap(
        lambda shape: st.lists(
            st.lists(numbers, min_size=shape[1], max_size=shape[1]).map(",".join),
            min_size=shape[0],
            max_size=shape[0],
        ).map(";".join)
    )


def whole(low: int, high: int) -> SearchStrategy[str]:
    """Whole numbers as text."""
    return st.integers(low, high).map(str)


_KERNELS = (
    st.sampled_from(tuple(KERNELS))
    | st.sampled_from(tuple(f"{key}()" for key in BUILDERS))
    | grids(5, 5, -4, 4)
)

_SETTINGS: Mapping[str, Mapping[str, SearchStrategy[str]]] = {
    "kernel_lab": {
        "kernel": _KERNELS,
        "stride": whole(1, 8),
        "padding": st.sampled_from(("same", "valid", "1", "2", "5", "8")),
        "dilation": whole(1, 4),
        "bias": st.sampled_from(("0", "0", "50", "-12.5")),
        "pool_size": whole(1, 8),
        "combine": st.sampled_from(("channels", "sum", "gray")),
        "activation": st.sampled_from(tuple(ACTIVATIONS)),
        "pooling": st.sampled_from(("none", "max", "average")),
        "border": st.sampled_from(("zeros", "reflect", "replicate", "circular")),
        "convention": st.sampled_from(("correlation", "convolution")),
        "view": st.just("auto"),
    },
    "pictures": {
        "look": st.sampled_from(("rgb", "red", "green", "blue", "gray")),
        "cells": whole(1, 16),
        "at": st.tuples(whole(0, 45), whole(0, 45)).map(",".join),
        "tint": st.just("gray"),
    },
    "inside_cnn": {
        "network": st.sampled_from(("fashion_cnn", "fashion_mlp") * 14 + ("efficientnet_lite0",)),
        "source": st.sampled_from(("garment", "drawn", "picture")),
        "garment": whole(0, 300),
        "drawing": st.just("") | st.text("0f7", min_size=28, max_size=28).map(lambda row: row * 28),
        "layer": st.sampled_from(
            ("relu1a", "relu2b", "pool2", "norm1b", "relu1", "dense", "dense1", "flatten")
        )
        | st.sampled_from(("stem_relu6", "softmax")),
        "channel": whole(0, 40),
        "row": whole(0, 8),
        "column": whole(0, 8),
        "scope": st.sampled_from(("map", "network")),
        "depth": st.just("all"),
    },
}


_PINNED: Mapping[str, frozenset[str]] = {
    # EfficientNet-Lite0, the default, takes a hundred times as long as the small networks.
    "inside_cnn": frozenset({"network"}),
}
"""Settings that are always drawn, and never left at their default."""


def settings_of(lesson: Lesson) -> SearchStrategy[dict[str, str]]:
    """All settings of a lesson as text: each its default, or drawn.

    Raises:
        LookupError: if a setting has no strategy here.
    """
    strategies = _SETTINGS[lesson.key]

    def drawn(key: str, setting: Setting) -> SearchStrategy[str]:
        if key in _PINNED.get(lesson.key, ()):
            return strategies[key]
        return st.just(setting.default) | strategies[key]

    return st.fixed_dictionaries({key: drawn(key, one) for key, one in lesson.settings.items()})
