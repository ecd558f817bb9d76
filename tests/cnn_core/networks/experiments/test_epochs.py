"""The kept moments of the trainings, measured."""

import datetime

import numpy as np
import pytest
import torch

from cnn_core.datasets import load_fashion
from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.networks import trace
from cnn_core.networks.accuracy import recorded_accuracy, recorded_classes
from cnn_core.networks.experiments import command, comparison, epochs
from cnn_core.networks.experiments.epoch_findings import MeasuredMoment, MeasuredNetwork
from cnn_core.networks.experiments.recordings import (
    RECORDINGS,
    load_epoch_recording,
    write_epoch_recording,
)
from cnn_core.networks.training.moments import Batches, batches, snapshots
from cnn_core.networks.training.snapshots import network_at
from cnn_core.proportion import Proportion

# Another processor may round a borderline picture to the other side.
BORDERLINE = 3e-4


@pytest.mark.parametrize("name", epochs.NETWORKS)
def test_every_kept_moment_was_measured(name):
    found = load_epoch_recording().of(name)
    assert [one.epoch for one in found.moments] == [one.epoch for one in snapshots(name)]
    assert found.classes.shape == (len(found.moments), 10_000)
    for moment, kept in zip(found.moments, snapshots(name), strict=True):
        assert moment.training_accuracy.trials == epochs.TRAINING_PICTURES
        assert moment.test_accuracy.trials == 10_000
        assert moment.test_accuracy.share == pytest.approx(kept.test_accuracy, abs=BORDERLINE)


@pytest.mark.parametrize("name", epochs.NETWORKS)
def test_the_recorded_classes_give_the_recorded_accuracy(name):
    found, labels = load_epoch_recording().of(name), load_fashion("test").labels
    for moment, classes in zip(found.moments, found.classes, strict=True):
        assert int((classes == labels).sum()) == moment.test_accuracy.successes


@pytest.mark.parametrize("name", epochs.NETWORKS)
def test_the_last_moment_is_the_trained_network(name):
    found = load_epoch_recording().of(name)
    last = found.moments[-1]
    assert last.test_accuracy.share == pytest.approx(recorded_accuracy(name).overall, abs=1e-3)
    # The moments have half precision's three digits.
    assert np.count_nonzero(found.classes[-1] != recorded_classes(name)) < 20


@pytest.mark.parametrize("name", epochs.NETWORKS)
def test_before_the_training_the_loss_is_about_that_of_ten_equal_chances(name):
    first = load_epoch_recording().of(name).moments[0]
    assert first.test_loss == pytest.approx(np.log(10), abs=0.02)


@pytest.mark.parametrize(("name", "at"), [("fashion_cnn", 4), ("fashion_mlp", 6)])
def test_a_moment_is_measured_again(name, at):
    test = load_fashion("test")
    some = epochs.measured_moments(name, _first(test, 100), _first(test, 300))
    moment, classes = next(one for number, one in enumerate(some) if number == at)
    recorded = load_epoch_recording().of(name)
    assert np.count_nonzero(classes != recorded.classes[at, :300]) <= 1
    network = network_at(name, recorded.moments[at].epoch)
    logits = torch.tensor(np.stack([trace(network, one).logits for one in test.images[:300]]))
    labels = torch.from_numpy(test.labels[:300].astype(np.int64))
    expected = float(torch.nn.functional.cross_entropy(logits, labels))
    assert moment.test_loss == pytest.approx(expected, abs=1e-4)
    assert moment.epoch == recorded.moments[at].epoch


def _first(data, count):
    return type(data)(images=data.images[:count], labels=data.labels[:count])


def test_changes_count_what_becomes_correct_and_what_becomes_wrong():
    classes = np.array([[0, 0, 0, 0], [0, 1, 1, 2]], np.uint8)
    labels = np.array([0, 1, 0, 3], np.uint8)
    share = Proportion(1, 4)
    moments = tuple(
        MeasuredMoment(
            epoch=epoch,
            training_loss=1.0,
            training_accuracy=share,
            test_loss=1.0,
            test_accuracy=share,
        )
        for epoch in (0.0, 1.0)
    )
    found = MeasuredNetwork(network="any", moments=moments, classes=classes)
    changes = found.changes(0, 1, labels)
    assert changes.pictures == (1, 2, 3)
    assert (changes.became_correct, changes.became_wrong) == (1, 1)
    assert found.changes(1, 1, labels).pictures == ()
    with pytest.raises(CnnCoreError, match="moments are 0 to 1"):
        found.changes(0, 2, labels)


def test_the_recording_is_read_as_it_was_written(tmp_path):
    recording = load_epoch_recording()
    write_epoch_recording(recording, folder=tmp_path)
    again = load_epoch_recording(folder=tmp_path)
    assert again.card == recording.card
    for one, other in zip(again.networks, recording.networks, strict=True):
        assert one.moments == other.moments
        np.testing.assert_array_equal(one.classes, other.classes)
        assert not one.classes.flags.writeable
    for name in ("epochs.json", "epochs.npz"):
        assert (tmp_path / name).read_bytes() == (RECORDINGS / name).read_bytes()


def test_its_card_names_the_command_and_no_folder():
    card = load_epoch_recording().card
    assert card.command == "python -m cnn_core.networks.experiments epochs"
    datetime.date.fromisoformat(card.date)
    assert card.note.endswith(".")


def test_what_was_not_measured_is_refused(tmp_path):
    with pytest.raises(CnnCoreError, match="efficientnet_lite0"):
        load_epoch_recording().of("efficientnet_lite0")
    with pytest.raises(DataMissingError, match=r"experiments epochs"):
        load_epoch_recording(folder=tmp_path)
    with pytest.raises(DataMissingError, match="model card"):
        batches("efficientnet_lite0")


def test_the_command_records_and_checks_itself(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(epochs, "NETWORKS", ("fashion_mlp",))
    data = _as_training_pictures(tmp_path / "data")
    words = ["epochs", "--test", "40", "--data", str(data), "--output", str(tmp_path)]
    assert command.main(words) == 0
    found = load_epoch_recording(folder=tmp_path)
    assert found.card.command.endswith("epochs --test 40")
    assert {one.test_accuracy.trials for one in found.networks[0].moments} == {40}
    assert command.main([*words, "--check"]) == 0
    assert "Largest difference: 0.00 percentage points in 26 numbers." in capsys.readouterr().out


def _as_training_pictures(folder):
    """A directory in which the bundled test pictures are also the training pictures."""
    bundled = RECORDINGS.parent / "data"
    folder.mkdir()
    for kind in ("images-idx3-ubyte.gz", "labels-idx1-ubyte.gz"):
        for stem in ("t10k", "train"):
            (folder / f"{stem}-{kind}").symlink_to(bundled / f"t10k-{kind}")
    return folder


def test_the_numbers_of_a_check_have_names():
    names = comparison.epoch_numbers(load_epoch_recording())
    assert "fashion_cnn, epoch 0.064, test pictures" in names
    assert len(names) == 2 * sum(len(snapshots(name)) for name in epochs.NETWORKS)


def test_batches_are_counted_to_a_moment():
    going = batches("fashion_cnn")
    assert going == Batches(size=256, per_epoch=60_000 // 256)
    assert [going.until(epoch) for epoch in (0, 0.5, 2)] == [0, 117, 468]
