"""One point of the learning curves as complete programs."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.cats_vs_dogs.collection import example_classes
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.starts.situation import StartsSituation
from app.lessons.cats_vs_dogs.starts.trainings import DRAWS
from app.lessons.cats_vs_dogs.teach.settings import OWN, SETTINGS
from cnn_core.networks.small_cnn import LEARNING_RATE, MAPS, STEPS
from cnn_core.networks.three_starts import STARTS

_INSTEAD = SETTINGS["taught_set"].default


def programs(on: StartsSituation) -> tuple[Program, ...]:
    """Write how the chosen point is computed, and the small CNN of the first draw.

    A visitor's own pictures are not in a program: an example takes their place, which it says.
    """
    shown = on
    if on.settings.set == OWN:
        shown = StartsSituation(
            settings=on.settings, picture=on.picture, classes=example_classes(_INSTEAD)
        )
    return (
        Program(title="cnn_core", code=_point(on, shown), prints=lambda: _totals(shown)),
        Program(title="PyTorch", code=_cnn(on, shown), prints=lambda: _first(shown)),
    )


def _totals(on: StartsSituation) -> np.ndarray:
    return np.array([*on.totals(on.count), on.trials])


def _first(on: StartsSituation) -> np.ndarray:
    return np.array([on.starts.right[1], on.tested])


def _pictures(on: StartsSituation) -> list[str]:
    is_own = on.settings.set == OWN
    key = _INSTEAD if is_own else on.settings.set
    return [
        *(["# Put your own here: a list of pictures for each class"] if is_own else []),
        f'classes = taught_pictures("{key}")  # eight pictures of each class',
        f'network = load("{NETWORK}")',
        "views = [network.preparation.view(one) for each in classes for one in each]",
        f"small = np.stack([as_input(small_picture(view, {on.settings.side})) for view in views])",
        "labels = np.array([label for label, each in enumerate(classes) for one in each])",
    ]


def _point(on: StartsSituation, shown: StartsSituation) -> str:
    return program_text(
        ["import numpy as np"],
        [
            "from cnn_core.networks import load",
            "from cnn_core.networks.features import features",
            "from cnn_core.networks.three_starts import (",
            "    STARTS, StartPictures, as_input, small_picture, three_starts,",
            ")",
            "from cnn_core.taught_examples import taught_pictures",
        ],
        _pictures(on),
        [
            "found = np.concatenate(list(features(network, views)))  # (N, 1280)",
            "pictures = StartPictures(features=found, small=small, labels=labels)",
        ],
        [
            f"right, tested = np.zeros({len(STARTS)}, int), 0",
            f"for draw in range({DRAWS}):",
            f"    one = three_starts(pictures, count={shown.count}, draw=draw)",
            "    right, tested = right + one.right, tested + len(one.held)",
            "for name, count in zip(STARTS.values(), right, strict=True):",
            "    print(name, count)",
            'print("of", tested, "answers for held-out pictures")',
        ],
    )


def _cnn(on: StartsSituation, shown: StartsSituation) -> str:
    classes, held = len(shown.names), shown.given.pictures.held
    return program_text(
        ["import numpy as np", "import torch", "from torch import nn"],
        [
            "from cnn_core.networks import load",
            "from cnn_core.networks.three_starts import as_input, small_picture, split",
            "from cnn_core.taught_examples import taught_pictures",
        ],
        _pictures(on),
        [
            f"trained, tested = split(labels, held={held}, count={shown.count}, draw=0)",
            "x = torch.from_numpy(small).permute(0, 3, 1, 2)",
            "y = torch.from_numpy(labels)",
        ],
        [
            "torch.set_num_threads(1)  # sums in another order differ in the last digits",
            "torch.manual_seed(0)",
            "model = nn.Sequential(",
            f"    nn.Conv2d(3, {MAPS[0]}, 5, stride=2, padding=2), nn.ReLU(),",
            f"    nn.Conv2d({MAPS[0]}, {MAPS[1]}, 3, stride=2, padding=1), nn.ReLU(),",
            f"    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear({MAPS[1]}, {classes}),",
            ")",
            f"optimizer = torch.optim.Adam(model.parameters(), lr={LEARNING_RATE})",
            f"for step in range({STEPS}):",
            "    optimizer.zero_grad()",
            "    nn.functional.cross_entropy(model(x[trained]), y[trained]).backward()",
            "    optimizer.step()",
        ],
        [
            "right = (model(x[tested]).argmax(dim=1) == y[tested]).sum().item()",
            'print(right, "of", len(tested), "held-out pictures, in the first draw")',
        ],
    )
