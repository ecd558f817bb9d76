"""Partial maps add up to the map that the network computed."""

import numpy as np
import pytest

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, explain_unit, load, trace
from cnn_core.networks.partial_maps import partial_maps


@pytest.fixture(scope="module")
def boot() -> Trace:
    return trace(load("fashion_cnn"), load_fashion("test").images[0])


@pytest.fixture(scope="module")
def noise() -> Trace:
    picture = np.random.default_rng(5).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    return trace(load("efficientnet_lite0"), picture)


@pytest.mark.parametrize("layer", ["conv1a", "conv1b", "conv2a", "conv3b"])
def test_the_parts_of_every_map_add_up_to_it(boot: Trace, layer: str) -> None:
    for channel in range(0, boot.network.layer(layer).shape[0], 5):
        parts = partial_maps(boot, layer, channel)
        np.testing.assert_allclose(parts.total, boot[layer][channel], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("layer", "maps"),
    [
        ("stem_conv", 3),  # stride 2 and padding at one end only
        ("block2_depthwise_conv", 1),  # a group for each map
        ("block4_project_conv", 144),  # 1 x 1
    ],
)
def test_strides_groups_and_uneven_padding(noise: Trace, layer: str, maps: int) -> None:
    channel = noise.network.layer(layer).shape[0] - 1
    parts = partial_maps(noise, layer, channel)
    assert parts.partials.shape == (maps, *noise.network.layer(layer).shape[1:])
    np.testing.assert_allclose(parts.total, noise[layer][channel], rtol=1e-3, atol=1e-3)


def test_one_cell_of_each_part_is_what_the_unit_sums(boot: Trace) -> None:
    told = explain_unit(boot, "conv1b", 3, 10, 5)
    parts = partial_maps(boot, "conv1b", 3)
    assert told.window is not None
    np.testing.assert_allclose(parts.partials[:, 10, 5], told.window.channel_sums, atol=1e-5)


def test_only_a_convolution_has_parts(boot: Trace) -> None:
    with pytest.raises(CnnCoreError, match="kind max_pool"):
        partial_maps(boot, "pool1", 0)
    with pytest.raises(CnnCoreError, match="no channel 16"):
        partial_maps(boot, "conv1b", 16)


def test_nothing_is_written_to_the_network(boot: Trace) -> None:
    before = boot.network.weights("conv1b").copy()  # type: ignore[union-attr]
    parts = partial_maps(boot, "conv1b", 0)
    parts.weights[:] = 7
    np.testing.assert_array_equal(boot.network.weights("conv1b"), before)
