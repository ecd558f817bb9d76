"""What a shift does to the maps, in a sentence or two below them."""

from app.drawing.numbers import number_text
from app.lessons.translation.settings import TranslationSettings
from cnn_core.translation import Shift, ShiftedMaps


def way_text(by: Shift) -> str:
    """Write a shift as people say it.

    >>> way_text((0, 1)), way_text((-2, 3)), way_text((0, 0))
    ('1 px right', '2 px up and 3 px right', '0 px')
    """
    down, right = by
    parts = []
    if down:
        parts.append(f"{abs(down)} px {'down' if down > 0 else 'up'}")
    if right:
        parts.append(f"{abs(right)} px {'right' if right > 0 else 'left'}")
    return " and ".join(parts) or "0 px"


def shift_words(maps: ShiftedMaps, settings: TranslationSettings) -> str:
    """Say what the shift did to the maps that are shown."""
    by, stride = settings.by, maps.stride
    if not any(by):
        return (
            "Drag the picture, or use the arrow keys. What leaves on one side enters on the other, "
            "so both pictures have the same pixels."
        )
    if maps.changes_nothing(by):
        return f"Shift: {way_text(by)}. It changes no pixel of this picture, so no map changes."
    if stride == 1:
        return (
            f"Shift: {way_text(by)}. Without pooling, every pixel is a cell of its own: the map is "
            "moved, and nothing else changes."
        )
    if maps.is_whole(by):
        return (
            f"Shift: {way_text(by)}, a multiple of {stride} px, the total stride. The values are "
            f"the same, but in other cells: this is equivariance, not invariance."
        )
    if maps.hides(by):
        return (
            f"Shift: {way_text(by)}. The map is the same as before: this layer hides the shift of "
            "this picture."
        )
    return (
        f"Shift: {way_text(by)}, no multiple of {stride} px, the total stride. Other pixels "
        "share a window now, so the map is not only moved: moved along, its mean squared error is "
        f"still {number_text(maps.error_moved_along(by), digits=3)}."
    )
