"""The same fit as programs: with cnn_core, with NumPy alone, and by gradient descent in PyTorch."""

from textwrap import wrap

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.weight_decay.polynomial.situation import PolynomialSituation as On

_MOST_IN_PYTORCH = 2000
_WIDTH = 76
"""Letters of a line."""


def programs(on: On) -> tuple[Program, ...]:
    """Write the programs; they print the weights, then training and test error."""
    with_cnn_core = Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _printed(on))
    with_numpy = Program(title="NumPy", code=_with_numpy(on), prints=lambda: _printed(on))
    found = [with_cnn_core, with_numpy]
    step = on.descent
    if step is not None and step.number <= _MOST_IN_PYTORCH:
        found.append(
            Program(title="PyTorch", code=_with_pytorch(on), prints=lambda: _descended(on))
        )
    return tuple(found)


def _printed(on: On) -> np.ndarray:
    return np.array([*on.fit.coefficients, on.fit.train_error, on.test_error(on.fit)])


def _descended(on: On) -> np.ndarray:
    assert on.descent
    return np.array([*on.descent.coefficients, on.descent.loss])


def _list(name: str, values: np.ndarray) -> list[str]:
    """Write a list of numbers, in lines that need not be scrolled."""
    numbers = ", ".join(f"{value:.5g}" for value in values + 0.0)
    if len(numbers) < _WIDTH - len(name) - 5:
        return [f"{name} = [{numbers}]"]
    return [f"{name} = [", *(f"    {line}" for line in wrap(numbers, _WIDTH - 4)), "]"]


def _points(on: On) -> list[str]:
    return [*_list("x", on.x), *_list("y", on.y)]


def _test_points(on: On) -> list[str]:
    return [*_list("test_x", on.source.test_x), *_list("test_y", on.source.test_y)]


def _with_cnn_core(on: On) -> str:
    one = on.settings
    return program_text(
        ["from cnn_core.regularization import fit_polynomial"],
        [*_points(on), *_test_points(on)],
        [
            f"fit = fit_polynomial(x, y, degree={one.degree}, weight_decay={one.weight_decay:g})",
            "print(*fit.coefficients)",
            "print(fit.train_error, fit.error(test_x, test_y))",
        ],
    )


def _with_numpy(on: On) -> str:
    one = on.settings
    return program_text(
        ["import numpy as np"],
        [*_points(on), *_test_points(on)],
        [
            f"M, decay = {one.degree}, {one.weight_decay:g}",
            "X = np.vander(x, M + 1, increasing=True)  # 1, x, ..., x^M",
            "# The term decay * w^2 is a row more for each weight: sqrt(decay) * w should be 0.",
            "rows = np.vstack([X, np.sqrt(decay) * np.eye(M + 1)])",
            "wanted = np.concatenate([y, np.zeros(M + 1)])",
            "w = np.linalg.lstsq(rows, wanted, rcond=None)[0]",
            "test = np.vander(test_x, M + 1, increasing=True)",
            "print(*w)",
            "print(np.mean((X @ w - y) ** 2), np.mean((test @ w - test_y) ** 2))",
        ],
    )


def _with_pytorch(on: On) -> str:
    one, step = on.settings, on.descent
    assert step
    return program_text(
        ["import torch"],
        _points(on),
        [
            "x, y = (torch.tensor(one, dtype=torch.float64) for one in (x, y))",
            f"M, decay = {one.degree}, {one.weight_decay:g}",
            "X = x[:, None] ** torch.arange(M + 1)",
            "w = torch.zeros(M + 1, dtype=torch.float64, requires_grad=True)",
            "# lambda * ||w||^2 has the gradient 2 * lambda * w: PyTorch's weight_decay is that.",
            f"descent = torch.optim.SGD([w], lr={on.rate!r}, weight_decay=2 * decay)",
            f"for step in range({step.number}):",
            "    descent.zero_grad()",
            "    ((X @ w - y) ** 2).sum().backward()",
            "    descent.step()",
            "loss = ((X @ w - y) ** 2).sum() + decay * (w**2).sum()",
            "print(*w.tolist())",
            "print(loss.item())",
        ],
    )
