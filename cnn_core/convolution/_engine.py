"""Choose the fastest way through a checked convolution, and take it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from cnn_core.convolution._filters import Floats, correlate_direct, correlate_separable, count_calls
from cnn_core.convolution._fourier import correlate_fourier, estimate_fourier
from cnn_core.convolution._matmul import estimate_matmul, multiply_windows
from cnn_core.convolution._parallel import keep_freed_memory
from cnn_core.convolution._task import Task

Plan: TypeAlias = Literal["separable", "direct", "fourier", "matmul"]

_CALL, _PASS, _TAP, _ADD = 0.12e-9, 0.22e-9, 0.035e-9, 0.2e-9
"""Seconds per pixel for a call of `filter2D`, for a call on stripes, for each tap in either, and to
add what one channel gives to the others."""

_START = {"direct": 1e-5, "separable": 2e-5, "fourier": 5e-5}
"""Seconds before the first pixel. All measured with OpenCV 5 on one core; only the ratios matter,
and they are much the same elsewhere."""

_MOST_CHANNELS = 128
"""Channels that OpenCV 5 can take apart or put together, faster than numpy."""

_SAFE = 1e37
"""Spectra beyond this overflow float32."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """One two-dimensional kernel `(kh, kw)` on one plane of the picture.

    The plane is a channel or, where `mix` has a weight for each, their sum. `parts` are the
    kernel's column `(kh, 1)` and row `(1, kw)` where two passes are faster than one; `plan` is
    what to do, `fallback` what to do where numbers are too large for a spectrum; `seconds` is an
    estimate.
    """

    kernel: Floats
    channel: int
    mix: tuple[float, ...] | None
    parts: tuple[Floats, Floats] | None
    plan: Plan
    fallback: Plan
    seconds: float


def choose_plan(image: NDArray[Any], task: Task) -> Plan:
    """Name the way for this task; where steps differ, the one that takes longest."""
    if _is_for_matmul(task):
        return "matmul"
    plans = {
        _safe_plan(step, image) for output in range(task.shape[2]) for step in _steps(task, output)
    }
    order: tuple[Plan, ...] = ("fourier", "direct", "separable")
    return next(plan for plan in order if plan in plans)


def run(image: NDArray[Any], task: Task) -> NDArray[np.float32]:
    """Compute the output: float32 `(H', W')` or `(H', W', outputs)`, C-contiguous."""
    keep_freed_memory()
    if _is_for_matmul(task):
        padded = np.ascontiguousarray(task.padded(image))
        answer = multiply_windows(padded, task.weights, task.down, task.across, task.bias)
    else:
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


# A task is kept as long as its kernel is in use, so a kernel is taken apart once.
@lru_cache(maxsize=1024)
def _steps(task: Task, output: int) -> tuple[Step, ...]:
    """Plan one output channel; the answers of its steps are added.

    Where all layers of a kernel are one layer times a number each, the channels are mixed by these
    numbers first and filtered once.
    """
    if task.weights.ndim == 2:
        return (_step(task, task.weights, channel=output),)
    kernel = task.weights[..., output]
    channels = kernel.shape[2]
    mix = split_rank_one(kernel.reshape(-1, channels)) if channels > 1 else None
    if mix is not None:
        return (_step(task, mix[0].reshape(kernel.shape[:2]), mix=tuple(mix[1].tolist())),)
    return tuple(
        _step(task, np.ascontiguousarray(kernel[:, :, channel]), channel=channel)
        for channel in range(channels)
    )


@lru_cache(maxsize=1024)
def _is_for_matmul(task: Task) -> bool:
    """Tell whether one matrix product is faster than a filter for each kernel and channel.

    Filters compute all positions, of which a stride keeps a few; a product computes those alone.
    """
    if task.weights.ndim != 4:
        return False
    high, wide, channels, outputs = task.weights.shape
    windows, cells = (rows * columns for rows, columns in (task.shape[:2], task.positions))
    seconds = estimate_matmul(windows, high * wide * channels, outputs)
    # At least this, whatever the kernels are: there may be too many to look at each.
    if seconds < outputs * (_START["direct"] + cells * _CALL):
        return True
    steps = (step.seconds for output in range(outputs) for step in _steps(task, output))
    return seconds < sum(steps)


def _step(
    task: Task, kernel: Floats, *, channel: int = 0, mix: tuple[float, ...] | None = None
) -> Step:
    """Choose the way for one kernel by the time each is going to take."""
    effective_size = (task.down.effective_size, task.across.effective_size)
    cells = task.positions[0] * task.positions[1]
    times: dict[Plan, float] = {
        "direct": _START["direct"]
        + cells * (_CALL * count_calls(*effective_size) + _TAP * int(np.count_nonzero(kernel)))
    }
    parts = split_rank_one(kernel) if min(kernel.shape) > 1 else None
    if parts is not None:
        calls = count_calls(effective_size[0], 1) + count_calls(1, effective_size[1])
        pixel = _PASS * calls + _TAP * sum(kernel.shape)
        times["separable"] = _START["separable"] + cells * pixel
    fallback = min(times, key=lambda plan: times[plan])
    times["fourier"] = _START["fourier"] + estimate_fourier(*task.positions, effective_size)
    plan = min(times, key=lambda plan: times[plan])
    mixing = cells * _ADD * (1 if mix is None else len(mix))
    return Step(
        kernel=kernel,
        channel=channel,
        mix=mix,
        parts=(parts[0][:, None], parts[1][None]) if parts is not None else None,
        plan=plan,
        fallback=fallback,
        seconds=times[plan] + mixing,
    )


def _safe_plan(step: Step, image: NDArray[Any]) -> Plan:
    """Keep to spectra that stay finite: NaN or infinity would spread over the whole picture."""
    if step.plan != "fourier" or image.dtype == np.uint8:
        return step.plan
    most = cv2.norm(image.reshape(image.shape[0], -1), cv2.NORM_L1)
    return step.plan if most * float(np.abs(step.kernel).sum()) < _SAFE else step.fallback


def _take(step: Step, picture: NDArray[Any], task: Task, bias: float) -> Floats:
    """Correlate `(H, W)` or, unless by Fourier, `(H, W, up to 4)` with the kernel of a step."""
    how = (task.down, task.across, task.border, bias)
    plan = _safe_plan(step, picture)
    if plan == "fourier":
        return correlate_fourier(picture, step.kernel, *how)
    if plan == "separable" and step.parts is not None:
        column, row = step.parts
        return correlate_separable(picture, column, row, *how)
    return correlate_direct(picture, step.kernel, *how)


def _each_channel(image: NDArray[Any], task: Task) -> Floats:
    """Lay one kernel on each channel by itself: `(H', W', C)`."""
    step, biases = _steps(task, 0)[0], task.bias
    channels = image.shape[2]
    if channels == 1:
        return _take(step, image[:, :, 0], task, biases[0])[:, :, None]
    if channels <= 4 and step.plan != "fourier" and biases.count(biases[0]) == channels:
        return _take(step, image, task, biases[0])
    planes = zip(_planes(image), biases, strict=True)
    return _stack([_take(step, plane, task, bias) for plane, bias in planes])


def _summed(image: NDArray[Any], task: Task) -> Floats:
    """Lay kernels with a layer for each channel on all of them, and sum up: `(H', W', K)`."""
    image = image.astype(np.float32, copy=False)
    planes = _planes(image)
    answers = []
    for output, bias in enumerate(task.bias):
        total: Any = None
        for step in _steps(task, output):
            plane = planes[step.channel] if step.mix is None else _mixed(planes, step.mix)
            part = _take(step, plane, task, bias if total is None else 0.0)
            total = part if total is None else np.add(total, part, out=total)
        answers.append(total)
    return _stack(answers)


def _mixed(planes: list[Floats], mix: tuple[float, ...]) -> Floats:
    """Sum up planes, each times its number."""
    total: Any = planes[0] * np.float32(mix[0])
    for plane, share in zip(planes[1:], mix[1:], strict=True):
        total = cv2.scaleAdd(plane, share, total, total)
    return np.asarray(total)


def _planes(image: NDArray[Any]) -> list[NDArray[Any]]:
    """Take a picture apart into contiguous channels."""
    channels = image.shape[2]
    if channels == 1:
        return [image[:, :, 0]]
    if channels <= _MOST_CHANNELS:
        return [np.asarray(cv2.extractChannel(image, channel)) for channel in range(channels)]
    return list(np.ascontiguousarray(np.moveaxis(image, 2, 0)))


def _stack(planes: list[Floats]) -> Floats:
    """Put channels together: `(H, W, C)`."""
    if len(planes) == 1:
        return planes[0][:, :, None]
    if len(planes) <= _MOST_CHANNELS:
        return np.asarray(cv2.merge([np.ascontiguousarray(plane) for plane in planes]))
    return np.stack(planes, axis=-1)
