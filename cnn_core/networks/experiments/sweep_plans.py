"""What is swept: the trainings of each sweep, and what is told of them. Adding one is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from cnn_core.networks.experiments.sweeps import SweepRun
from cnn_core.networks.training.plan import TrainingPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Many trainings that differ in few things.

    Attributes:
        name: what its recording is called.
        note: in sentences, what was done; it goes into the card.
        runs: the trainings.
        keeps_weights: whether the last weights are kept, see `FinalWeights`.
    """

    name: str
    note: str
    runs: tuple[SweepRun, ...]
    keeps_weights: bool = False


_MEASURED = (
    "The points of the curves are measured on the first 2,000 training and test pictures, the last "
    "one on up to 10,000 training pictures and all test pictures. Nothing was selected: the last "
    "weights count. Losses are mean cross-entropies in nats."
)

_NORMED = TrainingPlan(
    layers=4, maps=16, kernel=3, optimizer="sgd", learning_rate=0.1, batch=64, epochs=5
)
_NORMED_PICTURES = 10_000
_RATES = (0.01, 0.1, 1.0)

_DROPPED = TrainingPlan(
    kind="dense", layers=2, units=256, batch_norm=False, learning_rate=0.001, batch=50, epochs=15
)
_DROPPED_EPOCHS = {500: 60, 5_000: 40, 50_000: 15}
"""Fewer pictures are shown more often, so that each network is trained until little changes."""
_RATES_OF_DROPOUT = (0.0, 0.2, 0.4, 0.6, 0.8)

_DECAYED = TrainingPlan(
    layers=2,
    maps=16,
    kernel=7,
    batch_norm=False,
    optimizer="momentum",
    learning_rate=0.01,
    batch=50,
    epochs=30,
)
_DECAYED_PICTURES = 2_000
_DECAYS = (0.0, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)

_ALL = (
    Sweep(
        name="batch_norm",
        note=(
            "The same CNN with and without batch norm at three learning rates, three seeds each: "
            f"{_NORMED.layers} convolutions of {_NORMED.kernel} x {_NORMED.kernel} with "
            f"{_NORMED.maps} maps, ReLU, max pooling, one dense layer; plain stochastic gradient "
            f"descent with batches of {_NORMED.batch} on {_NORMED_PICTURES:,} training pictures of "
            f"Fashion-MNIST, the first 1,000 of each class, {_NORMED.epochs} epochs, nothing "
            "augmented. Measured with the running averages, as a trained network is used. "
            + _MEASURED
        ),
        runs=tuple(
            SweepRun(
                name=f"{'with' if normed else 'without'} batch norm, rate {rate:g}, seed {seed}",
                plan=replace(_NORMED, batch_norm=normed, learning_rate=rate, seed=seed),
                pictures=_NORMED_PICTURES,
            )
            for normed in (True, False)
            for rate in _RATES
            for seed in range(3)
        ),
    ),
    Sweep(
        name="dropout",
        note=(
            "The same dense network with dropout from 0 to 0.8 on 500, 5,000 and 50,000 pictures, "
            f"two seeds each: {_DROPPED.layers} layers of {_DROPPED.units} units with ReLU, a "
            "share of their outputs set to 0 in each step, one layer for the classes; Adam with "
            f"rate {_DROPPED.learning_rate:g} and batches of {_DROPPED.batch} on the first "
            "training pictures of Fashion-MNIST (of the first 1,000 of each class where they are "
            "enough), "
            + ", ".join(f"{epochs} epochs for {n:,}" for n, epochs in _DROPPED_EPOCHS.items())
            + ", nothing augmented. Measured without dropout, as a trained network is used. "
            + _MEASURED
        ),
        runs=tuple(
            SweepRun(
                name=f"dropout {share:g}, {pictures:,} pictures, seed {seed}",
                plan=replace(_DROPPED, dropout=share, seed=seed, epochs=epochs),
                pictures=pictures,
            )
            for pictures, epochs in _DROPPED_EPOCHS.items()
            for share in _RATES_OF_DROPOUT
            for seed in range(2)
        ),
    ),
    Sweep(
        name="weight_decay",
        note=(
            "The same CNN with weight decay from none to strong, three seeds each: "
            f"{_DECAYED.layers} convolutions of {_DECAYED.kernel} x {_DECAYED.kernel} with "
            f"{_DECAYED.maps} maps, ReLU, max pooling, one dense layer; stochastic gradient "
            f"descent with Nesterov momentum 0.9, rate {_DECAYED.learning_rate:g} and batches of "
            f"{_DECAYED.batch} on {_DECAYED_PICTURES:,} training pictures of Fashion-MNIST, the "
            f"first of the bundled ones, {_DECAYED.epochs} epochs, nothing augmented. In each "
            "step the decay "
            "times the weight is added to the gradient of each kernel and dense weight, not of the "
            "biases. " + _MEASURED
        ),
        runs=tuple(
            SweepRun(
                name=f"weight decay {decay:g}, seed {seed}",
                plan=replace(_DECAYED, weight_decay=decay, seed=seed),
                pictures=_DECAYED_PICTURES,
            )
            for decay in _DECAYS
            for seed in range(3)
        ),
        keeps_weights=True,
    ),
)
SWEEPS: Mapping[str, Sweep] = MappingProxyType({sweep.name: sweep for sweep in _ALL})
