"""Trainings in a process of their own: one at a time, no orphan, no stuck queue."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.lessons.watch_it_learn.train import process
from app.lessons.watch_it_learn.train.runs import KEPT_RUNS, MOST_WAITING, Runs, TrainingRun
from cnn_core.errors import CnnCoreError
from cnn_core.networks.training.plan import TrainingPlan

ROOT = Path(__file__).parents[5]
LONG = TrainingPlan(kind="dense", layers=1, units=8, batch=256, epochs=100)
SHORT = TrainingPlan(kind="dense", layers=1, units=8, batch=256, epochs=1)
BLANK = np.zeros((28, 28), np.uint8)
PATIENCE_S = 60.0
GIVES_WAY_BY = process.NICE  # before the tests' own process is given less


@pytest.fixture(scope="module")
def shared() -> Iterator[Runs]:
    """One process for all tests: to start another takes longer than to train."""
    made = Runs()
    yield made
    made.close()


@pytest.fixture
def runs(shared: Runs) -> Iterator[Runs]:
    """Nobody trains, before and after."""
    yield shared
    for run in [run for run in shared._runs.values() if run.is_active][::-1]:
        shared.act(run.owner, "stop")
    until(lambda: shared.queue_length() == 0)


def until(condition: Callable[[], object]) -> None:
    """Wait for something to happen; fail where it does not."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def begin(
    runs: Runs, owner: str, plan: TrainingPlan = LONG, *, paused: bool = False
) -> TrainingRun:
    return runs.start(owner, plan, pictures="subset", watched=BLANK, paused=paused)


def is_alive(pid: int) -> bool:
    # A process that has ended and was not waited for is a zombie.
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_run_is_measured_shown_and_finished_and_the_next_one_begins(runs: Runs) -> None:
    first, second = begin(runs, "a", SHORT), begin(runs, "b", SHORT)
    assert (first.state, second.state) == ("running", "waiting")
    assert runs.place(second).ahead == 1
    until(lambda: first.state == "finished" and second.state == "finished")
    assert first.points[0]["epoch"] == 0
    assert first.points[-1]["epoch"] == 1
    assert first.best == first.points[-1]
    assert first.confusion is not None
    assert first.confusion.sum() == 10_000
    assert [strip["key"] for strip in first.header["strips"]] == ["kernels", "act1"]
    assert {blob.name for blob in first.blobs} == {"kernels", "act1"}
    assert first.weights == second.weights
    assert first.points == second.points  # the same plan gives the same curve
    assert runs.queue_length() == 0
    assert runs.place(first).left_s == 0


def test_every_thread_of_the_process_gives_way(runs: Runs) -> None:
    run = begin(runs, "a")
    until(lambda: run.points)
    tasks = Path(f"/proc/{runs.process_id}/task").glob("*/stat")
    nices = [int(task.read_text().rpartition(")")[2].split()[16]) for task in tasks]
    assert nices
    assert min(nices) == os.getpriority(os.PRIO_PROCESS, 0) + process.NICE
    assert GIVES_WAY_BY >= 15


def test_a_run_pauses_goes_one_step_at_a_time_and_goes_on(runs: Runs) -> None:
    run = begin(runs, "a", paused=True)
    until(lambda: run.state == "paused")
    assert run.progress["step"] == 0
    for step in (1, 2):
        runs.act("a", "batch")
        until(lambda step=step: run.progress["step"] == step and run.state == "paused")
    runs.act("a", "epoch")
    until(lambda: run.epochs_done == 1 and run.state == "paused")
    runs.act("a", "go_on")
    until(lambda: run.epochs_done > 1.5)
    runs.act("a", "pause")
    until(lambda: run.state == "paused")
    runs.act("a", "stop")
    until(lambda: run.state == "stopped")
    assert run.weights
    assert runs.queue_length() == 0


def test_one_who_waits_may_leave_the_queue_and_each_has_one_run_at_a_time(runs: Runs) -> None:
    begin(runs, "a")
    waiting = begin(runs, "b")
    with pytest.raises(CnnCoreError, match="stop it first"):
        begin(runs, "b")
    runs.act("b", "stop")
    assert waiting.state == "stopped"
    assert runs.queue_length() == 1


def test_a_killed_process_loses_its_run_only_and_the_queue_goes_on(runs: Runs) -> None:
    first, second = begin(runs, "a"), begin(runs, "b", SHORT)
    until(lambda: first.points)
    killed = runs.process_id
    assert killed
    os.kill(killed, signal.SIGKILL)
    until(lambda: first.state == "lost")
    assert "ended before" in first.sentence
    until(lambda: second.state == "finished")
    assert not is_alive(killed)
    assert runs.process_id != killed


def test_a_run_whose_page_is_gone_is_stopped_and_the_queue_goes_on(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_away_s", 1.0)
    first, second, third = begin(runs, "a"), begin(runs, "b"), begin(runs, "c", SHORT)

    def third_looks() -> bool:
        runs.see("c")
        return third.state == "finished"

    until(third_looks)
    assert (first.state, second.state) == ("stopped", "stopped")
    assert first.sentence == "Its page was closed."


def test_a_page_that_keeps_looking_keeps_its_run(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_away_s", 0.5)
    run = begin(runs, "a")
    end = time.monotonic() + 2
    while time.monotonic() < end:
        assert runs.see("a") is run
        time.sleep(0.05)
    assert run.is_active


def test_a_paused_run_does_not_hold_the_queue_for_ever(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_away_s", 1.0)
    paused, other = begin(runs, "a", paused=True), begin(runs, "b", SHORT)

    def both_look() -> bool:
        runs.see("a")
        runs.see("b")
        return other.state == "finished"

    until(both_look)
    assert paused.state == "stopped"
    assert paused.sentence == "It was paused while others waited."


def test_a_process_that_trains_nothing_ends() -> None:
    runs = Runs(idle_s=0.5)
    runs.prepare()
    pid = runs.process_id
    assert pid
    until(lambda: runs.process_id is None and not is_alive(pid))


def test_news_are_told_once(runs: Runs) -> None:
    run = begin(runs, "a")
    told = runs.changed(run, run.version)
    told.result(timeout=PATIENCE_S)
    assert runs.changed(run, -1).done()


def test_the_last_five_runs_are_kept_and_no_more_bytes_than_are_allowed(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(runs, "busy")
    for _ in range(KEPT_RUNS + 2):
        begin(runs, "five")
        runs.act("five", "stop")
    assert [run.number for run in runs.of("five")] == [3, 4, 5, 6, 7]
    monkeypatch.setattr(runs, "_kept_bytes", 3 * 4096)
    for _ in range(4):
        begin(runs, "few")
        runs.act("few", "stop")
    assert len(runs.of("few")) <= 2


def test_the_queue_has_an_end(runs: Runs) -> None:
    for number in range(MOST_WAITING + 1):
        begin(runs, f"owner {number}")
    with pytest.raises(CnnCoreError, match="wait on this server already"):
        begin(runs, "one more")


def test_a_network_that_explodes_is_said_to(runs: Runs) -> None:
    plan = TrainingPlan(
        kind="dense", layers=4, units=64, learning_rate=100.0, optimizer="sgd", batch_norm=False
    )
    run = begin(runs, "a", plan)
    until(lambda: not run.is_active)
    assert run.state == "exploded"


def test_the_process_ends_with_the_server_even_where_that_is_killed() -> None:
    script = (
        "import time, numpy as np\n"
        "from app.lessons.watch_it_learn.train.runs import RUNS\n"
        "from cnn_core.networks.training.plan import TrainingPlan\n"
        "plan = TrainingPlan(kind='dense', units=8, epochs=100)\n"
        "run = RUNS.start('a', plan, pictures='subset', watched=np.zeros((28, 28), np.uint8))\n"
        "while not run.points: time.sleep(0.05)\n"
        "print(RUNS.process_id, flush=True)\n"
        "time.sleep(100)\n"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with server:
        assert server.stdout
        pid = int(server.stdout.readline())
        assert is_alive(pid)
        server.kill()
    until(lambda: not is_alive(pid))
