"""Changed copies of a picture, as a camera might have taken it a moment later: augmentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError

Picture = npt.NDArray[np.uint8]

LEAST_KEPT = 0.8
"""A crop keeps at least this share of each side."""
MOST_SHIFT = 0.1
"""A shift is at most this share of each side."""


def variants(
    picture: Picture, count: int, *, seed: int, flip: bool = True, crop: bool = True
) -> Iterator[Picture]:
    """Make changed copies of a picture: mirrored or not, shifted, and a part of it enlarged.

    What a shift leaves empty is filled with the mirrored edge. The size stays.

    Args:
        picture: uint8 (H, W, 3).
        count: how many.
        seed: the same one gives the same copies.
        flip: whether each is mirrored, left to right, with probability 1/2.
        crop: whether each is shifted by up to 10 % of a side and cut to at least 80 % of it.

    Raises:
        CnnCoreError: if the array is no picture.

    >>> one = np.arange(12, dtype=np.uint8).reshape(1, 4, 3)
    >>> [copy.shape for copy in variants(one, 2, seed=0)]
    [(1, 4, 3), (1, 4, 3)]
    """
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.size == 0:
        raise CnnCoreError(f"A picture is uint8 (H, W, 3), not {picture.dtype} {picture.shape}.")
    draw = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    for _ in range(count):
        mirrored = bool(draw.integers(2)) and flip
        kept = draw.uniform(LEAST_KEPT, 1)
        down, right = draw.uniform(-MOST_SHIFT, MOST_SHIFT, 2)
        changed: npt.NDArray[Any] = picture[:, ::-1] if mirrored else picture
        if crop:
            # From a place of the copy to one of the picture, around the middle of both.
            steps = np.array(
                [
                    [kept, 0, (1 - kept) * (width - 1) / 2 + right * width],
                    [0, kept, (1 - kept) * (height - 1) / 2 + down * height],
                ]
            )
            changed = cv2.warpAffine(
                np.ascontiguousarray(changed),
                steps,
                (width, height),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REFLECT_101,
            )
        yield np.ascontiguousarray(changed)
