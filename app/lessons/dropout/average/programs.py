"""The same means as programs: with cnn_core, and with PyTorch."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.dropout.average.situation import (
    BIAS,
    COLUMNS,
    ROWS,
    WEIGHTS,
    AverageSituation,
)

_ORDER = ("scale_at_eval", "inverted")


def programs(on: AverageSituation) -> tuple[Program, ...]:
    """Write the programs."""
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _of_both(on)),
        Program(title="PyTorch", code=_with_pytorch(on), prints=lambda: _of_pytorch(on)),
    )


def _of_both(on: AverageSituation) -> np.ndarray:
    at = on.settings.count - 1
    return np.array(
        [
            number
            for one in (on.lecture, on.pytorch)
            for number in (one.means[at], one.neuron.at_eval, one.relu_means[at], one.relu_exact[0])
        ]
    )


def _of_pytorch(on: AverageSituation) -> np.ndarray:
    one, at = on.pytorch, on.settings.count - 1
    return np.array([one.means[at], one.neuron.at_eval, one.relu_means[at], one.relu_at_eval])


def _inputs(on: AverageSituation) -> tuple[list[str], list[str]]:
    assert on.picture is not None  # the page has it
    imports, loading = picture_lines(on.picture)
    return [
        "from cnn_core.dropout_network import block_means",
        "from cnn_core.images import grayscale",
        *imports,
    ], [*loading, f"inputs = block_means(grayscale(image), {ROWS}, {COLUMNS})"]


def _with_cnn_core(on: AverageSituation) -> str:
    imports, loading = _inputs(on)
    one = on.settings
    return program_text(
        [
            "import numpy as np",
            "",
            "from cnn_core.dropout_means import MaskedNeuron",
            *imports,
        ],
        [
            *loading,
            f"weights = np.array({list(WEIGHTS)}, np.float32)",
            f"for convention in {_ORDER}:",
            "    neuron = MaskedNeuron(",
            "        inputs=inputs,",
            "        weights=weights,",
            f"        bias={BIAS},",
            f"        keep={one.keep:g},",
            "        convention=convention,",
            "    )",
            f"    sums = neuron.sampled({one.count}, seed={one.seed})",
            "    print(sums.mean(), neuron.at_eval)",
            "    print(np.maximum(sums, 0).mean(), neuron.relu_mean()[0])",
        ],
    )


def _with_pytorch(on: AverageSituation) -> str:
    imports, loading = _inputs(on)
    one = on.settings
    return program_text(
        ["import numpy as np", "import torch", "from torch import nn", "", *imports],
        [
            *loading,
            f"network = nn.Sequential(nn.Dropout({round(1 - one.keep, 6):g}), nn.Linear(6, 1))",
            f"network[1].weight.data = torch.tensor([{list(WEIGHTS)}])",
            f"network[1].bias.data = torch.tensor([{BIAS}])",
            f"draws = np.random.default_rng({one.seed}).random(({one.count}, 6))",
            f"masks = torch.tensor(draws < {one.keep:g})  # network.train() would draw others",
            f"in_training = network[1](torch.tensor(inputs) * masks / {one.keep:g})",
            "at_eval = network.eval()(torch.tensor(inputs))",
            "print(in_training.mean().item(), at_eval.item())",
            "print(torch.relu(in_training).mean().item(), torch.relu(at_eval).item())",
        ],
    )
