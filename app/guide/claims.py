"""Sentences about what is on the screen, each with the condition under which it is true."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

_S = TypeVar("_S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Generic[_S]):
    """A sentence that is shown only where it is true.

    Attributes:
        key: its name in tests.
        applies: whether the sentence is shown, decided by the settings or by what was computed.
        sentence: writes it, as Markdown, with the numbers of what is on the screen.
        check: recomputes what the sentence says, in another way than `sentence` does; the page
            never calls it, a test does, with settings and pictures drawn at random.
    """

    key: str
    applies: Callable[[_S], bool]
    sentence: Callable[[_S], str]
    check: Callable[[_S], bool]


def shown(claims: Iterable[Claim[_S]], situation: _S) -> list[Claim[_S]]:
    """Return the claims that hold in a situation, in their order."""
    return [claim for claim in claims if claim.applies(situation)]


def always(situation: object) -> bool:
    """Say that a claim is true whatever is on the screen."""
    return True
