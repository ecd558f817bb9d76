"""The settings of Batch normalization as flat text: those of each view, and which view is open."""

from collections.abc import Mapping

from app.lessons.batch_norm.maps import settings as maps
from app.lessons.batch_norm.points import settings as points
from app.lessons.batch_norm.trained import settings as trained
from app.session.settings import Setting, by_key, merged, named

VIEWS = {
    "points": "On points",
    "maps": "On maps",
    "trained": "Before, after, folded",
}
"""The name of each view, in the order in which they are offered."""

VIEW = Setting(key="norm_view", name="view", default="points", read=named(VIEWS))

OF_VIEW: Mapping[str, Mapping[str, Setting]] = {
    "points": points.SETTINGS,
    "maps": maps.SETTINGS,
    "trained": trained.SETTINGS,
}
"""The settings of each view; two views may share a setting, the same object."""

SETTINGS: Mapping[str, Setting] = merged([by_key(VIEW), *OF_VIEW.values()])
