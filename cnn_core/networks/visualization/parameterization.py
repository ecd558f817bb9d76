"""Pictures that an optimizer can paint: what it moves, and how that becomes pixels.

Moving waves rather than pixels, with colors that vary as they do in photographs, spreads each step
over the whole picture; moved pixel by pixel, a picture fills with noise that only the network sees.

Source: Olah, Mordvintsev and Schubert, "Feature Visualization", Distill, 2017, section
"Preconditioning and Parameterization".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from cnn_core.errors import CnnCoreError

_COLORS = ((0.26, 0.09, 0.02), (0.27, 0.00, -0.05), (0.27, -0.09, 0.03))
"""Root of the covariance of red, green and blue in ImageNet, from lucid, the article's program:
brightness varies most, then blue against red, then green against both."""

_SPREAD = 0.01
"""Standard deviation of the first waves: a picture that starts nearly gray."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParameterizedImage:
    """A picture in the making.

    Attributes:
        parameters: what the optimizer moves.
        pixels: makes the picture of them, (1, C, H, W) from 0 to 1.
    """

    parameters: Tensor
    pixels: Callable[[], Tensor]


Parameterization = Callable[[int, int, int, np.random.Generator], ParameterizedImage]
"""(channels, height, width, randomness) -> ParameterizedImage"""


def fourier_image(
    channels: int, height: int, width: int, rng: np.random.Generator
) -> ParameterizedImage:
    """Paint with waves of all lengths, long ones moved as easily as short ones.

    >>> image = fourier_image(3, 32, 32, np.random.default_rng(0))
    >>> tuple(image.pixels().shape)
    (1, 3, 32, 32)
    """
    down = np.fft.fftfreq(height)[:, None]
    across = np.fft.rfftfreq(width)[None]
    length = np.hypot(down, across)
    # As in photographs, where amplitude falls with frequency; the mean counts as the longest wave.
    scale = 1 / np.maximum(length, 1 / max(height, width)) * np.sqrt(height * width)
    strength = torch.from_numpy(scale.astype(np.float32))
    start = rng.normal(scale=_SPREAD, size=(2, channels, *length.shape)).astype(np.float32)
    parameters = torch.from_numpy(start).requires_grad_()

    def pixels() -> Tensor:
        spectrum = torch.complex(parameters[0], parameters[1]) * strength
        planes = torch.fft.irfft2(spectrum, s=(height, width))[None] / 4
        return torch.sigmoid(_colored(planes))

    return ParameterizedImage(parameters=parameters, pixels=pixels)


def pixel_image(
    channels: int, height: int, width: int, rng: np.random.Generator
) -> ParameterizedImage:
    """Paint pixel by pixel, to compare with.

    >>> tuple(pixel_image(1, 28, 28, np.random.default_rng(0)).parameters.shape)
    (1, 1, 28, 28)
    """
    start = rng.normal(scale=_SPREAD, size=(1, channels, height, width)).astype(np.float32)
    parameters = torch.from_numpy(start).requires_grad_()
    return ParameterizedImage(
        parameters=parameters, pixels=lambda: torch.sigmoid(_colored(parameters))
    )


def _colored(planes: Tensor) -> Tensor:
    """Turn three planes that vary independently into red, green and blue; one stays gray."""
    if planes.shape[1] == 1:
        return planes
    if planes.shape[1] != 3:
        raise CnnCoreError(f"A picture has 1 or 3 channels, not {planes.shape[1]}.")
    colors = torch.tensor(_COLORS)
    # Scaled so that the brightest direction has length 1.
    return torch.einsum("nchw,kc->nkhw", planes, colors / colors.norm(dim=0).max())
