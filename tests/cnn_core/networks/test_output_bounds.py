"""No picture leaves the bounds, and the first layer's are reached by a picture."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
import torch

from cnn_core.networks import Network, load, trace
from cnn_core.networks.attribution.gradients import output_of
from cnn_core.networks.builder import NetworkBuilder
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.output_bounds import OutputBounds, dead_maps, output_bounds
from cnn_core.networks.preparation import Preparation

ATTACKED = [
    ("fashion_cnn", "norm1a"),
    ("fashion_cnn", "norm1b"),
    ("fashion_cnn", "norm2a"),
    ("fashion_mlp", "dense1"),
    ("fashion_mlp", "dense2"),
    ("efficientnet_lite0", "stem_norm"),
    ("efficientnet_lite0", "block1_depthwise_norm"),
    ("efficientnet_lite0", "block2_expand_norm"),
]
DEPTHWISE = "block1_depthwise_conv"
STEPS = 12
FIRST = {"fashion_cnn": "norm1a", "fashion_mlp": "dense1", "efficientnet_lite0": "stem_norm"}
PICTURES = 4


@cache
def bounds_of(network: Network) -> Mapping[str, OutputBounds]:
    """The bounds of a network, which take a second, computed once."""
    return output_bounds(network)


@pytest.mark.parametrize("name", FIRST)
def test_every_map_of_every_picture_stays_within_its_bounds(name: str) -> None:
    network = load(name)
    bounds = bounds_of(network)
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
    bounds = bounds_of(network)[layer]
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
    bounds = bounds_of(network)
    dead = dead_maps(bounds, network.layer("stem_relu6"))
    assert np.flatnonzero(dead).tolist() == [11, 16, 28, 31]
    assert not dead_maps(bounds, network.layer("stem_norm")).any()
    assert not any(
        dead_maps(bounds_of(load("fashion_cnn")), one).any() for one in load("fashion_cnn").layers
    )


@pytest.mark.parametrize(("name", "layer"), ATTACKED)
def test_pictures_made_to_break_the_bounds_do_not(name: str, layer: str) -> None:
    """A picture for each map, changed along the gradient until the map is as large as it gets."""
    network = load(name)
    bounds = bounds_of(network)
    ends, preparation = bounds[layer], network.preparation
    low, high = ((end - preparation.offset) / preparation.scale for end in (0, 255))
    readers = [one for one in network.layers if layer in one.inputs]
    dead = dead_maps(bounds, readers[0])
    # The dead ones, and a few of the others; a smaller picture has the same windows.
    maps = [*np.flatnonzero(dead), *np.flatnonzero(~dead)[::7]][:10]
    size = (28, 28) if preparation.size == (28, 28) else (40, 40)
    noise = torch.Generator().manual_seed(4)
    shape = (len(maps), first_depth(network), *size)
    x = low + (high - low) * torch.rand(shape, generator=noise)
    near = 1e-3 * np.maximum(1, np.maximum(abs(ends.low), abs(ends.high)))
    rows = torch.arange(len(maps))
    best = np.full(len(maps), -np.inf)
    for _ in range(STEPS):
        x = x.detach().requires_grad_()
        found = output_of(network.module, x, layer)
        found = found.reshape(*found.shape[:2], -1)
        own = found[rows, torch.as_tensor(maps)].amax(1)
        best = np.maximum(best, own.detach().numpy())
        assert (found.amax(2).detach().numpy() <= ends.high + near).all()
        assert (found.amin(2).detach().numpy() >= ends.low - near).all()
        (gradient,) = torch.autograd.grad(own.sum(), x)
        x = (x + 0.25 * (high - low) * gradient.sign()).clamp(low, high)
    assert (best[: int(dead.sum())] < 0).all()
    assert (best[int(dead.sum()) :] > 0).any()  # the pictures do wake others


def tiny() -> Network:
    """Three kernels of one pixel: p - 2, which is below 0, p, and p again; then what follows.

    The next layer subtracts the third from the second, which is 0, and 0.1: dead, but the bounds
    take each of the two at its worst.
    """
    builder = NetworkBuilder()
    builder.input(1, 6, 6)
    builder.conv("conv1", 3, kernel=1)
    builder.activation("relu1", "relu")
    builder.max_pool("pool1", 2)
    builder.conv("depthwise", 3, kernel=1, groups=3, bias=False)
    builder.conv("conv2", 2, kernel=1)
    builder.activation("relu2", "relu")
    builder.flatten("flatten")
    builder.dense("dense", 2)
    builder.softmax("softmax")
    layers = tuple(builder.layers)
    module = LayeredModule(layers).eval().requires_grad_(False)
    values = {
        "conv1": ([[1], [1], [1]], [-2, 0, 0]),
        "depthwise": ([[1], [1], [1]], None),
        "conv2": ([[5, 1, -1], [0, 1, 0]], [-0.1, 0]),
    }
    for name, (weights, bias) in values.items():
        part = module.parts[name]
        part.weight.copy_(torch.tensor(weights, dtype=torch.float32)[..., None, None])
        if bias is not None:
            part.bias.copy_(torch.tensor(bias))
    return Network(
        name="tiny",
        title="Tiny",
        layers=layers,
        classes=("a", "b"),
        preparation=Preparation(size=(6, 6), color=False, offset=0, scale=255),
        module=module,
    )


def test_a_map_that_is_known_to_be_dead_is_found_with_all_that_only_it_feeds() -> None:
    network = tiny()
    bounds = bounds_of(network)
    found = {layer.name: dead_maps(bounds, layer).tolist() for layer in network.layers}
    assert found["conv1"] == [False, False, False]
    assert found["relu1"] == found["pool1"] == found["depthwise"] == [True, False, False]
    assert not any(found["input"] + found["dense"] + found["softmax"])


def test_what_the_bounds_cannot_prove_is_not_called_dead() -> None:
    network = tiny()
    for seed in range(20):
        picture = np.random.default_rng(seed).integers(0, 256, (6, 6), dtype=np.uint8)
        assert not trace(network, picture)["relu2"][0].any()
    assert dead_maps(bounds_of(network), network.layer("relu2")).tolist() == [False, False]


def test_a_depthwise_convolution_of_a_dead_map_is_dead_too() -> None:
    network = load("efficientnet_lite0")
    bounds = bounds_of(network)
    of = {name: dead_maps(bounds, network.layer(name)) for name in ("stem_relu6", DEPTHWISE)}
    np.testing.assert_array_equal(of["stem_relu6"], of[DEPTHWISE])
