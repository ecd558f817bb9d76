"""The settings of the view backward of Watch it learn as flat text."""

from collections.abc import Mapping

from app.session.settings import Setting, by_key

SETTINGS: Mapping[str, Setting] = by_key()
