"""Recomputes what the sentences of the view backward say, in other ways; only tests call it."""

import numpy as np
import scipy.signal
import torch

from app.lessons.watch_it_learn.backward.situation import BackwardSituation, Grid


def autograd(on: BackwardSituation) -> tuple[Grid, Grid]:
    """Return PyTorch's gradients of the loss for the weights and for the input."""
    image = torch.tensor(on.image[None, None], requires_grad=True)
    weights = torch.tensor(on.weights[None, None], requires_grad=True)
    output = torch.nn.functional.conv2d(image, weights)
    loss = ((output - torch.tensor(on.target)) ** 2).sum() / 2
    found = torch.autograd.grad(loss, (weights, image))
    return found[0][0, 0].numpy(), found[1][0, 0].numpy()


def equals_autograd(on: BackwardSituation) -> bool:
    """Whether both gradients are PyTorch's."""
    weights, image = autograd(on)
    return _close(on.gradient, weights) and _close(on.input_gradient, image)


def is_convolution(on: BackwardSituation) -> bool:
    """Whether the gradient is SciPy's correlation of the input with the error map."""
    found = scipy.signal.correlate2d(on.image, on.error, mode="valid")
    return _close(on.gradient, found) and found.shape == on.weights.shape


def is_full_convolution(on: BackwardSituation) -> bool:
    """Whether the gradient is SciPy's full convolution, and the correlation that is shown."""
    found = scipy.signal.convolve2d(on.error, on.weights, mode="full")
    slid = scipy.signal.correlate2d(on.error_with_zeros, on.flipped, mode="valid")
    same = _close(on.input_gradient, found) and _close(on.input_gradient, slid)
    return same and found.shape == on.image.shape


def changes_nothing(on: BackwardSituation) -> bool:
    """Whether PyTorch's gradients are 0 and the step leaves the weights."""
    weights, image = autograd(on)
    return not weights.any() and not image.any() and _close(on.next_weights, on.weights)


def loss_after(on: BackwardSituation, rate: float) -> float:
    """Return the loss after a step with another learning rate."""
    return _loss(on, on.weights - rate * autograd(on)[0])


def loss_grows(on: BackwardSituation) -> bool:
    """Whether the loss after the step is larger than before."""
    return loss_after(on, on.settings.rate) > _loss(on, on.weights)


def goes_against_gradient(on: BackwardSituation) -> bool:
    """Whether each weight changes by the learning rate against its gradient's sign."""
    gradient, _ = autograd(on)
    return bool((np.sign(on.next_weights - on.weights) == -np.sign(gradient)).all())


def is_safe_below(on: BackwardSituation, bound: float) -> bool:
    """Whether steps below the bound make the loss smaller, from here and from other kernels."""
    drawn = np.random.default_rng(0).normal(size=(20, *on.weights.shape))
    for weights in (on.weights, *drawn):
        before = _loss(on, weights)
        gradient = scipy.signal.correlate2d(on.image, _error(on, weights), mode="valid")
        if np.abs(gradient).max() < 1e-6 * np.abs(on.image).sum():
            continue
        for share in (0.01, 0.5, 0.999):
            if _loss(on, weights - share * bound * gradient) >= before:
                return False
    return True


def _error(on: BackwardSituation, weights: Grid) -> Grid:
    return np.asarray(scipy.signal.correlate2d(on.image, weights, mode="valid") - on.target)


def _loss(on: BackwardSituation, weights: Grid) -> float:
    return float((_error(on, weights) ** 2).sum() / 2)


def _close(found: Grid, wanted: Grid) -> bool:
    return bool(np.allclose(found, wanted, rtol=1e-9, atol=1e-9 * (1 + np.abs(wanted).max())))
