"""Kernels side by side: those of a network's first layer, and ready-made ones of the same size."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.drawing.colors import NEUTRAL
from app.drawing.encode import encode_png
from app.drawing.frame import Blob, pack
from app.drawing.tiles import tiled
from app.lessons.inside_cnn.map_sheet import ColorScale, colorize
from cnn_core.kernels import KERNELS, Kernel
from cnn_core.kernels.choice import painted_text

_COLUMNS = 16
_DIGITS = 4
_SLICES = (("mean", "mean of the three"), ("0", "red"), ("1", "green"), ("2", "blue"))


def gallery_frame(kernels: np.ndarray, *, version: str) -> bytes:
    """Pack learned kernels, float (n, C, kh, kw) with C 1 or 3, and presets of that size."""
    count, depth, height, width = kernels.shape
    colored = depth == 3
    limit = float(np.abs(kernels).max()) or 1.0
    if colored:
        index = np.clip(np.rint(kernels * 127 / limit + NEUTRAL), 0, 255).astype(np.uint8)
        pictures = index.transpose(0, 2, 3, 1)
    else:
        scale = ColorScale(scale="signed", limits=np.array([limit]))
        pictures = colorize(kernels[:, 0], scale)
    presets = [kernel for kernel in KERNELS.values() if kernel.array.shape == (height, width)]
    learned = {
        "key": "learned",
        "title": f"Learned: the {count} kernels of the first layer",
        "note": "The color of a cell is made of its three weights, for red, green and blue; gray "
        "is 0. Choose which of them to use in the Kernel lab:"
        if colored
        else "Training found these numbers.",
        "slices": [{"key": key, "name": name} for key, name in (_SLICES if colored else ())],
        "kernels": [
            {"name": f"learned kernel {at}", "label": str(at), "texts": _texts(kernels[at])}
            for at in range(count)
        ],
    }
    designed = {
        "key": "designed",
        "title": "Designed by hand: kernels of the same size in the Kernel lab",
        "note": "",
        "slices": [],
        "kernels": [
            {"name": one.name, "label": one.name, "texts": {"all": one.key}} for one in presets
        ],
    }
    return pack(
        {
            "version": version,
            "groups": [
                {**group, "columns": _COLUMNS, "height": height, "width": width}
                for group in (learned, designed)
            ],
        },
        [_blob("learned", pictures), _blob("designed", _drawn(presets))],
    )


def _texts(kernel: np.ndarray) -> Mapping[str, Any]:
    """Write a kernel's slices as the Kernel lab reads them, rounded to what can be told apart."""
    if len(kernel) == 1:
        return {"all": painted_text(kernel[0].astype(np.float64).round(_DIGITS))}
    mean = kernel.mean(axis=0, dtype=np.float64)
    slices = {"mean": mean, **{str(at): kernel[at].astype(np.float64) for at in range(len(kernel))}}
    return {key: painted_text(values.round(_DIGITS)) for key, values in slices.items()}


def _drawn(presets: list[Kernel]) -> np.ndarray:
    """Draw presets, each on its own scale: some add up to one, others reach from -8 to 8."""
    arrays = np.stack([kernel.array for kernel in presets]).astype(np.float32)
    limits = np.abs(arrays).reshape(len(arrays), -1).max(axis=1)
    return colorize(arrays, ColorScale(scale="signed", limits=limits))


def _blob(name: str, pictures: np.ndarray) -> Blob:
    return Blob(name=name, type="image/png", data=encode_png(tiled(pictures, _COLUMNS)))
