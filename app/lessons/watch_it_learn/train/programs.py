"""The training as complete programs: with this project's functions, and in PyTorch alone."""

from collections.abc import Sequence

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.watch_it_learn.train.repeat import plan_lines
from app.lessons.watch_it_learn.train.situation import TrainSituation
from cnn_core.datasets import load_fashion
from cnn_core.layers import Layer
from cnn_core.networks.training.plan import training_settings

_STEPS = 3


def programs(on: TrainSituation) -> tuple[Program, ...]:
    """Write the training: the number of parameters, and the loss over the first steps."""
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _losses(on)),
        Program(title="PyTorch", code=_with_torch(on), prints=lambda: _losses(on)),
    )


def _losses(on: TrainSituation) -> np.ndarray:
    from cnn_core.networks.training.optimization import steps
    from cnn_core.networks.training.run import begin

    losses = []
    for progress in steps(begin(on.plan), load_fashion(on.settings.pictures)):
        losses.append(progress.loss)
        if progress.step == _STEPS:
            break
    return np.array([on.plan.parameters, *losses])


def _with_cnn_core(on: TrainSituation) -> str:
    return program_text(
        [
            "from cnn_core.datasets import load_fashion",
            "from cnn_core.networks.training.plan import TrainingPlan",
            "from cnn_core.networks.training.run import train",
        ],
        [
            *plan_lines(on.plan),
            'print("parameters", plan.parameters)',
            f'data, test = load_fashion("{on.settings.pictures}"), load_fashion("test")',
        ],
        [
            "for progress in train(plan, data, test):",
            "    if progress.step > 0:",
            '        print("loss", progress.loss)  # the mean over the epoch so far',
            f"    if progress.step == {_STEPS}:",
            "        break  # without these two lines it trains to the end",
        ],
    )


def _with_torch(on: TrainSituation) -> str:
    plan = on.plan
    rule = training_settings(plan).augmentation
    is_augmented = plan.augmentation != "none"
    augmented = ["from cnn_core.networks.training.augmentation import Augmentation, augment"]
    pictures = "data.images[chosen]"
    if is_augmented:
        change = f"Augmentation(flip={rule.flip}, shift={rule.shift}, erase=0.0)"
        pictures = f"augment({pictures}, {change}, rng)"
    optimizer = {
        "sgd": "torch.optim.SGD(groups, lr=rate)",
        "momentum": "torch.optim.SGD(groups, lr=rate, momentum=0.9, nesterov=True)",
        "adam": "torch.optim.Adam(groups, lr=rate)",
    }[plan.optimizer]
    return program_text(
        [
            "import numpy as np",
            "import torch",
            "import torch.nn.functional as F",
            "from torch import nn",
            "",
            "from cnn_core.datasets import load_fashion",
            *(augmented if is_augmented else []),
        ],
        _dropout_lines(on),
        [
            f"torch.manual_seed({plan.seed})  # the random weights",
            "network = nn.Sequential(",
            *(f"    {line}," for line in _module_lines(on.layers)),
            ")",
            'print("parameters", sum(p.numel() for p in network.parameters()))',
        ],
        [
            "weights = [p for p in network.parameters() if p.ndim > 1]",
            "others = [p for p in network.parameters() if p.ndim <= 1]  # biases, batch norm",
            f'groups = [{{"params": weights, "weight_decay": {plan.weight_decay!r}}}, '
            '{"params": others}]',
            f"rate = {plan.learning_rate!r}",
            f"optimizer = {optimizer}",
        ],
        [
            f'data = load_fashion("{on.settings.pictures}")',
            f"rng = np.random.default_rng(({plan.seed}, 0))  # seed and epoch",
            "masks = torch.Generator().manual_seed(int(rng.integers(2**62)))  # for dropout",
            "order = rng.permutation(len(data.labels))",
            "total = 0.0",
            f"for step in range({_STEPS}):  # the first of {on.count // plan.batch} steps",
            f"    chosen = order[step * {plan.batch} : (step + 1) * {plan.batch}]",
            f"    pictures = {pictures}",
            "    x = torch.from_numpy(pictures.astype(np.float32))[:, None] / 255",
            "    y = torch.from_numpy(data.labels[chosen].astype(np.int64))",
            "    loss = F.cross_entropy(network(x), y)",
            "    optimizer.zero_grad()",
            "    loss.backward()",
            "    optimizer.step()",
            "    total += loss.item()",
            '    print("loss", total / (step + 1))  # the mean over the epoch so far',
        ],
    )


def _dropout_lines(on: TrainSituation) -> list[str]:
    if not on.plan.dropout:
        return []
    return [
        "class Dropout(nn.Module):  # as nn.Dropout, with its own random numbers",
        "    def forward(self, x):",
        f"        keep = torch.rand(x.shape, generator=masks) >= {on.plan.dropout!r}",
        f"        return x * keep / (1 - {on.plan.dropout!r}) if self.training else x",
    ]


_MODULES = {
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "identity": "nn.Identity()",
}


def _module_lines(layers: Sequence[Layer]) -> list[str]:
    shapes = {layer.name: layer.shape for layer in layers}
    lines = []
    for layer in layers:
        channels = shapes[layer.inputs[0]][0] if layer.inputs else 0
        count = layer.shape[0]
        match layer.kind:
            case "conv":
                bias = "" if layer.bias else ", bias=False"
                side, padding = layer.kernel[0], layer.padding[0][0]
                lines.append(f"nn.Conv2d({channels}, {count}, {side}, padding={padding}{bias})")
            case "batch_norm":
                is_flat = layer.shape[1:] == (1, 1)
                lines.append(f"nn.BatchNorm{'1d' if is_flat else '2d'}({count})")
            case "activation":
                lines.append(_MODULES[layer.function])
            case "max_pool":
                lines.append("nn.MaxPool2d(2)")
            case "avg_pool":
                lines.append("nn.AvgPool2d(2)")
            case "flatten":
                lines.append("nn.Flatten()")
            case "dropout":
                lines.append("Dropout()")
            case "dense":
                lines.append(f"nn.Linear({channels}, {count})")
    return lines
