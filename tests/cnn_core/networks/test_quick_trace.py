"""The quick trace: the same numbers as the whole one, as far as it goes."""

import numpy as np
import pytest

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, load, trace
from cnn_core.networks.attribution.class_activation import grad_cam
from cnn_core.networks.quick_trace import quick_trace
from cnn_core.samples import load_sample

NETWORKS = ("efficientnet_lite0", "fashion_cnn", "fashion_mlp")


def traces(name: str) -> tuple[Trace, Trace]:
    network = load(name)
    garments = network.subject == "garments"
    picture = load_fashion("test").images[3] if garments else load_sample("mandrill")
    return trace(network, picture), quick_trace(network, picture)


@pytest.mark.parametrize("name", NETWORKS)
def test_it_has_the_numbers_of_the_whole_trace(name: str) -> None:
    whole, quick = traces(name)
    assert set(quick) < set(whole) or name == "fashion_mlp"
    for layer in quick:
        np.testing.assert_allclose(quick[layer], whole[layer], atol=2e-4, rtol=1e-4)
    np.testing.assert_array_equal(quick.view, whole.view)
    np.testing.assert_allclose(quick.scores, whole.scores, atol=1e-5)


@pytest.mark.parametrize("name", NETWORKS)
def test_it_lacks_what_is_passed_on_the_way_and_nothing_else(name: str) -> None:
    whole, quick = traces(name)
    layers = {one.name: one for one in whole.network.layers}
    normed = {one.inputs[0] for one in layers.values() if one.kind == "batch_norm"}
    activated = {
        one.inputs[0]
        for one in layers.values()
        if one.kind == "activation" and layers[one.inputs[0]].kind == "batch_norm"
    }
    assert set(whole) - set(quick) == normed | activated


def test_what_it_lacks_is_refused_in_a_sentence() -> None:
    _, quick = traces("fashion_cnn")
    with pytest.raises(CnnCoreError, match="'conv1a' were not kept"):
        quick["conv1a"]


def test_the_outputs_are_no_views_of_one_another_that_changed() -> None:
    """An activation in place overwrites what it reads: what is left has its own values."""
    _, quick = traces("fashion_cnn")
    assert all((quick[name] >= 0).all() for name in quick if name.startswith("relu"))
    assert all(not maps.flags.writeable for maps in quick.outputs.values())


def test_grad_cam_works_on_it() -> None:
    whole, quick = traces("efficientnet_lite0")
    best = int(whole.scores.argmax())
    expected, found = grad_cam(whole, best), grad_cam(quick, best)
    np.testing.assert_allclose(found.attribution, expected.attribution, atol=1e-3)
