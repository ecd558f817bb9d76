"""What to try with a training: changes of the plan, and what they promise."""

import dataclasses
import itertools
from typing import Any

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.watch_it_learn.train.settings import OWN
from app.lessons.watch_it_learn.train.situation import TrainSituation
from cnn_core.datasets import LabelledImages, load_fashion
from cnn_core.errors import CnnCoreError
from cnn_core.networks.models.fashion import PREPARATION

_DENSE = {"learn_net_kind": "dense", "learn_net_layers": "1", "learn_net_units": "128"}


def _can(on: TrainSituation, **changes: Any) -> bool:
    """Whether the plan with these changes can be trained."""
    try:
        dataclasses.replace(on.plan, **changes)
    except CnnCoreError:
        return False
    return True


def _first_losses(on: TrainSituation, steps: int) -> list[float]:
    """Train a few steps on the first pictures; the loss before each, and after the last."""
    from cnn_core.networks.training.run import train

    data, test = load_fashion("subset"), load_fashion("test")
    count = steps * on.plan.batch
    few = LabelledImages(images=data.images[:count], labels=data.labels[:count])
    tiny = LabelledImages(images=test.images[:50], labels=test.labels[:50])
    found = itertools.islice(train(on.plan, few, tiny), steps + 1)
    return [progress.loss for progress in found]


def _explodes(before: TrainSituation, after: TrainSituation) -> bool:
    losses = _first_losses(after, 5)
    return not np.isfinite(losses[-1]) or losses[-1] > 3 * losses[0]


def _goes_far(on: TrainSituation) -> bool:
    """Whether steps that are too large show; few or small kernels may output 0 from then on."""
    plan = on.plan
    is_there = (plan.learning_rate, plan.optimizer) == (1.0, "adam")
    is_large = plan.layers <= 2 and plan.maps >= 16 and plan.kernel >= 3
    return plan.kind == "cnn" and is_large and not is_there


def _is_larger(before: TrainSituation, after: TrainSituation) -> bool:
    return after.plan.kind == "dense" and after.plan.parameters > 3 * before.plan.parameters


def _last_grows(before: TrainSituation, after: TrainSituation) -> bool:
    return after.last.parameters > 3 * before.last.parameters


def _is_own(before: TrainSituation, after: TrainSituation) -> bool:
    import torch

    from cnn_core.networks.training.optimization import to_tensor

    view = PREPARATION.view(after.picture.pixels)
    with torch.inference_mode():
        shares = torch.softmax(after.untrained(to_tensor(view[None])), dim=1)
    return bool(np.array_equal(after.watched, view) and abs(float(shares.sum()) - 1) < 1e-5)


ATTEMPTS: tuple[Attempt[TrainSituation], ...] = (
    Attempt(
        key="train_rate",
        label="Use Adam with a learning rate of 1",
        outcome="The steps are far too large. Train: after the first steps the loss is several "
        "times that of the random network.",
        changes=lambda on: {"learn_net_rate": "1", "learn_net_optimizer": "adam"},
        check=_explodes,
        applies=_goes_far,
    ),
    Attempt(
        key="train_dense",
        label="Use a dense network",
        outcome="It has more than three times as many parameters. Train both and compare the "
        "curves.",
        changes=lambda on: _DENSE,
        check=_is_larger,
        applies=lambda on: on.plan.kind == "cnn" and on.plan.parameters < 30_000,
    ),
    Attempt(
        key="train_pooling",
        label="Leave out the pooling",
        outcome="The last dense layer gets maps of full size, so it has more than three times as "
        "many weights. Each step takes longer.",
        changes=lambda on: {"learn_net_pooling": "none"},
        check=_last_grows,
        applies=lambda on: (
            on.plan.kind == "cnn" and on.plan.pooling != "none" and _can(on, pooling="none")
        ),
    ),
    Attempt(
        key="train_own",
        label="Watch your own picture",
        outcome="What is shown is computed from your picture, small and gray. If it shows no "
        "garment, no class fits it; the probabilities of the ten classes still sum to 1.",
        changes=lambda on: {"learn_net_watched": OWN},
        check=_is_own,
        applies=lambda on: on.settings.watched != OWN,
    ),
)
