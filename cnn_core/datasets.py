"""Fashion-MNIST: 70,000 gray pictures of garments in ten classes, read from IDX files.

Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
Learning Algorithms", 2017. The 10,000 test pictures are in assets/data, and of the training
pictures the first 1,000 of each class; all 60,000 come from the Debian package
`dataset-fashion-mnist` or from any directory that has them.
"""

from __future__ import annotations

import gzip
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnn_core.errors import DataMissingError

_HERE = Path(__file__).resolve().parent
ASSETS = _HERE / "assets" if (_HERE / "assets").is_dir() else _HERE.parent / "assets"
"""In this package where it was installed from a wheel, beside it in a checkout."""
DEBIAN_FASHION = Path("/usr/share/datasets/fashion-mnist")

FASHION_CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

_STEMS = {"train": "train", "test": "t10k", "subset": "train-10k"}
_UNSIGNED_BYTE = 0x08


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledImages:
    """Pictures with the class of each.

    Attributes:
        images: uint8 (N, 28, 28), 0 is the dark background, read-only.
        labels: uint8 (N,), positions in `FASHION_CLASSES`, read-only.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.uint8]


def read_idx(path: Path) -> npt.NDArray[np.uint8]:
    """Read an IDX file of unsigned bytes, plain or gzipped, into a read-only uint8 array.

    The format: two zero bytes, the type (8: unsigned byte), the number of axes, the length of each
    axis as a big-endian 32-bit number, then the bytes with the last axis running fastest.

    Raises:
        DataMissingError: if the file is missing, damaged, or holds something else.
    """
    try:
        raw = path.read_bytes()
        data = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except FileNotFoundError:
        raise DataMissingError(f"There is no file {path}.") from None
    except (OSError, EOFError, zlib.error) as problem:
        raise DataMissingError(f"{path} could not be read: {problem}.") from None
    if len(data) < 4 or data[:3] != bytes((0, 0, _UNSIGNED_BYTE)):
        raise DataMissingError(
            f"{path} is not an IDX file of unsigned bytes: such a file begins with the bytes "
            f"0, 0, 8, and this one with {', '.join(map(str, data[:3])) or 'nothing'}."
        )
    axes = data[3]
    start = 4 + 4 * axes
    lengths = (data[at : at + 4] for at in range(4, min(start, len(data)), 4))
    shape = tuple(int.from_bytes(length, "big") for length in lengths)
    if axes == 0 or len(data) - start != math.prod(shape):
        raise DataMissingError(
            f"{path} is damaged: its header promises the shape {shape}, "
            f"and {max(0, len(data) - start)} bytes follow."
        )
    return np.frombuffer(data, dtype=np.uint8, offset=start).reshape(shape)


def load_fashion(
    split: Literal["train", "test", "subset"] = "test", *, directory: Path | str | None = None
) -> LabelledImages:
    """Read a part of Fashion-MNIST: 60,000 pictures to train on or 10,000 to test with.

    "subset" is the bundled part of the training pictures: the first 1,000 of each class, in their
    order (made by `python -m cnn_core.fashion_subset`). Without a `directory` the test pictures
    are the bundled ones, and the training pictures are those of the Debian package.

    Raises:
        DataMissingError: if the files are not there or do not fit together.

    >>> test = load_fashion("test")
    >>> test.images.shape, FASHION_CLASSES[test.labels[0]]
    ((10000, 28, 28), 'Ankle boot')
    """
    bundled = DEBIAN_FASHION if split == "train" else ASSETS / "data"
    folder = bundled if directory is None else Path(directory)
    images = read_idx(_find(folder, f"{_STEMS[split]}-images-idx3-ubyte"))
    labels = read_idx(_find(folder, f"{_STEMS[split]}-labels-idx1-ubyte"))
    if images.ndim != 3 or images.shape[1:] != (28, 28) or labels.shape != images.shape[:1]:
        raise DataMissingError(
            f"The files in {folder} do not fit together: pictures of shape {images.shape} and "
            f"labels of shape {labels.shape}. Expected are (N, 28, 28) and (N,)."
        )
    if labels.size and int(labels.max()) >= len(FASHION_CLASSES):
        raise DataMissingError(
            f"The labels in {folder} go up to {int(labels.max())}, "
            "but Fashion-MNIST has classes 0 to 9."
        )
    return LabelledImages(images=images, labels=labels)


def _find(folder: Path, stem: str) -> Path:
    for name in (f"{stem}.gz", stem):
        if (folder / name).is_file():
            return folder / name
    raise DataMissingError(
        f"Fashion-MNIST is not in {folder}: there is no {stem} or {stem}.gz. Install the Debian "
        "package dataset-fashion-mnist, or name any directory with the four IDX files."
    )
