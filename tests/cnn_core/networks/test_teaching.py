"""From eight pictures a class, a head tells generated classes apart that it never saw."""

import numpy as np
import pytest

from cnn_core.networks import load
from cnn_core.networks.features import features
from cnn_core.networks.heads import fit_head

SIDE = 96
COLORS = ((220, 60, 50), (60, 170, 70), (50, 90, 210), (230, 180, 40))


def texture(kind: int, draw: np.random.Generator) -> np.ndarray:
    """Stripes or a checkerboard, in noise."""
    rows, columns = np.mgrid[:SIDE, :SIDE] + draw.uniform(0, 20)
    width = draw.uniform(5, 9)
    drawn = (columns // width) % 2 if kind == 0 else (columns // width + rows // width) % 2
    gray = 90 + 70 * drawn + draw.normal(0, 30, (SIDE, SIDE))
    return np.repeat(np.clip(gray, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def shape(kind: int, draw: np.random.Generator) -> np.ndarray:
    """A disc, a square or a cross, in any color, anywhere."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    down, right = rows - draw.uniform(38, 58), columns - draw.uniform(38, 58)
    half = draw.uniform(22, 32)
    inside = (
        down**2 + right**2 < half**2,
        np.maximum(np.abs(down), np.abs(right)) < half,
        (np.minimum(np.abs(down), np.abs(right)) < half / 4)
        & (np.maximum(np.abs(down), np.abs(right)) < half),
    )[kind]
    picture = np.full((SIDE, SIDE, 3), draw.integers(190, 255), np.float64)
    picture[inside] = COLORS[draw.integers(len(COLORS))]
    noisy = picture + draw.normal(0, 8, picture.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("drawn", "classes"), [(texture, 2), (shape, 3)])
def test_eight_pictures_of_each_class_are_enough(drawn, classes):
    network, draw = load("efficientnet_lite0"), np.random.default_rng(0)
    labels = np.arange(classes * 24) % classes
    pictures = [drawn(int(label), draw) for label in labels]
    found = np.concatenate(list(features(network, pictures)))
    seen = classes * 8
    head = fit_head(found[:seen], labels[:seen], weight_decay=0.01)
    given = head.probabilities(found[seen:]).argmax(axis=1)
    assert (given == labels[seen:]).mean() >= 0.95
