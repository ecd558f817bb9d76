"""The settings of the view "Two conventions" as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.lessons.dropout.shared_settings import KEEP
from app.session.settings import Setting, by_key, read_all, translated, whole

COUNTS = (
    *("1", "2", "3", "4", "5", "7", "10", "15", "20", "30", "50", "70", "100", "150", "200"),
    *("300", "500", "700", "1000", "1500", "2000", "3000", "5000", "7000", "10000"),
)
"""How many masks are averaged."""
MOST = int(COUNTS[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageSettings:
    """All settings of the view, read and checked.

    Attributes:
        keep: the probability that a neuron is present.
        count: how many masks are averaged.
        seed: of the masks.
    """

    keep: float
    count: int
    seed: int


SETTINGS: Mapping[str, Setting] = by_key(
    KEEP,
    Setting(
        key="drop_count",
        name="number of masks",
        default=COUNTS[-1],
        read=translated({text: int(text) for text in COUNTS}),
    ),
    Setting(key="drop_seed", name="seed of the masks", default="8", read=whole(0, 9999)),
)


def read_settings(texts: Mapping[str, object]) -> AverageSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"drop_count": "50"}).count
    50
    """
    read = read_all(SETTINGS, texts, owner="Two conventions")
    return AverageSettings(keep=read["drop_keep"], count=read["drop_count"], seed=read["drop_seed"])
