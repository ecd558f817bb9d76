"""A small CNN that is trained from scratch on few small pictures, in a fraction of a second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from cnn_core.errors import CnnCoreError

MAPS = (12, 24)
"""Of the two convolutions, each with stride 2."""
SIZES = (5, 3)
"""Pixels along a side of their kernels."""
STEPS = 40
"""After so many the loss of a few pictures is near 0."""
LEARNING_RATE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SmallCnn:
    """Two convolutions with ReLU, the mean of each map, and a dense layer.

    Attributes:
        weights: kernels and biases of the layers, from the first one on; float32.
        losses: mean cross-entropy in nats before each step.
    """

    weights: tuple[Tensor, ...] = field(repr=False)
    losses: tuple[float, ...] = field(repr=False)

    @property
    def size(self) -> int:
        """How many numbers were learned."""
        return sum(one.numel() for one in self.weights)

    @property
    def nbytes(self) -> int:
        """Bytes of the weights."""
        return sum(one.nbytes for one in self.weights)

    def probabilities(self, pictures: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Compute the probability of each class, float64 (N, K), from (N, H, W, 3)."""
        with torch.inference_mode(), _one_core():
            logits = _logits(_batch(pictures), self.weights)
            found: npt.NDArray[np.float64] = F.softmax(logits.double(), dim=1).numpy()
        return found


def train_small_cnn(
    pictures: npt.ArrayLike, labels: npt.ArrayLike, *, classes: int, seed: int
) -> SmallCnn:
    """Train on all pictures at every step, with Adam; the same seed gives the same weights.

    Args:
        pictures: (N, H, W, 3) of about -1 to 1.
        labels: (N,) whole numbers from 0.
        classes: how many there are.
        seed: draws the first weights, as `torch.nn` does after `torch.manual_seed(seed)`.

    Raises:
        CnnCoreError: if shapes do not fit, or a label is no class.

    >>> flat = np.stack([np.full((8, 8, 3), value) for value in (-0.5, 0.5)])
    >>> train_small_cnn(flat, [0, 1], classes=2, seed=0).probabilities(flat).argmax(axis=1).tolist()
    [0, 1]
    """
    x, y = _batch(pictures), torch.as_tensor(np.asarray(labels))
    if (
        y.shape != x.shape[:1]
        or y.is_floating_point()
        or not bool(((y >= 0) & (y < classes)).all())
    ):
        raise CnnCoreError(
            f"Each of {len(x)} pictures has a label from 0 to {classes - 1}, not {tuple(y.shape)}."
        )
    weights = _first_weights(classes, torch.Generator().manual_seed(seed))
    for one in weights:
        one.requires_grad_()
    optimizer = torch.optim.Adam(weights, lr=LEARNING_RATE)
    losses = []
    with torch.enable_grad(), _one_core():
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss = F.cross_entropy(_logits(x, weights), y.long())
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            losses.append(float(loss.detach()))
    return SmallCnn(weights=tuple(one.detach() for one in weights), losses=tuple(losses))


def _logits(x: Tensor, weights: tuple[Tensor, ...]) -> Tensor:
    for at, size in enumerate(SIZES):
        kernels, bias = weights[2 * at : 2 * at + 2]
        x = F.relu(F.conv2d(x, kernels, bias, stride=2, padding=size // 2))
    return F.linear(x.mean(dim=(2, 3)), *weights[-2:])


def _first_weights(classes: int, draw: torch.Generator) -> tuple[Tensor, ...]:
    """Draw each weight and bias between plus and minus 1 / sqrt(inputs), as `torch.nn` does."""
    found, maps = [], 3
    shapes: list[tuple[int, ...]] = []
    for made, size in zip(MAPS, SIZES, strict=True):
        shapes.append((made, maps, size, size))
        maps = made
    shapes.append((classes, maps))
    for shape in shapes:
        bound = float(np.prod(shape[1:])) ** -0.5
        for one in (torch.empty(shape), torch.empty(shape[0])):
            found.append(one.uniform_(-bound, bound, generator=draw))
    return tuple(found)


def _batch(pictures: npt.ArrayLike) -> Tensor:
    x = np.asarray(pictures, np.float32)
    if x.ndim != 4 or x.shape[3] != 3 or not x.size:
        raise CnnCoreError(f"Small pictures are (N, H, W, 3), not of shape {x.shape}.")
    return torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 1, 2)))


@contextmanager
def _one_core() -> Iterator[None]:
    """Compute on one core: so little work is done no faster on two, and sums keep their order."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
