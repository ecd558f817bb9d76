"""Dropout: held to PyTorch with the same masks, both conventions, whole maps."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_core.datasets import load_fashion
from cnn_core.dropout import Convention, dropout
from cnn_core.errors import CnnCoreError
from cnn_core.networks import load, trace

KEPT = st.floats(0.05, 1.0)


def draws_of(mask: np.ndarray) -> Any:
    """A generator that draws so that this mask comes out."""
    return SimpleNamespace(random=lambda shape: np.where(mask, 0.0, 2.0).reshape(shape))


@given(keep=KEPT, seed=st.integers(0, 2**31), count=st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_inverted_dropout_is_pytorchs_under_the_same_mask(
    keep: float, seed: int, count: int
) -> None:
    torch.manual_seed(seed)
    x = torch.randn(count) + 3
    expected = torch.nn.functional.dropout(x, p=1 - keep, training=True)
    mask = (expected != 0).numpy()
    found = dropout(x.numpy(), keep=keep, rng=draws_of(mask))
    np.testing.assert_allclose(found.values, expected.numpy(), rtol=1e-6, atol=1e-6)
    assert np.array_equal(found.mask, mask)


@given(keep=KEPT, seed=st.integers(0, 2**31), channels=st.integers(1, 9), side=st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_whole_maps_are_pytorchs_dropout2d(
    keep: float, seed: int, channels: int, side: int
) -> None:
    torch.manual_seed(seed)
    maps = torch.rand(1, channels, side, side) + 1
    expected = torch.nn.functional.dropout2d(maps, p=1 - keep, training=True)[0].numpy()
    present = expected[:, 0, 0] != 0
    found = dropout(maps[0].numpy(), keep=keep, rng=draws_of(present), axes=(1, 2))
    np.testing.assert_allclose(found.values, expected, rtol=1e-6, atol=1e-6)
    assert (found.mask == present[:, None, None]).all()


@pytest.mark.parametrize("keep", [0.0, 0.3, 1.0])
def test_evaluation_is_pytorchs_and_draws_nothing(keep: float) -> None:
    x = np.float32([1, -2, 3])
    rng = np.random.default_rng(0)
    before = rng.bit_generator.state
    found = dropout(x, keep=keep, rng=rng, training=False)
    module = torch.nn.Dropout(p=1 - keep).eval()
    assert np.array_equal(found.values, module(torch.tensor(x)).numpy())
    assert found.mask.all()
    assert rng.bit_generator.state == before


def test_the_lectures_convention_scales_at_evaluation_only() -> None:
    x = np.float32([1, 2, 3, 4])
    trained = dropout(x, keep=0.5, rng=np.random.default_rng(1), convention="scale_at_eval")
    assert trained.mask.tolist() == [False, False, True, False]
    assert trained.values.tolist() == [0, 0, 3, 0]
    evaluated = dropout(
        x, keep=0.5, rng=np.random.default_rng(1), convention="scale_at_eval", training=False
    )
    assert evaluated.values.tolist() == [0.5, 1, 1.5, 2]


@given(low=KEPT, high=KEPT, seed=st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_masks_of_one_seed_are_nested(low: float, high: float, seed: int) -> None:
    low, high = sorted((low, high))
    few, many = (
        dropout(np.ones((5, 7)), keep=keep, rng=np.random.default_rng(seed)).mask
        for keep in (low, high)
    )
    assert (many | ~few).all()


def test_as_many_are_kept_as_the_probability_says() -> None:
    mask = dropout(np.ones(100_000), keep=0.3, rng=np.random.default_rng(0)).mask
    assert abs(mask.mean() - 0.3) < 0.005


@pytest.mark.parametrize(
    ("network", "read", "dense"),
    [
        ("fashion_cnn", "flatten", "dense"),
        ("fashion_mlp", "relu1", "dense2"),
        ("fashion_mlp", "relu2", "dense3"),
    ],
)
@pytest.mark.parametrize("keep", [0.5, 0.8])
def test_both_conventions_reach_evaluation_to_one_percent_over_10_000_masks(
    network: str, read: str, dense: str, keep: float
) -> None:
    # Around what one dense layer reads: its sums are linear, so they agree in expectation.
    loaded = load(network)
    outputs = trace(loaded, np.asarray(load_fashion("test").images[0]))
    features = outputs[read].ravel()
    weights = loaded.weights(dense)
    assert weights is not None
    matrix = weights.reshape(len(weights), -1)
    layers = [one.name for one in loaded.layers]
    assert loaded.layers[layers.index(read) + 1].kind == "dropout"
    size = np.linalg.norm(matrix @ features)
    conventions: tuple[Convention, ...] = ("inverted", "scale_at_eval")
    for convention in conventions:
        rows = np.broadcast_to(features, (10_000, features.size))
        rng = np.random.default_rng(0)
        trained = dropout(rows, keep=keep, rng=rng, convention=convention).values
        evaluated = dropout(
            features, keep=keep, rng=rng, convention=convention, training=False
        ).values
        off = matrix @ trained.mean(axis=0, dtype=np.float64) - matrix @ evaluated
        scale = 1 if convention == "inverted" else keep
        assert np.linalg.norm(off) < 0.01 * scale * size


def test_what_cannot_be_used_is_refused() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(CnnCoreError, match="from 0 to 1"):
        dropout([1.0], keep=1.5, rng=rng)
    with pytest.raises(CnnCoreError, match="from 0 to 1"):
        dropout([1.0], keep=float("nan"), rng=rng)
    with pytest.raises(CnnCoreError, match="inverted, scale_at_eval"):
        dropout([1.0], keep=0.5, rng=rng, convention="other")  # type: ignore[arg-type]
    with pytest.raises(CnnCoreError, match="axes"):
        dropout([1.0], keep=0.5, rng=rng, axes=(1,))
    with pytest.raises(CnnCoreError, match="real numbers"):
        dropout(["a"], keep=0.5, rng=rng)


def test_nothing_is_left_where_nothing_is_kept() -> None:
    conventions: tuple[Convention, ...] = ("inverted", "scale_at_eval")
    for convention in conventions:
        found = dropout([1.0, 2.0], keep=0, rng=np.random.default_rng(0), convention=convention)
        assert found.values.tolist() == [0, 0]
