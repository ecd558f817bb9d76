"""Settings and pictures drawn at random, for each lesson that has a guide."""

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.catalogue import LESSONS
from app.lesson import Lesson
from app.lessons.cats_vs_dogs.teach.settings import DECAYS
from app.lessons.step_by_step.examples import EXAMPLES
from app.lessons.step_by_step.settings import LETTERS, PRESETS, SOURCES
from app.lessons.watch_it_learn.settings import VIEWS
from app.lessons.weight_decay.settings import VIEWS as DECAY_VIEWS
from app.session.picture import YOURS, Picture
from app.session.settings import Setting
from cnn_core.activations import ACTIVATIONS
from cnn_core.images import digest
from cnn_core.kernels import BUILDERS, KERNELS
from cnn_core.networks.attribution.methods import METHODS
from cnn_core.networks.attribution.unit_methods import UNIT_METHODS
from cnn_core.samples import SAMPLES, load_sample
from cnn_core.taught_examples import TAUGHT_EXAMPLES
from tests.app.guide import (
    decay_network,
    decay_polynomial,
    decay_written,
    drop_views,
    learn_backward,
    learn_epochs,
    learn_kernel,
    learn_train,
    norm_views,
)

GUIDED: tuple[Lesson, ...] = tuple(lesson for lesson in LESSONS if lesson.guide)


def sample(key: str) -> Picture:
    """A bundled picture, as the page has it."""
    pixels = load_sample(key)
    return Picture(name=SAMPLES[key].name, token="", digest=digest(pixels), pixels=pixels)


def own(pixels: np.ndarray, file: str = "holiday.png") -> Picture:
    """A picture of the reader's own."""
    return Picture(name=YOURS, token="", digest=digest(pixels), pixels=pixels, file=file)


def corner() -> Picture:
    """A part of a photograph, small enough to be computed often."""
    return own(load_sample("mandrill")[:96, :96].copy())


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
    if lesson in ("look_at", "dense_layer", "cats_vs_dogs"):
        # Few, so that what a network makes of them is computed once.
        few = [sample(key) for key in ("mandrill", "vertical_edge")]
        if lesson == "cats_vs_dogs":
            few += [sample("cat"), sample("dog"), sample("astronaut")]
        one_pixel = own(np.full((1, 1, 3), 99, np.uint8))
        return st.sampled_from([*few, *([] if lesson == "look_at" else [one_pixel])])
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


def _slices() -> SearchStrategy[str]:
    """Two or three grids of one size, as the settings write channels."""
    numbers = st.lists(whole(-3, 9), min_size=4, max_size=4)
    grid = numbers.map(lambda four: f"{four[0]},{four[1]};{four[2]},{four[3]}")
    return st.lists(grid, min_size=2, max_size=3).map("|".join)


STRIPES = "0" * 300 + "8f8" * 60 + "0" * 304
"""A drawing, as the setting "drawing" has it."""

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
    "step_by_step": {
        "walk_mode": st.sampled_from(("max", "average", "line", "line")),
        "walk_source": st.sampled_from(list(SOURCES)),
        "walk_weights": st.sampled_from(tuple(PRESETS)) | grids(4, 4, -4, 4) | _slices(),
        "walk_channels": whole(1, 3),
        "walk_stride": whole(1, 4),
        "walk_padding": whole(0, 3),
        "walk_dilation": whole(1, 3),
        "walk_flip": st.sampled_from(("0", "1")),
        "walk_bias": st.sampled_from(("0", "0", "7", "-12.5", "0.333")),
        "walk_activation": st.sampled_from(tuple(ACTIVATIONS)),
        "walk_pool": whole(1, 4),
        "walk_pool_stride": whole(1, 4),
        "walk_pool_padding": whole(0, 2),
        "walk_count": st.sampled_from(("0", "1")),
        "walk_signal": grids(1, 20, -10, 10).filter(lambda text: ";" not in text),
        "walk_line": grids(1, 5, -5, 5),
        "walk_cells": grids(8, 8, -20, 255) | _slices(),
        "walk_patch": st.tuples(whole(0, 45), whole(0, 45), whole(1, 9)).map(",".join),
        "walk_side": whole(2, 16),
        "walk_letters": st.sampled_from(list(LETTERS)),
        "walk_speed": st.just("1"),
        "walk_at": st.just(""),
    },
    "pictures": {
        "look": st.sampled_from(("rgb", "red", "green", "blue", "gray")),
        "cells": whole(1, 16),
        "at": st.tuples(whole(0, 45), whole(0, 45)).map(",".join),
        "tint": st.just("gray"),
    },
    "dense_layer": {
        "dense_view": st.sampled_from(("unroll", "parameters", "shuffle", "sides")),
        "unrolled": st.sampled_from(("picture", "garment", "lecture")),
        "dense_pixel": st.tuples(whole(0, 27), whole(0, 27)).map(",".join),
        "neuron": whole(0, 127),
        "first_kernel": whole(0, 15),
        "source": st.sampled_from(("garment", "garment", "drawn", "picture")),
        # Few, so that what the networks make of the square everywhere is computed once.
        "garment": whole(0, 2),
        "drawing": st.just(STRIPES),
        "dense_height": whole(1, 4096),
        "dense_width": whole(1, 30) | whole(1, 4096),
        "dense_channels": whole(1, 4),
        "dense_units": whole(1, 500),
        "dense_kernel": st.integers(0, 15).map(lambda half: str(2 * half + 1)),
        "shuffle_share": whole(0, 100),
        "shuffle_block": st.sampled_from(("1", "2", "4", "7", "14")),
        "square": st.sampled_from(("0,0,20", "1,3,20", "6,6,22")),
    },
    "inside_cnn": {
        "network": st.sampled_from(("fashion_cnn", "fashion_mlp") * 14 + ("efficientnet_lite0",)),
        "source": st.sampled_from(("garment", "drawn", "picture")),
        "garment": whole(0, 300),
        "drawing": st.just("") | st.text("0f7", min_size=28, max_size=28).map(lambda row: row * 28),
        "layer": st.sampled_from(
            ("relu1a", "relu2b", "pool2", "pool3", "norm1b", "relu1", "relu2", "dense", "flatten")
        )
        | st.sampled_from(("stem_relu6", "softmax")),
        "channel": whole(0, 40),
        "row": whole(0, 8),
        "column": whole(0, 8),
        "scope": st.sampled_from(("map", "network")),
        "depth": st.just("all"),
        "last_layer": st.just("taught"),
        "map_order": st.sampled_from(("strength", "effect", "selectivity")),
    },
    "look_at": {
        # The ImageNet network, which is the default, takes seconds for a class.
        "network": whole(0, 39)
        .map({"0": "efficientnet_lite0", "1": "fashion_mlp"}.get)
        .map(lambda network: network or "fashion_cnn"),
        "source": st.sampled_from(("garment", "garment", "drawn", "picture")),
        "garment": whole(0, 5),
        "drawing": st.just(STRIPES),
        "class": whole(0, 9),
        "heat": st.sampled_from((*METHODS, "none")),
        "square": st.sampled_from(("0,0,6", "10,10,9")),
        "layer": st.sampled_from(("norm1a", "relu2b", "pool1", "dense")),
        "channel": whole(0, 9),
        "unit_method": st.sampled_from(tuple(UNIT_METHODS)),
        "unit_sheet": whole(1, 3),
        **{key: st.just("") for key in ("row", "column")},
        "scope": st.just("layer"),
        "depth": st.just("outcomes"),
    },
    "translation": {
        "network": st.sampled_from(("fashion_cnn", "fashion_mlp")),
        "garment": whole(0, 20),
        "shift_view": st.sampled_from(("numbers", "picture", "picture", "network", "order")),
        "shift_x": whole(0, 128),
        "shift_columns": whole(0, 3),
        "shift_kind": st.just("average"),
        "shift_by": st.tuples(st.integers(-16, 16), st.integers(-16, 16)).map(
            lambda by: f"{by[0]},{by[1]}"
        )
        | st.integers(-8, 8).map(lambda right: f"0,{right}"),
        "shift_downsampling": st.sampled_from(("none", "max", "average", "stride", "blur")),
        "shift_layers": whole(1, 4),
        "shift_compare": st.just("moved"),
        "shift_activation": st.sampled_from(tuple(ACTIVATIONS)),
        "shift_bias": st.sampled_from(("-8", "-2.5", "0.5", "3", "8")),
    },
    "cats_vs_dogs": {
        "taught_view": st.sampled_from(("animal", "teach", "teach", "starts")),
        "animal_threshold": whole(1, 99),
        # Few, so that features and heads are computed once.
        "taught_set": st.sampled_from((*TAUGHT_EXAMPLES, "own")),
        "taught_decay": st.sampled_from(DECAYS),
        "taught_dropout": st.sampled_from(("0", "0", "50")),
        "taught_most": st.sampled_from(("2", "4", "all")),
        "taught_copies": st.sampled_from(("0", "0", "1")),
        "taught_class": whole(0, 2),
        # At 64 pixels a training takes four times as long: a state has that.
        "starts_side": st.just("32"),
        "starts_count": st.sampled_from(("1", "4", "8")),
        "starts_shown": st.sampled_from(("", "1", "40", "picture")),
    },
    "dropout": drop_views.SETTINGS,
    "watch_it_learn": {
        "learn_view": st.sampled_from(tuple(VIEWS)),
        **learn_kernel.SETTINGS,
        **learn_backward.SETTINGS,
        **learn_epochs.SETTINGS,
        **learn_train.SETTINGS,
    },
    "batch_norm": norm_views.SETTINGS,
    "weight_decay": {
        "decay_view": st.sampled_from(tuple(DECAY_VIEWS)),
        **decay_polynomial.SETTINGS,
        **decay_network.SETTINGS,
        **decay_written.SETTINGS,
    },
}
_STARTS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "kernel_lab": (
        {"kernel": "dog_9"},
        {"kernel": "log()", "combine": "sum", "bias": "50"},
        {"kernel": "1,2;3,4", "stride": "2", "dilation": "3", "convention": "convolution"},
        {"activation": "gelu"},
        {"pooling": "average", "activation": "sigmoid"},
    ),
    "step_by_step": (
        *(example.changes for example in EXAMPLES.values()),
        {"walk_mode": "max", "walk_source": "colors", "walk_pool_stride": "1"},
        {"walk_mode": "average", "walk_source": "patch", "walk_pool_padding": "1"},
        {"walk_mode": "line"},
        {"walk_mode": "line", "walk_signal": "0,0,0,1,0,0,0"},
    ),
}
"""Settings that belong together, which settings drawn one by one hardly ever are."""


def starts_of(lesson: Lesson) -> list[tuple[dict[str, str], Picture]]:
    """All settings of each start, with a picture."""
    defaults = {key: one.default for key, one in lesson.settings.items()}
    return [({**defaults, **one}, corner()) for one in _STARTS.get(lesson.key, ())]


_PINNED: Mapping[str, frozenset[str]] = {
    # EfficientNet-Lite0, the default, takes a hundred times as long as the small networks.
    "inside_cnn": frozenset({"network"}),
    "look_at": frozenset({"network"}),
    "translation": frozenset({"network"}),
    # A square of 20 pixels has 81 places, one of 8 has 441.
    "dense_layer": frozenset({"square", "dense_view"}),
}
"""Settings that are always drawn, and never left at their default."""


def settings_of(lesson: Lesson) -> SearchStrategy[dict[str, str]]:
    """All settings of a lesson as text: each its default, or drawn; or an example, a bit changed.

    Raises:
        LookupError: if a setting has no strategy here.
    """
    strategies = _SETTINGS[lesson.key]

    def drawn(key: str, setting: Setting) -> SearchStrategy[str]:
        if key in _PINNED.get(lesson.key, ()):
            return strategies[key]
        return st.just(setting.default) | strategies[key]

    every = st.fixed_dictionaries({key: drawn(key, one) for key, one in lesson.settings.items()})
    starts = _STARTS.get(lesson.key)
    if not starts:
        return every

    def changed(start: Mapping[str, str], texts: dict[str, str], keys: list[str]) -> dict[str, str]:
        defaults = {key: one.default for key, one in lesson.settings.items()}
        return {**defaults, **start, **{key: texts[key] for key in keys}}

    some = st.lists(st.sampled_from(tuple(lesson.settings)), max_size=2)
    return every | st.builds(changed, st.sampled_from(starts), every, some)
