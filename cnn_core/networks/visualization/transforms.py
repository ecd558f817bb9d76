"""Small changes of a picture in the making, another one at each step.

What survives being shifted, turned and enlarged a little is a pattern; what does not is noise that
happens to fit the network's grid.

Source: Olah, Mordvintsev and Schubert, "Feature Visualization", Distill, 2017, section
"Transformation Robustness".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

Transform = Callable[[Tensor, np.random.Generator], Tensor]
"""(pictures (N, C, H, W), randomness) -> pictures of the same shape"""


def jitter(most: int) -> Transform:
    """Shift by up to `most` px along both axes; what leaves on one side comes back on the other.

    >>> moved = jitter(2)(torch.eye(4)[None, None], np.random.default_rng(0))
    >>> float(moved.sum())
    4.0
    """

    def apply(pictures: Tensor, rng: np.random.Generator) -> Tensor:
        down, across = rng.integers(-most, most + 1, 2).tolist()
        return torch.roll(pictures, (down, across), dims=(2, 3))

    return apply


def enlarge(most: float) -> Transform:
    """Enlarge or shrink about the middle by a factor from 1 - `most` to 1 + `most`."""

    def apply(pictures: Tensor, rng: np.random.Generator) -> Tensor:
        factor = rng.uniform(1 - most, 1 + most)
        return _placed(pictures, ((1 / factor, 0.0), (0.0, 1 / factor)))

    return apply


def rotate(most: float) -> Transform:
    """Turn about the middle by up to `most` degrees."""

    def apply(pictures: Tensor, rng: np.random.Generator) -> Tensor:
        angle = np.deg2rad(rng.uniform(-most, most))
        cosine, sine = float(np.cos(angle)), float(np.sin(angle))
        return _placed(pictures, ((cosine, -sine), (sine, cosine)))

    return apply


def _placed(pictures: Tensor, turn: Sequence[Sequence[float]]) -> Tensor:
    """Read each pixel at its turned place, bilinearly; beyond the border it is mirrored."""
    plan = torch.tensor([[*row, 0.0] for row in turn])[None].expand(len(pictures), 2, 3)
    grid = functional.affine_grid(plan, list(pictures.shape), align_corners=False)
    return functional.grid_sample(
        pictures, grid, mode="bilinear", padding_mode="reflection", align_corners=False
    )
