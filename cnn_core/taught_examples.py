"""Pictures of two or three classes to teach with: parts of the bundled photographs, and textures.

All pictures of a class that come from one photograph are more alike than ones of your own would be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError
from cnn_core.samples import load_sample

Picture = npt.NDArray[np.uint8]
SIDE = 224
"""Pixels of a drawn texture, both ways."""
COUNT = 8
"""Pictures of each class."""
_NOISE = 110.0
_STRIPES = 9.0
"""Pixels from one stripe of a texture to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtExample:
    """Classes with pictures to start from.

    Attributes:
        key: its name in links.
        title: its name on the page.
        classes: the names of the classes.
        sources: where each class comes from: a sample and the side of the parts cut from it, in
            pixels; or the tilt of stripes, in degrees.
    """

    key: str
    title: str
    classes: tuple[str, ...]
    sources: tuple[tuple[str, int] | float, ...]

    @property
    def is_cut(self) -> bool:
        """Whether its pictures are parts of photographs."""
        return all(isinstance(one, tuple) for one in self.sources)


_ALL = (
    TaughtExample(
        key="textures",
        title="Fur or brick",
        classes=("Fur", "Brick"),
        sources=(("mandrill", 140), ("brick", 140)),
    ),
    TaughtExample(
        key="pets",
        title="Cat or dog",
        classes=("Cat", "Dog"),
        sources=(("cat", 200), ("dog", 260)),
    ),
    TaughtExample(
        key="things",
        title="Coffee or rocket",
        classes=("Coffee", "Rocket"),
        sources=(("coffee", 260), ("rocket", 260)),
    ),
    TaughtExample(
        key="three",
        title="Fur, brick or cat",
        classes=("Fur", "Brick", "Cat"),
        sources=(("mandrill", 140), ("brick", 140), ("cat", 200)),
    ),
    TaughtExample(
        key="noise",
        title="Stripes in noise",
        classes=("Rising", "Falling"),
        sources=(-45.0, 45.0),
    ),
)
TAUGHT_EXAMPLES: Mapping[str, TaughtExample] = MappingProxyType({one.key: one for one in _ALL})


@cache
def taught_pictures(key: str) -> tuple[tuple[Picture, ...], ...]:
    """Make the pictures of an example: eight of each class, uint8 (H, W, 3), read-only.

    Raises:
        CnnCoreError: if there is no such example.

    >>> [len(pictures) for pictures in taught_pictures("things")]
    [8, 8]
    """
    if key not in TAUGHT_EXAMPLES:
        raise CnnCoreError(f"There is no example called {key!r}: {', '.join(TAUGHT_EXAMPLES)}.")
    made = []
    for at, source in enumerate(TAUGHT_EXAMPLES[key].sources):
        draw = np.random.default_rng(at)
        made.append(tuple(_picture(source, draw) for _ in range(COUNT)))
    return tuple(made)


def _picture(source: tuple[str, int] | float, draw: np.random.Generator) -> Picture:
    picture = _part(*source, draw) if isinstance(source, tuple) else _stripes(source, draw)
    picture.flags.writeable = False
    return picture


def _part(sample: str, side: int, draw: np.random.Generator) -> Picture:
    whole = load_sample(sample)
    top, left = (int(draw.integers(0, length - side + 1)) for length in whole.shape[:2])
    return whole[top : top + side, left : left + side].copy()


def _stripes(tilt: float, draw: np.random.Generator) -> Picture:
    """Draw gray stripes that are hard to see in noise of the same kind."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    angle = np.deg2rad(tilt + draw.normal(0, 10))
    along = columns * np.cos(angle) - rows * np.sin(angle)
    wave = 20 * np.sin(2 * np.pi * (along / _STRIPES + draw.uniform()))
    gray = 128 + wave + draw.normal(0, _NOISE, (SIDE, SIDE))
    return np.repeat(np.clip(np.rint(gray), 0, 255).astype(np.uint8)[..., None], 3, axis=2)
