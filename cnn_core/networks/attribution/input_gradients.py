"""Attributions made of gradients at one input or many: times the input, smoothed, integrated."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import whole_number
from cnn_core.networks.attribution.backpropagation import gradients_at
from cnn_core.networks.attribution.targets import Target, read, resolve
from cnn_core.networks.tracing import Trace

Values = npt.NDArray[np.float32]

SAMPLES = 16
"""Noisy copies of the input that SmoothGrad takes the mean of."""
NOISE = 0.15
"""Their standard deviation, as a share of the input's range; the paper found 0.1 to 0.2 useful."""
STEPS = 24
"""Points between the baseline and the input at which integrated gradients takes a gradient."""
_PIXELS_AT_ONCE = 2 * 224 * 224
"""A batch has so many pixels: a backward pass holds a hundred megabytes for each 224 x 224."""


def gradient_x_input(trace: Trace, target: Target | int) -> Values:
    """Multiply the gradient of `target` by the input, number by number: float32 (C, H, W), signed.

    For a unit that depends linearly on the input the values, plus a constant, add up to the unit.

    Source: Shrikumar, Greenside, Shcherbina and Kundaje, "Not Just a Black Box: Learning Important
    Features Through Propagating Activation Differences", 2016.

    Raises:
        CnnCoreError: if there is no such class, layer or unit.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> gradient_x_input(boot, 9).shape
    (1, 28, 28)
    """
    wanted = resolve(trace.network, target)
    pixels = _pixels(trace)
    return _as_values(gradients_at(trace.network, pixels, wanted)[0] * pixels[0])


def smooth_grad(
    trace: Trace,
    target: Target | int,
    *,
    samples: int = SAMPLES,
    noise: float = NOISE,
    seed: int = 0,
) -> Values:
    """Take the mean gradient of `target` over noisy copies of the input: float32 (C, H, W), signed.

    Source: Smilkov, Thorat, Kim, Viégas and Wattenberg, "SmoothGrad: removing noise by adding
    noise", 2017.

    Args:
        trace: of the picture.
        target: a class or a unit.
        samples: noisy copies, 1 or more.
        noise: standard deviation of the normal noise, as a share of the input's largest minus its
            smallest number; 0 or more.
        seed: of the noise.

    Raises:
        CnnCoreError: if there is no such class, layer or unit, or a number is out of its range.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> smooth_grad(boot, 9, samples=4).shape
    (1, 28, 28)
    """
    whole_number(samples, "number of samples", minimum=1)
    if not (np.isfinite(noise) and noise >= 0):
        raise CnnCoreError(f"The noise is a share of the input's range, 0 or more, not {noise}.")
    wanted = resolve(trace.network, target)
    pixels = _pixels(trace)
    deviation = noise * float(pixels.max() - pixels.min())
    draws = torch.randn((samples, *pixels.shape[1:]), generator=torch.Generator().manual_seed(seed))
    total = torch.zeros(pixels.shape[1:], dtype=torch.float64)
    for some in torch.split(draws, _at_once(trace)):
        total += gradients_at(trace.network, pixels + deviation * some, wanted).double().sum(dim=0)
    return _as_values(total / samples)


def integrated_gradients(
    trace: Trace, target: Target | int, *, steps: int = STEPS, baseline: Values | None = None
) -> Values:
    """Integrate the gradient of `target` from a baseline to the input: float32 (C, H, W), signed.

    The gradient is taken along the straight line between the two, at the points of the
    Gauss-Legendre rule, and multiplied by the difference of input and baseline. So the values add
    up to the target for the input minus the target for the baseline (completeness), as closely as
    the sum comes to the integral.

    Source: Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks", 2017.

    Args:
        trace: of the picture.
        target: a class or a unit.
        steps: gradients that are taken, 1 or more.
        baseline: float32 (C, H, W) in the network's value range; 0 everywhere if None.

    Raises:
        CnnCoreError: if there is no such class, layer or unit, `steps` is below 1, or the baseline
            has another shape than the input.

    >>> from cnn_core.datasets import load_fashion
    >>> from cnn_core.networks import load, trace
    >>> boot = trace(load("fashion_cnn"), load_fashion("test").images[0])
    >>> integrated_gradients(boot, 9, steps=4).shape
    (1, 28, 28)
    """
    whole_number(steps, "number of steps", minimum=1)
    wanted = resolve(trace.network, target)
    pixels, start = _pixels(trace), _baseline(trace, baseline)
    nodes, node_weights = np.polynomial.legendre.leggauss(steps)
    shares = torch.from_numpy((1 + nodes) / 2).float().reshape(-1, 1, 1, 1)
    weights = torch.from_numpy(node_weights / 2).reshape(-1, 1, 1, 1)
    total = torch.zeros(pixels.shape[1:], dtype=torch.float64)
    at_once = _at_once(trace)
    groups = zip(torch.split(shares, at_once), torch.split(weights, at_once), strict=True)
    for some, weight in groups:
        gradients = gradients_at(trace.network, start + some * (pixels - start), wanted)
        total += (weight * gradients.double()).sum(dim=0)
    return _as_values(total * (pixels - start)[0].double())


def difference_from_baseline(
    trace: Trace, target: Target | int, *, baseline: Values | None = None
) -> float:
    """Return the target for the input minus the target for the baseline.

    It is what integrated gradients add up to.

    Raises:
        CnnCoreError: if there is no such class, layer or unit, or the baseline has another shape
            than the input.
    """
    from cnn_core.networks.attribution.gradients import output_of

    wanted = resolve(trace.network, target)
    both = torch.cat([_pixels(trace), _baseline(trace, baseline)])
    with torch.inference_mode():
        after, before = read(output_of(trace.network.module, both, wanted.layer), wanted).tolist()
    return float(after - before)


def _pixels(trace: Trace) -> Tensor:
    return torch.from_numpy(trace.input.copy())[None]


def _baseline(trace: Trace, baseline: Values | None) -> Tensor:
    if baseline is None:
        return torch.zeros((1, *trace.input.shape))
    if baseline.shape != trace.input.shape:
        raise CnnCoreError(
            f"A baseline has the input's shape {trace.input.shape}, not {baseline.shape}."
        )
    return torch.from_numpy(np.array(baseline, np.float32))[None]


def _at_once(trace: Trace) -> int:
    height, width = trace.network.preparation.size
    return max(1, _PIXELS_AT_ONCE // (height * width))


def _as_values(sent: Tensor) -> Values:
    values: Values = sent.to(torch.float32).contiguous().numpy()
    return values
