"""Pictures with their pixels in another order: the same order for every picture.

Nothing is lost: `rearrange` with the `inverse` order gives the picture back. What changes is which
pixels are neighbors.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from cnn_core.errors import CnnCoreError

Order = npt.NDArray[np.intp]
"""(height * width,): entry p is the index of the pixel that place p shows, row by row."""

_Number = TypeVar("_Number", bound=np.generic)


def pixel_order(height: int, width: int, *, seed: int, share: float = 1.0, block: int = 1) -> Order:
    """Draw one order of the pixels of a picture: a permutation, the same for the same arguments.

    The picture is cut into squares of `block` x `block` pixels. A share of them takes part, drawn
    from `seed`, and each of these moves to the place of another one; inside, a square stays as it
    is. The shares are nested: what takes part at 30 % also takes part at 60 %, and one more square
    that takes part changes the places of two squares only. Share 0 changes nothing, nor does a
    block as large as the picture.

    Args:
        height: of the picture, in pixels.
        width: of the picture, in pixels.
        seed: where the randomness starts, 0 or more.
        share: part of the squares that takes part, 0 to 1. One square alone cannot move.
        block: side of the squares in pixels; divides the height and the width.

    Raises:
        CnnCoreError: if a number is outside these ranges.

    >>> pixel_order(2, 3, seed=1).tolist()
    [3, 2, 4, 1, 5, 0]
    >>> pixel_order(2, 4, seed=1, block=2).tolist()
    [2, 3, 0, 1, 6, 7, 4, 5]
    """
    _check(height, width, seed, share, block)
    rows, columns = height // block, width // block
    # Sorting random numbers, because how `Generator.permutation` draws may change with NumPy.
    drawn = np.argsort(np.random.default_rng(seed).random(rows * columns), kind="stable")
    taking_part = drawn[: round(share * len(drawn))]
    squares = np.arange(rows * columns)
    # Each shows the next one that was drawn, and the last one the first: a single long cycle, in
    # which nothing stays in its place.
    squares[taking_part] = np.roll(taking_part, -1)
    top, left = (block * place for place in np.divmod(squares, columns))
    down = _cut(top.reshape(rows, columns), block) + np.arange(height)[:, None] % block
    across = _cut(left.reshape(rows, columns), block) + np.arange(width) % block
    order: Order = (down * width + across).reshape(-1)
    return order


def rearrange(pictures: npt.NDArray[_Number], order: Order) -> npt.NDArray[_Number]:
    """Put the pixels of `pictures` (..., H, W) in `order`; returns new arrays of the same shape.

    Raises:
        CnnCoreError: if `order` is not a permutation of H * W pixels.

    >>> rearrange(np.array([[10, 20], [30, 40]]), np.array([1, 0, 2, 3])).tolist()
    [[20, 10], [30, 40]]
    """
    if pictures.ndim < 2:
        raise CnnCoreError(
            f"Pictures have at least two axes, height and width, not the shape {pictures.shape}."
        )
    pixels = pictures.shape[-2] * pictures.shape[-1]
    if len(order) != pixels or not _is_permutation(order):
        raise CnnCoreError(
            f"The order of {pixels} pixels names each number from 0 to {pixels - 1} once; "
            f"this one has {len(order)} entries and is not such an order."
        )
    flat = pictures.reshape(*pictures.shape[:-2], pixels)
    return flat[..., order].reshape(pictures.shape)


def inverse(order: Order) -> Order:
    """Give the order that undoes `order`; its entry p is also the place that shows pixel p.

    Raises:
        CnnCoreError: if `order` is not a permutation.

    >>> inverse(np.array([2, 0, 1])).tolist()
    [1, 2, 0]
    """
    if not _is_permutation(order):
        raise CnnCoreError(
            f"An order of {len(order)} pixels names each number from 0 to {len(order) - 1} once."
        )
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return places


def _cut(squares: npt.NDArray[Any], block: int) -> npt.NDArray[Any]:
    """Repeat each entry of (rows, columns) for all pixels of its square."""
    return squares.repeat(block, axis=0).repeat(block, axis=1)


def _is_permutation(order: Order) -> bool:
    return (
        order.ndim == 1
        and np.issubdtype(order.dtype, np.integer)
        and np.array_equal(np.sort(order), np.arange(len(order)))
    )


def _check(height: int, width: int, seed: int, share: float, block: int) -> None:
    if height < 1 or width < 1:
        raise CnnCoreError(f"A picture has at least 1 x 1 pixels, not {height} x {width}.")
    if seed < 0:
        raise CnnCoreError(f"A seed is a whole number from 0 on, not {seed}.")
    if not 0 <= share <= 1:
        raise CnnCoreError(f"The share of the pixels that move is from 0 to 1, not {share:g}.")
    if block < 1 or height % block or width % block:
        raise CnnCoreError(
            f"A picture of {height} x {width} pixels cannot be cut into squares of {block} x "
            f"{block}: the side of a square must divide its height and its width."
        )
