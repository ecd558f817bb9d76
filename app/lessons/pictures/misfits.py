"""Which settings of Pictures are numbers do not fit the picture in use."""

from collections.abc import Mapping

from app.lessons.pictures.settings import lies_in, read_settings
from app.session.image_picker import current_picture


def misfits(texts: Mapping[str, str]) -> dict[str, str]:
    """Find a held pixel outside the picture."""
    at = read_settings(texts).at
    if at is None:
        return {}
    shape = current_picture().pixels.shape
    if lies_in(at, shape):
        return {}
    height, width = shape[:2]
    return {
        "at": f"this picture has rows 0 to {height - 1} and columns 0 to {width - 1}, "
        f"so there is no pixel {at[0]},{at[1]}."
    }
