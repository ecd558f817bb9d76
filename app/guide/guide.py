"""All that a lesson has below its stage, as one value that the page and the tests read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.guide.attempts import Attempt
from app.guide.claims import Claim
from app.guide.programs import Program
from app.session.picture import Picture

_S = TypeVar("_S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Generic[_S]):
    """What a lesson says, offers and gives away.

    Attributes:
        situation: reads what is on the screen from the texts of the lesson's settings and the
            picture in use; may raise `CnnCoreError` where they do not go together.
        claims: what to notice.
        attempts: what to try.
        programs: writes the same computation as programs.
    """

    situation: Callable[[Mapping[str, str], Picture], _S]
    claims: tuple[Claim[_S], ...]
    attempts: tuple[Attempt[_S], ...]
    programs: Callable[[_S], tuple[Program, ...]]


AnyGuide = Guide[Any]
