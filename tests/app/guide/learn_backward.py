"""How the settings of the view "backward" of Watch it learn are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis.strategies import SearchStrategy

SETTINGS: Mapping[str, SearchStrategy[str]] = {}
STATES: tuple[Mapping[str, str], ...] = ()
