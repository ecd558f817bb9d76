"""A kernel is learned: as PyTorch does it, to the hidden one, and with an end where it explodes."""

import itertools

import numpy as np
import pytest
import torch
from numpy.lib.stride_tricks import sliding_window_view

from cnn_core.convolution import convolve
from cnn_core.errors import CnnCoreError
from cnn_core.images import grayscale
from cnn_core.kernels import KERNELS
from cnn_core.kernels.learning import (
    EXPLODED,
    FOUND,
    KernelTask,
    LearningStep,
    first_kernel,
    learn,
    standardized,
)
from cnn_core.samples import load_sample

ODD = [key for key, kernel in KERNELS.items() if all(n % 2 and n <= 7 for n in kernel.array.shape)]
SOBEL = KERNELS["sobel_x"].array


@pytest.fixture(scope="module")
def mandrill() -> np.ndarray:
    return standardized(grayscale(load_sample("mandrill")))


def noise(height: int = 12, width: int = 15, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(height, width))


def until(steps, condition, most: int = 20_000) -> LearningStep:
    """The first step of which the condition is true."""
    return next(step for step in itertools.islice(steps, most) if condition(step))


@pytest.mark.parametrize("key", ODD)
def test_every_preset_of_odd_size_up_to_7_is_found_on_the_mandrill(key, mandrill) -> None:
    task = KernelTask(mandrill, KERNELS[key].array)
    step = until(learn(task, rate=0.03, momentum=0.9), lambda one: one.found, most=400)
    assert np.abs(step.kernel - KERNELS[key].array).max() <= FOUND == 1e-3


@pytest.mark.parametrize("batch", [1, 4, 16, 64, 256])
def test_a_kernel_is_found_from_some_windows_at_a_time(batch, mandrill) -> None:
    task = KernelTask(mandrill, SOBEL)
    steps = learn(task, rate=0.01 if batch < 4 else 0.02, momentum=0.0, batch=batch, seed=5)
    assert until(steps, lambda one: one.found).distance <= FOUND


@pytest.mark.parametrize("momentum", [0.0, 0.8])
def test_a_step_is_pytorchs(momentum: float) -> None:
    image, hidden = noise(), np.array([[1.0, -2, 0.5], [0, 3, -1]])
    task = KernelTask(image, hidden)
    windows = torch.from_numpy(sliding_window_view(image, (2, 3)).reshape(-1, 6).copy())
    weights = torch.from_numpy(first_kernel((2, 3), seed=4).ravel()).requires_grad_()
    wanted = windows @ torch.from_numpy(hidden.ravel())
    optimizer = torch.optim.SGD([weights], lr=0.1, momentum=momentum)
    for step in itertools.islice(learn(task, rate=0.1, momentum=momentum, seed=4), 6):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(windows @ weights, wanted)
        loss.backward()
        np.testing.assert_allclose(step.loss, loss.item(), rtol=1e-9)
        np.testing.assert_allclose(step.kernel.ravel(), weights.detach().numpy(), atol=1e-12)
        np.testing.assert_allclose(step.gradient.ravel(), weights.grad.numpy(), atol=1e-9)
        optimizer.step()


def test_the_second_moments_of_many_windows_are_those_of_all_of_them(mandrill) -> None:
    part = mandrill[:200]  # more values than are multiplied at once
    windows = sliding_window_view(part, (5, 5)).reshape(-1, 25)
    found = KernelTask(part, np.eye(5)).second_moments
    np.testing.assert_allclose(found, windows.T @ windows / len(windows), atol=1e-9)


def test_loss_and_gradient_are_those_of_the_residual() -> None:
    task = KernelTask(noise(), SOBEL)
    kernel = first_kernel((3, 3), seed=1)
    residual = convolve(noise(), kernel - SOBEL, padding="valid")
    np.testing.assert_allclose(task.residual(kernel), residual, atol=1e-5)
    np.testing.assert_allclose(task.loss(kernel), np.mean(residual.astype(float) ** 2), rtol=1e-5)
    along_first = 2 * np.mean(residual * noise()[:10, :13])
    np.testing.assert_allclose(task.gradient(kernel)[0, 0], along_first, rtol=1e-4)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_below_the_largest_stable_rate_it_shrinks_and_above_it_explodes(momentum: float) -> None:
    task = KernelTask(noise(), SOBEL)
    limit = task.largest_stable_rate(momentum)
    *_, last = itertools.islice(learn(task, rate=0.99 * limit, momentum=momentum), 3000)
    assert last.loss < 1e-3 * task.loss(first_kernel((3, 3), seed=0))
    *_, end = itertools.islice(learn(task, rate=1.01 * limit, momentum=momentum), 30_000)
    assert end.exploded
    assert end.loss > EXPLODED * task.loss(first_kernel((3, 3), seed=0))


def test_it_ends_where_the_loss_is_no_number_any_more() -> None:
    task = KernelTask(1e150 * noise(), SOBEL)
    with np.errstate(over="ignore", invalid="ignore"):
        *_, end = learn(task, rate=1e300)
    assert end.exploded
    assert end.number < 5


def test_a_descent_goes_on_behind_any_of_its_steps() -> None:
    task = KernelTask(noise(40, 40), SOBEL)
    options = {"rate": 0.02, "momentum": 0.5, "batch": 4, "seed": 9}
    whole = list(itertools.islice(learn(task, **options), 300))
    rest = list(itertools.islice(learn(task, **options, after=whole[130]), 169))
    assert [step.number for step in rest] == list(range(131, 300))
    np.testing.assert_array_equal(rest[-1].kernel, whole[-1].kernel)


def test_the_same_seed_starts_and_draws_alike_and_another_one_does_not() -> None:
    task = KernelTask(noise(), SOBEL)
    kernels = [
        next(itertools.islice(learn(task, rate=0.02, batch=2, seed=seed), 9, 10)).kernel
        for seed in (1, 1, 2)
    ]
    np.testing.assert_array_equal(kernels[0], kernels[1])
    assert not np.allclose(kernels[0], kernels[2])


def test_equal_pixels_tell_only_the_sum_of_the_weights() -> None:
    task = KernelTask(np.ones((6, 7)), np.array([[1.0, 2], [3, 4]]))
    step = until(learn(task, rate=0.1), lambda one: one.loss < 1e-12)
    assert not task.is_determined
    assert (task.curvatures > 0).sum() == 1
    assert step.kernel.sum() == pytest.approx(10)
    assert not step.found


def test_where_all_pixels_are_0_nothing_changes() -> None:
    task = KernelTask(standardized(np.full((4, 5), 9)), np.eye(3))
    first, *_, last = itertools.islice(learn(task, rate=1.0), 20)
    assert task.largest_stable_rate() == np.inf
    np.testing.assert_array_equal(first.kernel, last.kernel)
    assert first.loss == last.loss == 0


def test_one_window_is_enough_to_compute_with() -> None:
    task = KernelTask(noise(3, 3), SOBEL)
    assert task.count == 1
    assert until(learn(task, rate=0.03), lambda one: one.loss < 1e-9).residual.shape == (1, 1)


def test_what_cannot_be_learned_from_is_refused() -> None:
    with pytest.raises(CnnCoreError, match="No window of 3 × 3 pixels fits into a picture of 2"):
        KernelTask(np.zeros((2, 9)), SOBEL)
    with pytest.raises(CnnCoreError, match="A picture to learn from"):
        KernelTask(np.zeros((4, 4, 3)), SOBEL)
    with pytest.raises(CnnCoreError, match="A kernel to learn from"):
        KernelTask(np.zeros((4, 4)), [[np.nan]])


@pytest.mark.parametrize(
    "wrong", [{"rate": 0.0}, {"rate": -1.0}, {"momentum": 1.0}, {"batch": 0}, {"rate": np.inf}]
)
def test_numbers_outside_their_range_are_refused(wrong: dict[str, float]) -> None:
    task = KernelTask(noise(), SOBEL)
    with pytest.raises(CnnCoreError, match="A learning rate is above 0"):
        next(learn(task, **{"rate": 0.1, **wrong}))
