"""Pictures as bytes for the browser: JPEG for photographs, lossless where exact pixels matter."""

import cv2
import numpy as np

SMALL_PX = 128 * 128
"""Maps up to this many pixels are sent lossless: their cells are looked at one by one."""


def encode_png(picture: np.ndarray) -> bytes:
    """Encode uint8 (H, W) or (H, W, 3) RGB, quickly rather than small."""
    return _encode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])


def encode_jpeg(picture: np.ndarray, *, preview: bool = False) -> bytes:
    """Encode uint8 (H, W) or (H, W, 3) RGB.

    With full color resolution, so thin colored edges stay; a preview, seen for a moment during a
    drag, takes half the time and half the bytes instead.
    """
    quality, sampling = (
        (80, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420)
        if preview
        else (90, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
    )
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    return _encode(".jpg", picture, options)


def encode_for_screen(picture: np.ndarray, *, preview: bool = False) -> tuple[bytes, str]:
    """Encode a picture as fits its size; return the bytes and their media type."""
    if picture.shape[0] * picture.shape[1] <= SMALL_PX:
        return encode_png(picture), "image/png"
    return encode_jpeg(picture, preview=preview), "image/jpeg"


def at_least(picture: np.ndarray, side: int = 256) -> np.ndarray:
    """Enlarge a tiny picture by whole pixels to about `side`, so that a browser does not blur it.

    >>> at_least(np.zeros((2, 3), np.uint8), 12).shape
    (8, 12)
    """
    times = side // max(picture.shape[:2])
    if times <= 1:
        return picture
    size = (picture.shape[1] * times, picture.shape[0] * times)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST))


def _encode(extension: str, picture: np.ndarray, options: list[int]) -> bytes:
    # OpenCV takes color as BGR.
    ordered = picture
    if picture.ndim == 3:
        ordered = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(extension, ordered, options)
    return data.tobytes()
