"""A picture shifted by whole pixels of what a network takes in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cnn_core.networks.preparation import Fit, Preparation, Rectangle


def shifted_view(
    image: npt.NDArray[np.uint8],
    preparation: Preparation,
    *,
    down: int = 0,
    right: int = 0,
    fit: Fit = "crop",
) -> npt.NDArray[np.uint8]:
    """Bring a picture to a network's size with everything on it `down` and `right` pixels further.

    The network's window moves over the picture the other way, by whole pixels of its input. So what
    enters at the border comes from the picture, as far as the picture goes on there: EfficientNet's
    window leaves at least 16 of its pixels on each side. Beyond the picture all is black, as around
    the garments of Fashion-MNIST; a picture that has the network's size already is seen whole, and
    nothing but black enters.

    Args:
        image: uint8 (H, W) or (H, W, 3).
        preparation: how the network wants its pictures.
        down: in pixels of the network's input; negative is up.
        right: likewise; negative is left.
        fit: how the window is placed before it moves, see `Preparation.frame`.

    Returns:
        uint8 of the network's size, (H, W) or (H, W, 3).

    Raises:
        CnnCoreError: if the array is no picture.

    >>> small = Preparation(size=(2, 3), color=False, offset=0, scale=255)
    >>> shifted_view(np.array([[1, 2, 3], [4, 5, 6]], np.uint8), small, right=1)
    array([[0, 1, 2],
           [0, 4, 5]], dtype=uint8)
    """
    if down == 0 and right == 0:
        return preparation.view(image, fit)
    frame = preparation.frame(image.shape, fit)
    height, width = preparation.size
    # Rounded like `frame`: a little less than 0 would let black in.
    moved = Rectangle(
        top=round(frame.top - down * frame.height / height, 9),
        left=round(frame.left - right * frame.width / width, 9),
        height=frame.height,
        width=frame.width,
    )
    return preparation.view_of(image, moved)
