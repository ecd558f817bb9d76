"""What the stage of "A network" shows: kernels, weights and accuracies of all trainings."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.caching import MIB, cached
from app.drawing import colors
from app.drawing.axes import axis
from app.drawing.encode import encode_for_screen
from app.drawing.frame import Blob
from app.drawing.legend import scale_ends
from app.drawing.numbers import number_text, percent_text
from app.lessons.weight_decay.network.settings import DECAYS, SEEDS
from app.lessons.weight_decay.network.situation import (
    NetworkDecaySituation,
    every_training,
    recording,
    training,
    weights_of,
)
from cnn_core.networks.experiments.sweeps import FinalWeights, SweptTraining


def network_frame() -> tuple[dict[str, Any], list[Blob]]:
    """Describe all trainings, so that the slider asks for nothing: a header and its pictures.

    Raises:
        DataMissingError: if the recording is missing.
    """
    return _frame(recording().card.date)


@cached(max_bytes=MIB)
def _frame(date: str) -> tuple[dict[str, Any], list[Blob]]:
    limit = kernel_limit()
    ends = scale_ends("signed", limit)
    first = weights_of(every_training()[0])
    count, side = first.kernels.shape[:2]
    return {
        "decays": list(DECAYS),
        "seeds": list(SEEDS),
        "kernels": {"count": count, "side": side},
        "trainings": {
            f"{decay} {seed}": _training(training(value, number))
            for decay, value in DECAYS.items()
            for seed, number in SEEDS.items()
        },
        "axes": _histogram_axes(first.edges),
        "edges": [round(float(edge), 5) for edge in first.edges],
        "before": _heights(weights_of(training(0.0, 0))),
        "legend": {
            "low": ends.low,
            "middle": ends.middle,
            "high": ends.high,
            "gradient": colors.css_gradient("signed"),
        },
        "percents": _percents(),
        "curves": {
            "train": _curve(lambda one: 100 * one.last.train_accuracy),
            "test": _curve(lambda one: 100 * one.last.test_accuracy),
            "length": _curve(lambda one: weights_of(one).length),
        },
    }, [
        _kernels(f"{decay} {seed}", weights_of(training(value, number)), limit)
        for decay, value in DECAYS.items()
        for seed, number in SEEDS.items()
    ]


def kernel_limit() -> float:
    """Return where the color scale of all kernels ends: the same with every weight decay."""
    return colors.nice_limit(np.stack([weights_of(one).kernels for one in every_training()]))


def recorded_text(on: NetworkDecaySituation) -> str:
    """Say what was trained and how it is done again."""
    card = on.recorded.card
    minutes = max(1, round(card.seconds / 60))
    last = on.shown.last
    return (
        f"{card.note} Here the last point is shown: {last.train.trials:,} training and "
        f"{last.test.trials:,} test pictures. Recorded on {card.date} with `{card.command}`, "
        f"which took {minutes} min; PyTorch {card.torch}."
    )


def _training(one: SweptTraining) -> dict[str, Any]:
    weights = weights_of(one)
    return {
        "train": percent_text(one.last.train_accuracy),
        "test": percent_text(one.last.test_accuracy),
        "length": number_text(weights.length, digits=3),
        "heights": _heights(weights),
        "alt": _kernels_alt(weights),
    }


def _kernels_alt(weights: FinalWeights) -> str:
    largest = number_text(float(np.abs(weights.kernels).max()), digits=2)
    count, rows, columns = weights.kernels.shape
    return (
        f"{count} kernels of {rows} × {columns} weights; the largest weight has a size of {largest}"
    )


def _kernels(name: str, weights: FinalWeights, limit: float) -> Blob:
    """Draw the kernels below each other, a row of pixels for each row of weights."""
    rows = weights.kernels.reshape(-1, weights.kernels.shape[2])
    data, media_type = encode_for_screen(colors.signed(rows, limit=limit).picture)
    return Blob(name=name, type=media_type, data=data)


def _heights(weights: FinalWeights) -> list[float]:
    """Return the height of each bar on an axis of powers of ten; none where there is no weight."""
    return [round(math.log10(1 + int(count)), 4) for count in weights.counts]


def _histogram_axes(edges: np.ndarray) -> dict[str, Any]:
    most = max(int(weights_of(one).counts.max()) for one in every_training())
    powers = range(math.ceil(math.log10(1 + most)) + 1)
    end = float(max(abs(edges[0]), abs(edges[-1])))
    half = float(f"{end / 2:.1g}")
    ticks = [
        (at, number_text(at)) for at in (-2 * half, -half, 0.0, half, 2 * half) if abs(at) <= end
    ]
    return {
        "x": axis(-end, end, ticks, "weight"),
        "y": axis(
            0,
            float(powers[-1]),
            [(math.log10(1 + 10**power), f"{10**power:,}") for power in powers[:-1]],
            "number of weights",
        ),
    }


def _percents() -> list[float]:
    """Return where the axis of the accuracies begins and ends: at a ten below the lowest."""
    lasts = [one.last for one in every_training()]
    lowest = min(min(last.train_accuracy, last.test_accuracy) for last in lasts)
    return [10.0 * math.floor(10 * lowest - 0.2), 102.0]


def _curve(value: Callable[[SweptTraining], float]) -> dict[str, Any]:
    """Describe a value of all trainings: a list for each seed, and the means."""
    seeds = [
        [round(value(training(decay, seed)), 3) for decay in DECAYS.values()]
        for seed in SEEDS.values()
    ]
    return {"seeds": seeds, "mean": [round(float(at), 3) for at in np.mean(seeds, axis=0)]}
