"""Class probabilities under many masks: held to torch, and to evaluation."""

import numpy as np
import pytest
import torch

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks import Trace, load, trace
from cnn_core.networks.monte_carlo import dropout_layer, masked_scores


def boot(network: str = "fashion_cnn") -> Trace:
    return trace(load(network), np.asarray(load_fashion("test").images[0]))


@pytest.mark.parametrize("network", ["fashion_cnn", "fashion_mlp"])
def test_scores_are_those_of_torch_under_the_same_masks(network: str) -> None:
    found = boot(network)
    drop = found.network.layer(dropout_layer(found.network))
    features = torch.tensor(found[drop.inputs[0]].ravel())
    masks = torch.tensor(np.random.default_rng(4).random((20, len(features))) < 0.7)
    dense = found.network.module.parts[found.network.layers[-2].name]
    expected = dense(features * masks / 0.7).softmax(1).numpy()
    scores = masked_scores(found, keep=0.7, masks=20, seed=4).scores
    np.testing.assert_allclose(scores, expected, atol=1e-6)
    np.testing.assert_allclose(scores.sum(axis=1), 1)


def test_where_all_is_kept_every_mask_is_evaluation() -> None:
    found = boot()
    masked = masked_scores(found, keep=1, masks=3, seed=0)
    np.testing.assert_allclose(masked.scores, np.tile(found.scores, (3, 1)), atol=1e-5)
    low, high = masked.interval()
    np.testing.assert_allclose(low, high)
    assert masked.chosen().tolist() == [0] * 9 + [3]


def test_the_range_holds_nine_of_ten_masks() -> None:
    masked = masked_scores(boot(), keep=0.5, masks=400, seed=1)
    low, high = masked.interval()
    inside = ((masked.scores >= low) & (masked.scores <= high)).mean(axis=0)
    np.testing.assert_allclose(inside, 0.9, atol=0.01)
    np.testing.assert_allclose(masked.mean, masked.scores.mean(axis=0))


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="At least 1 mask"):
        masked_scores(boot(), keep=0.5, masks=0, seed=0)
    with pytest.raises(CnnCoreError, match="above 0"):
        masked_scores(boot(), keep=0, masks=1, seed=0)
