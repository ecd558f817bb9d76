"""What the opening shows: the picture's gray values, and what an edge kernel makes of them."""

from dataclasses import dataclass

import numpy as np

from app.drawing import colors
from app.drawing.encode import encode_for_screen, encode_png
from app.drawing.frame import Blob
from cnn_core.convolution import convolve
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS

KERNEL = KERNELS["sobel_x"]
EDGES_TEXT = (
    "The window shows edges: orange where the right side is brighter, blue where the left side is "
    "brighter."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningData:
    """A picture for the opening.

    Attributes:
        height, width: of the picture, in pixels.
        limit: the value at the end of the color scale of the edges.
        blobs: "gray", its gray values as PNG; "edges", the response of `KERNEL` in colors; and
            "response", the response itself, int16 (H, W), row by row.
    """

    height: int
    width: int
    limit: float
    blobs: tuple[Blob, ...]


def opening_data(image: np.ndarray) -> OpeningData:
    """Filter the gray version of a picture, uint8 (H, W, 3)."""
    gray = grayscale(image)
    weights = KERNEL.array
    # The weights are whole numbers that add up to 8 in size: the response is within ±2040.
    response = convolve(gray, weights, border="replicate")
    edges = colors.signed_response(response, weights)
    drawn, media_type = encode_for_screen(edges.picture)
    return OpeningData(
        height=image.shape[0],
        width=image.shape[1],
        limit=edges.limit,
        blobs=(
            Blob(name="gray", type="image/png", data=encode_png(gray)),
            Blob(name="edges", type=media_type, data=drawn),
            Blob(name="response", type="application/octet-stream", data=_whole(response)),
        ),
    )


def _whole(response: np.ndarray) -> bytes:
    data: bytes = np.rint(response).astype("<i2").tobytes()
    return data
