"""The settings of the view "Masks as doubt" as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.lessons.dropout.shared_settings import LEAST_KEEP
from app.networks.settings import SETTINGS as NETWORKS
from app.session.settings import Setting, by_key, number, read_all, translated

NETWORK = "fashion_cnn"
COUNTS = ("1", "2", "3", "5", "10", "20", "30", "50", "100", "200", "300", "500", "1000")
"""How many masks are drawn."""
LEAST_FOR_RANGE = 20
"""From so many masks on, a range of about 9 of 10 of them is shown."""
SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtSettings:
    """All settings of the view, read and checked.

    Attributes:
        keep: the probability that a number before the last dense layer is present.
        count: how many masks are drawn.
        garment: position of the clear picture among the bundled test pictures.
    """

    keep: float
    count: int
    garment: int


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key="drop_doubt_keep",
        name="probability p to be present",
        default="0.8",
        read=number(LEAST_KEEP, 1),
    ),
    Setting(
        key="drop_doubt_count",
        name="number of masks",
        default="100",
        read=translated({text: int(text) for text in COUNTS}),
    ),
    NETWORKS["garment"],
)


def read_settings(texts: Mapping[str, object]) -> DoubtSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"drop_doubt_count": "50"}).count
    50
    """
    read = read_all(SETTINGS, texts, owner="Masks as doubt")
    return DoubtSettings(
        keep=read["drop_doubt_keep"], count=read["drop_doubt_count"], garment=read["garment"]
    )
