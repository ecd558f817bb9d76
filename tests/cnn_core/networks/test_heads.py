"""Taught classes: the head is scikit-learn's logistic regression, and leaving out is refitting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from cnn_core.errors import CnnCoreError
from cnn_core.networks.heads import fit_head, leave_one_out


def pictures(count: int, classes: int, numbers: int, seed: int):
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    return rng.normal(size=(count, numbers)) + 0.5 * rng.normal(size=(classes, numbers))[
        labels
    ], labels


@settings(max_examples=15)
@given(
    classes=st.integers(2, 5),
    numbers=st.integers(1, 60),
    decay=st.sampled_from([1e-4, 1e-3, 1e-2, 1.0]),
    seed=st.integers(0, 99),
)
def test_it_is_the_logistic_regression_of_scikit_learn(classes, numbers, decay, seed):
    features, labels = pictures(24, classes, numbers, seed)
    head = fit_head(features, labels, weight_decay=decay)
    strength = 1 / (2 * len(labels) * decay)
    # With two classes it has one row of weights, the difference of ours, whose square counts half.
    oracle = LogisticRegression(
        C=2 * strength if classes == 2 else strength, tol=1e-9, max_iter=20_000
    ).fit(features, labels)
    assert head.probabilities(features) == pytest.approx(oracle.predict_proba(features), abs=1e-3)
    weights = head.weights - head.weights.mean(axis=0)
    expected = oracle.coef_ if classes > 2 else np.vstack([-oracle.coef_, oracle.coef_]) / 2
    assert weights == pytest.approx(expected, abs=1e-3)


def test_wherever_the_search_begins_it_ends_at_the_same_head():
    features, labels = pictures(18, 3, 40, seed=4)
    heads = [fit_head(features, labels, weight_decay=1e-2, seed=seed) for seed in (0, 1)]
    assert heads[0].weights == pytest.approx(heads[1].weights, abs=1e-6)
    assert heads[0].bias == pytest.approx(heads[1].bias, abs=1e-6)


def test_leaving_a_picture_out_is_fitting_to_the_others():
    features, labels = pictures(18, 3, 40, seed=1)
    found = list(leave_one_out(features, labels, weight_decay=1e-2))
    assert len(found) == 18
    for at, probabilities in enumerate(found):
        others = np.delete(np.arange(18), at)
        again = fit_head(features[others], labels[others], weight_decay=1e-2)
        assert probabilities == pytest.approx(again.probabilities(features[at]), abs=1e-6)


def test_a_picture_is_left_out_with_its_changed_copies():
    features, labels = pictures(12, 2, 30, seed=5)
    of = np.array([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5])
    found = list(leave_one_out(features, labels, weight_decay=1e-2, pictures=of))
    assert len(found) == 6
    for at, probabilities in enumerate(found):
        again = fit_head(features[of != at], labels[of != at], weight_decay=1e-2)
        assert probabilities == pytest.approx(again.probabilities(features[at]), abs=1e-6)


def test_a_logit_is_the_sum_of_its_contributions_and_the_bias():
    features, labels = pictures(12, 2, 30, seed=2)
    head = fit_head(features, labels, weight_decay=1e-2)
    terms = head.contributions(features[0], 1)
    assert terms.sum() + head.bias[1] == pytest.approx(head.logits(features[0])[1])


def test_more_weight_decay_makes_shorter_weights_and_a_larger_loss():
    features, labels = pictures(20, 2, 30, seed=3)
    heads = [fit_head(features, labels, weight_decay=10.0**power) for power in range(-4, 2)]
    lengths = [np.linalg.norm(head.weights) for head in heads]
    assert lengths == sorted(lengths, reverse=True)
    assert [head.loss for head in heads] == sorted(head.loss for head in heads)


def test_pictures_that_are_all_equal_give_equal_shares():
    head = fit_head(np.ones((6, 5)), [0, 1, 0, 1, 0, 1], weight_decay=1e-2)
    assert head.probabilities(np.ones(5)) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("features", "labels", "decay", "sentence"),
    [
        ([[1.0]], [0, 1], 0.1, "one label a picture"),
        ([[1.0], [np.nan]], [0, 1], 0.1, "finite"),
        ([[1.0], [2.0]], [0, 0], 0.1, "two classes"),
        ([[1.0], [2.0]], [0, -1], 0.1, "whole numbers from 0"),
        ([[1.0], [2.0]], [0, 1], 0.0, "above 0"),
    ],
)
def test_what_cannot_be_taught_is_refused(features, labels, decay, sentence):
    with pytest.raises(CnnCoreError, match=sentence):
        fit_head(features, labels, weight_decay=decay)


def test_a_class_with_one_picture_cannot_be_left_out():
    with pytest.raises(CnnCoreError, match="two pictures"):
        next(leave_one_out([[1.0], [2.0], [3.0]], [0, 1, 1], weight_decay=0.1))
