"""What forgetting eval() costs: the recording, and the command that makes it."""

from pathlib import Path

import pytest

from cnn_core.datasets import load_fashion
from cnn_core.errors import DataMissingError
from cnn_core.networks import load
from cnn_core.networks.experiments import forgotten
from cnn_core.networks.experiments.forgotten_findings import load_forgotten
from cnn_core.networks.experiments.shuffle import first


def test_the_recording_has_every_size_with_every_seed_and_its_card() -> None:
    recording = load_forgotten()
    assert recording.sizes == forgotten.SIZES
    assert all(len(recording.at(size)) == forgotten.SEEDS for size in recording.sizes)
    assert all(one.accuracy.trials == 10_000 for one in recording.measured)
    assert recording.card.command.startswith("python -m cnn_core.networks.experiments.forgotten")


def test_a_few_pictures_are_measured_by_the_command_and_read_back(tmp_path: Path) -> None:
    assert forgotten.main(["--test", "60", "--output", str(tmp_path)]) == 0
    found = load_forgotten(folder=tmp_path)
    test = first(load_fashion("test"), 60)
    again = list(forgotten.measured(load("fashion_cnn"), test, sizes=(1, 4), seeds=1))
    assert found.in_evaluation == again[0].accuracy
    assert [found.at(size)[0] for size in (1, 4)] == [one.accuracy for one in again[1:]]
    assert forgotten.main(["--test", "60", "--output", str(tmp_path), "--check"]) == 0


def test_where_it_is_not_recorded_the_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissingError, match=r"experiments\.forgotten"):
        load_forgotten(folder=tmp_path / "nothing")
