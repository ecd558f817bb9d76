"""What is looked at where that is not the picture in use: the head of the page says so."""

from app.lessons.batch_norm.settings import SETTINGS, VIEW
from app.networks.settings import PAD_SIDE, SOURCES
from app.session import state

_SAID = "norm_shown_instead"


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
    if texts[VIEW.key] == "points":
        return ""
    if texts[VIEW.key] == "trained":
        return "Garments"
    if texts["source"] == "picture":
        return ""
    size = f"{PAD_SIDE}\u00a0×\u00a0{PAD_SIDE}"
    return f"{SOURCES[texts['source']].capitalize()} · {size}"
