"""The recorded experiments: complete, and what the bundled networks and pictures give."""

import datetime

import numpy as np
import pytest

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.networks import NETWORKS, load, trace
from cnn_core.networks.accuracy import recorded_accuracy, recorded_classes
from cnn_core.networks.experiments import shift, shuffle
from cnn_core.networks.experiments.findings import UNSHUFFLED
from cnn_core.networks.experiments.recordings import (
    RECORDINGS,
    load_shift_recording,
    load_shuffle_recording,
    write_recording,
)
from cnn_core.networks.experiments.shifting import shifted_view
from cnn_core.networks.experiments.shuffled import SHUFFLED, load_shuffled, weights_name
from cnn_core.networks.training.model_card import classify
from cnn_core.permutation import rearrange
from cnn_core.samples import load_sample

# Another processor may round a borderline picture to the other side.
BORDERLINE = 3e-4


@pytest.mark.parametrize("load_recording", [load_shuffle_recording, load_shift_recording])
def test_a_card_says_how_the_recording_was_made(load_recording):
    card = load_recording().card
    assert card.command.startswith("python -m cnn_core.networks.experiments ")
    datetime.date.fromisoformat(card.date)
    assert 0 < card.seconds < 3600
    assert card.torch
    assert card.threads >= 1
    assert "/" not in card.command
    assert card.note.endswith(".")


@pytest.mark.parametrize("load_recording", [load_shuffle_recording, load_shift_recording])
def test_a_recording_is_read_as_it_was_written(load_recording, tmp_path):
    write_recording(load_recording(), folder=tmp_path)
    assert load_recording(folder=tmp_path) == load_recording()


@pytest.mark.parametrize("load_recording", [load_shuffle_recording, load_shift_recording])
def test_a_missing_recording_is_answered_with_the_command(load_recording, tmp_path):
    with pytest.raises(DataMissingError, match=r"python -m cnn_core\.networks\.experiments sh"):
        load_recording(folder=tmp_path)


# The shuffle experiment.


def test_every_share_and_every_block_was_tested_and_trained():
    recording = load_shuffle_recording()
    assert recording.shares == shuffle.SHARES
    assert recording.shares[0] == 0
    assert recording.shares[-1] == 1
    assert recording.blocks == shuffle.BLOCKS == (1, 2, 4, 7, 14, UNSHUFFLED)
    for network in SHUFFLED:
        for share in recording.shares:
            assert recording.bundled_accuracy(network, share=share).trials == 10_000
        for block in recording.blocks[:-1]:
            assert recording.bundled_accuracy(network, block=block).trials == 10_000
        for block in recording.blocks:
            for accuracy in recording.trained_accuracies(network, block=block):
                assert accuracy.trials == 10_000
        assert len(recording.trained_accuracies(network)) >= 2
        assert len(recording.trained_accuracies(network, block=UNSHUFFLED)) >= 2


def test_it_is_recorded_with_the_plan_that_the_command_has():
    recording, plan = load_shuffle_recording(), shuffle.ShufflePlan()
    assert recording.card.command == "python -m cnn_core.networks.experiments shuffle"
    assert (recording.training_pictures, recording.epochs) == (plan.pictures, plan.epochs)
    np.testing.assert_array_equal(recording.order(block=2), plan.order(block=2))
    assert len(recording.trained) == len(shuffle.runs(plan))


@pytest.mark.parametrize("network", SHUFFLED)
def test_unshuffled_the_bundled_networks_reach_what_their_own_cards_say(network):
    recorded = load_shuffle_recording().bundled_accuracy(network, share=0.0)
    assert recorded.share == pytest.approx(recorded_accuracy(network).overall, abs=BORDERLINE)


@pytest.mark.parametrize(
    ("network", "share", "block"),
    [
        ("fashion_mlp", 0.1, 1),
        ("fashion_mlp", 0.5, 1),
        ("fashion_mlp", 1.0, 1),
        ("fashion_mlp", 1.0, 7),
        ("fashion_cnn", 0.3, 1),
        ("fashion_cnn", 1.0, 14),
    ],
)
def test_the_accuracy_of_a_bundled_network_comes_back(network, share, block):
    recording = load_shuffle_recording()
    order = recording.order(share=share, block=block)
    again = shuffle.accuracy(load(network).module, load_fashion("test"), order)
    recorded = recording.bundled_accuracy(network, share=share, block=block)
    assert again.share == pytest.approx(recorded.share, abs=BORDERLINE)


@pytest.mark.parametrize("name", SHUFFLED)
def test_a_network_trained_on_shuffled_pictures_reaches_its_recorded_accuracy(name):
    recording = load_shuffle_recording()
    again = shuffle.accuracy(load_shuffled(name).module, load_fashion("test"), recording.order())
    recorded = recording.trained_accuracies(name)[0]
    assert again.share == pytest.approx(recorded.share, abs=BORDERLINE)


@pytest.mark.parametrize("name", SHUFFLED)
def test_on_original_pictures_it_is_lost(name):
    recording = load_shuffle_recording()
    test = shuffle.first(load_fashion("test"), 1000)
    original = shuffle.accuracy(load_shuffled(name).module, test, recording.order(share=0.0))
    assert original.share < recording.trained_accuracies(name)[0].share - 0.3


@pytest.mark.parametrize("name", SHUFFLED)
def test_it_can_be_traced_like_any_network(name):
    boot = rearrange(load_fashion("test").images[0], load_shuffle_recording().order())
    network = load_shuffled(name)
    traced = trace(network, boot)
    assert (network.name, network.layers) == (name, NETWORKS[name].layers)
    assert "trained on shuffled" in network.title
    assert load_shuffled(name) is network
    np.testing.assert_allclose(traced.logits, classify(network.module, boot[None])[0], atol=1e-4)


def test_only_the_networks_of_the_experiment_were_trained_on_shuffled_pictures():
    with pytest.raises(CnnCoreError, match="fashion_mlp and fashion_cnn"):
        load_shuffled("efficientnet_lite0")


def test_what_was_not_recorded_is_refused():
    recording = load_shuffle_recording()
    with pytest.raises(CnnCoreError, match="was not recorded"):
        recording.bundled_accuracy("fashion_cnn", share=0.123)
    with pytest.raises(CnnCoreError, match="blocks of 3 px"):
        recording.trained_accuracies("fashion_cnn", block=3)
    with pytest.raises(CnnCoreError, match="99 px right"):
        load_shift_recording().of("fashion_cnn").at(right=99)
    with pytest.raises(CnnCoreError, match="fashion_other"):
        load_shift_recording().of("fashion_other")


def test_the_recordings_stay_small():
    assert sum(path.stat().st_size for path in RECORDINGS.iterdir()) < 1_500_000
    assert {path.name for path in RECORDINGS.glob("*.safetensors")} == {
        f"{weights_name(name)}.safetensors" for name in SHUFFLED
    }


# The shift experiment.


def test_every_shift_was_tried_on_all_pictures():
    for name in ("fashion_cnn", "fashion_mlp"):
        garments = load_shift_recording().of(name)
        assert tuple((one.down, one.right) for one in garments.shifts) == shift.shifts(8)
        assert {one.flips.trials for one in garments.shifts} == {10_000}
    photographs = load_shift_recording().of("efficientnet_lite0")
    assert tuple((one.down, one.right) for one in photographs.shifts) == shift.shifts(16)
    assert photographs.samples == shift.PHOTOGRAPHS
    assert {one.flips.trials for one in photographs.shifts} == {len(shift.PHOTOGRAPHS)}


def test_without_a_shift_nothing_flips_and_the_accuracy_is_that_of_the_card():
    recording = load_shift_recording()
    for network in recording.networks:
        still = network.at()
        assert still.flips.successes == 0
        assert still.worst is None
    for name in ("fashion_cnn", "fashion_mlp"):
        still = recording.of(name).at()
        assert still.correct.share == pytest.approx(recorded_accuracy(name).overall, abs=BORDERLINE)
        assert still.uncut.trials == 10_000


@pytest.mark.parametrize("name", ["fashion_cnn", "fashion_mlp"])
@pytest.mark.parametrize(("down", "right"), [(0, 1), (-3, 0)])
def test_the_flips_of_garments_come_back_on_some_of_them(name, down, right):
    network, some = load(name), shuffle.first(load_fashion("test"), 1000)
    (found,) = shift.garment_flips(network, some, [(down, right)])
    recorded = load_shift_recording().of(name).at(down=down, right=right)
    low, high = found.flips.interval(confidence=0.999)
    assert low < recorded.flips.share < high
    before = recorded_classes(name)[:1000]
    shifted = shift.shift_garments(some.images, down=down, right=right)
    after = classify(network.module, shifted).argmax(1)
    assert abs(int((before != after).sum()) - found.flips.successes) <= 2


@pytest.mark.parametrize(
    ("name", "right"), [("fashion_cnn", 1), ("fashion_cnn", -4), ("fashion_mlp", 2)]
)
def test_the_worst_garment_opens_as_recorded(name, right):
    worst = load_shift_recording().of(name).at(right=right).worst
    network, garment = load(name), load_fashion("test").images[worst.picture]
    before = trace(network, garment).scores
    after = trace(network, shifted_view(garment, network.preparation, right=right)).scores
    check_worst(worst, before, after)


def test_the_worst_photographs_open_as_recorded():
    network = load("efficientnet_lite0")
    recorded = load_shift_recording().of("efficientnet_lite0")
    flipped = [one for one in recorded.shifts if one.worst is not None]
    assert flipped
    for one in sorted(flipped, key=lambda one: one.worst.fall)[-3:]:
        picture = load_sample(recorded.samples[one.worst.picture])
        shifted = shifted_view(picture, network.preparation, down=one.down, right=one.right)
        check_worst(one.worst, trace(network, picture).scores, trace(network, shifted).scores)


def check_worst(worst, before: np.ndarray, after: np.ndarray) -> None:
    assert (before.argmax(), after.argmax()) == (worst.class_before, worst.class_after)
    assert before[worst.class_before] == pytest.approx(worst.before, abs=2e-4)
    assert after[worst.class_before] == pytest.approx(worst.after, abs=2e-4)
    assert after[worst.class_after] == pytest.approx(worst.probability, abs=2e-4)
