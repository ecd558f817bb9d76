"""The settings of Weight decay as flat text: those of each view, and which view is open."""

from collections.abc import Mapping

from app.lessons.weight_decay.network import settings as network
from app.lessons.weight_decay.polynomial import settings as polynomial
from app.lessons.weight_decay.written import settings as written
from app.session.settings import Setting, by_key, merged, named

VIEWS = {
    "polynomial": "A polynomial",
    "network": "A network",
    "written": "Written out",
}
"""The name of each view, in the order in which they are offered."""

VIEW = Setting(key="decay_view", name="view", default="polynomial", read=named(VIEWS))

OF_VIEW: Mapping[str, Mapping[str, Setting]] = {
    "polynomial": polynomial.SETTINGS,
    "network": network.SETTINGS,
    "written": written.SETTINGS,
}
"""The settings of each view."""

SETTINGS: Mapping[str, Setting] = merged([by_key(VIEW), *OF_VIEW.values()])
