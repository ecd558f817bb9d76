"""The class probabilities and the weights of a moment as complete programs."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.watch_it_learn.epochs.settings import FIRST_LAYER
from app.lessons.watch_it_learn.epochs.situation import EpochsSituation
from app.networks.input_lines import pad_lines
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks.training.moments import snapshots


def programs(on: EpochsSituation) -> tuple[Program, ...]:
    """Write what the page shows: a class over all moments, and the weights of the first unit."""
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _probabilities(on)),
        Program(title="PyTorch", code=_with_torch(on), prints=lambda: _weights(on)),
    )


def _followed(on: EpochsSituation) -> int:
    return on.best[on.settings.at]


def _probabilities(on: EpochsSituation) -> np.ndarray:
    number = _followed(on)
    return np.array(
        [
            value
            for at, moment in enumerate(snapshots(on.network))
            for value in (moment.epoch, on.scores(at)[number])
        ]
    )


def _weights(on: EpochsSituation) -> np.ndarray:
    weights = on.weights(on.settings.at)
    return np.array([weights.min(), weights.max(), *weights[0, 0]])


def _with_cnn_core(on: EpochsSituation) -> str:
    chosen = on.settings.input
    imports, loading = pad_lines(chosen) if chosen.uses_pad else picture_lines(on.picture)
    imports = [
        *imports,
        "from cnn_core.networks import trace",
        "from cnn_core.networks.training.snapshots import network_at, snapshots",
    ]
    number = _followed(on)
    return program_text(
        sorted(imports, key=lambda line: (line.startswith("from"), line)),
        [
            *loading,
            f"number = {number}  # {FASHION_CLASSES[number]}",
            f'for moment in snapshots("{on.network}"):',
            f'    network = network_at("{on.network}", moment.epoch)',
            "    print(moment.epoch, trace(network, image).scores[number])",
        ],
    )


def _with_torch(on: EpochsSituation) -> str:
    layer = FIRST_LAYER[on.network]
    unit = "kernel" if on.weights(0).shape[1] == 3 else "unit"
    return program_text(
        [
            "import safetensors",
            "from cnn_core.datasets import ASSETS",
        ],
        [
            f'path = ASSETS / "weights" / "{on.network}_epochs.safetensors"',
            'with safetensors.safe_open(path, "pt") as file:',
            f'    weights = file.get_tensor("{on.epoch}/parts.{layer}.weight").float()',
            "print(weights.min().item(), weights.max().item())",
            f"# the first row of the first {unit}",
            f"row = weights[0].reshape({_shape(on)})[0]",
            "print(*(round(weight, 6) for weight in row.tolist()))",
        ],
    )


def _shape(on: EpochsSituation) -> str:
    _, height, width = on.weights(0).shape
    return f"{height}, {width}"
