"""What the open view shows where that is not the picture in use: the head of the page says so."""

from app.lessons.weight_decay.settings import SETTINGS, VIEW
from app.session import state

_SAID = "decay_shown_instead"
_NAMES = {
    "network": "Recorded training",
    "written": "One weight",
}


def shown_instead() -> str:
    """Name what the open view shows; "" where it is the picture in use."""
    said = _named()
    state.keep(_SAID, said)
    return said


def head_differs() -> bool:
    """Whether the head of the page says something else than what is shown by now."""
    return bool(state.recall(_SAID, "") != _named())


def _named() -> str:
    texts = state.texts(SETTINGS)
    if texts[VIEW.key] == "polynomial":
        return "" if texts["decay_source"] == "row" else "Points of a curve"
    return _NAMES[texts[VIEW.key]]
