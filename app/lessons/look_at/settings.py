"""The settings of What does it look at? as flat text; network, layer and map are Inside a CNN's."""

from collections.abc import Mapping

from app.networks import square
from app.session.settings import Setting, by_key, registered_in, whole_or_none
from cnn_core.networks.attribution import methods
from cnn_core.networks.attribution.unit_methods import UNIT_METHODS

NO_METHOD = "none"
"""Instead of a method: nothing lies over the picture."""


def method_names() -> dict[str, str]:
    """Name what can lie over the picture, by key."""
    return {**{one.key: one.short_title for one in methods.METHODS.values()}, NO_METHOD: "None"}


def unit_method_names() -> dict[str, str]:
    """Name what can be sent back from a unit where the deconvnet is the same for every picture."""
    return {one.key: one.title for one in UNIT_METHODS.values()}


SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="class", name="class", default="", read=whole_or_none(0, 9999)),
    Setting(
        key="heat",
        name="attribution over the picture",
        default="grad_cam",
        read=registered_in(method_names),
    ),
    square.SETTINGS["square"],
    Setting(
        key="unit_method",
        name="method for one unit",
        default="gradient_x_input",
        read=registered_in(unit_method_names),
    ),
    # The page of the sheet of all maps, from 1; "" while it is not shown.
    Setting(key="unit_sheet", name="page of maps", default="", read=whole_or_none(1, 9999)),
)
