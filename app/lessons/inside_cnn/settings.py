"""The settings of Inside a CNN: those of all lessons on networks, and whose last layer is used."""

from collections.abc import Mapping

from app.networks import settings as networks
from app.networks.last_layer import LAST_LAYER, TAUGHT
from app.networks.settings import NetworkSettings
from app.session.settings import Setting, by_key, merged, read_setting

SETTINGS: Mapping[str, Setting] = merged([networks.SETTINGS, by_key(LAST_LAYER)])


def read_settings(texts: Mapping[str, object]) -> NetworkSettings:
    """Read what all lessons on networks have; whose last layer it is, `is_taught` tells.

    Raises:
        CnnCoreError: names the setting and says what it may be.
    """
    is_taught(texts)
    return networks.read_settings({key: texts[key] for key in texts if key != LAST_LAYER.key})


def is_taught(texts: Mapping[str, object]) -> bool:
    """Tell whether the last layer is one that the visitor taught.

    Raises:
        CnnCoreError: if the text says neither.

    >>> is_taught({"last_layer": "taught"}), is_taught({})
    (True, False)
    """
    text = read_setting(LAST_LAYER, texts.get(LAST_LAYER.key, LAST_LAYER.default))
    return bool(text == TAUGHT)
