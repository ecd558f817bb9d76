"""Whether the picture in use is a certain bundled one, so that it need not be offered."""

from functools import cache

from app.session.picture import Picture
from cnn_core.images import digest
from cnn_core.samples import load_sample


@cache
def _digest(key: str) -> str:
    return digest(load_sample(key))


def is_sample(picture: Picture, key: str) -> bool:
    """Whether a picture is the bundled one of that key."""
    return picture.digest == _digest(key)
