"""Running averages, folding and lengths against torch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnn_core.batch_statistics import fold_batch_norm, running_statistics
from cnn_core.convolution import convolve
from cnn_core.errors import CnnCoreError
from cnn_core.normalization import batch_norm, normalize_by_length

RNG = np.random.default_rng(0)
NUMBERS = st.floats(-100, 100, width=32)


@given(
    x=arrays(np.float32, st.tuples(st.integers(2, 9), st.integers(1, 4)), elements=NUMBERS),
    momentum=st.floats(0, 1),
)
@settings(max_examples=40, deadline=None)
def test_running_averages_are_those_of_torch(x: np.ndarray, momentum: float) -> None:
    batches = [x, x[::-1] * 0.5, x + 3]
    norm = torch.nn.BatchNorm1d(x.shape[1], momentum=momentum)
    for batch, found in zip(batches, running_statistics(batches, momentum=momentum), strict=True):
        norm(torch.tensor(batch.copy()))
        near = 1e-6 * max(1.0, float(np.abs(batch).max()) ** 2)
        np.testing.assert_allclose(found.mean, norm.running_mean, rtol=1e-5, atol=near)
        np.testing.assert_allclose(found.variance, norm.running_var, rtol=1e-5, atol=near)


def test_running_averages_start_at_mean_0_and_variance_1() -> None:
    (found,) = running_statistics([[[4.0], [8.0]]], momentum=0.25)
    # The mean of the batch is 6, its variance with n - 1 is 8.
    assert (found.batches, found.mean[0], found.variance[0]) == (1, 1.5, 0.75 + 2)


@pytest.mark.parametrize(
    ("batches", "options", "said"),
    [
        ([[[1.0], [2.0]]], {"momentum": 1.5}, "from 0 to 1"),
        ([[[1.0]]], {}, "at least 2 numbers"),
        ([[[1.0], [2.0]], [[1.0, 2.0], [3.0, 4.0]]], {}, "features"),
    ],
)
def test_batches_that_have_no_running_average_are_refused(batches, options, said) -> None:
    with pytest.raises(CnnCoreError, match=said):
        list(running_statistics(batches, **options))


@given(
    x=arrays(np.float32, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=NUMBERS),
)
@settings(max_examples=40, deadline=None)
def test_lengths_are_divided_out_as_torch_does(x: np.ndarray) -> None:
    wanted = torch.nn.functional.normalize(torch.tensor(x), dim=1)
    np.testing.assert_allclose(normalize_by_length(x), wanted, rtol=1e-5, atol=1e-6)


@given(
    x=arrays(np.float32, st.tuples(st.integers(2, 9), st.integers(1, 4)), elements=NUMBERS),
    gamma=st.floats(-4, 4, width=32),
    beta=st.floats(-4, 4, width=32),
)
@settings(max_examples=60, deadline=None)
def test_batch_norm_is_torch_s_to_a_millionth_of_what_it_multiplies(
    x: np.ndarray, gamma: float, beta: float
) -> None:
    features = x.shape[1]
    wanted = torch.nn.functional.batch_norm(
        torch.tensor(x, dtype=torch.float64),
        None,
        None,
        torch.full((features,), gamma, dtype=torch.float64),
        torch.full((features,), beta, dtype=torch.float64),
        training=True,
    )
    found = batch_norm(x, gamma=gamma, beta=beta)
    # Rounding the mean to float32 is multiplied along with everything else.
    factor = abs(gamma) / np.sqrt(found.variance + 1e-5)
    near = 1e-6 * (1 + factor * np.abs(x).max())
    assert (np.abs(found.values - wanted.numpy()) <= near).all()


def test_every_vector_but_0_has_length_1_along_the_axis_that_is_named() -> None:
    x = RNG.normal(size=(3, 4, 5))
    lengths = np.linalg.norm(normalize_by_length(x, axis=1), axis=1)
    np.testing.assert_allclose(lengths, 1, rtol=1e-6)
    assert (normalize_by_length(np.zeros((2, 3))) == 0).all()
    with pytest.raises(CnnCoreError, match="axis"):
        normalize_by_length(x, axis=3)


@given(
    seed=st.integers(0, 999),
    channels=st.integers(1, 3),
    kernels=st.integers(1, 4),
    padding=st.sampled_from(("same", "valid")),
)
@settings(max_examples=40, deadline=None)
def test_a_folded_convolution_outputs_what_both_layers_output(
    seed: int, channels: int, kernels: int, padding: str
) -> None:
    rng = np.random.default_rng(seed)
    image = rng.normal(size=(6, 7, channels))
    weights = rng.normal(size=(3, 3, channels, kernels))
    gamma, beta, mean, bias = rng.normal(size=(4, kernels))
    norm = {"gamma": gamma, "beta": beta, "mean": mean, "variance": rng.random(kernels) * 9}
    output = convolve(image, weights, padding=padding, bias=bias)
    both = batch_norm(output, **norm, axis=(0, 1)).values
    folded = fold_batch_norm(weights, **norm, bias=bias)
    alone = convolve(image, folded.weights, padding=padding, bias=folded.bias)
    near = 1e-6 * float(np.abs(folded.weights).sum() * np.abs(image).max() + 1)
    np.testing.assert_allclose(alone, both, rtol=1e-5, atol=near)


def test_folding_is_torch_s() -> None:
    conv, norm = torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3).eval()
    torch.nn.init.normal_(norm.weight)
    norm.running_mean += torch.tensor([1.0, -2, 0.5])
    norm.running_var *= torch.tensor([4.0, 0.25, 1])
    wanted = torch.nn.utils.fusion.fuse_conv_bn_eval(conv.eval(), norm)
    found = fold_batch_norm(
        conv.weight.detach().numpy().transpose(2, 3, 1, 0),
        bias=conv.bias.detach(),
        gamma=norm.weight.detach(),
        beta=norm.bias.detach(),
        mean=norm.running_mean,
        variance=norm.running_var,
    )
    np.testing.assert_allclose(
        found.weights, wanted.weight.detach().numpy().transpose(2, 3, 1, 0), rtol=1e-6
    )
    np.testing.assert_allclose(found.bias, wanted.bias.detach().numpy(), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"gamma": [1, 2]}, "gamma"),
        ({"variance": -1}, "above 0"),
        ({"variance": 0, "epsilon": 0}, "above 0"),
        ({"weights": 2.0}, "output channels"),
    ],
)
def test_what_cannot_be_folded_is_refused(changed, said) -> None:
    options = {"weights": np.ones((3, 3, 1, 4)), "gamma": 1, "beta": 0, "mean": 0, "variance": 1}
    given = {**options, **changed}
    with pytest.raises(CnnCoreError, match=said):
        fold_batch_norm(given.pop("weights"), **given)
