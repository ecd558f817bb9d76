"""Where the points of "A polynomial" come from: a sine with noise, or a row of the picture."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from app.caching import MIB, cached
from app.lessons.weight_decay.polynomial.settings import Point, PolynomialSettings
from cnn_core.images import grayscale

TRAINING, TEST = 12, 40
NOISE = 0.25
ROW_VALUES = 48
"""Values that a row of a picture is averaged to: more than a polynomial could follow."""
_WHITE = 255.0


@dataclass(frozen=True, kw_only=True, eq=False)
class PointSource:
    """A true curve and points drawn from it.

    Attributes:
        truth: the true curve, for x from -1 to 1.
        training: the points to fit to.
        test_x, test_y: the points held out.
    """

    truth: Callable[[np.ndarray], np.ndarray]
    training: tuple[Point, ...]
    test_x: np.ndarray
    test_y: np.ndarray


def sine(x: np.ndarray) -> np.ndarray:
    """Return sin(pi x): one wave from -1 to 1."""
    return np.asarray(np.sin(np.pi * x))


def row_values(image: np.ndarray) -> np.ndarray:
    """Return the gray values of a picture's middle row, averaged to 48, -1 black to 1 white."""
    gray = grayscale(image)
    row = gray[len(gray) // 2 : len(gray) // 2 + 1].astype(np.float32)
    how = cv2.INTER_AREA if row.shape[1] > ROW_VALUES else cv2.INTER_LINEAR
    averaged = cv2.resize(row, (ROW_VALUES, 1), interpolation=how)[0]
    return np.asarray(averaged, np.float64) / _WHITE * 2 - 1


@cached(max_bytes=MIB, size=lambda source: 4096)
def point_source(source: str, seed: int, digest: str, _image: np.ndarray) -> PointSource:
    """Draw the points of a source; a row of the picture is what it is, without noise."""
    random = np.random.default_rng(seed)
    x = np.linspace(-1, 1, TRAINING)
    x[1:-1] += random.uniform(-0.05, 0.05, TRAINING - 2)
    x = x.round(2)
    test_x = np.sort(random.uniform(-1, 1, TEST)).round(2)
    truth: Callable[[np.ndarray], np.ndarray] = sine
    noise = NOISE
    if source == "row":
        places, values = np.linspace(-1, 1, ROW_VALUES), row_values(_image)
        truth, noise = lambda at: np.interp(at, places, values), 0.0
    y = (truth(x) + random.normal(0, noise, TRAINING)).round(2)
    test_y = truth(test_x) + random.normal(0, noise, TEST)
    return PointSource(
        truth=truth,
        training=tuple(zip(x.tolist(), y.tolist(), strict=True)),
        test_x=test_x,
        test_y=test_y,
    )


def training_points(settings: PolynomialSettings, source: PointSource) -> tuple[Point, ...]:
    """Return the points to fit to: those that were moved, else those of the source."""
    return settings.points or source.training
