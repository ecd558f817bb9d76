"""Things to try: a button that changes settings, and the outcome that the page promises."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.guide.claims import always

_S = TypeVar("_S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Generic[_S]):
    """A change worth making.

    Attributes:
        key: its name in tests, and of its button.
        label: what the button says: what it does, in a few words.
        outcome: what there will be to see, one or two sentences.
        changes: the settings that the button puts, as text by key.
        check: whether the outcome came true, from the situation before and the one after.
        applies: whether it is offered.
    """

    key: str
    label: str
    outcome: str
    changes: Callable[[_S], Mapping[str, str]]
    check: Callable[[_S, _S], bool]
    applies: Callable[[_S], bool] = always


def offered(attempts: Iterable[Attempt[_S]], situation: _S) -> list[Attempt[_S]]:
    """Return the attempts that make sense in a situation, in their order."""
    return [attempt for attempt in attempts if attempt.applies(situation)]
