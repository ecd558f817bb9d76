"""The worker of the live channel: what is due first is done first."""

import threading

import pytest

from app.workers import EarliestFirst


@pytest.fixture
def busy() -> tuple[EarliestFirst, threading.Event]:
    """A worker that is held up until the event is set."""
    worker, go = EarliestFirst("test"), threading.Event()
    started = threading.Event()

    def hold() -> None:
        started.set()
        go.wait(timeout=30)

    worker.submit(hold, due=0.0)
    assert started.wait(timeout=30)
    return worker, go


def test_jobs_are_done_by_when_they_are_due(busy: tuple[EarliestFirst, threading.Event]) -> None:
    worker, go = busy
    done: list[str] = []
    dues = {"late": 3.0, "soon": 1.0, "soon too": 1.0, "between": 2.0}
    futures = [worker.submit(lambda n=name: done.append(n), due=due) for name, due in dues.items()]
    go.set()
    for future in futures:
        future.result(timeout=30)
    assert done == ["soon", "soon too", "between", "late"]


def test_a_cancelled_job_is_never_begun(busy: tuple[EarliestFirst, threading.Event]) -> None:
    worker, go = busy
    done: list[int] = []
    given_up = worker.submit(lambda: done.append(1), due=1.0)
    assert given_up.cancel()
    go.set()
    worker.submit(lambda: done.append(2), due=2.0).result(timeout=30)
    assert done == [2]


def test_what_a_job_raises_reaches_who_waits_and_the_worker_goes_on() -> None:
    worker = EarliestFirst("test")
    with pytest.raises(ZeroDivisionError):
        worker.submit(lambda: 1 / 0, due=0.0).result(timeout=30)
    assert worker.submit(lambda: 5, due=0.0).result(timeout=30) == 5
