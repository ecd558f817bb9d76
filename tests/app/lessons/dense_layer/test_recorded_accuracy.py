"""Recorded accuracies as charts and in words."""

import pytest

from app.lessons.dense_layer.accuracy_chart import block_chart, share_chart
from app.lessons.dense_layer.recorded_accuracy import (
    accuracy_text,
    how_recorded,
    mean_of,
    recording,
)
from app.lessons.dense_layer.shuffling import SEED, TRAINED, TrainedNetwork
from cnn_core.networks import load
from cnn_core.networks.experiments.findings import (
    UNSHUFFLED,
    BundledAccuracy,
    RunCard,
    ShuffleRecording,
    TrainedAccuracy,
)
from cnn_core.proportion import Proportion

NETWORKS = ("fashion_mlp", "fashion_cnn")
CARD = RunCard(command="", date="2026-11-27", seconds=1, torch="2", threads=1, note="")
MADE_UP = ShuffleRecording(
    card=CARD,
    permutation_seed=0,
    training_pictures=100,
    epochs=1,
    bundled=tuple(
        BundledAccuracy(network=network, share=share, block=block, accuracy=Proportion(count, 100))
        for network in NETWORKS
        for share, block, count in ((0.0, 1, 90), (0.5, 1, 40), (1.0, 1, 10), (1.0, 7, 30))
    ),
    trained=tuple(
        TrainedAccuracy(network=network, block=block, seed=seed, accuracy=Proportion(count, 100))
        for network in NETWORKS
        for block, seed, count in ((1, 0, 80), (1, 1, 70), (7, 0, 85), (UNSHUFFLED, 0, 88))
    ),
)
ON_SHUFFLED = TrainedNetwork(
    key="made up",
    layers="fashion_cnn",
    kind="CNN",
    on_shuffled=True,
    load=lambda: load("fashion_cnn"),
)


def test_the_charts_have_every_recorded_number_with_its_interval() -> None:
    shares = share_chart(MADE_UP)
    assert [curve["y"] for curve in shares["data"]] == [[90, 40, 10]] * 2
    low, high = Proportion(90, 100).interval()
    errors = shares["data"][0]["error_y"]
    assert errors["array"][0] == pytest.approx(100 * high - 90)
    assert errors["arrayminus"][0] == pytest.approx(90 - 100 * low)
    blocks = block_chart(MADE_UP)
    assert blocks["layout"]["xaxis"]["ticktext"] == ["1", "7", "not<br>shuffled"]
    assert blocks["data"][0]["y"] == [75, 85, 88]  # the mean of both seeds of the first
    assert blocks["data"][2]["y"] == [10, 30]
    for chart in (shares, blocks):
        assert "%" in chart["layout"]["yaxis"]["title"]["text"]


def test_the_words_are_those_of_the_nearest_share_and_say_so() -> None:
    dense = TRAINED["fashion_mlp"]
    assert accuracy_text(MADE_UP, dense, 100, 1).startswith("Accuracy 10.0 % (")
    assert accuracy_text(MADE_UP, dense, 40, 1).endswith("with 50 % shuffled")
    assert accuracy_text(MADE_UP, dense, 100, 7).startswith("Accuracy 30.0 %")
    assert accuracy_text(MADE_UP, dense, 60, 7) == ""
    assert accuracy_text(MADE_UP, ON_SHUFFLED, 100, 1).startswith("Accuracy 75.0 %")
    assert accuracy_text(MADE_UP, ON_SHUFFLED, 90, 1) == ""
    assert accuracy_text(None, dense, 100, 1) == ""


def test_the_page_shuffles_as_the_experiment_did() -> None:
    found = recording()
    assert found is None or found.permutation_seed == SEED


def test_three_trainings_do_not_make_an_interval_narrower_as_all_have_the_same_pictures() -> None:
    three = [Proportion(count, 100) for count in (80, 84, 85)]
    assert mean_of(three) == Proportion(83, 100)


def test_the_words_below_the_charts_say_how_it_was_recorded() -> None:
    said = how_recorded(MADE_UP)
    assert "100 training pictures" in said
    assert "Trainings: 2 for 1 × 1; 1 for 7 × 7, pictures that are not shuffled." in said
    assert "`make recordings`" in said
    assert CARD.date in said
