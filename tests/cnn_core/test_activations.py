"""Every activation against the torch line it prints beside itself."""

import numpy as np
import pytest
import scipy.special
import torch
import torch.nn.functional as F

from cnn_core.activations import ACTIVATIONS
from cnn_core.errors import CnnCoreError

EDGES = [0.0, -0.0, 1e-6, -1e-6, 0.5, -0.5, 3.0, -3.0, 6.0, -6.0, 20.0, -20.0, 300.0, -300.0, 1e30]


def numbers() -> np.ndarray:
    spread = np.random.default_rng(0).normal(0, 4, (40, 30, 3))
    return np.append(spread.ravel(), EDGES).astype(np.float32)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_equals_the_torch_line_shown(key):
    x = torch.from_numpy(numbers())
    shown = eval(ACTIVATIONS[key].torch_line, {"torch": torch, "F": F, "x": x})
    np.testing.assert_allclose(ACTIVATIONS[key](x.numpy()), shown.numpy(), rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_returns_new_float32_of_the_same_shape_and_leaves_the_input_alone(key):
    x = numbers()[:12].reshape(2, 2, 3)
    before = x.copy()
    answer = ACTIVATIONS[key](x)
    assert answer.dtype == np.float32
    assert answer.shape == x.shape
    assert not np.shares_memory(answer, x)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_takes_whole_numbers_single_numbers_and_nothing(key):
    activation = ACTIVATIONS[key]
    assert activation(np.arange(-3, 3)).dtype == np.float32
    assert activation(np.uint8(200)).shape == ()
    assert activation([]).shape == (0,)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_not_a_number_stays_visible(key):
    assert np.isnan(ACTIVATIONS[key]([np.nan]))


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_equals_the_numpy_line_shown(key):
    x = np.clip(numbers(), -80, 80).astype(np.float64)  # what np.exp takes without a warning
    shown = eval(ACTIVATIONS[key].numpy_line, {"np": np, "scipy": scipy, "x": x})
    np.testing.assert_allclose(ACTIVATIONS[key](x), shown, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_knows_whether_a_larger_number_ever_has_a_smaller_output(key):
    x = torch.linspace(-8, 8, 999, dtype=torch.float64, requires_grad=True)
    y = eval(ACTIVATIONS[key].torch_line, {"torch": torch, "F": F, "x": x})
    (gradient,) = torch.autograd.grad(y.sum(), x)
    assert ACTIVATIONS[key].never_decreases == bool((gradient >= 0).all())


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_is_described_for_a_learner(key):
    activation = ACTIVATIONS[key]
    assert activation.key == key
    assert activation.title
    assert "x" in activation.formula
    assert activation.note.endswith(".")


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_goes_to_infinity_without_a_warning(key):
    assert ACTIVATIONS[key]([-np.inf, np.inf, 1e300]).shape == (3,)


def test_relu_keeps_the_drawn_half():
    assert ACTIVATIONS["relu"]([[-2, 0], [1, -7]]).tolist() == [[0, 0], [1, 0]]


def test_registry_cannot_be_changed():
    with pytest.raises(TypeError):
        ACTIVATIONS["relu"] = ACTIVATIONS["abs"]


@pytest.mark.parametrize("wrong", [["a"], [1j], [None]])
def test_what_is_no_real_number_is_refused(wrong):
    with pytest.raises(CnnCoreError, match="real numbers"):
        ACTIVATIONS["relu"](wrong)
