"""A kernel is learned: gradient descent finds the one whose response to a picture is known.

A hidden kernel was laid on a picture, and its response is known, but not its weights. A second
kernel of the same size starts as random numbers. At every window of the picture its output differs
from the response that is wanted; the loss is the mean of the squared differences (residuals). Its
gradient with respect to a weight is 2 times the mean of residual x pixel under that weight, and a
step of gradient descent goes against it:

    velocity = momentum * velocity + gradient
    kernel = kernel - rate * velocity

as `torch.optim.SGD` does it. With all windows at once nothing but their second moments is needed,
the means of pixel x pixel for each pair of places in the window: the gradient is 2 times these
times (kernel - hidden). So a step costs the same on a picture of any size.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnn_core.convolution import convolve
from cnn_core.errors import CnnCoreError

Values = NDArray[np.float64]
Gradients: TypeAlias = Callable[[Values, int], Values]
"""Takes a kernel and the number of a step; returns the gradient over that step's windows."""

FOUND = 1e-3
"""A kernel counts as found where no weight differs from the hidden one by more than this."""
EXPLODED = 1e6
"""Descent ends where the loss has become this many times as large as it was at first."""
_FLAT = 1e-9
"""Eigenvalues below this share of the largest are 0 but for rounding."""
_BLOCK_VALUES = 2**18
_OF_KERNEL, _OF_WINDOWS = 1, 2
"""Beside a seed, so that the first weights and the windows are drawn apart from each other."""
_DRAWN_AT_ONCE = 128
"""Steps whose windows are drawn together: a generator costs more than the numbers it draws."""


@dataclass(frozen=True, eq=False)
class KernelTask:
    """A picture, and the kernel whose response to it is known.

    Attributes:
        image: the picture, one channel (H, W), any numbers; kept as float64.
        hidden: the kernel, (h, w), laid on as printed (correlation); kept as float64.

    Raises:
        CnnCoreError: if one of them is no grid of finite numbers, or no window fits.

    >>> task = KernelTask(np.array([[1.0, 0, 2, 0, 1]]), np.array([[1.0, -1.0]]))
    >>> task.wanted.tolist()
    [[1.0, -2.0, 2.0, -1.0]]
    >>> round(task.loss(np.zeros((1, 2))), 3)
    2.5
    """

    image: Values
    hidden: Values

    def __init__(self, image: ArrayLike, hidden: ArrayLike) -> None:
        """Check both."""
        for name, given in (("image", image), ("hidden", hidden)):
            values = np.array(given, dtype=np.float64)
            if values.ndim != 2 or values.size == 0 or not np.isfinite(values).all():
                what = "picture" if name == "image" else "kernel"
                raise CnnCoreError(f"A {what} to learn from is a grid of numbers, rows of columns.")
            values.flags.writeable = False
            object.__setattr__(self, name, values)
        if any(k > n for k, n in zip(self.shape, self.image.shape, strict=True)):
            (h, w), (height, width) = self.shape, self.image.shape
            raise CnnCoreError(
                f"No window of {h} × {w} pixels fits into a picture of {height} × {width}, so "
                "there is nothing to learn from: choose a smaller kernel or a larger picture."
            )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the kernel."""
        return self.hidden.shape[0], self.hidden.shape[1]

    @property
    def windows(self) -> Values:
        """The pixels under the kernel at each of its places, a view, (R, C, h, w)."""
        return sliding_window_view(self.image, self.shape)

    @property
    def count(self) -> int:
        """How many windows there are."""
        (h, w), height, width = self.shape, len(self.image), len(self.image[0])
        return (height - h + 1) * (width - w + 1)

    @cached_property
    def wanted(self) -> NDArray[np.float32]:
        """The response of the hidden kernel at each window, (R, C)."""
        return self.response(self.hidden)

    @cached_property
    def second_moments(self) -> Values:
        """The mean of pixel x pixel over all windows, for each pair of their places, (hw, hw)."""
        size = self.hidden.size
        windows = self.windows
        total = np.zeros((size, size))
        rows = max(1, _BLOCK_VALUES // (size * windows.shape[1]))
        for top in range(0, windows.shape[0], rows):
            block = windows[top : top + rows].reshape(-1, size)
            total += block.T @ block
        return total / self.count

    @cached_property
    def curvatures(self) -> Values:
        """How steeply the loss curves, from the flattest direction to the steepest, (hw,).

        These are the eigenvalues of its second derivatives, 2 times the second moments; those that
        are 0 but for rounding are 0.
        """
        found = np.linalg.eigvalsh(2 * self.second_moments)
        return np.where(found > _FLAT * max(found[-1], 0.0), found, 0.0)

    @property
    def is_determined(self) -> bool:
        """Whether the response belongs to this kernel alone: no direction is flat.

        Where all windows are alike, many kernels have the same response.
        """
        return bool(self.curvatures[0] > 0)

    def largest_stable_rate(self, momentum: float = 0.0) -> float:
        """Return the learning rate from which on descent with all windows explodes.

        It is 2 / the largest curvature, and with momentum (1 + momentum) times as much; infinite
        where all pixels are 0, so that there is no gradient.

        >>> task = KernelTask([[1.0, 1.0, 1.0]], [[5.0]])
        >>> task.curvatures.tolist(), task.largest_stable_rate()
        ([2.0], 1.0)
        """
        steepest = float(self.curvatures[-1])
        return 2 * (1 + momentum) / steepest if steepest > 0 else np.inf

    def response(self, kernel: ArrayLike) -> NDArray[np.float32]:
        """Return the outputs of a kernel at each window, (R, C)."""
        weights = np.asarray(kernel, dtype=np.float64)
        return convolve(self.image.astype(np.float32), weights, padding="valid")

    def residual(self, kernel: ArrayLike) -> NDArray[np.float32]:
        """Return what a kernel outputs minus what is wanted, at each window, (R, C)."""
        return self.response(kernel) - self.wanted

    def loss(self, kernel: Values) -> float:
        """Return the mean of the squared residuals over all windows."""
        error = (kernel - self.hidden).ravel()
        return max(float(error @ self.second_moments @ error), 0.0)

    def gradient(self, kernel: Values) -> Values:
        """Return the gradient of the loss with respect to each weight, (h, w)."""
        error = (kernel - self.hidden).ravel()
        return (2 * (self.second_moments @ error)).reshape(self.shape)

    def distance(self, kernel: Values) -> float:
        """Return the largest difference of a weight from the hidden one."""
        return float(np.abs(kernel - self.hidden).max())


@dataclass(frozen=True, slots=True, eq=False)
class LearningStep:
    """Where descent is after a number of steps.

    Attributes:
        number: how many steps were made, 0 at the start.
        kernel: the weights now, (h, w).
        gradient: of the loss over the windows of the next step, (h, w).
        velocity: what the last step subtracted, before the learning rate, (h, w).
        loss: mean squared residual over all windows of the picture.
        exploded: whether the loss is `EXPLODED` times the first one, or no number any more.
        task: what is learned from.
    """

    number: int
    kernel: Values
    gradient: Values
    velocity: Values
    loss: float
    exploded: bool
    task: KernelTask = field(repr=False)

    @property
    def distance(self) -> float:
        """The largest difference of a weight from the hidden one."""
        return self.task.distance(self.kernel)

    @property
    def found(self) -> bool:
        """Whether the hidden kernel is found: each weight within `FOUND`."""
        return self.distance <= FOUND

    @property
    def residual(self) -> NDArray[np.float32]:
        """What the kernel outputs minus what is wanted, at each window, (R, C)."""
        return self.task.residual(self.kernel)


def first_kernel(shape: tuple[int, int], *, seed: int) -> Values:
    """Return the random numbers that a kernel starts with: normal, of deviation 1 / sqrt(h w).

    Such weights make outputs about as large as the inputs, which is how layers are initialized.
    """
    rng = np.random.default_rng([seed, _OF_KERNEL])
    return rng.normal(0.0, 1 / np.sqrt(shape[0] * shape[1]), shape)


def learn(
    task: KernelTask,
    *,
    rate: float,
    momentum: float = 0.0,
    batch: int | None = None,
    seed: int = 0,
    after: LearningStep | None = None,
) -> Iterator[LearningStep]:
    """Descend from random numbers towards the hidden kernel; ends only where it explodes.

    Args:
        task: what is learned from.
        rate: the learning rate, above 0.
        momentum: how much of the last step's direction goes on, from 0 to below 1.
        batch: how many windows, drawn at random, a step looks at; None for all of them.
        seed: of the first kernel and of the windows that are drawn.
        after: a step of the same descent, to go on behind it.

    Yields:
        The start, then each step; the last one is `exploded`.

    Raises:
        CnnCoreError: if a number is outside its range.

    >>> task = KernelTask([[1.0, 0, 2, 0, 1]], [[1.0, -1.0]])
    >>> for step in learn(task, rate=0.3):
    ...     if step.found:
    ...         break
    >>> step.kernel.round(2).tolist()
    [[1.0, -1.0]]
    """
    if not (0 < rate < np.inf and 0 <= momentum < 1 and (batch is None or batch >= 1)):
        raise CnnCoreError(
            "A learning rate is above 0, momentum is from 0 to below 1, and a batch has at least "
            "one window."
        )
    gradients = _of_all_windows(task) if batch is None else _drawn_windows(task, batch, seed)
    first = first_kernel(task.shape, seed=seed)
    most = EXPLODED * task.loss(first)
    if after is None:
        number, kernel, velocity = 0, first, np.zeros(task.shape)
    else:
        number, kernel, velocity = after.number, after.kernel, after.velocity
    while True:
        loss = task.loss(kernel)
        gradient = gradients(kernel, number)
        exploded = not loss <= most
        if after is None or number > after.number:
            yield LearningStep(number, kernel, gradient, velocity, loss, exploded, task)
        if exploded:
            return
        velocity = momentum * velocity + gradient
        kernel = kernel - rate * velocity
        number += 1


def _of_all_windows(task: KernelTask) -> Gradients:
    return lambda kernel, number: task.gradient(kernel)


def _drawn_windows(task: KernelTask, batch: int, seed: int) -> Gradients:
    """Return the gradient over some windows, drawn for each step; the same ones for one seed."""
    pixels, hidden = task.image.ravel(), task.hidden.ravel()
    width = task.image.shape[1]
    across = width - task.shape[1] + 1
    rows, columns = np.indices(task.shape)
    offsets = (rows * width + columns).ravel()

    @lru_cache(maxsize=1)
    def corners(block: int) -> NDArray[np.int64]:
        drawn = np.random.default_rng([seed, _OF_WINDOWS, block]).integers(
            0, task.count, (_DRAWN_AT_ONCE, batch)
        )
        return np.asarray(drawn // across * width + drawn % across)

    def gradient(kernel: Values, number: int) -> Values:
        block, at = divmod(number, _DRAWN_AT_ONCE)
        windows = pixels[corners(block)[at][:, None] + offsets]
        residuals = windows @ (kernel.ravel() - hidden)
        return np.asarray(2 / batch * (residuals @ windows)).reshape(task.shape)

    return gradient


def extended_to(image: ArrayLike, shape: tuple[int, int]) -> Values:
    """Repeat the last row and column of a picture until a kernel of this shape fits into it.

    >>> extended_to([[1.0, 2.0]], (2, 3)).tolist()
    [[1.0, 2.0, 2.0], [1.0, 2.0, 2.0]]
    """
    values = np.asarray(image, dtype=np.float64)
    missing = [(0, max(0, k - n)) for k, n in zip(shape, values.shape, strict=True)]
    return np.pad(values, missing, mode="edge")


def standardized(image: ArrayLike) -> Values:
    """Return a picture with mean 0 and standard deviation 1, float64; one of equal pixels is all 0.

    >>> standardized([[0, 10]]).tolist(), standardized([[7, 7]]).tolist()
    ([[-1.0, 1.0]], [[0.0, 0.0]])
    """
    values = np.asarray(image, dtype=np.float64)
    centered = values - values.mean()
    deviation = float(np.sqrt(np.mean(centered**2)))
    return np.zeros_like(centered) if deviation < 1e-12 else centered / deviation
