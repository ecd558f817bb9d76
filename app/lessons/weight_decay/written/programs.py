"""The same steps as programs: with cnn_core, and with PyTorch's own optimizers."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.weight_decay.written.situation import TARGET
from app.lessons.weight_decay.written.situation import WrittenSituation as On


def programs(on: On) -> tuple[Program, ...]:
    """Write the programs; they print the weight after the step, with both forms."""
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _printed(on)),
        Program(title="PyTorch", code=_with_pytorch(on), prints=lambda: _printed(on)),
    )


def _printed(on: On) -> np.ndarray:
    return np.array([on.step("l2").after, on.step("decoupled").after])


def _with_cnn_core(on: On) -> str:
    one = on.settings
    numbers = f"rate={one.rate:g}, weight_decay={one.weight_decay:g}"
    if one.optimizer == "sgd":
        return program_text(
            ["from cnn_core.optimizers import sgd_step"],
            [
                f"first = second = {one.start:g}",
                f"for step in range({one.at}):",
                f"    first = sgd_step(first, {one.pull:g} * (first - {TARGET:g}), {numbers})",
                f"    shorter = (1 - {one.rate:g} * {one.weight_decay:g}) * second",
                f"    second = shorter - {one.rate:g} * {one.pull:g} * (second - {TARGET:g})",
                "print(first, second)",
            ],
        )
    return program_text(
        ["from cnn_core.optimizers import adam_step, first_moments"],
        [
            "for decoupled in (False, True):",
            f"    w = {one.start:g}",
            "    moments = first_moments(w)",
            f"    for step in range({one.at}):",
            f"        gradient = {one.pull:g} * (w - {TARGET:g})",
            f"        made = adam_step(w, gradient, moments, {numbers}, decoupled=decoupled)",
            "        w, moments = made.weight, made.moments",
            "    print(w)",
        ],
    )


def _with_pytorch(on: On) -> str:
    one = on.settings
    both = "(torch.optim.SGD, torch.optim.SGD)"
    if one.optimizer == "adam":
        both = "(torch.optim.Adam, torch.optim.AdamW)"
    return program_text(
        ["import torch"],
        [
            f"for optimizer in {both}:",
            f"    w = torch.tensor({one.start:g}, dtype=torch.float64, requires_grad=True)",
            f"    made = optimizer([w], lr={one.rate:g}, weight_decay={one.weight_decay:g})",
            f"    for step in range({one.at}):",
            "        made.zero_grad()",
            f"        ({one.pull:g} / 2 * (w - {TARGET:g}) ** 2).backward()",
            "        made.step()",
            "    print(w.item())",
        ],
    )
