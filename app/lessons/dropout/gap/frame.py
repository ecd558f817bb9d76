"""Recorded trainings with dropout as a frame: accuracy over the share, loss over the epochs."""

from typing import Any

from app.drawing.axes import axis, round_ticks
from app.drawing.numbers import percent_text
from app.lessons.dropout.controls import pytorch_text, stops
from app.lessons.dropout.fixed_text import points_text
from app.lessons.dropout.gap.settings import SHARES
from app.lessons.dropout.gap.situation import ALL_SHARES, GapSituation, MeanAccuracy
from cnn_core.networks.experiments.sweeps import SweptTraining


def gap_frame(on: GapSituation) -> dict[str, Any]:
    """Describe the view."""
    sizes, share = on.recording.sizes, on.settings.share
    points = [point for one in on.recording.runs for point in one.points]
    losses = [
        loss for one in points for loss in (one.train_loss, one.test_loss) if loss is not None
    ]
    accuracies = [
        end
        for one in on.recording.runs
        for end in (one.last.train_accuracy, one.last.test_accuracy)
    ]
    return {
        "kind": "drop_gap",
        "bars": [],
        "controls": [stops("drop_share", "Share dropped", SHARES, f"{share:g}")],
        "share": share,
        "words": f"Behind each hidden layer: {pytorch_text(1 - share)}, the share that is dropped. "
        f"Kept is each output with probability p = {round(1 - share, 6):g}.",
        "sizes": [_size(on, pictures) for pictures in sizes],
        "lowest": 100 * min(accuracies),
        "loss": axis(
            0,
            1.05 * max(losses),
            round_ticks(0, 1.05 * max(losses), most=4),
            "loss (nats) over the epochs",
        ),
    }


def _size(on: GapSituation, pictures: int) -> dict[str, Any]:
    means = [on.mean(pictures, share) for share in ALL_SHARES]
    runs = on.trainings(pictures, on.settings.share)
    last = max(point.epoch for one in runs for point in one.points)
    ends = [(share, one.last) for share in ALL_SHARES for one in on.trainings(pictures, share)]
    return {
        "title": f"{pictures:,} pictures",
        "words": gap_text(on.mean(pictures, on.settings.share)),
        "shares": list(ALL_SHARES),
        "train": [100 * one.train for one in means],
        "test": [100 * one.test for one in means],
        "seed_shares": [share for share, _ in ends],
        "seed_train": [100 * one.train_accuracy for _, one in ends],
        "seed_test": [100 * one.test_accuracy for _, one in ends],
        "x": axis(0, last, round_ticks(0, last, most=5), ""),
        "runs": [_losses(one) for one in runs],
    }


def _losses(one: SweptTraining) -> dict[str, Any]:
    return {
        "epochs": [point.epoch for point in one.points],
        "train": [point.train_loss for point in one.points],
        "test": [point.test_loss for point in one.points],
    }


def gap_text(mean: MeanAccuracy) -> str:
    """Write both accuracies and the gap between them."""
    return (
        f"train {percent_text(mean.train)}, test {percent_text(mean.test)}: "
        f"gap {points_text(mean.gap)}"
    )
