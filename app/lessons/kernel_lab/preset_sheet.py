"""The sheet of preset thumbnails: the picture in use, filtered by every kernel of the registry."""

import numpy as np

from app.drawing import colors
from app.drawing.encode import encode_jpeg
from app.drawing.frame import Blob, pack
from app.drawing.thumbnail import middle_square
from cnn_core.convolution import convolve
from cnn_core.kernels import FAMILIES, KERNELS, kernels_of

SIDE = 96
COLUMNS = 8


def preset_sheet(image: np.ndarray) -> bytes:
    """Draw all presets applied to a small version of `image`, uint8 (H, W, 3), as one JPEG sheet.

    A kernel that keeps brightness is shown as a photograph, one that answers with differences
    signed.
    """
    small = middle_square(image, SIDE)
    rows = -(-len(KERNELS) // COLUMNS)
    sheet = np.zeros((rows * SIDE, COLUMNS * SIDE, 3), np.uint8)
    for index, kernel in enumerate(KERNELS.values()):
        top, left = SIDE * (index // COLUMNS), SIDE * (index % COLUMNS)
        thumbnail = preset_thumbnail(small, kernel.array)
        sheet[top : top + SIDE, left : left + SIDE] = thumbnail
    return encode_jpeg(sheet, preview=True)


def preset_frame(sheet: bytes, *, version: str, lab: str) -> bytes:
    """Pack the sheet with the names that belong to it.

    Nothing here depends on the kernel in use, so a page that has it is sent a reference to it only.
    """
    index = {key: at for at, key in enumerate(KERNELS)}
    families = [
        {
            "name": family,
            "kernels": [
                {
                    "key": kernel.key,
                    "name": kernel.name,
                    "note": kernel.note,
                    "index": index[kernel.key],
                }
                for kernel in kernels_of(family)
            ],
        }
        for family in FAMILIES
    ]
    header = {
        "version": version,
        "lab": lab,
        "columns": COLUMNS,
        "rows": -(-len(KERNELS) // COLUMNS),
        "families": families,
    }
    return pack(header, [Blob(name="sheet", type="image/jpeg", data=sheet)])


def preset_thumbnail(small: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Draw what a kernel makes of a small picture, uint8 (H, W, 3), as a picture of that shape."""
    response = convolve(small, weights, border="replicate")
    if abs(weights.sum()) > 1e-6 * max(1.0, abs(weights).sum()):
        return colors.as_photograph(response).picture
    gray = convolve(small, np.repeat(weights[:, :, None] / 3, 3, axis=2), border="replicate")
    return colors.signed_response(gray, weights).picture
