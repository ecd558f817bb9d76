"""All that is below the stages of Cats vs dogs: the guides of its views, as one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.guide.attempts import Attempt
from app.guide.claims import Claim
from app.guide.guide import AnyGuide, Guide
from app.guide.programs import Program
from app.lessons.cats_vs_dogs.animal.guide import GUIDE as ANIMAL
from app.lessons.cats_vs_dogs.settings import OF_VIEW, VIEW
from app.lessons.cats_vs_dogs.starts.guide import GUIDE as STARTS
from app.lessons.cats_vs_dogs.teach.guide import GUIDE as TEACH
from app.session.picture import Picture
from app.session.settings import read_setting

GUIDES: Mapping[str, AnyGuide] = {"animal": ANIMAL, "teach": TEACH, "starts": STARTS}


@dataclass(frozen=True, kw_only=True, eq=False)
class LabSituation:
    """Which view is open, and what is on its screen.

    Attributes:
        view: its key.
        texts: the settings of all views, as text.
        picture: the picture in use.
    """

    view: str
    texts: Mapping[str, str]
    picture: Picture
    _found: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def of_view(self) -> Any:
        """The situation of the open view's own guide."""
        return self.of(self.view)

    def of(self, view: str) -> Any:
        """Return the situation that a view's own guide reads from its settings, open or not."""
        if view not in self._found:
            own = {key: self.texts[key] for key in OF_VIEW[view]}
            self._found[view] = GUIDES[view].situation(own, self.picture)
        return self._found[view]


def situation(texts: Mapping[str, str], picture: Picture) -> LabSituation:
    """Read which view is open, and its settings.

    Raises:
        CnnCoreError: if they cannot be read, or do not go with the picture.
    """
    view = read_setting(VIEW, texts[VIEW.key])
    on = LabSituation(view=view, texts=texts, picture=picture)
    on.of(view)
    return on


def _claims(view: str, guide: AnyGuide) -> list[Claim[LabSituation]]:
    """Lift a view's claims to the lesson: they are shown where that view is open."""

    def lifted(claim: Claim[Any]) -> Claim[LabSituation]:
        return Claim(
            key=claim.key,
            applies=lambda on: on.view == view and claim.applies(on.of_view),
            sentence=lambda on: claim.sentence(on.of_view),
            check=lambda on: claim.check(on.of_view),
        )

    return [lifted(claim) for claim in guide.claims]


def _attempts(view: str, guide: AnyGuide) -> list[Attempt[LabSituation]]:
    """Lift a view's attempts to the lesson: they are offered where that view is open."""

    def lifted(attempt: Attempt[Any]) -> Attempt[LabSituation]:
        return Attempt(
            key=attempt.key,
            label=attempt.label,
            outcome=attempt.outcome,
            changes=lambda on: attempt.changes(on.of(view)),
            check=lambda before, after: attempt.check(before.of_view, after.of_view),
            applies=lambda on: on.view == view and attempt.applies(on.of_view),
        )

    return [lifted(attempt) for attempt in guide.attempts]


def programs(on: LabSituation) -> tuple[Program, ...]:
    """Write the programs of the open view."""
    return GUIDES[on.view].programs(on.of_view)


GUIDE: Guide[LabSituation] = Guide(
    situation=situation,
    claims=tuple(claim for view, one in GUIDES.items() for claim in _claims(view, one)),
    attempts=tuple(attempt for view, one in GUIDES.items() for attempt in _attempts(view, one)),
    programs=programs,
)
