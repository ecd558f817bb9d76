"""What to notice of a network before and while it is trained."""

import copy
import math

import numpy as np

from app.drawing.numbers import times_text
from app.guide.claims import Claim, always
from app.lessons.watch_it_learn.train.situation import TrainSituation
from cnn_core.datasets import load_fashion
from cnn_core.networks.training.plan import multiplications

_GUESS = math.log(10)


def _size_sentence(on: TrainSituation) -> str:
    return (
        f"Training changes **{on.plan.parameters:,} numbers**. {on.last.parameters:,} of them are "
        "in the last dense layer, which outputs the classes."
    )


def _sizes_are_torchs(on: TrainSituation) -> bool:
    own = sum(one.numel() for one in on.untrained.parameters())
    last = sum(one.numel() for one in on.untrained.parts["dense"].parameters())
    return bool(own == on.plan.parameters and last == on.last.parameters)


def _cost_sentence(on: TrainSituation) -> str:
    products = sum(multiplications(layer) for layer in on.layers)
    return (
        f"For one picture, the layers compute **{products:,} products**. A step with "
        f"{on.plan.batch} pictures computes {_step_factor(on):.1f} times as many for each: once "
        "forward, the rest for the gradients."
    )


def _step_factor(on: TrainSituation) -> float:
    """Compare a step with its forward part: only the first layer needs no gradient of its input."""
    counts = [count for layer in on.layers if (count := multiplications(layer))]
    return 3 - counts[0] / sum(counts)


def _products_are_counted(on: TrainSituation) -> bool:
    """Count them from the shapes of the weights and of the outputs."""
    import torch

    found = on.untrained.outputs(torch.zeros(1, 1, 28, 28))
    total = 0
    for layer in on.layers:
        if layer.kind in ("conv", "dense"):
            weights = on.untrained.parts[layer.name].weight
            places = math.prod(found[layer.name].shape[2:])
            total += weights.numel() * places
    factor = _counted(on, with_gradients=True) / _counted(on, with_gradients=False)
    return total == on.plan.multiplications and abs(factor - _step_factor(on)) < 0.05


def _counted(on: TrainSituation, *, with_gradients: bool) -> int:
    """Have PyTorch count the operations of a picture."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    network = copy.deepcopy(on.untrained).requires_grad_()
    with FlopCounterMode(display=False) as counter:
        scores = network(torch.zeros(1, 1, 28, 28))
        if with_gradients:
            scores.sum().backward()
    return int(counter.get_total_flops())


def _steps_sentence(on: TrainSituation) -> str:
    steps, left = divmod(on.count, on.plan.batch)
    words = (
        f"One epoch has **{steps:,} steps**: {on.count:,} pictures in batches of {on.plan.batch}."
    )
    if left:
        words += f" {left} pictures are left over; in each epoch these are others."
    return words


def _steps_are_counted(on: TrainSituation) -> bool:
    order = np.arange(on.count)
    whole = [
        at
        for at in range(0, on.count, on.plan.batch)
        if len(order[at : at + on.plan.batch]) == on.plan.batch
    ]
    steps, left = divmod(on.count, on.plan.batch)
    return len(whole) == steps and on.count - len(whole) * on.plan.batch == left


def _starts_like_a_guess(on: TrainSituation) -> bool:
    import torch

    from cnn_core.networks.training.optimization import to_tensor

    test = load_fashion("test")
    with torch.inference_mode():
        scores = on.untrained(to_tensor(test.images[:100]))
    labels = torch.from_numpy(test.labels[:100].astype(np.int64))
    return abs(float(torch.nn.functional.cross_entropy(scores, labels)) - _GUESS) < 0.5


def _sees(on: TrainSituation) -> int:
    """Count the pixels along one side that a number of the last map depends on."""
    sees, apart = 1, 1
    for layer in on.layers:
        if layer.kind in ("conv", "max_pool", "avg_pool"):
            sees += (layer.kernel[0] - 1) * apart
            apart *= layer.stride[0]
    return sees


def _sees_sentence(on: TrainSituation) -> str:
    sees = _sees(on)
    whole = " The picture has 28 × 28, so the outer ones of these are padding." if sees > 28 else ""
    return (
        f"A number of the last map is computed from **{sees} × {sees} pixels**: its receptive "
        f"field.{whole}"
    )


def _field_is_that(on: TrainSituation) -> bool:
    """Multiply the windows out from the last layer to the first."""
    sees = 1
    for layer in reversed(on.layers):
        if layer.kind in ("conv", "max_pool", "avg_pool"):
            sees = (sees - 1) * layer.stride[0] + layer.kernel[0]
    return sees == _sees(on)


def _is_one_affine_function(on: TrainSituation) -> bool:
    import torch

    draw = torch.Generator().manual_seed(0)
    one, other = (torch.rand(1, 1, 28, 28, generator=draw) for _ in range(2))
    with torch.inference_mode():
        both, zero = on.untrained(one + other), on.untrained(torch.zeros(1, 1, 28, 28))
        apart = on.untrained(one) + on.untrained(other) - zero
    return bool(torch.allclose(both, apart, atol=1e-3))


def _share_sentence(on: TrainSituation) -> str:
    first = on.plan.maps * on.plan.kernel**2
    dense = 784 * on.plan.maps
    return (
        f"The {on.plan.maps} kernels of layer 1 have {first:,} weights together. A dense layer "
        f"with {on.plan.maps} units has {dense:,}: {times_text(dense / first)} times as many."
    )


def _first_layer_is_that_small(on: TrainSituation) -> bool:
    weights = on.untrained.parts["conv1"].weight.numel()
    import torch

    return bool(
        weights == on.plan.maps * on.plan.kernel**2
        and torch.nn.Linear(784, on.plan.maps).weight.numel() == 784 * on.plan.maps
    )


CLAIMS: tuple[Claim[TrainSituation], ...] = (
    Claim(
        key="train_guess",
        applies=always,
        sentence=lambda on: (
            "Before training, the weights are random. The loss is about ln 10 = 2.30, as if each "
            "of the ten classes had a probability of 10 %: there the curves begin. How many "
            "pictures are classified correctly is chance."
        ),
        check=_starts_like_a_guess,
    ),
    Claim(key="train_size", applies=always, sentence=_size_sentence, check=_sizes_are_torchs),
    Claim(
        key="train_share",
        applies=lambda on: on.plan.kind == "cnn",
        sentence=_share_sentence,
        check=_first_layer_is_that_small,
    ),
    Claim(
        key="train_sees",
        applies=lambda on: on.plan.kind == "cnn",
        sentence=_sees_sentence,
        check=_field_is_that,
    ),
    Claim(
        key="train_affine",
        applies=lambda on: on.is_affine,
        sentence=lambda on: (
            "There is no activation function, so all layers before softmax together compute one "
            "sum for each class: of all pixels, each times a weight, and a constant. One dense "
            "layer can compute the same."
        ),
        check=_is_one_affine_function,
    ),
    Claim(key="train_steps", applies=always, sentence=_steps_sentence, check=_steps_are_counted),
    Claim(key="train_cost", applies=always, sentence=_cost_sentence, check=_products_are_counted),
)
