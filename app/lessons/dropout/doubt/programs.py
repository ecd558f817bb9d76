"""The same probabilities as programs: with cnn_core, and with PyTorch."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.dropout.doubt.settings import NETWORK, SEED
from app.lessons.dropout.doubt.situation import DoubtSituation


def programs(on: DoubtSituation) -> tuple[Program, ...]:
    """Write the programs; they print means and how often each class is the most probable one."""
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _printed(on)),
        Program(title="PyTorch", code=_with_pytorch(on), prints=lambda: _printed(on)),
    )


def _printed(on: DoubtSituation) -> np.ndarray:
    masked = on.strange.masked
    return np.concatenate([masked.mean, masked.chosen()])


def _with_cnn_core(on: DoubtSituation) -> str:
    assert on.picture is not None  # the page has it
    imports, loading = picture_lines(on.picture)
    one = on.settings
    return program_text(
        [
            "from cnn_core.networks import load, trace",
            "from cnn_core.networks.monte_carlo import masked_scores",
            *imports,
        ],
        [
            *loading,
            f'found = trace(load("{NETWORK}"), image)',
            f"masked = masked_scores(found, keep={one.keep:g}, masks={one.count}, seed={SEED})",
            "print(*masked.mean)",
            "print(*masked.chosen())",
        ],
    )


def _with_pytorch(on: DoubtSituation) -> str:
    assert on.picture is not None  # the page has it
    imports, loading = picture_lines(on.picture)
    one = on.settings
    return program_text(
        [
            "import numpy as np",
            "import torch",
            "",
            "from cnn_core.networks import load, trace",
            *imports,
        ],
        [
            *loading,
            f'network = load("{NETWORK}")',
            'features = torch.tensor(trace(network, image)["flatten"].ravel())',
            'dense = network.module.parts["dense"]  # an nn.Linear',
            f"draws = np.random.default_rng({SEED}).random(({one.count}, len(features)))",
            f"masks = torch.tensor(draws < {one.keep:g})  "
            f"# nn.Dropout({round(1 - one.keep, 6):g}) in train() draws its own",
            f"scores = dense(features * masks / {one.keep:g}).softmax(dim=1)",
            "print(*scores.mean(dim=0).numpy())",
            "print(*torch.bincount(scores.argmax(dim=1), minlength=10).numpy())",
        ],
    )
