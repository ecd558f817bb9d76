"""The same descent as programs: with cnn_core, and with PyTorch."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.watch_it_learn.kernel.situation import KernelLearningSituation

_MOST_IN_PYTORCH = 1000
"""Steps that a program makes on all windows of a picture, each of which takes milliseconds."""


def programs(on: KernelLearningSituation) -> tuple[Program, ...]:
    """Write the programs; they print the step, its loss, and the learned weights row by row."""
    found = [Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _printed(on))]
    if on.settings.batch is None and on.step.number <= _MOST_IN_PYTORCH and not on.step.exploded:
        found.append(Program(title="PyTorch", code=_with_pytorch(on), prints=lambda: _printed(on)))
    return tuple(found)


def _printed(on: KernelLearningSituation) -> np.ndarray:
    return np.array([on.step.number, on.step.loss, *on.step.kernel.ravel()])


def _pixels(on: KernelLearningSituation) -> str:
    gray = "standardized(grayscale(image))" if on.settings.standard else "grayscale(image) / 255.0"
    return f"extended_to({gray}, {on.task.shape})" if on.is_extended else gray


def _imported(on: KernelLearningSituation, *names: str) -> str:
    also = [("standardized", on.settings.standard), ("extended_to", on.is_extended)]
    return ", ".join([*names, *(name for name, is_used in also if is_used)])


def _with_cnn_core(on: KernelLearningSituation) -> str:
    imports, loading = picture_lines(on.picture)
    one = on.settings
    names = _imported(on, "KernelTask", "learn")
    return program_text(
        [
            "from itertools import islice",
            "",
            "from cnn_core.images import grayscale",
            "from cnn_core.kernels import KERNELS",
            f"from cnn_core.kernels.learning import {names}",
            *imports,
        ],
        [
            *loading,
            f'task = KernelTask({_pixels(on)}, KERNELS["{one.hidden}"].array)',
            f"options = dict(rate={one.rate:g}, momentum={one.momentum:g}, batch={one.batch})",
            f"steps = learn(task, seed={one.seed}, **options)",
            f"step = next(islice(steps, {on.step.number}, None))",
            "print(step.number, step.loss)",
            "print(*step.kernel.ravel())",
        ],
    )


def _with_pytorch(on: KernelLearningSituation) -> str:
    imports, loading = picture_lines(on.picture)
    one = on.settings
    height, width = on.task.shape
    names = _imported(on, "first_kernel")
    return program_text(
        [
            "import torch",
            "from torch.nn.functional import conv2d, mse_loss",
            "",
            "from cnn_core.images import grayscale",
            "from cnn_core.kernels import KERNELS",
            f"from cnn_core.kernels.learning import {names}",
            *imports,
        ],
        [
            *loading,
            f"pixels = torch.tensor({_pixels(on)}, dtype=torch.float64)[None, None]",
            f'hidden = torch.tensor(KERNELS["{one.hidden}"].array, dtype=torch.float64)',
            "wanted = conv2d(pixels, hidden[None, None])",
            f"start = first_kernel(({height}, {width}), seed={one.seed})",
            "kernel = torch.tensor(start)[None, None].requires_grad_()",
            f"optimizer = torch.optim.SGD([kernel], lr={one.rate:g}, momentum={one.momentum:g})",
            f"for number in range({on.step.number}):",
            "    optimizer.zero_grad()",
            "    mse_loss(conv2d(pixels, kernel), wanted).backward()",
            "    optimizer.step()",
            "loss = mse_loss(conv2d(pixels, kernel), wanted)",
            f"print({on.step.number}, loss.item())",
            "print(*kernel.detach().numpy().ravel())",
        ],
    )
