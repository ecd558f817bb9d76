"""No picture leaves the bounds, and the first layer's are reached by a picture."""

import numpy as np
import pytest

from cnn_core.networks import load, trace
from cnn_core.networks.output_bounds import dead_maps, output_bounds

FIRST = {"fashion_cnn": "norm1a", "fashion_mlp": "dense1", "efficientnet_lite0": "stem_norm"}
PICTURES = 4


@pytest.mark.parametrize("name", FIRST)
def test_every_map_of_every_picture_stays_within_its_bounds(name: str) -> None:
    network = load(name)
    bounds = output_bounds(network)
    noise = np.random.default_rng(1)
    pictures = [np.full((40, 40, 3), value, np.uint8) for value in (0, 255)]
    pictures += [noise.choice((0, 255), (40, 40, 3)).astype(np.uint8) for _ in range(PICTURES)]
    for picture in pictures:
        seen = trace(network, picture)
        for layer, ends in bounds.items():
            maps = seen[layer].reshape(len(ends.low), -1)
            near = 1e-4 * np.maximum(1, np.maximum(abs(ends.low), abs(ends.high)))
            assert (maps.min(1) >= ends.low - near).all()
            assert (maps.max(1) <= ends.high + near).all()
            dead = dead_maps(bounds, network.layer(layer))
            assert (seen[layer][dead] == 0).all()


@pytest.mark.parametrize("name", FIRST)
def test_some_picture_reaches_the_first_layers_bound(name: str) -> None:
    network, layer = load(name), FIRST[name]
    bounds = output_bounds(network)[layer]
    first = next(one for one in network.layers if one.kind in ("conv", "dense"))
    weights = network.weights(first.name)
    assert weights is not None
    height, width = network.preparation.size
    for channel in range(0, len(weights), 5):
        picture = np.zeros((height, width, first_depth(network)), np.uint8)
        if first.kind == "dense":
            picture[:] = 255 * (weights[channel].reshape(height, width, 1) > 0)
        else:
            # The best window, in the middle of the picture; batch norm may turn the sign.
            scale = network.module.parts[layer].weight[channel].item()
            best = 255 * (weights[channel] * scale > 0).transpose(1, 2, 0)
            (top, _), (left, _) = first.padding
            row, column = 8 * first.stride[0] - top, 8 * first.stride[1] - left
            picture[row : row + best.shape[0], column : column + best.shape[1]] = best
        if picture.shape[2] == 1:
            picture = picture[:, :, 0]
        assert trace(network, picture)[layer][channel].max() == pytest.approx(
            bounds.high[channel], rel=1e-3, abs=1e-3
        )


def first_depth(network) -> int:
    return 3 if network.preparation.color else 1


def test_four_units_of_the_first_layer_are_dead() -> None:
    network = load("efficientnet_lite0")
    bounds = output_bounds(network)
    dead = dead_maps(bounds, network.layer("stem_relu6"))
    assert np.flatnonzero(dead).tolist() == [11, 16, 28, 31]
    assert not dead_maps(bounds, network.layer("stem_norm")).any()
    assert not any(
        dead_maps(output_bounds(load("fashion_cnn")), one).any()
        for one in load("fashion_cnn").layers
    )
