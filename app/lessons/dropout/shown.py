"""What is looked at where that is not the picture in use: the head of the page says so."""

from app.lessons.dropout.settings import SETTINGS, VIEW
from app.networks.settings import PAD_SIDE
from app.session import state


def shown_instead() -> str:
    """Name what the open view shows, with its size; "" where it is no other picture."""
    is_recorded = state.texts(SETTINGS)[VIEW.key] == "gap"
    return f"Garments · {PAD_SIDE}\u00a0×\u00a0{PAD_SIDE}" if is_recorded else ""
