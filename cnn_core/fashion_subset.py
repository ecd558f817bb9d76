"""Make the bundled training pictures: `python -m cnn_core.fashion_subset [--check]`.

The first 1,000 pictures of each class of Fashion-MNIST's 60,000 training pictures, in the order in
which they are there, as two gzipped IDX files.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnn_core.datasets import ASSETS, FASHION_CLASSES, LabelledImages, load_fashion
from cnn_core.errors import CnnCoreError

PER_CLASS = 1_000


def subset(data: LabelledImages, *, per_class: int = PER_CLASS) -> LabelledImages:
    """Take the first pictures of each class, in their order.

    Raises:
        CnnCoreError: if a class has fewer pictures.

    >>> labels = np.array([0, 1, 0, 1], np.uint8)
    >>> data = LabelledImages(images=np.zeros((4, 28, 28), np.uint8), labels=labels)
    >>> subset(data, per_class=1).labels
    array([0, 1], dtype=uint8)
    """
    chosen = np.concatenate(
        [np.flatnonzero(data.labels == label)[:per_class] for label in np.unique(data.labels)]
    )
    if len(chosen) != per_class * len(np.unique(data.labels)):
        raise CnnCoreError(f"A class has fewer than {per_class} pictures.")
    chosen.sort()
    return LabelledImages(images=data.images[chosen], labels=data.labels[chosen])


def idx_bytes(values: npt.NDArray[np.uint8]) -> bytes:
    """Write an IDX file of unsigned bytes, gzipped; the same values give the same bytes."""
    header = bytes((0, 0, 8, values.ndim))
    header += b"".join(length.to_bytes(4, "big") for length in values.shape)
    return gzip.compress(header + values.tobytes(), mtime=0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or check those that are there; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m cnn_core.fashion_subset", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--data", type=Path, help="directory with the 60,000 training pictures")
    parser.add_argument("--output", type=Path, default=ASSETS / "data", help="where they go")
    parser.add_argument("--check", action="store_true", help="only compare with what is there")
    options = parser.parse_args(arguments)
    try:
        made = subset(load_fashion("train", directory=options.data))
        if options.check:
            kept = load_fashion("subset", directory=options.output)
            same = np.array_equal(kept.images, made.images)
            same = same and np.array_equal(kept.labels, made.labels)
            print("The bundled training pictures are those." if same else "They differ.")
            return 0 if same else 1
    except CnnCoreError as problem:
        print(f"fashion_subset: {problem}", file=sys.stderr)
        return 1
    for kind, values in (("images-idx3", made.images), ("labels-idx1", made.labels)):
        path = options.output / f"train-10k-{kind}-ubyte.gz"
        path.write_bytes(idx_bytes(values))
    print(f"{len(made.labels)} pictures of {len(FASHION_CLASSES)} classes in {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
