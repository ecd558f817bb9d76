"""The pictures that come with the app: photographs first, then the drawn patterns."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from cnn_core.datasets import ASSETS
from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.images import load_image
from cnn_core.images.patterns import PATTERNS, draw_pattern

FOLDER = ASSETS / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture to start with: a file in `assets/samples`, or a pattern drawn by `cnn_core`."""

    key: str
    name: str
    _: KW_ONLY
    note: str
    path: Path | None = None
    pattern: str | None = None


_PHOTOGRAPHS = (
    Sample(
        "mandrill",
        "Mandrill",
        path=FOLDER / "mandrill.png",
        note="Fine fur, smooth skin and strong colors.",
    ),
    Sample(
        "astronaut",
        "Astronaut",
        path=FOLDER / "astronaut.png",
        note="A face, fabric and a flag: large shapes beside small detail.",
    ),
    Sample("cat", "Cat", path=FOLDER / "cat.png", note="Whiskers are lines in all directions."),
    Sample(
        "dog",
        "Dog",
        path=FOLDER / "dog.jpg",
        note="A German shepherd: dark and bright fur before grass.",
    ),
    Sample(
        "coffee",
        "Coffee",
        path=FOLDER / "coffee.png",
        note="Round edges on the straight lines of wood.",
    ),
    Sample(
        "rocket",
        "Rocket",
        path=FOLDER / "rocket.jpg",
        note="Thin towers and bright lights against a smooth evening sky.",
    ),
    Sample(
        "camera",
        "Cameraman",
        path=FOLDER / "camera.png",
        note="Gray only: its three channels are the same.",
    ),
    Sample(
        "brick",
        "Brick wall",
        path=FOLDER / "brick.png",
        note="Lines in two directions, for two different kernels.",
    ),
)
_PATTERNS = tuple(
    Sample(pattern.key, pattern.name, note=pattern.note, pattern=pattern.key)
    for pattern in PATTERNS.values()
)
SAMPLES: Mapping[str, Sample] = MappingProxyType(
    {sample.key: sample for sample in (*_PHOTOGRAPHS, *_PATTERNS)}
)
"""Every sample by key: photographs, then patterns."""

DEFAULT_SAMPLE = "mandrill"


def load_sample(key: str) -> NDArray[np.uint8]:
    """Load the sample called `key`.

    Returns:
        `uint8 (H, W, 3)`, at most 512 pixels a side; read-only, because every caller gets the same
        array.

    Raises:
        CnnCoreError: if there is no such sample.
        DataMissingError: if its file is not where it was installed.

    >>> load_sample("lecture_2x2")[..., 0].tolist()
    [[1, 1], [2, 2]]
    """
    if key not in SAMPLES:
        raise CnnCoreError(f"There is no sample called {key!r}; there are {', '.join(SAMPLES)}.")
    return _load(key)


@cache
def _load(key: str) -> NDArray[np.uint8]:
    sample = SAMPLES[key]
    if sample.path is None:
        image = draw_pattern(key)
    elif sample.path.is_file():
        image = load_image(sample.path)
    else:
        raise DataMissingError(f"The sample picture {sample.path.name} is missing from assets.")
    image.flags.writeable = False
    return image
