"""Three starts: the small CNN is PyTorch's, the linear one scikit-learn's."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from torch import nn

from cnn_core.errors import CnnCoreError
from cnn_core.networks.small_cnn import LEARNING_RATE, MAPS, STEPS, train_small_cnn
from cnn_core.networks.three_starts import (
    WEIGHT_DECAY,
    StartPictures,
    as_input,
    small_picture,
    split,
    three_starts,
)


def pictures(count: int = 8, classes: int = 2, side: int = 16) -> StartPictures:
    """Pictures of classes whose means differ a little, with features that tell less."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(classes), count)
    small = 0.3 * rng.normal(size=(len(labels), side, side, 3))
    small += 0.2 * rng.normal(size=(classes, 1, 1, 3))[labels]
    features = rng.normal(size=(len(labels), 6)) + rng.normal(size=(classes, 6))[labels]
    return StartPictures(
        features=features.astype(np.float32), small=small.astype(np.float32), labels=labels
    )


def test_the_small_cnn_is_trained_as_pytorch_trains_it():
    given = pictures(6, 3)
    found = train_small_cnn(given.small, given.labels, classes=3, seed=5)
    torch.manual_seed(5)
    model = nn.Sequential(
        nn.Conv2d(3, MAPS[0], 5, stride=2, padding=2),
        nn.ReLU(),
        nn.Conv2d(MAPS[0], MAPS[1], 3, stride=2, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(MAPS[1], 3),
    )
    x, y = torch.from_numpy(given.small).permute(0, 3, 1, 2), torch.from_numpy(given.labels)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert found.losses == pytest.approx(losses, abs=1e-3)
    assert found.losses[0] == pytest.approx(losses[0], abs=1e-6)
    with torch.no_grad():
        expected = torch.softmax(model(x), dim=1).numpy()
    assert found.probabilities(given.small) == pytest.approx(expected, abs=5e-3)
    assert found.size == sum(one.numel() for one in model.parameters())


def test_the_same_seed_gives_the_same_weights_and_torch_keeps_its_own_chance():
    given = pictures()
    torch.manual_seed(1)
    before, threads = torch.get_rng_state(), torch.get_num_threads()
    one, two = (train_small_cnn(given.small, given.labels, classes=2, seed=3) for _ in range(2))
    other = train_small_cnn(given.small, given.labels, classes=2, seed=4)
    assert all(torch.equal(a, b) for a, b in zip(one.weights, two.weights, strict=True))
    assert not torch.equal(one.weights[0], other.weights[0])
    assert torch.equal(before, torch.get_rng_state())
    assert torch.get_num_threads() == threads
    assert one.losses[-1] < one.losses[0]


def test_the_linear_start_is_the_logistic_regression_of_scikit_learn():
    given = pictures()
    found = three_starts(given, count=4, draw=1)
    x = given.small.reshape(len(given.small), -1)
    strength = 2 / (2 * len(found.trained) * WEIGHT_DECAY)  # ours has two rows of weights
    oracle = LogisticRegression(C=strength, tol=1e-9, max_iter=20_000).fit(
        x[found.trained], given.labels[found.trained]
    )
    shares = found.probabilities(given.features, given.small)
    assert shares[2] == pytest.approx(oracle.predict_proba(x), abs=1e-3)
    held = given.labels[found.held]
    assert found.right[2] == (oracle.predict(x[found.held]) == held).sum()
    assert found.right[0] == (shares[0, found.held].argmax(axis=1) == held).sum()
    assert shares.sum(axis=2) == pytest.approx(1)


def test_held_out_pictures_are_the_same_for_all_counts_of_a_draw_and_never_trained_with():
    labels = np.array([0] * 8 + [1] * 9 + [2] * 12)
    for draw in range(3):
        splits = [split(labels, held=2, count=count, draw=draw) for count in (1, 2, 4, 6)]
        for (less, tested), (more, again) in pairwise(splits):
            assert tested.tolist() == again.tolist()
            assert set(less) < set(more)
            assert not set(more) & set(tested)
            assert np.bincount(labels[tested]).tolist() == [2, 2, 2]
            assert len(set(np.bincount(labels[more]))) == 1
    assert split(labels, held=2, count=1, draw=0)[1].tolist() != tested.tolist()


def test_a_small_pixel_is_the_mean_of_what_it_covers():
    view = np.zeros((4, 4, 3), np.uint8)
    view[:2, :2], view[2:, 2:, 0] = 100, 255
    view[0, 0] = 200
    assert small_picture(view, 2)[..., 0].tolist() == [[125, 0], [0, 255]]
    assert as_input(np.array([127, 255], np.uint8)).tolist() == [0, 1]


def test_what_can_be_trained_with_depends_on_the_smallest_class():
    assert pictures(8).counts == (1, 2, 4, 6)
    assert pictures(8).held == 2
    assert pictures(2).counts == (1,)
    assert pictures(12).counts == (1, 2, 4, 6, 8)


def test_wrong_input_is_refused():
    given = pictures()
    with pytest.raises(CnnCoreError, match="label"):
        train_small_cnn(given.small, given.labels, classes=1, seed=0)
    with pytest.raises(CnnCoreError, match="shape"):
        train_small_cnn(given.small[0], given.labels, classes=2, seed=0)
    with pytest.raises(CnnCoreError, match="8 pictures"):
        three_starts(given, count=7, draw=0)
    with pytest.raises(CnnCoreError, match="two pictures"):
        pictures(1)
    with pytest.raises(CnnCoreError, match="label"):
        StartPictures(features=given.features, small=given.small, labels=given.labels[1:])
