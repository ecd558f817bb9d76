import dataclasses
import itertools
import zlib

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks import explain_unit, load, logit_contributions
from cnn_core.networks.module import LayeredModule
from cnn_core.networks.network import Network
from cnn_core.networks.preparation import Preparation
from cnn_core.networks.tracing import trace

UNITS_PER_LAYER = 50


def random_units(layer, count):
    rng = np.random.default_rng(zlib.crc32(layer.name.encode()))
    return zip(*(rng.integers(0, length, count).tolist() for length in layer.shape), strict=True)


def rounding(explanation) -> float:
    """How far single precision may be off: a few roundings of the largest number on the way."""
    sizes = [abs(explanation.value), abs(explanation.bias)]
    if explanation.window is not None:
        sizes.append(float(np.abs(explanation.window.products).sum()))
    if explanation.batch_norm is not None:
        terms = explanation.batch_norm
        scale = abs(terms.gamma) / np.sqrt(terms.variance + terms.epsilon)
        sizes += [abs(terms.before) * scale, abs(terms.mean) * scale, abs(terms.beta)]
    return 1e-6 * max(sizes)


def test_every_layer_is_explained_to_the_number_that_the_network_computed(traced):
    for layer in traced.network.layers:
        for channel, row, column in random_units(layer, UNITS_PER_LAYER):
            unit = explain_unit(traced, layer.name, channel, row, column)
            found = float(traced[layer.name][channel, row, column])
            assert unit.unit.value == found
            assert unit.value == pytest.approx(found, rel=1e-4, abs=rounding(unit)), unit.unit


def test_the_parts_add_up_to_what_the_weighing_layer_puts_out(traced):
    for layer in traced.network.layers:
        if layer.kind not in ("conv", "dense", "max_pool", "global_pool", "flatten"):
            continue
        for place in random_units(layer, 5):
            unit = explain_unit(traced, layer.name, *place)
            by_hand = float((unit.inputs * unit.weights).sum() + unit.bias)
            assert unit.channel_sums.sum() + unit.bias == pytest.approx(by_hand)
            assert unit.value == pytest.approx(by_hand)
            assert (unit.inputs[:, unit.window.is_padding] == 0).all()


def test_the_window_of_a_corner_is_marked_where_it_is_padding(fashion):
    window = explain_unit(fashion, "conv1a", 0, 0, 27).window
    assert window.rows.tolist() == [-1, 0, 1]
    assert window.columns.tolist() == [26, 27, 28]
    np.testing.assert_array_equal(
        window.is_padding,
        [
            [True, True, True],
            [False, False, True],
            [False, False, True],
        ],
    )


def test_an_activation_carries_everything_since_the_last_window(fashion):
    unit = explain_unit(fashion, "relu2a", 5, 7, 3)
    assert unit.window.source == "pool1"
    assert unit.weights.shape == (16, 3, 3)
    assert unit.weighted_sum == pytest.approx(fashion["conv2a"][5, 7, 3], rel=1e-4, abs=1e-6)
    terms = unit.batch_norm
    normed = (terms.before - terms.mean) / (terms.variance + terms.epsilon) ** 0.5
    assert terms.after == pytest.approx(normed * terms.gamma + terms.beta)
    assert terms.before == fashion["conv2a"][5, 7, 3]
    assert unit.activation.before == fashion["norm2a"][5, 7, 3]
    assert unit.value == unit.activation.after == max(0.0, unit.activation.before)


def test_the_batch_norm_terms_are_those_of_the_layer(fashion):
    part = fashion.network.module.parts["norm1b"]
    terms = explain_unit(fashion, "norm1b", 2, 4, 4).batch_norm
    expected = [part.running_mean[2], part.running_var[2], part.weight[2], part.bias[2]]
    assert [terms.mean, terms.variance, terms.gamma, terms.beta] == [float(v) for v in expected]
    assert terms.epsilon == part.eps


def test_the_winner_of_a_max_pool_is_the_cell_that_torch_names(fashion):
    maps = torch.from_numpy(fashion["relu1b"].copy())
    places = functional.max_pool2d(maps, 2, return_indices=True)[1].numpy()
    for channel, row, column in itertools.product(range(16), range(0, 14, 3), range(0, 14, 3)):
        unit = explain_unit(fashion, "pool1", channel, row, column)
        assert unit.argmax == divmod(int(places[channel, row, column]), 28)
        assert unit.weights.sum() == 1


def test_a_depthwise_convolution_reads_its_own_map_only():
    network = load("efficientnet_lite0")
    layer = network.layer("block2_depthwise_conv")
    picture = np.zeros((8, 8, 3), np.uint8)
    window = explain_unit(trace(network, picture), layer.name, 17, 3, 3).window
    assert window.channels.tolist() == [17]
    assert window.weights.shape == (1, 3, 3)


def grouped_network() -> Network:
    """A network with what the three do not have: groups, dilation, unlike sides, an average."""
    layers = (
        Layer(name="input", kind="input", inputs=(), shape=(3, 9, 9)),
        Layer(
            name="spread",
            kind="conv",
            inputs=("input",),
            shape=(4, 9, 9),
            parameters=1,
            kernel=(3, 1),
            padding=((0, 0), (0, 0)),
            bias=True,
        ),
        Layer(
            name="grouped",
            kind="conv",
            inputs=("spread",),
            shape=(6, 4, 5),
            parameters=1,
            kernel=(3, 2),
            stride=(2, 2),
            padding=((2, 3), (1, 2)),
            dilation=(2, 2),
            groups=2,
            bias=True,
        ),
        Layer(
            name="average",
            kind="avg_pool",
            inputs=("grouped",),
            shape=(6, 2, 2),
            kernel=(2, 2),
            stride=(2, 2),
        ),
        Layer(name="flatten", kind="flatten", inputs=("average",), shape=(24, 1, 1)),
        Layer(name="softmax", kind="softmax", inputs=("flatten",), shape=(24, 1, 1)),
    )
    torch.manual_seed(3)
    shaped = LayeredModule(layers).eval().requires_grad_(False)
    with torch.inference_mode():
        shapes = {
            name: (*values.shape[1:], 1, 1)[:3]
            for name, values in shaped.outputs(torch.zeros(1, 3, 9, 9)).items()
        }
    real = tuple(dataclasses.replace(layer, shape=shapes[layer.name]) for layer in layers)
    return Network(
        name="grouped",
        title="Grouped",
        layers=real,
        classes=tuple(str(k) for k in range(real[-1].shape[0])),
        preparation=Preparation(size=(9, 9), color=True, offset=100.0, scale=50.0),
        module=shaped,
    )


def test_groups_dilation_uneven_padding_and_averages_are_explained_too():
    network = grouped_network()
    picture = np.random.default_rng(0).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    traced = trace(network, picture)
    for layer in network.layers:
        for place in random_units(layer, UNITS_PER_LAYER):
            unit = explain_unit(traced, layer.name, *place)
            assert unit.value == pytest.approx(traced[layer.name][place], rel=1e-4, abs=1e-6)


def test_the_second_group_reads_the_second_half_of_the_maps():
    traced = trace(grouped_network(), np.zeros((9, 9, 3), np.uint8))
    assert explain_unit(traced, "grouped", 4, 0, 0).window.channels.tolist() == [2, 3]


def test_a_residual_names_both_units_it_adds():
    traced = trace(load("efficientnet_lite0"), np.full((8, 8, 3), 90, np.uint8))
    unit = explain_unit(traced, "block3_add", 4, 5, 6)
    assert [addend.layer for addend in unit.addends] == [
        "block3_project_norm",
        "block2_project_norm",
    ]
    assert unit.value == sum(addend.value for addend in unit.addends)


def test_an_input_unit_shows_its_pixel():
    picture = np.zeros((224, 224, 3), np.uint8)
    picture[7, 9] = 10, 20, 255
    unit = explain_unit(trace(load("efficientnet_lite0"), picture), "input", 2, 7, 9)
    assert (unit.pixel.pixel, unit.pixel.offset, unit.pixel.scale) == (255, 127.0, 128.0)
    assert unit.value == 1.0


def test_softmax_shows_every_term_of_the_quotient(fashion):
    unit = explain_unit(fashion, "softmax", 9)
    np.testing.assert_allclose(
        unit.softmax.exponentials, np.exp(unit.softmax.logits - unit.softmax.logits.max())
    )
    assert unit.softmax.total == pytest.approx(unit.softmax.exponentials.sum())
    assert unit.value == unit.softmax.exponentials[9] / unit.softmax.total


def test_the_votes_of_all_pixels_of_all_maps_make_the_class_score(fashion):
    products = logit_contributions(fashion, "dense", 3)
    assert products.shape == fashion["pool3"].shape
    bias = explain_unit(fashion, "dense", 3).bias
    assert products.sum() + bias == pytest.approx(fashion.logits[3], rel=1e-4, abs=1e-5)
    weights = fashion.network.weights("dense")[3].reshape(products.shape)
    np.testing.assert_allclose(products, weights * fashion["pool3"], rtol=1e-6)


def test_only_dense_layers_vote(fashion):
    with pytest.raises(CnnCoreError, match="max_pool"):
        logit_contributions(fashion, "pool3", 0)


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        (("nose", 0, 0, 0), "no layer 'nose'"),
        (("conv1a", 16, 0, 0), "no channel 16"),
        (("conv1a", 0, -1, 0), "at least 0"),
        (("dense", 0, 0, 1), "no column 1"),
        (("conv1a", 0, 1.5, 0), "whole number"),
    ],
)
def test_a_unit_that_does_not_exist_is_refused(fashion, place, complaint):
    with pytest.raises(CnnCoreError, match=complaint):
        explain_unit(fashion, *place)
