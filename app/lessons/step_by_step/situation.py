"""What is on the screen of Step by step, for the sentences, attempts and programs below it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from app.lessons.step_by_step.cached import cached_scene, shaping_texts
from app.lessons.step_by_step.operands import (
    check_fit,
    fits,
    input_of,
    kernel_of,
    windows_for,
)
from app.lessons.step_by_step.scene.parts import Scene
from app.lessons.step_by_step.settings import StepByStepSettings, read_settings
from app.session.picture import Picture
from cnn_core.activations import activation_of
from cnn_core.convolution import convolve
from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Windows, output_indices
from cnn_core.pooling import pool


@dataclass(frozen=True, kw_only=True)
class StepByStepSituation:
    """The settings, the picture and the scene that is shown; arrays are made when asked for.

    Attributes:
        texts: the settings as text, all of them.
        settings: the same, read.
        picture: the picture in use.
        scene: what is shown: every number as it is printed.
    """

    texts: Mapping[str, str] = field(repr=False)
    settings: StepByStepSettings
    picture: Picture
    scene: Scene = field(repr=False)

    @cached_property
    def cells(self) -> np.ndarray:
        """The input, float64 (H, W, C)."""
        return input_of(self.settings, self.picture.pixels)

    @cached_property
    def kernel(self) -> np.ndarray:
        """The weights as they are shown, turned where they are flipped; float64 (kh, kw, C)."""
        kernel = kernel_of(self.settings, self.cells.shape[2])
        return kernel[::-1, ::-1] if self.settings.flip else kernel

    @property
    def is_line(self) -> bool:
        """Whether the input is a signal."""
        return self.settings.mode == "line"

    @property
    def is_symmetric(self) -> bool:
        """Whether the kernel is the same when it is turned by 180°."""
        return bool(np.array_equal(self.kernel, self.kernel[::-1, ::-1]))

    @property
    def weighs(self) -> bool:
        """Whether the window multiplies by weights and adds, on a grid or along a line."""
        return not self.settings.pools

    @property
    def channels(self) -> int:
        """How many channels the input has."""
        return int(self.cells.shape[2])

    @property
    def windows(self) -> Windows:
        """The vertical and the horizontal window."""
        return windows_for(self.settings, self.cells)

    @cached_property
    def sums(self) -> np.ndarray:
        """The sums of products plus bias, before the activation: float32 (H', W')."""
        return sums_of(self.settings, self.cells)

    @cached_property
    def output(self) -> np.ndarray:
        """The output as the scene has it, not rounded: float64 (H', W', outputs)."""
        exact = np.array([step.exact for step in self.scene.steps])
        return exact.reshape(*self.scene.shape, -1)

    @cached_property
    def uses(self) -> np.ndarray:
        """In how many windows each cell of the input is: int (H, W)."""
        down, across = (
            np.array([len(found) for found in output_indices(length, window)])
            for length, window in zip(self.cells.shape[:2], self.windows, strict=True)
        )
        return np.outer(down, across)

    @property
    def scale(self) -> float:
        """How large a sum can be at most here: what rounding errors are measured by."""
        largest = float(np.abs(self.cells).max())
        if not self.weighs:
            return largest
        return largest * float(np.abs(self.kernel).sum()) + abs(self.settings.bias)

    def changed(self, changes: Mapping[str, str]) -> StepByStepSettings | None:
        """Read the settings after a change; None where they do not go together."""
        try:
            settings = read_settings({**self.texts, **changes})
            fitting = fits(settings, input_of(settings, self.picture.pixels))
        except CnnCoreError:
            return None
        return settings if fitting else None

    def shows(self, changes: Mapping[str, str]) -> bool:
        """Tell whether a change would put nothing but what is there; a pinned place aside."""
        return all(self.texts[key] == text for key, text in changes.items() if key != "walk_at")

    def stays_after(self, changes: Mapping[str, str]) -> bool:
        """Tell whether a change of a kernel or a signal would leave every number as it is."""
        after = self.changed(changes)
        if after is None:
            return False
        values = [
            (one.bias, one.activation, one.stride, one.flip, one.signal.tolist())
            for one in (self.settings, after)
        ]
        kernels = [kernel_of(one, self.channels).tolist() for one in (self.settings, after)]
        return values[0] == values[1] and kernels[0] == kernels[1]


def situation(texts: Mapping[str, str], picture: Picture) -> StepByStepSituation:
    """Read the settings and make the scene.

    Raises:
        CnnCoreError: if the window does not fit the input.
    """
    settings = read_settings(texts)
    check_fit(settings, input_of(settings, picture.pixels))
    return StepByStepSituation(
        texts=dict(texts),
        settings=settings,
        picture=picture,
        scene=cached_scene(shaping_texts(texts), picture.digest, picture.pixels),
    )


def sums_of(settings: StepByStepSettings, cells: np.ndarray) -> np.ndarray:
    """Convolve an input at once, as `cnn_core` does it: sums and bias, float32 (H', W')."""
    return convolve(cells, kernel_of(settings, cells.shape[2]), **settings.convolution_options)


def output_of(settings: StepByStepSettings, cells: np.ndarray) -> np.ndarray:
    """Compute the whole output at once, not stop by stop as the scene: float32 (H', W', C')."""
    if not settings.pools:
        return activation_of(settings.activation)(sums_of(settings, cells))[:, :, None]
    return pool(cells, **settings.pooling_options).values
