"""Gradient x input, SmoothGrad and integrated gradients, held to Captum and to arithmetic."""

import warnings

import numpy as np
import pytest
import torch
from captum.attr import InputXGradient, IntegratedGradients, NoiseTunnel, Saliency
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, load, trace
from cnn_core.networks.attribution import input_gradients
from cnn_core.networks.attribution.backpropagation import backpropagate
from cnn_core.networks.attribution.input_gradients import (
    difference_from_baseline,
    gradient_x_input,
    integrated_gradients,
    smooth_grad,
)
from cnn_core.networks.attribution.targets import Target
from cnn_core.networks.attribution.unit_methods import UNIT_METHODS, unit_method
from cnn_core.networks.tracing import trace_of_input
from cnn_core.samples import load_sample

NEAR = 1e-5
"""Of the largest value."""


@pytest.fixture(scope="module")
def boot() -> Trace:
    return trace(load("fashion_cnn"), load_fashion("test").images[0])


@pytest.fixture(scope="module")
def mandrill() -> Trace:
    return trace(load("efficientnet_lite0"), load_sample("mandrill"))


def highest(found: Trace, layer: str, channel: int) -> Target:
    values = found[layer][channel]
    row, column = (int(at) for at in np.unravel_index(values.argmax(), values.shape))
    return Target(layer=layer, channel=channel, row=row, column=column)


@pytest.fixture(params=["class", "norm2a", "conv1a", "stem_norm", "block4_expand_norm"])
def case(request, boot, mandrill) -> tuple[Trace, Target | int]:
    """A class or a unit of a layer, before its activation and not."""
    if request.param == "class":
        return boot, 9
    found = boot if request.param in list(boot) else mandrill
    return found, highest(found, request.param, 5)


def captum(made, found: Trace, target: Target | int, **options) -> np.ndarray:
    logits = found.network.layers[-1].inputs[0]
    layer = target.layer if isinstance(target, Target) else logits

    def forward(pixels: torch.Tensor) -> torch.Tensor:
        return found.network.module.outputs(pixels)[layer]

    place = (target.channel, target.row, target.column) if isinstance(target, Target) else target
    pixels = torch.from_numpy(found.input.copy())[None].requires_grad_()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        attributed = made(forward).attribute(pixels, target=place, **options)
    return attributed.detach().numpy()[0]


def close(ours: np.ndarray, theirs: np.ndarray) -> None:
    largest = float(np.abs(theirs).max())
    assert largest > 0
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=NEAR * largest)


def test_gradient_x_input_agrees_with_captum(case) -> None:
    close(gradient_x_input(*case), captum(InputXGradient, *case))


def test_integrated_gradients_agree_with_captum(case) -> None:
    theirs = captum(IntegratedGradients, *case, n_steps=7, method="gausslegendre")
    close(integrated_gradients(*case, steps=7), theirs)


def test_integrated_gradients_agree_with_captum_from_another_baseline(boot) -> None:
    baseline = np.random.default_rng(0).random(boot.input.shape, np.float32)
    options = {"baselines": torch.from_numpy(baseline)[None], "n_steps": 9}
    close(
        integrated_gradients(boot, 3, steps=9, baseline=baseline),
        captum(IntegratedGradients, boot, 3, method="gausslegendre", **options),
    )


def test_smooth_grad_agrees_with_captum_for_the_same_noise(case) -> None:
    found, target = case
    torch.manual_seed(4)  # Captum draws from torch's own generator
    theirs = captum(
        lambda forward: NoiseTunnel(Saliency(forward)),
        found,
        target,
        nt_type="smoothgrad",
        nt_samples=3,
        stdevs=0.2 * float(np.ptp(found.input)),
        abs=False,
    )
    close(smooth_grad(found, target, samples=3, noise=0.2, seed=4), theirs)


def test_batches_change_nothing(boot, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = integrated_gradients(boot, 9, steps=5), smooth_grad(boot, 9, samples=5)
    monkeypatch.setattr(input_gradients, "_PIXELS_AT_ONCE", 2 * 28 * 28)
    for one, other in zip(
        whole,
        (integrated_gradients(boot, 9, steps=5), smooth_grad(boot, 9, samples=5)),
        strict=True,
    ):
        close(one, other)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    garment=st.integers(0, 50),
    layer=st.sampled_from(("conv1a", "norm1b", "norm2b", "norm3b", "dense")),
    channel=st.integers(0, 9),
    baseline=st.none() | st.integers(0, 9),
)
def test_integrated_gradients_add_up_to_the_difference_from_the_baseline(
    garment: int, layer: str, channel: int, baseline: int | None
) -> None:
    """The axiom of completeness; 200 points are enough for the bends of these ReLUs."""
    network = load("fashion_cnn")
    found = trace(network, load_fashion("test").images[garment])
    target = highest(found, layer, channel)
    start = None
    if baseline is not None:
        start = np.random.default_rng(baseline).random(found.input.shape, np.float32)
    ours = integrated_gradients(found, target, steps=200, baseline=start)
    expected = difference_from_baseline(found, target, baseline=start)
    near = 5e-3 * max(1.0, float(np.abs(ours).sum()))
    assert float(ours.sum(dtype=np.float64)) == pytest.approx(expected, abs=near)


def test_the_difference_from_the_baseline_is_that_of_two_traces(boot) -> None:
    black = trace(boot.network, np.zeros((28, 28), np.uint8))
    expected = float(boot.logits[9] - black.logits[9])
    assert difference_from_baseline(boot, 9) == pytest.approx(expected, abs=1e-4)


def test_where_the_unit_is_linear_all_of_it_is_in_the_gradient(boot) -> None:
    """Before the first activation a gradient is the same everywhere: noise and steps do nothing."""
    target = highest(boot, "norm1a", 4)
    gradient = backpropagate(boot, target)
    close(smooth_grad(boot, target, samples=4), gradient)
    close(integrated_gradients(boot, target, steps=3), gradient_x_input(boot, target))
    whole = float(gradient_x_input(boot, target).sum(dtype=np.float64))
    assert whole == pytest.approx(difference_from_baseline(boot, target), abs=1e-5)


def test_smooth_grad_without_noise_is_the_gradient_and_a_seed_gives_the_same_again(boot) -> None:
    close(smooth_grad(boot, 2, samples=2, noise=0), backpropagate(boot, 2))
    np.testing.assert_array_equal(smooth_grad(boot, 2, seed=3), smooth_grad(boot, 2, seed=3))
    assert not np.array_equal(smooth_grad(boot, 2, seed=3), smooth_grad(boot, 2, seed=4))


def test_the_input_alone_is_enough(boot) -> None:
    alone = trace_of_input(boot.network, load_fashion("test").images[0])
    target = highest(boot, "norm2a", 7)
    for method in UNIT_METHODS.values():
        np.testing.assert_array_equal(method.compute(alone, target), method.compute(boot, target))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda found: smooth_grad(found, 9, samples=0),
        lambda found: smooth_grad(found, 9, noise=-0.1),
        lambda found: smooth_grad(found, 9, noise=float("nan")),
        lambda found: integrated_gradients(found, 9, steps=0),
        lambda found: integrated_gradients(found, 9, baseline=np.zeros((1, 3, 3), np.float32)),
        lambda found: gradient_x_input(found, 10),
        lambda found: gradient_x_input(found, Target(layer="pool9", channel=0)),
        lambda found: unit_method(found.network.layers, "norm2a", "guided"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(boot, wrong) -> None:
    with pytest.raises(CnnCoreError, match=r"\.$"):
        wrong(boot)


@pytest.mark.parametrize("name", ["fashion_cnn", "fashion_mlp", "efficientnet_lite0"])
def test_the_deconvnet_is_taken_exactly_where_max_pooling_comes_before(name: str) -> None:
    network = load(name)
    for at, layer in enumerate(network.layers[:-1]):
        pooled = any(one.kind == "max_pool" for one in network.layers[: at + 1])
        expected = "deconvnet" if pooled else "smooth_grad"
        assert unit_method(network.layers, layer.name, "smooth_grad").key == expected


def test_nothing_is_left_behind_on_the_network(boot) -> None:
    for method in UNIT_METHODS.values():
        method.compute(boot, highest(boot, "norm2a", 1))
    module = boot.network.module
    assert not any(part.training or part._forward_hooks for part in module.modules())
    assert all(values.grad is None and not values.requires_grad for values in module.parameters())
