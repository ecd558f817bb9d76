"""What a page waits for: kept results at once, others from the queue, and no longer than it may."""

import logging
import threading

import pytest

from app.caching import Cached, cached
from app.networks import patience
from app.networks.patience import compute_ahead, computed, computed_soon
from app.networks.work import Priority, WorkQueue
from app.session import state
from cnn_core.errors import CnnCoreError
from tests.app.networks.test_work import Gate


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> WorkQueue:
    """A queue of this test's own, and a session without Streamlit."""
    session: dict[str, object] = {}
    monkeypatch.setattr(state, "keep", session.__setitem__)
    monkeypatch.setattr(state, "recall", lambda key, default=None: session.get(key, default))
    own = WorkQueue()
    monkeypatch.setattr(patience, "WORK", own)
    return own


@pytest.fixture
def squared() -> Cached[[int], int]:
    @cached(max_bytes=1000)
    def square(number: int) -> int:
        return number * number

    return square


def test_what_is_kept_does_not_wait_for_its_turn(
    queue: WorkQueue, squared: Cached[[int], int]
) -> None:
    assert computed(Priority.UNIT, squared, 3) == 9
    gate = Gate(queue)
    assert computed(Priority.UNIT, squared, 3) == 9
    assert computed_soon(0, Priority.UNIT, squared, 3) == 9
    gate.open()


def test_what_takes_too_long_is_done_without_and_asked_for_no_more(
    queue: WorkQueue, squared: Cached[[int], int]
) -> None:
    gate = Gate(queue)
    assert computed_soon(0.01, Priority.OVERLAY, squared, 4) is None
    assert len(queue) == 1  # the gate itself
    gate.open()
    assert computed(Priority.OVERLAY, squared, 4) == 16


def test_a_session_computes_one_thing_ahead(queue: WorkQueue, squared: Cached[[int], int]) -> None:
    gate = Gate(queue)
    for number in range(5):
        compute_ahead(Priority.TRACE, squared, number)
    assert len(queue) == 2  # the gate and the last one
    gate.open()
    assert computed(Priority.TRACE, squared, 4) == 16
    assert squared.known(3) is None


@pytest.mark.parametrize(("error", "logged"), [(ZeroDivisionError, True), (CnnCoreError, False)])
def test_a_bug_ahead_of_time_is_logged_and_a_refusal_is_left_to_the_page(
    queue: WorkQueue, caplog: pytest.LogCaptureFixture, error: type[Exception], *, logged: bool
) -> None:
    over = threading.Event()

    @cached(max_bytes=1000)
    def fail() -> int:
        raise error("a bug")

    compute_ahead(Priority.TRACE, fail)
    ticket = queue.ask("after", over.set, visitor="other", priority=Priority.TRACE)
    ticket.future.result(timeout=20)
    assert ("a bug" in caplog.text) is logged
    assert [one.levelno for one in caplog.records] == [logging.ERROR] * logged
