"""Batch normalization against torch, in training and in evaluation."""

import numpy as np
import pytest
import torch

from cnn_core.errors import CnnCoreError
from cnn_core.normalization import batch_norm

RNG = np.random.default_rng(0)
FEATURES = {
    "rows of features": ((16, 5), 0, (0, 1)),
    "pictures, channels last": ((4, 7, 6, 3), (0, 1, 2), (0, 3, 1, 2)),
    "pictures, channels first": ((4, 3, 7, 6), (0, 2, 3), (0, 1, 2, 3)),
    "axes counted from the end": ((4, 3, 7, 6), (0, -2, -1), (0, 1, 2, 3)),
}


def back(order: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(np.argsort(order))


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", FEATURES)
def test_equals_torch(name, training):
    shape, axis, order = FEATURES[name]
    x = RNG.normal(100, 30, shape).astype(np.float32)
    count = x.transpose(order).shape[1]
    gamma, beta, mean = RNG.normal(size=(3, count)).astype(np.float32)
    variance = RNG.random(count).astype(np.float32) * 900
    wanted = torch.nn.functional.batch_norm(
        torch.from_numpy(x.transpose(order).copy()),
        torch.from_numpy(mean),
        torch.from_numpy(variance),
        torch.from_numpy(gamma),
        torch.from_numpy(beta),
        training=training,
    )
    given = {} if training else {"mean": mean, "variance": variance}
    normed = batch_norm(x, gamma=gamma, beta=beta, axis=axis, **given)
    assert normed.values.dtype == np.float32
    np.testing.assert_allclose(
        normed.values, wanted.numpy().transpose(back(order)), rtol=1e-4, atol=1e-4
    )


def test_statistics_are_those_of_the_batch():
    normed = batch_norm([[1, 10], [3, 10], [5, 10]], gamma=1, beta=0)
    np.testing.assert_allclose(normed.mean, [3, 10])
    np.testing.assert_allclose(normed.variance, [8 / 3, 0], rtol=1e-6)
    np.testing.assert_allclose(normed.values[:, 1], 0)


def test_evaluation_does_not_depend_on_the_company():
    remembered = {"gamma": 2, "beta": 1, "mean": [4.0], "variance": [9.0]}
    alone = batch_norm([[7.0]], **remembered).values[0]
    among = batch_norm([[7.0], [100.0], [-3.0]], **remembered).values[0]
    np.testing.assert_array_equal(alone, among)
    np.testing.assert_allclose(alone, 3, rtol=1e-5)


def test_training_brings_mean_to_beta_and_spread_to_gamma():
    x = RNG.normal(50, 7, (1000, 2))
    values = batch_norm(x, gamma=[2, 3], beta=[-1, 5]).values
    np.testing.assert_allclose(values.mean(axis=0), [-1, 5], atol=1e-4)
    np.testing.assert_allclose(values.std(axis=0), [2, 3], rtol=1e-4)


def test_large_offsets_do_not_drown_the_spread():
    x = (np.arange(4096) % 2 + 1e6)[:, None]
    assert batch_norm(x, gamma=1, beta=0).variance[0] == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"mean": [0.0]}, "both mean and variance"),
        ({"variance": [1.0]}, "both mean and variance"),
        ({"mean": [0.0], "variance": [-1.0]}, "never below 0"),
        ({"axis": 2}, "not one of"),
        ({"axis": ()}, "not one of"),
        ({"axis": 0.5}, "not one of"),
        ({"epsilon": -1}, "at least 0"),
        ({"epsilon": float("nan")}, "at least 0"),
        ({"gamma": [1, 2, 3]}, "gamma has shape"),
        ({"beta": ["a"]}, "real numbers"),
    ],
)
def test_what_does_not_fit_is_refused(options, says):
    with pytest.raises(CnnCoreError, match=says):
        batch_norm([[1.0], [2.0]], **{"gamma": 1, "beta": 0, **options})


def test_a_constant_feature_needs_an_epsilon():
    with pytest.raises(CnnCoreError, match="epsilon"):
        batch_norm([[1.0], [1.0]], gamma=1, beta=0, epsilon=0)


def test_an_empty_batch_is_refused():
    with pytest.raises(CnnCoreError, match="empty"):
        batch_norm(np.zeros((0, 3)), gamma=1, beta=0)
