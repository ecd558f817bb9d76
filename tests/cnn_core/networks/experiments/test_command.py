"""The command that records the experiments, with pictures that take no time."""

import dataclasses
import json

import numpy as np
import pytest

from cnn_core.networks.experiments import command, comparison, shift, shuffle
from cnn_core.networks.experiments.findings import UNSHUFFLED
from cnn_core.networks.experiments.recordings import (
    load_shift_recording,
    load_shuffle_recording,
    write_recording,
)
from cnn_core.networks.training.optimization import steps
from cnn_core.permutation import rearrange
from cnn_core.proportion import Proportion

TINY = ("--pictures", "128", "--epochs", "1", "--seeds", "2")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A directory with four small IDX files: bright on the top (class 0) or the bottom (1)."""
    folder = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(2)
    for stem, count in (("train", 256), ("t10k", 20)):
        labels = (np.arange(count) % 2).astype(np.uint8)
        images = rng.integers(0, 60, (count, 28, 28), dtype=np.uint8)
        images[labels == 0, :14] += 150
        images[labels == 1, 14:] += 150
        for kind, array in (("images-idx3", images), ("labels-idx1", labels)):
            lengths = b"".join(n.to_bytes(4, "big") for n in array.shape)
            header = bytes((0, 0, 8, array.ndim)) + lengths
            (folder / f"{stem}-{kind}-ubyte").write_bytes(header + array.tobytes())
    return folder


@pytest.fixture(autouse=True)
def _fewer_blocks(monkeypatch):
    monkeypatch.setattr(shuffle, "BLOCKS", (1, 7, UNSHUFFLED))
    monkeypatch.setattr(shuffle, "SHARES", (0.0, 1.0))


def run(data, output, *words: str) -> int:
    return command.main([*words, "--data", str(data), "--output", str(output)])


@pytest.fixture(scope="module")
def recorded(data, tmp_path_factory):
    """A folder with the recordings of a tiny shuffle experiment."""
    output = tmp_path_factory.mktemp("recorded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shuffle, "BLOCKS", (1, 7, UNSHUFFLED))
        patch.setattr(shuffle, "SHARES", (0.0, 1.0))
        assert run(data, output, "shuffle", *TINY) == 0
    return output


def test_the_same_command_gives_the_same_numbers_and_weights(data, recorded, tmp_path):
    assert run(data, tmp_path, "shuffle", *TINY) == 0
    first, again = (load_shuffle_recording(folder=folder) for folder in (recorded, tmp_path))
    assert again.bundled == first.bundled
    assert again.trained == first.trained
    weights = sorted(path.name for path in tmp_path.glob("*.safetensors"))
    assert weights == ["fashion_cnn_shuffled.safetensors", "fashion_mlp_shuffled.safetensors"]
    for name in weights:
        assert (tmp_path / name).read_bytes() == (recorded / name).read_bytes()


def test_every_run_is_recorded_with_its_seeds(recorded):
    recording = load_shuffle_recording(folder=recorded)
    runs = [(one.network, one.block, one.seed) for one in recording.trained]
    assert runs == [
        (network, block, seed)
        for network in ("fashion_mlp", "fashion_cnn")
        for block, seed in ((1, 0), (1, 1), (7, 0), (UNSHUFFLED, 0), (UNSHUFFLED, 1))
    ]
    assert {one.accuracy.trials for one in recording.trained} == {20}
    assert (recording.training_pictures, recording.epochs) == (128, 1)


def test_the_card_names_what_differs_from_the_usual_and_no_local_path(data, recorded):
    card = load_shuffle_recording(folder=recorded).card
    assert card.command == (
        "python -m cnn_core.networks.experiments shuffle --pictures 128 --epochs 1 --seeds 2"
    )
    assert str(data) not in (recorded / "shuffle.json").read_text()
    assert "on 128 training pictures" in card.note


def test_a_check_of_the_same_run_finds_no_difference(data, recorded, capsys):
    before = (recorded / "shuffle.json").read_text()
    assert run(data, recorded, "shuffle", *TINY, "--check") == 0
    said = capsys.readouterr().out
    assert "Largest difference: 0.00 percentage points in 16 numbers." in said
    assert (recorded / "shuffle.json").read_text() == before


def test_a_check_finds_what_came_out_differently(data, recorded, tmp_path, capsys):
    recording = load_shuffle_recording(folder=recorded)
    first = recording.trained[0]
    other = Proportion((first.accuracy.successes + 7) % 21, 20)
    better = dataclasses.replace(first, accuracy=other)
    changed = dataclasses.replace(recording, trained=(better, *recording.trained[1:]))
    write_recording(changed, folder=tmp_path)
    assert run(data, tmp_path, "shuffle", *TINY, "--check") == 1
    said = capsys.readouterr().out
    points = 100 * (first.accuracy.share - better.accuracy.share)
    assert f"{points:+6.2f} points" in said
    assert f"Largest difference: {abs(points):.2f} percentage points" in said


def test_a_check_without_a_recording_is_refused_before_anything_is_trained(data, tmp_path, capsys):
    assert run(data, tmp_path, "shuffle", *TINY, "--check") == 1
    said = capsys.readouterr().err
    assert "is not recorded" in said
    assert "epoch" not in said


def test_more_pictures_than_there_are_are_refused(data, tmp_path, capsys):
    assert run(data, tmp_path, "shuffle", "--pictures", "257") == 1
    assert "256 training pictures, not 257" in capsys.readouterr().err


def test_shuffled_pictures_are_learned_by_a_dense_network_as_well_as_original_ones():
    """A dense network does not know which pixels are neighbors: its loss falls alike."""
    labels = (np.arange(512) % 2).astype(np.uint8)
    images = np.random.default_rng(0).integers(0, 60, (512, 28, 28), dtype=np.uint8)
    images[labels == 1, 14:] += 150
    data = shuffle.first(shuffle.LabelledImages(images=images, labels=labels), None)
    plan = shuffle.ShufflePlan(pictures=512, epochs=2)
    losses = []
    for block in (1, UNSHUFFLED):
        case = shuffle.ShuffleRun(network="fashion_mlp", block=block, seed=0)
        training, pictures = shuffle.prepare(case, plan, data)
        np.testing.assert_array_equal(pictures.images, rearrange(images, plan.order(block=block)))
        losses.append([progress.loss for progress in steps(training, pictures)][-1])
    assert losses[0] == pytest.approx(losses[1], rel=0.1)


def test_all_networks_are_trained_in_the_same_way_without_augmentation():
    plan = shuffle.ShufflePlan()
    chosen = shuffle.settings(plan, 3)
    rule = chosen.augmentation
    assert (rule.flip, rule.shift, rule.erase) == (0, 0, 0)
    assert dataclasses.replace(chosen, seed=0) == shuffle.settings(plan, 0)


def test_shifts_are_recorded_and_checked(data, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(shift, "GARMENT_PIXELS", 1)
    monkeypatch.setattr(shift, "PHOTOGRAPH_PIXELS", 1)
    monkeypatch.setattr(shift, "PHOTOGRAPHS", ("cat",))
    assert run(data, tmp_path, "shift", "--test", "10") == 0
    recording = load_shift_recording(folder=tmp_path)
    assert recording.card.command.endswith("experiments shift --test 10")
    assert {one.flips.trials for one in recording.of("fashion_cnn").shifts} == {10}
    assert len(recording.of("efficientnet_lite0").shifts) == 5
    json.loads((tmp_path / "shift.json").read_text())
    assert run(data, tmp_path, "shift", "--test", "10", "--check") == 0
    assert "Largest difference: 0.00 percentage points in 15 numbers." in capsys.readouterr().out


def test_a_check_compares_only_numbers_that_both_have():
    found = comparison.differences(
        {"a": Proportion(1, 4), "b": Proportion(1, 2)}, {"a": Proportion(2, 4)}
    )
    assert found == {"a": 25.0}


@pytest.mark.parametrize("words", [["drop"], ["shuffle", "--epochs", "0"]])
def test_a_command_that_makes_no_sense_is_refused(words, capsys):
    with pytest.raises(SystemExit) as refusal:
        command.main(words)
    assert refusal.value.code == 2
    assert "usage" in capsys.readouterr().err
