"""Teaching as complete programs: with this project's functions, and with PyTorch alone."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.teach.heads import dropout_of
from app.lessons.cats_vs_dogs.teach.settings import OWN
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation
from cnn_core.networks.feature_dropout import FeatureDropout


def programs(on: TeachSituation) -> tuple[Program, ...]:
    """Write how a head is fitted and asked; for the visitor's own pictures see `take_away`."""
    if on.settings.set == OWN:
        return (Program(title="cnn_core", code=_of_own(on), prints=lambda: _features(on)),)
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _numbers(on)),
        Program(title="PyTorch", code=_with_torch(on), prints=lambda: on.probabilities),
    )


def _numbers(on: TeachSituation) -> np.ndarray:
    found = on.proportion
    return np.array([*on.probabilities, found.successes, found.trials])


def _features(on: TeachSituation) -> np.ndarray:
    return np.array([on.asked.features.mean(), on.asked.features.max()])


def _pictures_lines(on: TeachSituation) -> list[str]:
    part = "" if on.settings.most is None else f"[:{on.settings.most}]"
    return [
        f'classes = taught_pictures("{on.settings.set}")  # eight pictures of each class',
        f"pictures = [one for each in classes for one in each{part}]",
        f"labels = [label for label, each in enumerate(classes) for one in each{part}]",
        f"names = {list(on.names)!r}",
        f'network = load("{NETWORK}")',
    ]


def _copies_imports(on: TeachSituation) -> list[str]:
    if not on.settings.copies:
        return []
    return [
        "from cnn_core.images import digest",
        "from cnn_core.networks.variants import variants",
    ]


def _copies_lines(on: TeachSituation) -> list[str]:
    """Add changed copies to `pictures` and `labels`; `of` is the picture that each belongs to."""
    copies = on.settings.copies
    if not copies:
        return []
    return [
        "# Augmentation: below the pictures their changed copies, each drawn from a seed",
        "pictures = [network.preparation.view(one) for one in pictures]",
        "seeds = [int(digest(one)[:8], 16) for one in pictures]",
        "pictures += [",
        "    next(variants(one, 1, seed=seed + copy))",
        f"    for copy in range(1, {copies + 1})",
        "    for one, seed in zip(pictures, seeds, strict=True)",
        "]",
        f"of, labels = list(range(len(seeds))) * {copies + 1}, labels * {copies + 1}",
    ]


def _dropout(on: TeachSituation) -> FeatureDropout | None:
    return dropout_of(on.training, on.settings.dropout)


def _with_cnn_core(on: TeachSituation) -> str:
    imports, loading = picture_lines(on.picture)
    dropout, given = _dropout(on), f"weight_decay={on.settings.decay:g}"
    leaving, counted = ", pictures=of" if on.settings.copies else "", "labels"
    if on.settings.copies:
        counted = "labels[: len(seeds)]"
    dropping = []
    if dropout:
        imports = [*imports, "from cnn_core.networks.feature_dropout import FeatureDropout"]
        dropping = [f"dropout = FeatureDropout(share={dropout.share:g}, masks={dropout.masks})"]
        given += ", dropout=dropout"
    return program_text(
        ["import numpy as np"],
        sorted(
            [
                *imports,
                *_copies_imports(on),
                "from cnn_core.networks import load",
                "from cnn_core.networks.features import features",
                "from cnn_core.networks.heads import fit_head, leave_one_out",
                "from cnn_core.taught_examples import taught_pictures",
            ]
        ),
        [*loading, *_pictures_lines(on)],
        _copies_lines(on),
        [
            "found = np.concatenate(list(features(network, [*pictures, image])))  # (N + 1, 1280)",
            *dropping,
            f"head = fit_head(found[:-1], labels, {given})",
            "for name, share in zip(names, head.probabilities(found[-1]), strict=True):",
            "    print(name, share)",
        ],
        [
            "# Each picture by a head that was fitted to all the others",
            f"others = leave_one_out(found[:-1], labels, {given}{leaving})",
            f"pairs = list(zip(others, {counted}, strict=True))",
            "right = sum(one.argmax() == label for one, label in pairs)",
            'print(right, "of", len(pairs), "correct")',
        ],
    )


def _with_torch(on: TeachSituation) -> str:
    imports, loading = picture_lines(on.picture)
    dropout = _dropout(on)
    dropping = ["rows, wanted = x, torch.tensor(labels)"]
    if dropout:
        dropping = [
            f"# Dropout: each picture {dropout.masks} times, each time with other features at 0",
            f"drawn = np.random.default_rng(0).random(({dropout.masks}, *x.shape))",
            f"kept = torch.from_numpy(drawn >= {dropout.share:g})",
            f"rows = (kept * x / {1 - dropout.share:g}).flatten(0, 1)",
            f"wanted = torch.tensor(labels).repeat({dropout.masks})",
        ]
    return program_text(
        [
            *(["import numpy as np"] if dropout else []),
            "import torch",
            "import torch.nn.functional as F",
        ],
        sorted(
            [
                *imports,
                *_copies_imports(on),
                "from cnn_core.networks import load",
                "from cnn_core.taught_examples import taught_pictures",
            ]
        ),
        [*loading, *_pictures_lines(on)],
        _copies_lines(on),
        [
            "def features(picture):",
            "    x = network.preparation.tensor(network.preparation.view(picture))",
            "    with torch.no_grad():",
            '        return network.module.outputs(x)["flatten"].flatten().double()',
        ],
        [
            "x = torch.stack([features(one) for one in pictures])",
            *dropping,
            "head = torch.nn.Linear(x.shape[1], len(names)).double()",
            "torch.nn.init.zeros_(head.weight)",
            "torch.nn.init.zeros_(head.bias)",
            "optimizer = torch.optim.LBFGS(",
            "    head.parameters(), max_iter=2000, max_eval=4000, tolerance_grad=1e-9,",
            '    tolerance_change=1e-14, line_search_fn="strong_wolfe",',
            ")",
        ],
        [
            "def step():",
            "    optimizer.zero_grad()",
            "    loss = F.cross_entropy(head(rows), wanted)",
            f"    loss = loss + {on.settings.decay:g} * (head.weight**2).sum()  # weight decay",
            "    loss.backward()",
            "    return loss",
            "optimizer.step(step)",
        ],
        [
            "shares = F.softmax(head(features(image)), dim=0)",
            "for name, share in zip(names, shares.tolist(), strict=True):",
            "    print(name, share)",
        ],
    )


def _of_own(on: TeachSituation) -> str:
    imports, loading = picture_lines(on.picture)
    return program_text(
        sorted(
            [
                *imports,
                "from cnn_core.networks import load",
                "from cnn_core.networks.features import features",
            ]
        ),
        [
            *loading,
            f'found = next(features(load("{NETWORK}"), [image]))[0]  # what a head reads',
            'print("mean of the features", found.mean())',
            'print("the largest one", found.max())',
        ],
    )
