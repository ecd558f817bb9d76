"""SGD and Adam step by step: the same weights as PyTorch's, with both forms of weight decay."""

import numpy as np
import pytest
import torch

from cnn_core.errors import CnnCoreError
from cnn_core.optimizers import AdamMoments, adam_step, first_moments, sgd_step

STEPS = 60
RATE = 0.05
TARGET = np.array([[1.0, -2.0], [0.3, 40.0]])
START = np.array([[3.0, 0.0], [-1.0, 2.0]])


def by_torch(optimizer: type[torch.optim.Optimizer], weight_decay: float) -> np.ndarray:
    """Each of `STEPS` weights of a loss (w - target)^2, float64."""
    weight = torch.tensor(START, requires_grad=True)
    steps = optimizer([weight], lr=RATE, weight_decay=weight_decay)  # type: ignore[call-arg]
    found = []
    for _ in range(STEPS):
        steps.zero_grad()
        ((weight - torch.tensor(TARGET)) ** 2).sum().backward()
        steps.step()
        found.append(weight.detach().numpy().copy())
    return np.array(found)


@pytest.mark.parametrize("weight_decay", [0.0, 0.01, 0.5])
def test_sgd_is_pytorch_s(weight_decay: float) -> None:
    weight, found = START, []
    for _ in range(STEPS):
        weight = sgd_step(weight, 2 * (weight - TARGET), rate=RATE, weight_decay=weight_decay)
        found.append(weight)
    np.testing.assert_allclose(found, by_torch(torch.optim.SGD, weight_decay), atol=1e-6)


@pytest.mark.parametrize("weight_decay", [0.0, 0.01, 0.5])
@pytest.mark.parametrize("decoupled", [False, True])
def test_adam_is_pytorch_s_adam_or_adamw(weight_decay: float, decoupled: bool) -> None:
    weight, moments, found = START, first_moments(START), []
    for _ in range(STEPS):
        step = adam_step(
            weight,
            2 * (weight - TARGET),
            moments,
            rate=RATE,
            weight_decay=weight_decay,
            decoupled=decoupled,
        )
        weight, moments = step.weight, step.moments
        found.append(weight)
    oracle = torch.optim.AdamW if decoupled else torch.optim.Adam
    np.testing.assert_allclose(found, by_torch(oracle, weight_decay), atol=1e-6)


def test_with_sgd_both_forms_are_one_step_and_with_adam_they_are_not() -> None:
    shorter = (1 - RATE * 0.5) * START - RATE * np.ones_like(START)
    np.testing.assert_allclose(
        sgd_step(START, np.ones_like(START), rate=RATE, weight_decay=0.5), shorter
    )
    one, other = (
        adam_step(
            START,
            np.ones_like(START),
            first_moments(START),
            rate=RATE,
            weight_decay=0.5,
            decoupled=decoupled,
        ).weight
        for decoupled in (False, True)
    )
    # The first step of Adam is as long as the rate, whatever the gradient: the L2 term is lost.
    np.testing.assert_allclose(one[0, 0], START[0, 0] - RATE, atol=1e-7)
    np.testing.assert_allclose(other[0, 0], 0.975 * START[0, 0] - RATE, atol=1e-7)


def test_nothing_is_remembered_of_no_step() -> None:
    start = first_moments([1.0, 2.0])
    assert isinstance(start, AdamMoments)
    assert start.number == 0
    assert not start.mean.any()


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="gradients of shape"):
        sgd_step([1.0, 2.0], [1.0], rate=0.1)
    with pytest.raises(CnnCoreError, match="learning rate is a number from 0"):
        sgd_step(1.0, 1.0, rate=-0.1)
    with pytest.raises(CnnCoreError, match="weight decay is a number from 0"):
        adam_step(1.0, 1.0, first_moments(1.0), rate=0.1, weight_decay=float("nan"))
