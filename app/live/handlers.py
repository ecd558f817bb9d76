"""Who answers which question, how urgent it is, and where the work is done.

A lesson lists its `Handler`s; the catalogue hands all of them to the channel.
"""

import os
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from app.live.messages import Question, Reader, kind_of


class Urgency(IntEnum):
    """What is answered first where several questions of one page wait: the smaller number."""

    DRAG = 1
    """A picture that follows a drag."""
    OPEN = 2
    """What a click opened."""
    HOVER = 3
    """A line about what the pointer passes over."""
    BACKGROUND = 4
    """What is added to an answer that is already on the screen."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A frame under way, and perhaps a second one.

    Attributes:
        first: the frame that answers the question; may raise `CnnCoreError`.
        follow: asks for the frame that completes it; None where nothing follows.
        crowded: whether others wait for their first frame, so that `follow` had better wait.
    """

    first: "Future[bytes]"
    follow: Callable[[], "Future[bytes]"] | None = None
    crowded: Callable[[], bool] = _never


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """One kind of question.

    Attributes:
        question: the class of its messages.
        urgency: what goes first.
        answer: starts the work; it runs on the event loop, so it must not compute anything itself.
    """

    question: type[Question]
    urgency: Urgency
    answer: Callable[[Any], Awaitable[Answer]]

    @property
    def kind(self) -> str:
        """Its name in messages."""
        return kind_of(self.question)


def _give_way() -> None:
    # Linux knows priorities of threads: what a hand drags goes before what a network computes.
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 4)


# Networks, slower by far than kernels, have a thread of their own.
_NETWORK_THREAD = ThreadPoolExecutor(
    max_workers=1, thread_name_prefix="live-network", initializer=_give_way
)


def on_network_thread(
    frame: Callable[[Any], bytes], follow: Callable[[Any], bytes] | None = None
) -> Callable[[Any], Awaitable[Answer]]:
    """Return a handler's `answer` that computes its frame on the thread for networks.

    Args:
        frame: computes the frame that answers a question.
        follow: computes the one that completes it; None where nothing follows.
    """

    async def answer(question: Question) -> Answer:
        first = _NETWORK_THREAD.submit(frame, question)
        if follow is None:
            return Answer(first=first)
        return Answer(first=first, follow=lambda: _NETWORK_THREAD.submit(follow, question))

    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All handlers by kind, and what reads their messages."""

    by_kind: Mapping[str, Handler]
    reader: Reader


def _registry(handlers: Iterable[Handler]) -> Registry:
    listed = tuple(handlers)
    reader = Reader([one.question for one in listed])  # refuses two of one kind
    return Registry(by_kind=MappingProxyType({one.kind: one for one in listed}), reader=reader)


class _Source:
    """Where handlers come from, and the registry of them once somebody asked for it."""

    def __init__(self, handlers: Callable[[], Iterable[Handler]]) -> None:
        self._handlers = handlers
        self._lock = threading.Lock()
        self._made: Registry | None = None

    def registry(self) -> Registry:
        with self._lock:
            self._made = self._made or _registry(self._handlers())
            return self._made


_source = _Source(lambda: ())


def register(source: Callable[[], Iterable[Handler]]) -> None:
    """Say who answers what; replaces what was said before.

    Args:
        source: returns all handlers; called when they are first needed, since it imports all that
            draws answers.
    """
    global _source
    _source = _Source(source)


def registered() -> Registry:
    """Return all handlers. The first call takes a while, so it is not for the event loop.

    Raises:
        ValueError: if two different questions have one kind.
    """
    return _source.registry()
