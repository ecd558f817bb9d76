"""What is looked at where that is not the picture in use: the head of the page says so."""

from app.lessons.dense_layer.settings import (
    LECTURE_GRID,
    SETTINGS,
    VIEW_SIZE,
    DenseLayerSettings,
    read_settings,
)
from app.networks.settings import SOURCES
from app.session import state

_SAID = "dense_layer_shown_instead"


def shown_instead() -> str:
    """Name what is shown, with its size; "" where it is the picture in use."""
    said = named(read_settings(state.texts(SETTINGS)))
    state.keep(_SAID, said)
    return said


def head_differs(settings: DenseLayerSettings) -> bool:
    """Whether the head of the page says something else than what is shown by now."""
    return bool(state.recall(_SAID, "") != named(settings))


def named(settings: DenseLayerSettings) -> str:
    """Name what the open view shows instead of the picture in use, "" where it is that one."""
    if settings.view == "parameters":
        return ""
    if settings.view == "unroll":
        names = {"picture": "", "garment": _with_size("Garment", VIEW_SIZE)}
        return names.get(settings.grid, _with_size("Grid", LECTURE_GRID))
    if not settings.network.uses_pad:
        return ""
    return _with_size(SOURCES[settings.network.source].capitalize(), VIEW_SIZE)


def _with_size(name: str, size: tuple[int, int]) -> str:
    return f"{name} · {size[0]}\u00a0×\u00a0{size[1]}"
