"""The settings of Cats vs dogs as flat text: those of each view, and which view is open."""

from collections.abc import Mapping

from app.lessons.cats_vs_dogs.animal import settings as animal
from app.lessons.cats_vs_dogs.starts import settings as starts
from app.lessons.cats_vs_dogs.teach import settings as teach
from app.session.settings import Setting, by_key, merged, named

VIEWS = {"animal": "Cat or dog?", "teach": "Teach your own", "starts": "Three starts"}
"""The name of each view, in the order in which they are offered."""

NETWORK = "efficientnet_lite0"
"""The network of all views."""

VIEW = Setting(key="taught_view", name="view", default="animal", read=named(VIEWS))

OF_VIEW: Mapping[str, Mapping[str, Setting]] = {
    "animal": animal.SETTINGS,
    "teach": teach.SETTINGS,
    "starts": starts.SETTINGS,
}
"""The settings of each view."""

SETTINGS: Mapping[str, Setting] = merged([by_key(VIEW), *OF_VIEW.values()])
