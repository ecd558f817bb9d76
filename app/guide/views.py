"""A lesson with several views: the guides of its views, as one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.guide.attempts import Attempt
from app.guide.claims import Claim
from app.guide.guide import AnyGuide, Guide
from app.session.picture import Picture
from app.session.settings import Setting, read_setting


@dataclass(frozen=True, kw_only=True, eq=False)
class ViewSituation:
    """Which view is open, and what is on its screen.

    Attributes:
        view: its key.
        texts: the settings of all views, as text.
        picture: the picture in use.
        guides: the guide of each view, by its key.
        of_views: the keys of the settings that each view reads.
    """

    view: str
    texts: Mapping[str, str]
    picture: Picture
    guides: Mapping[str, AnyGuide] = field(repr=False)
    of_views: Mapping[str, Collection[str]] = field(repr=False)
    _found: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def of_view(self) -> Any:
        """The situation of the open view's own guide."""
        return self.of(self.view)

    def of(self, view: str) -> Any:
        """Return the situation that a view's own guide reads from its settings, open or not."""
        if view not in self._found:
            own = {key: self.texts[key] for key in self.of_views[view]}
            self._found[view] = self.guides[view].situation(own, self.picture)
        return self._found[view]


def guide_of_views(
    setting: Setting, guides: Mapping[str, AnyGuide], of_views: Mapping[str, Collection[str]]
) -> Guide[ViewSituation]:
    """Put the guides of a lesson's views together: each is used where its view is open.

    Args:
        setting: which view is open.
        guides: the guide of each view, by its key.
        of_views: the keys of the settings that each view reads.
    """

    def situation(texts: Mapping[str, str], picture: Picture) -> ViewSituation:
        on = ViewSituation(
            view=read_setting(setting, texts[setting.key]),
            texts=texts,
            picture=picture,
            guides=guides,
            of_views=of_views,
        )
        on.of(on.view)  # raises where its settings cannot be read, or do not go with the picture
        return on

    return Guide(
        situation=situation,
        claims=tuple(
            _lifted_claim(view, claim) for view, one in guides.items() for claim in one.claims
        ),
        attempts=tuple(
            _lifted_attempt(view, attempt)
            for view, one in guides.items()
            for attempt in one.attempts
        ),
        programs=lambda on: guides[on.view].programs(on.of_view),
    )


def _lifted_claim(view: str, claim: Claim[Any]) -> Claim[ViewSituation]:
    return Claim(
        key=claim.key,
        applies=lambda on: on.view == view and claim.applies(on.of_view),
        sentence=lambda on: claim.sentence(on.of_view),
        check=lambda on: claim.check(on.of_view),
    )


def _lifted_attempt(view: str, attempt: Attempt[Any]) -> Attempt[ViewSituation]:
    return Attempt(
        key=attempt.key,
        label=attempt.label,
        outcome=attempt.outcome,
        changes=lambda on: attempt.changes(on.of(view)),
        check=lambda before, after: attempt.check(before.of_view, after.of_view),
        applies=lambda on: on.view == view and attempt.applies(on.of_view),
    )
