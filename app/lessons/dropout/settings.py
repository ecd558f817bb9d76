"""The settings of Dropout as flat text: those of each view, and which view is open."""

from collections.abc import Mapping

from app.lessons.dropout.average import settings as average
from app.lessons.dropout.doubt import settings as doubt
from app.lessons.dropout.gap import settings as gap
from app.lessons.dropout.masks import settings as masks
from app.session.settings import Setting, by_key, merged, named

VIEWS = {
    "masks": "Masks",
    "average": "Two conventions",
    "gap": "What it is for",
    "doubt": "Masks as doubt",
}
"""The name of each view, in the order in which they are offered."""

VIEW = Setting(key="drop_view", name="view", default="masks", read=named(VIEWS))

OF_VIEW: Mapping[str, Mapping[str, Setting]] = {
    "masks": masks.SETTINGS,
    "average": average.SETTINGS,
    "gap": gap.SETTINGS,
    "doubt": doubt.SETTINGS,
}
"""The settings of each view; two views may share a setting, the same object."""

SETTINGS: Mapping[str, Setting] = merged([by_key(VIEW), *OF_VIEW.values()])
