"""The order of a layer's maps, held to NumPy."""

import numpy as np
import pytest

from cnn_core.datasets import load_fashion
from cnn_core.networks import load, trace
from cnn_core.networks.map_order import strengths, strongest_first


@pytest.mark.parametrize("layer", ["conv1a", "pool1", "dense"])
def test_strength_is_the_mean_absolute_value(layer: str) -> None:
    found = trace(load("fashion_cnn"), load_fashion("test").images[3])
    expected = [np.abs(one.astype(np.float64)).mean() for one in found[layer]]
    np.testing.assert_allclose(strengths(found, layer), expected, rtol=1e-6)


def test_the_strongest_come_first_and_equal_ones_keep_their_order() -> None:
    numbers = np.array([1.0, 3.0, 1.0, 3.0, 0.0])
    assert strongest_first(numbers).tolist() == [1, 3, 0, 2, 4]
    assert strongest_first(numbers).tolist() == sorted(range(5), key=lambda at: -numbers[at])
