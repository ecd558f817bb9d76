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
from cnn_core.networks.attribution.methods import METHODS
from cnn_core.samples import SAMPLES, load_sample
from tests.app.guide.states import DRAWING

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
    """Noise, an even picture or a bundled one, small enough to be computed often."""
    height, width = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    kind = draw(st.sampled_from(("noise", "even", "sample")))
    if kind == "even":
        value = draw(st.integers(0, 255))
        return own(np.full((height, width, 3), value, np.uint8))
    if kind == "sample":
        whole = load_sample(draw(st.sampled_from(("mandrill", "vertical_edge", "checkerboard"))))
        return own(np.ascontiguousarray(whole[:height, :width]))
    noise = np.random.default_rng(draw(st.integers(0, 99)))
    return own(noise.integers(0, 256, (height, width, 3), dtype=np.uint8))


def pictures_of(lesson: str) -> SearchStrategy[Picture]:
    """Pictures that a lesson's sentences and promises are tried on."""
    if lesson == "look_at":
        # Few, so that what a network makes of them is computed once.
        return st.sampled_from([sample(key) for key in ("mandrill", "vertical_edge")])
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
    "look_at": {
        # The ImageNet network, which is the default, takes seconds for a class.
        "network": whole(0, 39)
        .map({"0": "efficientnet_lite0", "1": "fashion_mlp"}.get)
        .map(lambda network: network or "fashion_cnn"),
        "source": st.sampled_from(("garment", "garment", "drawn", "picture")),
        "garment": whole(0, 5),
        "drawing": st.just(DRAWING),
        "class": whole(0, 9),
        "heat": st.sampled_from((*METHODS, "none")),
        "square": st.sampled_from(("0,0,6", "10,10,9")),
        **{key: st.just("") for key in ("layer", "channel", "row", "column")},
        "scope": st.just("layer"),
        "depth": st.just("outcomes"),
    },
}
_COSTLY_DEFAULTS = {("look_at", "network")}
"""Settings whose default is drawn as seldom as their strategy does."""


def settings_of(lesson: Lesson) -> SearchStrategy[dict[str, str]]:
    """All settings of a lesson as text: each its default, or drawn.

    Raises:
        LookupError: if a setting has no strategy here.
    """
    strategies = _SETTINGS[lesson.key]

    def drawn(key: str, setting: Setting) -> SearchStrategy[str]:
        if (lesson.key, key) in _COSTLY_DEFAULTS:
            return strategies[key]
        return st.just(setting.default) | strategies[key]

    return st.fixed_dictionaries({key: drawn(key, one) for key, one in lesson.settings.items()})
