"""The settings of What does it look at? as flat text; network, layer and map are Inside a CNN's."""

from collections.abc import Mapping

from app.networks import square
from app.session.settings import Setting, by_key, registered_in, whole_or_none
from cnn_core.networks.attribution import methods

NO_METHOD = "none"
"""Instead of a method: nothing lies over the picture."""


def method_names() -> dict[str, str]:
    """Name what can lie over the picture, by key."""
    return {**{one.key: one.short_title for one in methods.METHODS.values()}, NO_METHOD: "None"}


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="class", name="class", default="", read=whole_or_none(0, 9999)),
    Setting(
        key="heat",
        name="attribution over the picture",
        default="grad_cam",
        read=registered_in(method_names),
    ),
    square.SETTINGS["square"],
)
