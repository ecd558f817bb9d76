"""Choose the fastest way through a checked convolution, and take it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from cnn_core._filters import Floats, correlate_direct, correlate_separable, count_calls
from cnn_core._fourier import correlate_fourier, estimate_fourier
from cnn_core._task import Task
from cnn_core.geometry import Window

Plan: TypeAlias = Literal["separable", "direct", "fourier"]

_CALL = 0.12e-9
_TAP = 0.035e-9
"""Seconds per pixel for one pass of `filter2D`, and for each tap in it (OpenCV 5, one AVX2 core).
Only their ratio to the cost of a transform matters, and that is much the same elsewhere."""

_SEPARABLE_FROM = 12
"""Taps below which one call is always fastest."""

_SAFE = 1e37
"""Spectra beyond this overflow float32."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way for one two-dimensional kernel; `parts` are its column and its row if separable."""

    plan: Plan
    parts: tuple[Floats, Floats] | None = None


_DIRECT = Route(plan="direct")


def choose_plan(image: NDArray[Any], task: Task) -> Plan:
    """Name the way for this task; where kernels differ, the one that takes longest."""
    kernels = task.weights.reshape(*task.weights.shape[:2], -1)
    plans = {_route(image, task, kernels[..., n]).plan for n in range(kernels.shape[2])}
    order: tuple[Plan, ...] = ("fourier", "direct", "separable")
    return next(plan for plan in order if plan in plans)


def run(image: NDArray[Any], task: Task) -> NDArray[np.float32]:
    """Compute the answer: float32 `(H', W')` or `(H', W', outputs)`, C-contiguous."""
    answer = _each_channel(image, task) if task.weights.ndim == 2 else _summed(image, task)
    return np.ascontiguousarray(answer[:, :, 0] if task.flat else answer)


def split_rank_one(matrix: NDArray[Any]) -> tuple[Floats, Floats] | None:
    """Write a matrix as a column times a row, or return None where that is not so.

    A matrix of rank one is the outer product of any of its columns and rows; those through its
    largest value are compared with it, to the last digits of float32.

    >>> column, row = split_rank_one(np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]]))
    >>> column.tolist(), row.tolist()
    ([0.5, 1.0, 0.5], [2.0, 0.0, -2.0])
    """
    values = matrix.astype(np.float64)
    sizes = np.abs(values)
    at, beside = divmod(int(sizes.argmax()), values.shape[1])
    largest = values[at, beside]
    if largest == 0:
        return values[:, 0].astype(np.float32), values[0].astype(np.float32)
    column, row = values[:, beside] / largest, values[at]
    apart = np.abs(values - column[:, None] * row)
    if (apart > 1e-6 * sizes + 1e-12 * abs(largest)).any():
        return None
    return column.astype(np.float32), row.astype(np.float32)


def _route(image: NDArray[Any], task: Task, kernel: Floats) -> Route:
    """Choose the way for one kernel `(kh, kw)` of a task."""
    if kernel.size < _SEPARABLE_FROM:
        return _DIRECT
    routes = _routes(
        kernel.tobytes(),
        kernel.shape,
        task.down,
        task.across,
        task.down.room(image.shape[0]) + 1,
        task.across.room(image.shape[1]) + 1,
    )
    return routes[0] if routes[0].plan != "fourier" or _is_safe(image, kernel) else routes[1]


@lru_cache(maxsize=1024)
def _routes(
    weights: bytes, shape: tuple[int, int], down: Window, across: Window, rows: int, columns: int
) -> tuple[Route, Route]:
    """Find the fastest way to so many answers (at stride 1), and the fastest but Fourier's."""
    kernel = np.frombuffer(weights, np.float32).reshape(shape)
    route = _DIRECT
    cost = _CALL * count_calls(down.reach, across.reach) + _TAP * int(np.count_nonzero(kernel))
    parts = split_rank_one(kernel) if min(shape) > 1 else None
    if parts is not None:
        calls = count_calls(down.reach, 1) + count_calls(1, across.reach)
        apart = _CALL * calls + _TAP * sum(shape)
        if apart < cost:
            route, cost = Route(plan="separable", parts=parts), apart
    spectral = estimate_fourier(rows, columns, (down.reach, across.reach))
    if spectral < cost * rows * columns:
        return Route(plan="fourier"), route
    return route, route


def _is_safe(image: NDArray[Any], kernel: Floats) -> bool:
    """Say whether spectra stay finite; NaN and infinity would spread over the whole picture."""
    if image.dtype == np.uint8:
        return True
    most = cv2.norm(image.reshape(image.shape[0], -1), cv2.NORM_L1) * float(np.abs(kernel).sum())
    return bool(most < _SAFE)


def _take(route: Route, picture: NDArray[Any], kernel: Floats, task: Task, bias: float) -> Floats:
    """Correlate `(H, W)` or, unless by Fourier, `(H, W, up to 4)` with one kernel."""
    walk = (task.down, task.across, task.border, bias)
    if route.plan == "fourier":
        return correlate_fourier(picture, kernel, *walk)
    if route.parts is not None:
        column, row = route.parts
        return correlate_separable(picture, column[:, None], row[None], *walk)
    return correlate_direct(picture, kernel, *walk)


def _each_channel(image: NDArray[Any], task: Task) -> Floats:
    """Lay one kernel on each channel by itself: `(H', W', C)`."""
    weights, biases = task.weights, task.bias
    route = _route(image, task, weights)
    channels = image.shape[2]
    if channels == 1:
        return _take(route, image[:, :, 0], weights, task, biases[0])[:, :, None]
    if channels <= 4 and route.plan != "fourier" and biases.count(biases[0]) == channels:
        return _take(route, image, weights, task, biases[0])
    planes = zip(_planes(image), biases, strict=True)
    return _stack([_take(route, plane, weights, task, bias) for plane, bias in planes])


def _summed(image: NDArray[Any], task: Task) -> Floats:
    """Lay kernels with a layer for each channel on all of them, and sum up: `(H', W', K)`."""
    image = image.astype(np.float32, copy=False)
    planes = _planes(image)
    return _stack([_one_sum(image, planes, task, output) for output in range(task.shape[2])])


def _one_sum(image: Floats, planes: list[Floats], task: Task, output: int) -> Floats:
    """Compute one output of `_summed`: `(H', W')`.

    Where all layers of the kernel are one layer times a number each, the channels are mixed by
    these numbers first and filtered once.
    """
    kernel, channels = task.weights[..., output], len(planes)
    mix = split_rank_one(kernel.reshape(-1, channels)) if channels > 1 else None
    if mix is not None:
        planes = [np.asarray(cv2.transform(image, mix[1][None]), dtype=np.float32)]
        kernel = mix[0].reshape(*kernel.shape[:2], 1)
    total: Any = None
    for plane, layer in zip(planes, np.moveaxis(kernel, 2, 0), strict=True):
        layer = np.ascontiguousarray(layer)
        bias = task.bias[output] if total is None else 0.0
        part = _take(_route(image, task, layer), plane, layer, task, bias)
        total = part if total is None else cv2.add(total, part)
    answer: Floats = total
    return answer


def _planes(image: NDArray[Any]) -> list[NDArray[Any]]:
    """Take a picture apart into contiguous channels."""
    if image.shape[2] == 1:
        return [image[:, :, 0]]
    return [np.asarray(cv2.extractChannel(image, n)) for n in range(image.shape[2])]


def _stack(planes: list[Floats]) -> Floats:
    """Put channels together: `(H, W, C)`."""
    if len(planes) == 1:
        return planes[0][:, :, None]
    if len(planes) <= 4:
        merged: Any = cv2.merge([np.ascontiguousarray(plane) for plane in planes])
        return np.asarray(merged, dtype=np.float32)
    return np.stack(planes, axis=-1)
