"""A taught head in the place of a last layer: the same numbers as the head's own, nothing twice."""

import numpy as np
import pytest
import torch

from cnn_core.errors import CnnCoreError
from cnn_core.networks import NETWORKS, Trace, explain_unit, load, logit_contributions, trace
from cnn_core.networks.heads import Head, fit_head
from cnn_core.networks.network import build
from cnn_core.networks.taught import taught_definition, taught_network, taught_trace
from cnn_core.samples import load_sample

NAME = "efficientnet_lite0"
CLASSES = ("cat", "dog", "bird")


@pytest.fixture(scope="module")
def head() -> Head:
    draw = np.random.default_rng(0)
    return fit_head(draw.random((12, 1280)), np.arange(12) % 3, weight_decay=0.001)


@pytest.fixture(scope="module")
def base() -> Trace:
    return trace(load(NAME), load_sample("cat"))


@pytest.fixture(scope="module")
def taught(base: Trace, head: Head) -> Trace:
    return taught_trace(base, taught_network(base.network, head, CLASSES))


def test_logits_are_the_heads(taught: Trace, base: Trace, head: Head) -> None:
    features = base["flatten"].ravel()
    assert np.allclose(taught.logits, head.logits(features), atol=1e-5)
    assert np.allclose(taught.scores, head.probabilities(features), atol=1e-5)
    assert taught.top(1)[0][0] == CLASSES[int(head.logits(features).argmax())]


def test_logits_are_those_of_a_torch_layer_in_its_place(base: Trace, head: Head) -> None:
    network = taught_network(base.network, head, CLASSES)
    layer = torch.nn.Linear(1280, 3)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(head.weights))
        layer.bias.copy_(torch.from_numpy(head.bias))
        pictures = network.preparation.tensor(base.view)
        found = layer(base.network.module.outputs(pictures)["flatten"])
        assert torch.allclose(network.module(pictures), found, atol=1e-5)


def test_a_network_built_anew_from_the_definition_has_the_same_outputs(
    taught: Trace, head: Head
) -> None:
    again = build(taught_definition(NETWORKS[NAME], head, CLASSES))
    assert again.classes == taught.network.classes
    assert again.layers == taught.network.layers
    assert again.title == taught.network.title
    assert np.allclose(trace(again, load_sample("cat")).logits, taught.logits, atol=1e-6)


def test_nothing_below_the_last_layer_is_held_twice(taught: Trace, base: Trace) -> None:
    parts, others = taught.network.module.parts, base.network.module.parts
    assert [name for name in parts if parts[name] is not others[name]] == ["dense"]
    new = [name for name in taught if taught[name] is not base[name]]
    assert new == ["dense", "softmax"]
    assert list(taught) == list(base)
    assert not taught["dense"].flags.writeable
    assert base.network.weights("dense").shape == (1000, 1280)  # and the base is as it was


def test_contributions_sum_to_the_logit(taught: Trace, base: Trace, head: Head) -> None:
    for channel in range(3):
        unit = explain_unit(taught, "dense", channel)
        terms = logit_contributions(taught, "dense", channel).ravel()
        assert np.allclose(terms, head.contributions(base["flatten"].ravel(), channel), atol=1e-6)
        assert terms.sum() + unit.bias == pytest.approx(float(taught.logits[channel]), abs=1e-5)
        assert unit.value == pytest.approx(float(taught.logits[channel]), abs=1e-5)


def test_the_parameters_are_counted_anew(taught: Trace, base: Trace) -> None:
    fewer = base.network.parameters - taught.network.parameters
    assert fewer == (1000 - 3) * 1281


def test_a_head_of_another_network_is_refused(head: Head, base: Trace) -> None:
    with pytest.raises(CnnCoreError, match="reads 1280 features; the network has 576"):
        taught_definition(NETWORKS["fashion_cnn"], head, CLASSES)
    with pytest.raises(CnnCoreError, match="3 classes, and 2 names"):
        taught_network(base.network, head, ["a", "b"])
    small = trace(load("fashion_cnn"), np.zeros((28, 28), np.uint8))
    with pytest.raises(CnnCoreError, match="not of the layers of"):
        taught_trace(small, taught_network(base.network, head, CLASSES))
