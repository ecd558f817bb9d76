"""The settings of the view "What it is for" as flat text, and what they mean once read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.settings import Setting, by_key, read_all, translated

SHARES = ("0", "0.2", "0.4", "0.6", "0.8")
"""The shares of dropped neurons with which networks were trained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapSettings:
    """All settings of the view, read and checked.

    Attributes:
        share: of the neurons that is dropped, which is PyTorch's p.
    """

    share: float


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(
        key="drop_share",
        name="share that is dropped",
        default="0",
        read=translated({text: float(text) for text in SHARES}),
    ),
)


def read_settings(texts: Mapping[str, object]) -> GapSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"drop_share": "0.4"}).share
    0.4
    """
    read = read_all(SETTINGS, texts, owner="What it is for")
    return GapSettings(share=read["drop_share"])
