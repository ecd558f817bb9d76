"""Pictures as numbers: load any upload, take it apart into channels, count, shrink and name it.

A picture is a `uint8` array: `(H, W, 3)` in red, green, blue, or `(H, W)` in gray; rows from top to
bottom, values 0 to 255.
"""

from cnn_core.images.changes import Change, LoadedImage
from cnn_core.images.loading import (
    CHANNELS,
    LUMA,
    Picture,
    center_crop,
    channels,
    digest,
    grayscale,
    histogram,
    load_image,
    load_image_with_changes,
    luma,
    resize,
    tint,
)

__all__ = [
    "CHANNELS",
    "LUMA",
    "Change",
    "LoadedImage",
    "Picture",
    "center_crop",
    "channels",
    "digest",
    "grayscale",
    "histogram",
    "load_image",
    "load_image_with_changes",
    "luma",
    "resize",
    "tint",
]
