"""The settings of Watch it learn as flat text: those of each view, and which view is open."""

from collections.abc import Mapping

from app.lessons.watch_it_learn.backward import settings as backward
from app.lessons.watch_it_learn.epochs import settings as epochs
from app.lessons.watch_it_learn.kernel import settings as kernel
from app.lessons.watch_it_learn.train import settings as train
from app.session.settings import Setting, by_key, merged, named

VIEWS = {
    "kernel": "One kernel learns",
    "backward": "Back-propagation by hand",
    "epochs": "A network grows up",
    "train": "Train in the page",
}
"""The name of each view, in the order in which they are offered."""

VIEW = Setting(key="learn_view", name="view", default="kernel", read=named(VIEWS))

OF_VIEW: Mapping[str, Mapping[str, Setting]] = {
    "kernel": kernel.SETTINGS,
    "backward": backward.SETTINGS,
    "epochs": epochs.SETTINGS,
    "train": train.SETTINGS,
}
"""The settings of each view; two views may share a setting, the same object."""

SETTINGS: Mapping[str, Setting] = merged([by_key(VIEW), *OF_VIEW.values()])
