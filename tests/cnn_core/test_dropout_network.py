"""The small network with dropout, and the means over its masks."""

import itertools

import numpy as np
import pytest
import torch

from cnn_core.dropout import Convention
from cnn_core.dropout_means import MaskedNeuron, running_means
from cnn_core.dropout_network import block_means, drawn_network, run_with_dropout
from cnn_core.errors import CnnCoreError

INPUTS = np.float32([0.1, 0.5, 0.9, 0.3])
CONVENTIONS: tuple[Convention, ...] = ("inverted", "scale_at_eval")


def test_without_dropout_the_network_is_pytorchs() -> None:
    x = torch.tensor(INPUTS)
    layers = drawn_network()
    for at, layer in enumerate(layers):
        x = torch.tensor(layer.weights) @ x + torch.tensor(layer.biases)
        x = x if at == len(layers) - 1 else torch.relu(x)
    found = run_with_dropout(layers, INPUTS, keep=1, rng=np.random.default_rng(0))
    np.testing.assert_allclose(found[-1].sums, x.numpy(), atol=1e-6)


def test_a_neuron_that_is_dropped_changes_nothing_behind_it() -> None:
    layers, rng = drawn_network(), np.random.default_rng(5)
    first, second, last = run_with_dropout(layers, INPUTS, keep=0.5, rng=rng)
    assert not first.dropped.mask.all()
    kept = np.where(first.dropped.mask, first.activated / 0.5, 0)
    np.testing.assert_allclose(second.sums, layers[1].weights @ kept + layers[1].biases, atol=1e-6)
    assert last.dropped.mask.all()


def test_a_network_reads_as_many_numbers_as_it_has_inputs() -> None:
    with pytest.raises(CnnCoreError, match="reads 4 numbers"):
        run_with_dropout(
            drawn_network(), np.zeros(5, np.float32), keep=1, rng=np.random.default_rng(0)
        )


def test_weights_are_drawn_to_tenths() -> None:
    for layer in drawn_network():
        np.testing.assert_allclose(layer.weights * 10, (layer.weights * 10).round(), atol=1e-4)


@pytest.mark.parametrize(("height", "width"), [(1, 1), (2, 3), (5, 1), (7, 9), (40, 8)])
def test_blocks_cover_a_picture_of_any_size(height: int, width: int) -> None:
    gray = np.random.default_rng(0).integers(0, 256, (height, width))
    means = block_means(gray, 2, 3)
    assert means.shape == (6,)
    assert gray.min() / 255 - 1e-6 <= means.min() <= means.max() <= gray.max() / 255 + 1e-6
    if height % 2 == 0 and width % 3 == 0:
        assert means.mean() == pytest.approx(gray.mean() / 255)


@pytest.mark.parametrize("shape", [(0, 3), (3, 3, 3)])
def test_what_is_no_gray_picture_has_no_blocks(shape: tuple[int, ...]) -> None:
    with pytest.raises(CnnCoreError):
        block_means(np.zeros(shape), 2, 2)


def neuron(convention: Convention, keep: float = 0.6) -> MaskedNeuron:
    rng = np.random.default_rng(3)
    return MaskedNeuron(
        inputs=rng.random(6).astype(np.float32),
        weights=rng.normal(size=6).astype(np.float32),
        bias=-0.1,
        keep=keep,
        convention=convention,
    )


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_mean_and_spread_over_all_masks_are_those_that_are_computed(
    convention: Convention,
) -> None:
    one = neuron(convention)
    scale = 1 / one.keep if convention == "inverted" else 1
    shares, sums = [], []
    for mask in itertools.product((0, 1), repeat=6):
        shares.append(np.prod([one.keep if bit else 1 - one.keep for bit in mask]))
        sums.append(float((scale * one.products * mask).sum()) + one.bias)
    shares_, sums_ = np.array(shares), np.array(sums)
    mean = float(shares_ @ sums_)
    assert mean == pytest.approx(one.at_eval)
    assert np.sqrt(shares_ @ (sums_ - mean) ** 2) == pytest.approx(one.standard_deviation)
    relu = np.maximum(sums_, 0)
    exact, spread = one.relu_mean()
    assert exact == pytest.approx(float(shares_ @ relu))
    assert spread == pytest.approx(float(np.sqrt(shares_ @ (relu - exact) ** 2)))
    assert exact > max(0.0, one.at_eval)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_10_000_masks_reach_both_means(convention: Convention) -> None:
    one = neuron(convention)
    sums = one.sampled(10_000, seed=0)
    assert abs(sums.mean() - one.at_eval) < 4 * one.standard_deviation / 100
    exact, spread = one.relu_mean()
    assert abs(np.maximum(sums, 0).mean() - exact) < 4 * spread / 100


def test_the_first_masks_stay_the_first() -> None:
    few, many = (neuron("inverted").sampled(count, seed=7) for count in (5, 50))
    np.testing.assert_allclose(many[:5], few)
    np.testing.assert_allclose(running_means(many)[:5], running_means(few))


@pytest.mark.parametrize("keep", [0.0, 1.1])
def test_a_neuron_keeps_with_a_probability(keep: float) -> None:
    with pytest.raises(CnnCoreError, match="probability"):
        neuron("inverted", keep=keep)


def test_all_masks_of_many_inputs_are_too_many() -> None:
    many = np.ones(17, np.float32)
    with pytest.raises(CnnCoreError, match="1 to 16"):
        MaskedNeuron(inputs=many, weights=many, keep=0.5)
    with pytest.raises(CnnCoreError, match="At least 1"):
        neuron("inverted").sampled(0, seed=0)
