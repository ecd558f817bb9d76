"""One step of back-propagation, with all that the page shows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.lessons.watch_it_learn.backward.examples import output_of
from app.lessons.watch_it_learn.backward.settings import (
    LARGEST_WEIGHT,
    BackwardSettings,
    read_settings,
    weight_text,
)
from app.session.picture import Picture
from cnn_core.convolution.backward import input_gradient, weight_gradient

Grid = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class BackwardSituation:
    """The forward pass, the error, both gradients, and the step.

    Attributes:
        settings: what is chosen.
    """

    settings: BackwardSettings

    @property
    def image(self) -> Grid:
        """The input, (H, W)."""
        return self.settings.example.image

    @property
    def weights(self) -> Grid:
        """The kernel, (kh, kw)."""
        return self.settings.weights

    @property
    def target(self) -> Grid:
        """The output that is wanted, (H', W')."""
        return self.settings.example.target

    @cached_property
    def output(self) -> Grid:
        """The output of the kernel, (H', W')."""
        return output_of(self.image, self.weights)

    @property
    def error(self) -> Grid:
        """Output - target: the gradient of the loss for each output, (H', W')."""
        return self.output - self.target

    @property
    def loss(self) -> float:
        """Half the sum of the squared errors."""
        return _half_sum(self.error)

    @cached_property
    def gradient(self) -> Grid:
        """The gradient of the loss for each weight, (kh, kw)."""
        return weight_gradient(self.image, self.error, size=self.settings.example.size)

    @cached_property
    def input_gradient(self) -> Grid:
        """The gradient of the loss for each cell of the input, (H, W)."""
        height, width = self.image.shape
        return input_gradient(self.weights, self.error, shape=(height, width))

    @property
    def flipped(self) -> Grid:
        """The kernel turned by 180°."""
        return self.weights[::-1, ::-1]

    @property
    def error_with_zeros(self) -> Grid:
        """The error map with as many zeros around it as a full convolution needs."""
        rows, columns = self.weights.shape
        return np.pad(self.error, ((rows - 1,) * 2, (columns - 1,) * 2))

    @cached_property
    def next_weights(self) -> Grid:
        """The kernel after the step, with as many digits as are kept of it."""
        exact = self.weights - self.settings.rate * self.gradient
        return np.array([[float(weight_text(float(one))) for one in row] for row in exact])

    @cached_property
    def next_error(self) -> Grid:
        """The error after the step."""
        return output_of(self.image, self.next_weights) - self.target

    @property
    def next_loss(self) -> float:
        """The loss after the step."""
        return _half_sum(self.next_error)

    @property
    def can_step(self) -> bool:
        """Whether the weights after the step are not too large."""
        return bool(np.abs(self.next_weights).max() <= LARGEST_WEIGHT)

    @cached_property
    def curvature(self) -> float:
        """The largest curvature of the loss: the gradient's growth along a direction, at most."""
        rows, columns = self.weights.shape
        windows = np.lib.stride_tricks.sliding_window_view(self.image, (rows, columns))
        listed = windows.reshape(-1, rows * columns)
        return float(np.linalg.eigvalsh(listed.T @ listed).max())

    @property
    def is_right(self) -> bool:
        """Whether no error is left."""
        return not self.error.any()


def _half_sum(error: Grid) -> float:
    return 0.5 * float((error**2).sum())


def situation(texts: Mapping[str, str], picture: Picture) -> BackwardSituation:
    """Read the settings; the picture in use has no part in it."""
    return BackwardSituation(settings=read_settings(texts))
