"""The order of a layer's maps, held to NumPy and to torch.autograd."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, load, trace
from cnn_core.networks.map_order import (
    effects,
    effects_are_exact,
    mean_responses,
    selectivity,
    strengths,
    strongest_first,
)
from cnn_core.samples import load_sample


def garment(network: str = "fashion_cnn", at: int = 3) -> Trace:
    return trace(load(network), load_fashion("test").images[at])


@pytest.mark.parametrize("layer", ["conv1a", "pool1", "dense"])
def test_strength_is_the_mean_absolute_value(layer: str) -> None:
    found = garment()
    expected = [np.abs(one.astype(np.float64)).mean() for one in found[layer]]
    np.testing.assert_allclose(strengths(found, layer), expected, rtol=1e-6)


@pytest.mark.parametrize("layer", ["conv2a", "relu2a", "flatten"])
def test_effect_is_gradient_times_activation_as_autograd_has_it(layer: str) -> None:
    found = garment()
    parts, x = found.network.module.parts, torch.from_numpy(found.input.copy())[None]
    x.requires_grad_()
    seen = {}
    for block in "123":
        for half in "ab":
            seen[f"conv{block}{half}"] = x = parts[f"conv{block}{half}"](x)
            seen[f"relu{block}{half}"] = x = functional.relu(parts[f"norm{block}{half}"](x))
        x = functional.max_pool2d(x, 2)
    seen["flatten"] = x = x.flatten(1)
    scores = parts["dense"](x)
    for label in (0, 7):
        (gradient,) = torch.autograd.grad(scores[0, label], seen[layer], retain_graph=True)
        products = (gradient * seen[layer]).detach().double()
        expected = products.reshape(len(found[layer]), -1).sum(1).numpy()
        near = 1e-5 * float(products.abs().sum())
        np.testing.assert_allclose(effects(found, layer, label), expected, atol=near)
        assert np.abs(expected).max() > 0.01


@pytest.mark.parametrize(("network", "layer"), [("fashion_cnn", "pool3"), ("fashion_mlp", "relu2")])
def test_where_effects_are_exact_they_and_the_bias_sum_to_the_score(
    network: str, layer: str
) -> None:
    found = garment(network)
    dense = found.network.module.parts[found.network.layers[-1].inputs[0]]
    assert effects_are_exact(found.network.layers, layer)
    for label in range(10):
        total = effects(found, layer, label).sum() + dense.bias[label].item()
        assert total == pytest.approx(float(found.logits[label]), abs=1e-4)


def test_an_exact_effect_is_what_the_score_loses_without_the_map() -> None:
    found = trace(load("efficientnet_lite0"), load_sample("coffee"))
    module = found.network.module
    best = int(found.logits.argmax())
    expected = effects(found, "head_relu6", best)
    for at in strongest_first(np.abs(expected))[:3]:
        maps = torch.from_numpy(found["head_relu6"].copy())[None]
        maps[0, at] = 0
        score = module.parts["dense"](maps.mean((2, 3)))[0, best].item()
        assert float(found.logits[best]) - score == pytest.approx(expected[at], abs=1e-4)


def test_effects_are_exact_only_where_nothing_but_sums_follows() -> None:
    layers = load("efficientnet_lite0").layers
    exact = [layer.name for layer in layers if effects_are_exact(layers, layer.name)]
    assert exact == ["head_relu6", "global_pool", "flatten", "dropout", "dense"]
    # Through a shortcut a layer may be followed by additions alone on one way, not on the other.
    adding = next(layer for layer in layers if layer.kind == "add")
    assert not effects_are_exact(layers, adding.inputs[0])


@pytest.mark.parametrize(
    ("layer", "label", "sentence"),
    [("nothing", 0, "no layer"), ("pool3", 10, "10 classes"), ("softmax", 0, "does not depend")],
)
def test_an_effect_that_there_is_not_is_refused(layer: str, label: int, sentence: str) -> None:
    with pytest.raises(CnnCoreError, match=sentence):
        effects(garment(), layer, label)


@pytest.mark.parametrize("name", ["fashion_cnn", "fashion_mlp"])
def test_mean_responses_are_the_strengths_for_each_picture(name: str) -> None:
    network, images = load(name), load_fashion("test").images[:90]  # more than run together
    found = mean_responses(network, images)
    assert list(found) == [layer.name for layer in network.layers]
    for at in (0, 63, 64, 89):
        seen = trace(network, images[at])
        for layer, responses in found.items():
            np.testing.assert_allclose(responses[at], strengths(seen, layer), rtol=1e-4, atol=1e-5)


def test_mean_responses_need_a_picture() -> None:
    with pytest.raises(CnnCoreError, match="1 picture"):
        mean_responses(load("fashion_mlp"), [])


def test_selectivity_is_the_formula_of_vinje_and_gallant() -> None:
    responses = np.random.default_rng(3).exponential(size=(7, 5))
    count = len(responses)
    for at, found in enumerate(selectivity(responses)):
        r = responses[:, at]
        expected = (1 - (sum(r) / count) ** 2 / (sum(r**2) / count)) / (1 - 1 / count)
        assert found == pytest.approx(expected)
        assert selectivity(1e-30 * r[:, None])[0] == pytest.approx(expected)  # whatever its scale


def test_selectivity_runs_from_equal_responses_to_a_single_one() -> None:
    responses = np.array(
        [
            [2.0, 0.0, 1.0, 0.0],
            [2.0, 5.0, 1.0, 0.0],
            [2.0, 0.0, 0.0, 0.0],
            [2.0, 0.0, 0.0, 0.0],
        ]
    )
    # Two of four equally strong: 1 - (1/2)² / (1/2) = 1/2, divided by 3/4.
    np.testing.assert_allclose(selectivity(responses), [0, 1, 2 / 3, np.nan])


@pytest.mark.parametrize(
    ("responses", "sentence"),
    [(np.ones((1, 3)), "at least 2 pictures"), (np.array([[1.0], [-1.0]]), "0 or more")],
)
def test_responses_that_have_no_selectivity_are_refused(
    responses: np.ndarray, sentence: str
) -> None:
    with pytest.raises(CnnCoreError, match=sentence):
        selectivity(responses)


def test_the_strongest_come_first_and_equal_ones_keep_their_order() -> None:
    numbers = np.array([1.0, 3.0, 1.0, 3.0, 0.0])
    assert strongest_first(numbers).tolist() == [1, 3, 0, 2, 4]
    assert strongest_first(numbers).tolist() == sorted(range(5), key=lambda at: -numbers[at])
