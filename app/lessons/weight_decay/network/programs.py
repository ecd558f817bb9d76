"""The same numbers as a program that reads the recording."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.weight_decay.network.situation import NetworkDecaySituation as On


def programs(on: On) -> tuple[Program, ...]:
    """Write the program; it prints test accuracy and length of the weights for each seed."""
    return (Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _printed(on)),)


def _printed(on: On) -> np.ndarray:
    decay = on.settings.weight_decay
    return np.stack([on.test(decay), on.lengths(decay)], axis=1)


def _with_cnn_core(on: On) -> str:
    return program_text(
        ["from cnn_core.networks.experiments.sweeps import load_sweep"],
        [
            "# To train them again: python -m cnn_core.networks.experiments weight_decay",
            'sweep = load_sweep("weight_decay")',
            f"for training in sweep.where(weight_decay={on.settings.weight_decay:g}):",
            "    print(training.last.test_accuracy, training.weights.length)",
        ],
    )
