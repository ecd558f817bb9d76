"""The recorded gaps as a program."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.dropout.gap.situation import GapSituation


def programs(on: GapSituation) -> tuple[Program, ...]:
    """Write the program; it prints pictures and mean accuracies, and the gap, for each size."""
    return (Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _printed(on)),)


def _printed(on: GapSituation) -> np.ndarray:
    found = [(size, on.mean(size, on.settings.share)) for size in on.recording.sizes]
    return np.array([[size, one.train, one.test, one.gap] for size, one in found])


def _with_cnn_core(on: GapSituation) -> str:
    return program_text(
        [
            "from statistics import mean",
            "",
            "from cnn_core.networks.experiments.sweeps import load_sweep",
        ],
        [
            'recording = load_sweep("dropout")',
            "for pictures in recording.sizes:",
            f"    trainings = recording.where(pictures=pictures, dropout={on.settings.share:g})",
            "    train = mean(one.last.train_accuracy for one in trainings)",
            "    test = mean(one.last.test_accuracy for one in trainings)",
            "    print(pictures, train, test, train - test)",
        ],
    )
