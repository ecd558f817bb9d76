"""The queue of heavy work: shared, fair, urgent first, and dropped when nobody waits."""

import threading
from collections.abc import Callable

import pytest

from app.networks.work import DroppedError, Priority, WorkQueue, as_completed


class Gate:
    """Holds the queue's one thread until it is opened, so that a test can line up work behind."""

    def __init__(self, queue: WorkQueue) -> None:
        self._opened, self._begun = threading.Event(), threading.Event()
        self.ticket = queue.ask("gate", self._wait, visitor="gate", priority=Priority.TRACE)
        assert self._begun.wait(timeout=20)

    def _wait(self) -> None:
        self._begun.set()
        assert self._opened.wait(timeout=20)

    def open(self) -> None:
        self._opened.set()


@pytest.fixture
def queue() -> WorkQueue:
    return WorkQueue()


def test_what_two_visitors_ask_for_is_computed_once(queue: WorkQueue) -> None:
    gate, calls = Gate(queue), []
    tickets = [
        queue.ask("same", lambda: calls.append(1) or 7, visitor=name, priority=Priority.UNIT)
        for name in "ab"
    ]
    gate.open()
    assert [ticket.future.result(timeout=20) for ticket in tickets] == [7, 7]
    assert calls == [1]


def test_the_more_urgent_goes_first(queue: WorkQueue) -> None:
    gate, order = Gate(queue), []
    tickets = [
        queue.ask(priority, lambda at=priority: order.append(at), visitor="a", priority=priority)
        for priority in reversed(Priority)
    ]
    gate.open()
    for ticket in tickets:
        ticket.future.result(timeout=20)
    assert order == sorted(Priority)


def test_a_visitor_who_asked_for_much_does_not_keep_the_next_one_waiting(
    queue: WorkQueue,
) -> None:
    gate, order = Gate(queue), []

    def task(name: str):
        return lambda: (order.append(name), threading.Event().wait(0.01))

    greedy = [
        queue.ask(("greedy", n), task("greedy"), visitor="greedy", priority=Priority.CHECK)
        for n in range(5)
    ]
    modest = queue.ask("modest", task("modest"), visitor="modest", priority=Priority.CHECK)
    gate.open()
    for ticket in (*greedy, modest):
        ticket.future.result(timeout=20)
    assert order.index("modest") <= 1


def test_what_nobody_waits_for_any_more_is_never_computed(queue: WorkQueue) -> None:
    gate, calls = Gate(queue), []
    dropped = queue.ask("a", lambda: calls.append("a"), visitor="v", priority=Priority.UNIT)
    kept = [
        queue.ask("b", lambda: calls.append("b"), visitor=name, priority=Priority.UNIT)
        for name in "vw"
    ]
    dropped.cancel()
    kept[0].cancel()
    gate.open()
    kept[1].future.result(timeout=20)
    assert calls == ["b"]
    with pytest.raises(DroppedError):
        dropped.future.result(timeout=20)
    assert len(queue) == 0


def test_leaving_what_is_done_leaves_what_was_asked_for_since(queue: WorkQueue) -> None:
    first = queue.ask("same", lambda: 1, visitor="a", priority=Priority.UNIT)
    assert first.future.result(timeout=20) == 1
    gate = Gate(queue)
    second = queue.ask("same", lambda: 2, visitor="b", priority=Priority.UNIT)
    first.cancel()
    gate.open()
    assert second.future.result(timeout=20) == 2


def test_an_error_reaches_who_waits_and_the_next_one_tries_again(queue: WorkQueue) -> None:
    def fail() -> int:
        raise ValueError("no")

    def ask(make: Callable[[], int]) -> int:
        ticket = queue.ask("key", make, visitor="a", priority=Priority.UNIT)
        return ticket.future.result(timeout=20)

    with pytest.raises(ValueError, match="no"):
        ask(fail)
    assert ask(lambda: 3) == 3


def test_a_wait_that_is_broken_off_cancels_what_is_left(queue: WorkQueue) -> None:
    gate = Gate(queue)
    tickets = [
        queue.ask(n, lambda: None, visitor="a", priority=Priority.ATTRIBUTION) for n in range(3)
    ]

    class GoneOn(Exception):
        pass

    def meanwhile() -> None:
        raise GoneOn

    with pytest.raises(GoneOn):
        for _ in as_completed(tickets, meanwhile):
            pass
    assert all(isinstance(t.future.exception(timeout=20), DroppedError) for t in tickets)
    gate.open()
    gate.ticket.future.result(timeout=20)


def test_results_come_as_they_are_ready(queue: WorkQueue) -> None:
    gate = Gate(queue)
    late = queue.ask("late", lambda: 2, visitor="a", priority=Priority.CHECK)
    soon = queue.ask("soon", lambda: 1, visitor="a", priority=Priority.ATTRIBUTION)
    gate.open()
    assert [t.future.result() for t in as_completed([late, soon], lambda: None)] in ([1, 2], [2, 1])
