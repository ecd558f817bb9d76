"""The settings of the view starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.lessons.cats_vs_dogs.teach.settings import SETTINGS as TEACH
from app.session.control import Stops
from app.session.settings import Setting, by_key, one_of, read_all, whole
from cnn_core.errors import CnnCoreError, quoted

SIDES = ("32", "64")
COUNTS = ("1", "2", "4", "6", "8")
"""Those of `cnn_core.networks.three_starts`, which imports torch."""
IN_USE = "picture"
"""Shown is the picture in use, not one that is held out."""
_MOST_SHOWN = 99


def _shown(text: str) -> int | str | None:
    """Accept the number of a held-out picture, the picture in use, or nothing."""
    if not text or text == IN_USE:
        return text or None
    try:
        return whole(0, _MOST_SHOWN)(text)
    except CnnCoreError as error:
        raise CnnCoreError(
            f"it is “{IN_USE}” or a whole number from 0 to {_MOST_SHOWN}, not {quoted(text)}."
        ) from error


SETTINGS: Mapping[str, Setting] = by_key(
    TEACH["taught_set"],
    Setting(
        key="starts_count",
        name="training pictures of each class",
        default="4",
        read=one_of(*COUNTS),
        control=Stops(
            label="Training pictures a class",
            stops=COUNTS,
            help="The bars show what the three starts learned from so many pictures of each class.",
        ),
    ),
    Setting(
        key="starts_side",
        name="side of the small pictures",
        default="32",
        read=one_of(*SIDES),
        control=Stops(
            label="Small pictures",
            stops=SIDES,
            unit=" px",
            help="The side of the pictures that two of the three starts are given.",
        ),
    ),
    Setting(key="starts_shown", name="shown picture", default="", read=_shown),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartsSettings:
    """What is compared, read and checked.

    Attributes:
        set: the key of an example, or `OWN`.
        count: training pictures of each class whose answers are shown.
        side: pixels along a side of the small pictures.
        shown: the number of a held-out picture, `IN_USE`, or None for the page to choose.
    """

    set: str
    count: int
    side: int
    shown: int | str | None


def read_settings(texts: Mapping[str, object]) -> StartsSettings:
    """Read all settings; what is missing takes its default.

    Raises:
        CnnCoreError: if one is unknown or wrong.

    >>> read_settings({"starts_count": "2"}).count
    2
    """
    read = read_all(SETTINGS, texts, owner="Cats vs dogs")
    return StartsSettings(
        set=read["taught_set"],
        count=int(read["starts_count"]),
        side=int(read["starts_side"]),
        shown=read["starts_shown"],
    )
