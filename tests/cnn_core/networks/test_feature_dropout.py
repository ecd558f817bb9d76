"""Dropout on features: what is minimized, held to torch and to the sum over every possible mask."""

import itertools

import numpy as np
import pytest
import torch
from scipy import optimize

from cnn_core.errors import CnnCoreError
from cnn_core.networks.feature_dropout import FeatureDropout, features_with_half, summed_shares
from cnn_core.networks.heads import fit_head, leave_one_out

RNG = np.random.default_rng(5)
LABELS = np.array([0, 1, 2] * 4)
FEATURES = RNG.gamma(1, 0.5, (12, 20)) + 0.4 * RNG.gamma(1, 0.5, (3, 20))[LABELS]
DROPOUT = FeatureDropout(share=0.4, masks=5, seed=3)


def test_each_mask_is_its_own_and_what_stays_is_scaled_as_in_torch():
    rows = FeatureDropout(share=0.25, masks=400).rows(np.ones((3, 40))).reshape(400, 3, 40)
    torch.manual_seed(0)
    oracle = torch.nn.Dropout(0.25)(torch.ones(400, 3, 40)).numpy()
    assert np.unique(rows) == pytest.approx(np.unique(oracle))
    assert (rows == 0).mean() == pytest.approx(0.25, abs=0.01)
    assert len({row.tobytes() for row in rows.reshape(-1, 40)}) == 1200
    assert rows.mean(axis=(0, 1)) == pytest.approx(np.ones(40), abs=0.1)


def test_the_same_seed_has_the_same_masks_and_another_has_others():
    assert np.array_equal(DROPOUT.rows(FEATURES), DROPOUT.rows(FEATURES))
    other = FeatureDropout(share=0.4, masks=5, seed=4)
    assert (other.rows(FEATURES) != DROPOUT.rows(FEATURES)).any()


def test_the_head_minimizes_the_mean_loss_over_the_masks_as_torch_does():
    head = fit_head(FEATURES, LABELS, weight_decay=0.02, dropout=DROPOUT)
    kept = np.random.default_rng(3).random((5, 12, 20)) >= 0.4
    x = torch.from_numpy(kept * FEATURES / 0.6)
    y = torch.from_numpy(LABELS)
    weights = torch.zeros(3, 20, dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [weights, bias],
        max_iter=3000,
        tolerance_grad=1e-10,
        tolerance_change=1e-14,
        line_search_fn="strong_wolfe",
    )

    def step():
        optimizer.zero_grad()
        losses = [torch.nn.functional.cross_entropy(one @ weights.T + bias, y) for one in x]
        loss = torch.stack(losses).mean() + 0.02 * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(step)
    assert head.weights == pytest.approx(weights.detach().numpy(), abs=1e-5)
    # At evaluation nothing is dropped.
    logits = torch.from_numpy(FEATURES) @ weights.T + bias
    oracle = torch.softmax(logits, dim=1).detach().numpy()
    assert head.probabilities(FEATURES) == pytest.approx(oracle, abs=1e-5)


def test_with_many_masks_it_nears_the_expectation_over_every_possible_mask():
    x, y, share, decay = FEATURES[:, :3], LABELS % 2, 0.3, 0.05
    masks = np.array(list(itertools.product((0, 1), repeat=3)))
    chances = (1 - share) ** masks.sum(axis=1) * share ** (3 - masks.sum(axis=1))

    def expected(flat):
        weights, bias = flat[:3], flat[3]
        logits = (masks[:, None] * x / (1 - share)) @ weights + bias
        losses = np.logaddexp(0, np.where(y, -logits, logits))
        # Two rows of weights with the difference d cost half of what d squared does.
        return float(chances @ losses.mean(axis=1)) + decay * float(weights @ weights) / 2

    oracle = optimize.minimize(expected, np.zeros(4), tol=1e-10).x
    head = fit_head(
        x, y, weight_decay=decay, dropout=FeatureDropout(share=share, masks=3000, seed=1)
    )
    assert head.weights[1] - head.weights[0] == pytest.approx(oracle[:3], abs=0.02)


def test_a_picture_left_out_leaves_the_masks_of_the_others_as_they_are():
    of = np.array([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5])
    labels = LABELS[of] % 2
    found = list(leave_one_out(FEATURES, labels, weight_decay=0.02, pictures=of, dropout=DROPOUT))
    rows = DROPOUT.rows(FEATURES)
    assert len(found) == 6
    for at, probabilities in enumerate(found):
        kept = np.tile(of != at, 5)
        again = fit_head(rows[kept], np.tile(labels, 5)[kept], weight_decay=0.02)
        assert probabilities == pytest.approx(again.probabilities(FEATURES[at]), abs=1e-6)


def test_a_share_of_0_is_no_dropout():
    plain = fit_head(FEATURES, LABELS, weight_decay=0.02)
    none = fit_head(FEATURES, LABELS, weight_decay=0.02, dropout=FeatureDropout(share=0))
    assert np.array_equal(plain.weights, none.weights)


def test_a_feature_that_alone_decides_is_relied_on_less_with_dropout():
    side = np.where(np.arange(40) % 2, 1, -1)
    x = RNG.normal(0, 0.3, (40, 12)) + 0.4 * side[:, None]
    x[:, 0] = 2 * side
    y = np.arange(40) % 2
    halves = [
        features_with_half(fit_head(x, y, weight_decay=1e-3, dropout=one).weights)
        for one in (None, FeatureDropout(share=0.5, masks=40))
    ]
    assert halves[0] < halves[1]


def test_weights_that_are_all_0_have_no_features():
    assert features_with_half(np.zeros((2, 4))) == 0
    assert summed_shares([[3, -1], [0, 0]]).tolist() == [0.75, 1]


@pytest.mark.parametrize(
    ("share", "masks", "sentence"),
    [(1.0, 1, "below 1"), (-0.1, 1, "from 0"), (0.5, 0, "at least one")],
)
def test_what_is_no_dropout_is_refused(share, masks, sentence):
    with pytest.raises(CnnCoreError, match=sentence):
        FeatureDropout(share=share, masks=masks)
