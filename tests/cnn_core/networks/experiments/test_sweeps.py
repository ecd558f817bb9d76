"""Sweeps: the same numbers wherever they are computed, read as written, and as recorded."""

import datetime
import math
from dataclasses import replace

import numpy as np
import pytest
from distributed import LocalCluster

from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.fashion_subset import idx_bytes
from cnn_core.networks.experiments import comparison, sweeping
from cnn_core.networks.experiments.findings import RunCard
from cnn_core.networks.experiments.sweep_plans import SWEEPS
from cnn_core.networks.experiments.sweeping import carry_out, sweep
from cnn_core.networks.experiments.sweeps import (
    SweepRecording,
    SweepRun,
    SweptTraining,
    load_sweep,
    write_sweep,
)
from cnn_core.networks.training.plan import TrainingPlan

PLAN = TrainingPlan(layers=1, maps=4, kernel=3, batch=50, epochs=2)
CARD = RunCard(
    command="python -m cnn_core.networks.experiments x",
    date="2026-11-28",
    seconds=1.5,
    torch="2",
    threads=1,
    note="Tried.",
)


def runs(count: int) -> tuple[SweepRun, ...]:
    return tuple(
        SweepRun(
            name=f"dropout {share:g}, seed {seed}",
            plan=replace(PLAN, dropout=share, seed=seed),
            pictures=200,
        )
        for share in (0.0, 0.5)
        for seed in range(count // 2)
    )


def numbers(one: SweptTraining) -> list[object]:
    weights = one.weights
    kept = [] if weights is None else [weights.kernels.tobytes(), weights.counts.tolist()]
    return [one.name, one.points, one.failed, *kept]


@pytest.fixture(scope="module")
def alone() -> list[SweptTraining]:
    """Eight trainings in this process, in order."""
    return [one for _, one in sweep(runs(8), keeps_weights=True, tested=100)]


def test_processes_beside_each_other_give_the_same_numbers(alone):
    found = dict(sweep(runs(8)[:2], keeps_weights=True, tested=100, processes=2))
    assert [numbers(found[at]) for at in range(2)] == [numbers(one) for one in alone[:2]]


# Dask measures its own loop in wall time, and a busy machine is none of this test's business.
@pytest.mark.filterwarnings("default")
def test_a_cluster_of_two_workers_gives_the_same_numbers(alone):
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        found = dict(
            sweep(runs(8), keeps_weights=True, tested=100, cluster=cluster.scheduler_address)
        )
        assert len(cluster.workers) == 2
    assert [numbers(found[at]) for at in range(8)] == [numbers(one) for one in alone]


def test_a_training_is_measured_from_before_its_first_step_to_its_end(alone):
    points = alone[0].points
    assert points[0].epoch == 0
    assert points[-1].epoch == PLAN.epochs
    assert [one.epoch for one in points] == sorted(one.epoch for one in points)
    assert len(points) <= sweeping.POINTS + 1
    assert alone[0].last.train.trials == 200
    assert alone[0].last.test.trials == 100


def test_every_weight_is_counted_once(alone):
    weights = alone[0].weights
    assert weights is not None
    # 4 kernels of 3 x 3; 4 maps of 14 x 14 for each of 10 classes.
    assert weights.counts.sum() == 4 * 9 + 4 * 14 * 14 * 10
    assert weights.kernels.shape == (4, 3, 3)
    assert weights.length > np.linalg.norm(weights.kernels)


def test_a_training_that_explodes_ends_there():
    plan = replace(
        PLAN,
        batch_norm=False,
        activation="leaky_relu",
        optimizer="sgd",
        learning_rate=100.0,
        epochs=9,
    )
    done = carry_out(SweepRun(name="too fast", plan=plan, pictures=200), tested=100)
    assert done.failed
    assert done.last.epoch < plan.epochs
    assert done.last.test_loss is None or math.isfinite(done.last.test_loss)


def test_more_pictures_than_there_are_is_refused(tmp_path):
    for name, values in {
        "train-images-idx3-ubyte": np.zeros((30, 28, 28), np.uint8),
        "train-labels-idx1-ubyte": np.zeros(30, np.uint8),
    }.items():
        (tmp_path / f"{name}.gz").write_bytes(idx_bytes(values))
    run = SweepRun(name="too many", plan=PLAN, pictures=20_000)
    with pytest.raises(CnnCoreError, match="There are 30 training pictures, not 20000"):
        carry_out(run, directory=tmp_path)


def test_a_sweep_is_read_as_it_was_written(alone, tmp_path):
    recording = SweepRecording(card=CARD, runs=tuple(alone))
    write_sweep("tried", recording, folder=tmp_path)
    again = load_sweep("tried", folder=tmp_path)
    assert again.card == CARD
    assert [one.run for one in again.runs] == [one.run for one in alone]
    assert [one.points for one in again.runs] == [one.points for one in alone]
    for one, before in zip(again.runs, alone, strict=True):
        assert one.weights
        assert before.weights
        assert one.weights.kernels == pytest.approx(before.weights.kernels, abs=1e-3)
        assert one.weights.counts.tolist() == before.weights.counts.tolist()


def test_a_missing_sweep_is_answered_with_the_command(tmp_path):
    with pytest.raises(DataMissingError, match=r"python -m cnn_core\.networks\.experiments drop"):
        load_sweep("dropout", folder=tmp_path)


def test_trainings_are_found_by_what_sets_them_apart(alone):
    recording = SweepRecording(card=CARD, runs=tuple(alone))
    assert [one.seed for one in recording.where(dropout=0.5)] == [0, 1, 2, 3]
    assert recording.values("dropout") == (0.0, 0.5)
    assert recording.sizes == (200,)
    with pytest.raises(CnnCoreError, match="No recorded training"):
        recording.where(dropout=0.3)


# What is recorded.


@pytest.mark.parametrize("name", SWEEPS)
def test_every_training_of_a_sweep_is_recorded_with_its_card(name):
    recording = load_sweep(name)
    assert [one.run for one in recording.runs] == list(SWEEPS[name].runs)
    assert all((one.weights is not None) == SWEEPS[name].keeps_weights for one in recording.runs)
    assert all(one.last.test.trials == 10_000 for one in recording.runs)
    card = recording.card
    assert card.command == f"python -m cnn_core.networks.experiments {name}"
    assert card.note == SWEEPS[name].note
    datetime.date.fromisoformat(card.date)
    assert 0 < card.seconds < 7200


def test_a_recorded_training_comes_back():
    run = SWEEPS["dropout"].runs[4]
    (recorded,) = [one for one in load_sweep("dropout").runs if one.run == run]
    again = carry_out(run)
    found = comparison.differences(
        *(
            comparison.sweep_numbers(SweepRecording(card=CARD, runs=(one,)))
            for one in (recorded, again)
        )
    )
    assert len(found) == 2
    assert max(map(abs, found.values())) <= comparison.TOLERANCE
