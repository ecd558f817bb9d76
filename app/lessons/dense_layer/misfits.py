"""Which settings of Why not a dense layer? do not fit what it shows."""

from collections.abc import Mapping

from app.lessons.dense_layer.settings import VIEW_SIZE, read_settings
from app.networks.square import square_fits


def misfits(texts: Mapping[str, str]) -> dict[str, str]:
    """Find a pixel outside the grid, and a gray square that reaches over the border."""
    settings = read_settings(texts)
    found = {}
    rows, columns = settings.grid_size
    if settings.pixel and settings.pixel != settings.pointed_at:
        found["dense_pixel"] = (
            f"this grid has rows 0 to {rows - 1} and columns 0 to {columns - 1}, so there is no "
            f"pixel {settings.pixel[0]},{settings.pixel[1]}."
        )
    if settings.square and not square_fits(settings.square, VIEW_SIZE):
        found["square"] = (
            f"the square must lie inside the {VIEW_SIZE[0]} × {VIEW_SIZE[1]} pixels that the "
            "networks are given."
        )
    return found
