"""What to try before, after and folded."""

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.batch_norm.maps.settings import CHANNELS, SETTINGS
from app.lessons.batch_norm.trained.runs import rates, seed_curves
from app.lessons.batch_norm.trained.situation import TrainedSituation


def _next_map(on: TrainedSituation) -> str:
    return str((on.settings.channel + 1) % CHANNELS[on.settings.layer])


def _other_layer(on: TrainedSituation) -> str:
    layers = list(CHANNELS)
    return layers[(layers.index(on.settings.layer) + 1) % len(layers)]


def _varies(curve: np.ndarray) -> float:
    return float(np.abs(np.diff(curve)).mean())


ATTEMPTS: tuple[Attempt[TrainedSituation], ...] = (
    Attempt(
        key="norm_try_all",
        label="Set momentum to 1",
        outcome="The running average jumps from batch to batch: it is the last batch.",
        changes=lambda on: {"norm_momentum": "1"},
        check=lambda before, after: bool(
            np.allclose(after.curve.mean, after.curve.batch_mean, rtol=1e-5, atol=1e-6)
        ),
        applies=lambda on: on.part == "running" and on.settings.momentum < 1,
    ),
    Attempt(
        key="norm_try_slow",
        label="Set momentum to 0.01",
        outcome="The running average is calm, and 100 batches are too few for it to fill up.",
        changes=lambda on: {"norm_momentum": "0.01"},
        check=lambda before, after: (
            _varies(after.curve.mean) < _varies(before.curve.mean)
            and abs(after.curve.mean[-1]) < 0.75 * abs(after.curve.batch_mean.mean()) + 1e-3
        ),
        applies=lambda on: on.part == "running" and on.settings.momentum > 0.03,
    ),
    Attempt(
        key="norm_try_single",
        label="Batches of one picture",
        outcome="The points are far apart: one picture says little about all.",
        changes=lambda on: {"norm_size": "1"},
        check=lambda before, after: bool(
            after.curve.batch_mean.std() > before.curve.batch_mean.std()
        ),
        applies=lambda on: on.part == "running" and on.settings.size >= 16,
    ),
    Attempt(
        key="norm_try_map",
        label="Take the next map",
        outcome="Each map has a mean and a standard deviation of its own, and its own γ and β.",
        changes=lambda on: {"norm_channel": _next_map(on)},
        check=lambda before, after: (
            after.settings.channel != before.settings.channel and after.kept != before.kept
        ),
        applies=lambda on: on.part != "runs",
    ),
    Attempt(
        key="norm_try_layer",
        label="Take the next layer",
        outcome="The next batch norm of the network is shown.",
        changes=lambda on: {
            "norm_layer": _other_layer(on),
            "norm_channel": SETTINGS["norm_channel"].default,
        },
        check=lambda before, after: after.settings.layer != before.settings.layer,
        applies=lambda on: on.part != "runs",
    ),
    Attempt(
        key="norm_try_loss",
        label="Show the training loss",
        outcome="With batch norm it is lower at the end, at every learning rate.",
        changes=lambda on: {"norm_measure": "loss"},
        check=lambda before, after: all(
            seed_curves(rate, batch_norm=True, measure=after.settings.measure).high[-1]
            < seed_curves(rate, batch_norm=False, measure=after.settings.measure).low[-1]
            for rate in rates()
        ),
        applies=lambda on: on.part == "runs" and on.settings.measure == "accuracy",
    ),
    Attempt(
        key="norm_try_runs",
        label="Train with and without",
        outcome="Recorded trainings at three learning rates, with and without batch norm.",
        changes=lambda on: {"norm_part": "runs", "norm_measure": "accuracy"},
        check=lambda before, after: after.part == "runs",
        applies=lambda on: on.part != "runs",
    ),
    Attempt(
        key="norm_try_fold",
        label="Fold it into the kernel",
        outcome="One multiplied kernel and one bias output the same as convolution and batch norm.",
        changes=lambda on: {"norm_part": "fold"},
        check=lambda before, after: (
            after.folding.difference <= 1e-4 * max(1.0, float(np.abs(after.folding.both).max()))
        ),
        applies=lambda on: on.part != "fold",
    ),
)
