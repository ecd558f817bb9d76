import pytest

from cnn_core.errors import CnnCoreError
from cnn_core.layers import Layer
from cnn_core.networks import NETWORKS
from cnn_core.networks.builder import NetworkBuilder
from cnn_core.networks.module import LayeredModule


def test_two_layers_cannot_have_one_name():
    builder = NetworkBuilder()
    builder.input(1, 8, 8)
    builder.flatten("again")
    with pytest.raises(CnnCoreError, match="two layers named 'again'"):
        builder.dense("again", 3)


def test_maps_of_unlike_shape_cannot_be_added():
    builder = NetworkBuilder()
    builder.input(1, 8, 8)
    builder.conv("wider", 2, kernel=3, padding=1)
    with pytest.raises(CnnCoreError, match="cannot add"):
        builder.add("sum", "input")


def test_a_window_larger_than_its_maps_is_refused():
    builder = NetworkBuilder()
    builder.input(1, 2, 2)
    with pytest.raises(CnnCoreError, match="does not fit"):
        builder.conv("conv", 4, kernel=3)


def test_pooling_with_padding_is_refused_rather_than_ignored():
    layers = (
        Layer(name="input", kind="input", inputs=(), shape=(1, 4, 4)),
        Layer(
            name="pool",
            kind="max_pool",
            inputs=("input",),
            shape=(1, 3, 3),
            kernel=(2, 2),
            stride=(2, 2),
            padding=((1, 1), (1, 1)),
        ),
    )
    with pytest.raises(CnnCoreError, match="'pool' pools with padding"):
        LayeredModule(layers)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_reads_earlier_layers_and_softmax_is_last(name):
    layers = NETWORKS[name].layers
    known: set[str] = set()
    for layer in layers:
        assert known.issuperset(layer.inputs)
        assert layer.block
        known.add(layer.name)
    assert layers[0].kind == "input"
    assert layers[-1].kind == "softmax"
