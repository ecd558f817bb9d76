"""The settings of Inside a CNN: those of all lessons on networks, and two of its own.

They are whose last layer is used, and in which order the maps of an open layer are shown.
"""

from collections.abc import Mapping

from app.networks import settings as networks
from app.networks.last_layer import LAST_LAYER, TAUGHT
from app.networks.settings import NetworkSettings
from app.session.settings import Setting, by_key, merged, named, read_setting

BY_INDEX = "index"
ORDERS = {
    BY_INDEX: "index",
    "strength": "strength",
    "effect": "effect on the class",
    "selectivity": "selectivity",
}
ORDER = Setting(
    key="map_order", name="order of the maps", default=BY_INDEX, read=named(dict(ORDERS))
)
_OWN = by_key(LAST_LAYER, ORDER)

SETTINGS: Mapping[str, Setting] = merged([networks.SETTINGS, _OWN])


def read_settings(texts: Mapping[str, object]) -> NetworkSettings:
    """Read what all lessons on networks have; `is_taught` and `order_of` read the lesson's own.

    Raises:
        CnnCoreError: names the setting and says what it may be.
    """
    for own in _OWN.values():
        read_setting(own, texts.get(own.key, own.default))
    return networks.read_settings({key: texts[key] for key in texts if key not in _OWN})


def order_of(texts: Mapping[str, object]) -> str:
    """Return by what the maps of an open layer are ordered, a key of `ORDERS`.

    Raises:
        CnnCoreError: if the text says none of them.

    >>> order_of({"map_order": "effect"}), order_of({})
    ('effect', 'index')
    """
    return str(read_setting(ORDER, texts.get(ORDER.key, ORDER.default)))


def is_taught(texts: Mapping[str, object]) -> bool:
    """Tell whether the last layer is one that the visitor taught.

    Raises:
        CnnCoreError: if the text says neither.

    >>> is_taught({"last_layer": "taught"}), is_taught({})
    (True, False)
    """
    text = read_setting(LAST_LAYER, texts.get(LAST_LAYER.key, LAST_LAYER.default))
    return bool(text == TAUGHT)
