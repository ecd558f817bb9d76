"""The gradients and the step as complete programs, by hand and with autograd."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.watch_it_learn.backward.settings import rate_text, weight_text
from app.lessons.watch_it_learn.backward.situation import BackwardSituation, Grid


def programs(on: BackwardSituation) -> tuple[Program, ...]:
    """Write what the page shows: the loss, the gradients, and what the step makes of them."""
    return (
        Program(title="NumPy", code=_with_numpy(on), prints=lambda: _numbers(on)),
        Program(title="PyTorch", code=_with_torch(on), prints=lambda: _numbers(on)),
    )


def _numbers(on: BackwardSituation) -> np.ndarray:
    found = np.concatenate([on.gradient.ravel(), on.input_gradient.ravel()])
    exact = on.weights - on.settings.rate * on.gradient
    return np.array([on.loss, *found, *exact.ravel()])


def _written(values: Grid) -> str:
    rows = (", ".join(weight_text(float(one)) for one in row) for row in values)
    return "[" + ", ".join(f"[{row}]" for row in rows) + "]"


def _with_numpy(on: BackwardSituation) -> str:
    return program_text(
        ["import numpy as np"],
        [
            f"x = np.array({_written(on.image)}, dtype=float)",
            f"w = np.array({_written(on.weights)}, dtype=float)",
            f"target = np.array({_written(on.target)}, dtype=float)",
            f"rate = {rate_text(on.settings)}",
        ],
        [
            "def slide(image, kernel):",
            "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)",
            "    return (windows * kernel).sum(axis=(2, 3))",
        ],
        [
            "error = slide(x, w) - target",
            "print((error**2).sum() / 2)  # the loss",
            "gradient = slide(x, error)  # for the weights",
            "print(*gradient.ravel())",
            "rows, columns = w.shape",
            "zeros = np.pad(error, ((rows - 1, rows - 1), (columns - 1, columns - 1)))",
            "print(*slide(zeros, w[::-1, ::-1]).ravel())  # for the input",
            "print(*(w - rate * gradient).ravel())  # the step",
        ],
    )


def _with_torch(on: BackwardSituation) -> str:
    return program_text(
        ["import torch"],
        [
            f"x = torch.tensor([[{_written(on.image)}]], dtype=torch.float64, requires_grad=True)",
            f"w = torch.tensor([[{_written(on.weights)}]], dtype=torch.float64)",
            "w.requires_grad_()",
            f"target = torch.tensor([[{_written(on.target)}]], dtype=torch.float64)",
        ],
        [
            "error = torch.nn.functional.conv2d(x, w) - target",
            "loss = (error**2).sum() / 2",
            "loss.backward()",
            "print(loss.item())",
            "print(*w.grad.flatten().tolist())  # for the weights",
            "print(*x.grad.flatten().tolist())  # for the input",
            f"print(*(w - {rate_text(on.settings)} * w.grad).flatten().tolist())  # the step",
        ],
    )
