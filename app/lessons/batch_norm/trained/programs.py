"""What the open part shows, as complete programs."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.batch_norm.maps.batch import POOL, POOL_SEED
from app.lessons.batch_norm.trained.running import BATCHES
from app.lessons.batch_norm.trained.runs import SWEEP, last_accuracies, rates
from app.lessons.batch_norm.trained.situation import TrainedSituation

_POOL = [
    f"numbers = np.random.default_rng({POOL_SEED}).permutation(10_000)[:{POOL}]",
    'images = load_fashion("test").images[numbers]',
    'network = load("fashion_cnn")',
]


def programs(on: TrainedSituation) -> tuple[Program, ...]:
    """Write the programs of the open part."""
    return {"running": _running, "order": _order, "fold": _fold, "runs": _runs}[on.part](on)


def _imports(*others: str) -> list[str]:
    """Write the imports of a program that needs the pool of pictures, and others."""
    plain = sorted(line for line in ("import numpy as np", *others) if line.startswith("import"))
    own = (
        "from cnn_core.datasets import load_fashion",
        "from cnn_core.networks import load",
        "from cnn_core.networks.batch_mode import batch_input",
    )
    return [*plain, "", *sorted({*own, *(line for line in others if line.startswith("from"))})]


def _batches(on: TrainedSituation) -> list[str]:
    one = on.settings
    passes = -(-BATCHES * one.size // POOL)
    return [
        f'values = batch_input(network, images, "{one.layer}")[..., {one.channel}]',
        f"rng = np.random.default_rng({one.others})",
        f"order = np.concatenate([rng.permutation({POOL}) for _ in range({passes})])",
        f"batches = [values[one] for one in order[:{BATCHES * one.size}]"
        f".reshape({BATCHES}, {one.size})]",
    ]


def _running(on: TrainedSituation) -> tuple[Program, ...]:
    def prints() -> np.ndarray:
        return np.array([on.curve.mean[-1], on.curve.variance[-1]])

    momentum = on.settings.momentum
    core = program_text(
        _imports("from cnn_core.batch_statistics import running_statistics"),
        [*_POOL, *_batches(on)],
        [
            f"*_, last = running_statistics(batches, momentum={momentum:g}, axis=(0, 1, 2))",
            "print(last.mean, last.variance)",
        ],
    )
    pytorch = program_text(
        _imports("import torch"),
        [*_POOL, *_batches(on)],
        [
            f"norm = torch.nn.BatchNorm2d(1, momentum={momentum:g})  # in training mode",
            "for batch in batches:",
            "    norm(torch.tensor(batch)[:, None])",
            "print(norm.running_mean.item(), norm.running_var.item())",
        ],
    )
    return (
        Program(title="cnn_core", code=core, prints=prints),
        Program(title="PyTorch", code=pytorch, prints=prints),
    )


def _order(on: TrainedSituation) -> tuple[Program, ...]:
    one = on.settings

    def prints() -> np.ndarray:
        found = on.orders
        return np.array(
            [
                float(statistic(values))
                for values in (found.before, found.behind)
                for statistic in (np.mean, np.std)
            ]
        )

    values = (
        f'values = batch_input(network, images[:{one.size}], "{one.layer}")[..., {one.channel}]'
    )
    core = program_text(
        _imports("from cnn_core.normalization import batch_norm"),
        [*_POOL, values],
        [
            "options = dict(gamma=1, beta=0, axis=(0, 1, 2))",
            "before = np.maximum(batch_norm(values, **options).values, 0)",
            "behind = batch_norm(np.maximum(values, 0), **options).values",
            "print(before.mean(), before.std())",
            "print(behind.mean(), behind.std())",
        ],
    )
    pytorch = program_text(
        _imports("import torch"),
        [*_POOL, values],
        [
            "x = torch.tensor(values)[:, None]",
            "norm, relu = torch.nn.BatchNorm2d(1), torch.nn.ReLU()",
            "with torch.no_grad():",
            "    before, behind = relu(norm(x)), norm(relu(x))",
            "print(before.mean().item(), before.std(correction=0).item())",
            "print(behind.mean().item(), behind.std(correction=0).item())",
        ],
    )
    return (
        Program(title="cnn_core", code=core, prints=prints),
        Program(title="PyTorch", code=pytorch, prints=prints),
    )


def _fold(on: TrainedSituation) -> tuple[Program, ...]:
    layer, channel = on.settings.layer, on.settings.channel
    conv = layer.replace("norm", "conv")

    def prints() -> np.ndarray:
        found = on.folding.folded
        return np.array([*found.weights[..., 0, channel].ravel(), found.bias[channel]])

    core = program_text(
        [
            "from cnn_core.batch_statistics import fold_batch_norm",
            "from cnn_core.networks import load",
            "from cnn_core.networks.batch_mode import parameters_of",
        ],
        [
            'network = load("fashion_cnn")',
            f'weights = network.weights("{conv}").transpose(2, 3, 1, 0)  # (3, 3, C, K)',
            f'folded = fold_batch_norm(weights, **parameters_of(network, "{layer}"))',
            f"print(*folded.weights[:, :, 0, {channel}].ravel())",
            f"print(folded.bias[{channel}])",
        ],
    )
    pytorch = program_text(
        [
            "import torch",
            "from torch.nn.utils.fusion import fuse_conv_bn_eval",
            "",
            "from cnn_core.networks import load",
        ],
        [
            'parts = load("fashion_cnn").module.parts',
            f'folded = fuse_conv_bn_eval(parts["{conv}"], parts["{layer}"])',
            f"print(*folded.weight[{channel}, 0].flatten().tolist())",
            f"print(folded.bias[{channel}].item())",
        ],
    )
    return (
        Program(title="cnn_core", code=core, prints=prints),
        Program(title="PyTorch", code=pytorch.replace("import torch\n", ""), prints=prints),
    )


def _runs(on: TrainedSituation) -> tuple[Program, ...]:
    def prints() -> np.ndarray:
        return np.array(
            [
                number
                for rate in rates()
                for norm in (True, False)
                for number in (rate, *last_accuracies(rate, batch_norm=norm))
            ]
        )

    core = program_text(
        ["from cnn_core.networks.experiments.sweeps import load_sweep"],
        [
            f'sweep = load_sweep("{SWEEP}")',
            'for rate in sweep.values("learning_rate"):',
            "    for norm in (True, False):",
            "        runs = sweep.where(learning_rate=rate, batch_norm=norm)",
            "        print(rate, *(one.last.test_accuracy for one in runs))",
        ],
    )
    return (Program(title="cnn_core", code=core, prints=prints),)
