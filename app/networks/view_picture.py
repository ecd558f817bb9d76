"""What a network sees, as a picture for the browser."""

import numpy as np

from app.drawing.encode import encode_jpeg, encode_png
from app.drawing.frame import Blob


def view_blob(view: np.ndarray) -> Blob:
    """Encode what the network sees; a small one by whole pixels."""
    picture = view if view.ndim == 3 else np.repeat(view[..., None], 3, axis=2)
    if max(view.shape[:2]) <= 64:
        return Blob(name="view", type="image/png", data=encode_png(picture))
    return Blob(name="view", type="image/jpeg", data=encode_jpeg(picture))
