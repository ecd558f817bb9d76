"""The settings of the view train of Watch it learn as flat text: a plan, and what is watched."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.lessons.watch_it_learn.train.messages import Pictures
from app.networks.settings import bundled_pictures
from app.session.control import Menu
from app.session.settings import Setting, by_key, named, read_all
from cnn_core.datasets import DEBIAN_FASHION, FASHION_CLASSES
from cnn_core.networks.models.fashion import PREPARATION
from cnn_core.networks.training.plan import TrainingPlan

OWN = "own"
"""Instead of a class: the picture in use is watched."""

KINDS = {"cnn": "CNN", "dense": "Dense"}
POOLINGS = {"max": "Max", "average": "Average", "none": "None"}
FUNCTIONS = {
    "relu": "ReLU",
    "leaky_relu": "Leaky ReLU",
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
    "identity": "None",
}
OPTIMIZERS = {"sgd": "SGD", "momentum": "Momentum", "adam": "Adam"}
AUGMENTATIONS = {"none": "None", "flip": "Mirror", "shift": "Shift", "both": "Mirror and shift"}
PICTURES = {"subset": "10,000, bundled", "train": "all 60,000"}
WATCHED = {str(at): name for at, name in enumerate(FASHION_CLASSES)} | {OWN: "Your picture"}
CHARTS = {"curves": "Curves", "confusion": "Confusion", "gradients": "Gradients"}
_SWITCH = {"1": "On", "0": "Off"}


def _same(*words: str) -> dict[str, str]:
    return {word: word for word in words}


def _percent(*shares: str) -> dict[str, str]:
    return {share: f"{100 * float(share):g} %" for share in shares}


def _choice(
    key: str,
    label: str,
    default: str,
    names: Mapping[str, str],
    *,
    argument: str,
    help: str = "",
    name: str = "",
) -> Setting:
    return Setting(
        key=f"learn_net_{key}",
        name=name or label[0].lower() + label[1:],
        default=default,
        read=named(names),
        control=Menu(label=label, options=tuple(names.items()), help=help),
        argument=argument,
    )


SETTINGS: Mapping[str, Setting] = by_key(
    _choice(
        "kind",
        "Network",
        "cnn",
        KINDS,
        argument="kind",
        help="CNN: convolutions, then one dense layer for the classes. Dense: dense layers only.",
    ),
    _choice(
        "layers",
        "Layers",
        "2",
        _same("1", "2", "3", "4"),
        argument="layers",
        help="Not counting the last dense layer, which outputs the classes.",
    ),
    _choice(
        "maps",
        "Maps",
        "16",
        _same("4", "8", "16", "32"),
        argument="maps",
        help="How many kernels each layer has; each makes one map.",
    ),
    _choice(
        "units",
        "Units",
        "128",
        _same("16", "32", "64", "128", "256"),
        argument="units",
        help="How many numbers each dense layer outputs.",
    ),
    _choice(
        "kernel",
        "Kernel",
        "5",
        {side: f"{side} × {side}" for side in ("1", "3", "5", "7")},
        argument="kernel",
    ),
    _choice(
        "rate",
        "Rate",
        "0.002",
        _same("0.0001", "0.0005", "0.001", "0.002", "0.005", "0.01", "0.03", "0.1", "0.3", "1"),
        argument="learning_rate",
        help="The learning rate: how far each step goes.",
        name="learning rate",
    ),
    _choice("watched", "Watch", "9", WATCHED, argument=""),
    _choice(
        "optimizer",
        "Optimizer",
        "adam",
        OPTIMIZERS,
        argument="optimizer",
        help="SGD: each weight moves against its gradient. Momentum: SGD whose steps add up. "
        "Adam: each weight has a step size of its own.",
    ),
    _choice("pooling", "Pooling", "max", POOLINGS, argument="pooling"),
    _choice("function", "Activation", "relu", FUNCTIONS, argument="activation"),
    _choice("norm", "Batch norm", "1", _SWITCH, argument="batch_norm"),
    _choice(
        "dropout",
        "Dropout",
        "0",
        _percent("0", "0.1", "0.2", "0.3", "0.5"),
        argument="dropout",
        help="In each step, so many inputs of the last layer are set to 0.",
    ),
    _choice(
        "decay",
        "Weight decay",
        "0",
        _same("0", "0.0001", "0.001", "0.01", "0.1"),
        argument="weight_decay",
    ),
    _choice(
        "augmentation",
        "Augmentation",
        "none",
        AUGMENTATIONS,
        argument="augmentation",
        help="Each training picture is changed a little, anew in each epoch.",
    ),
    _choice(
        "batch",
        "Batch",
        "64",
        _same("16", "32", "64", "128", "256"),
        argument="batch",
        help="Pictures in one step.",
    ),
    _choice(
        "epochs",
        "Epochs",
        "8",
        _same("1", "2", "4", "8", "15", "30"),
        argument="epochs",
        help="How often the training goes through the pictures.",
    ),
    _choice(
        "seed",
        "Seed",
        "0",
        _same(*map(str, range(10))),
        argument="seed",
        help="The same seed gives the same training.",
    ),
    _choice("pictures", "Training pictures", "subset", PICTURES, argument=""),
    Setting(key="learn_net_chart", name="chart", default="curves", read=named(CHARTS)),
)

_READ_AS: Mapping[str, Any] = {
    "layers": int,
    "maps": int,
    "units": int,
    "kernel": int,
    "batch": int,
    "epochs": int,
    "seed": int,
    "learning_rate": float,
    "dropout": float,
    "weight_decay": float,
    "batch_norm": lambda text: text == "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainSettings:
    """What would be trained, read and checked.

    Attributes:
        plan: the network and how it is trained.
        pictures: what it is trained on.
        watched: a class, whose first test picture is watched, or `OWN`.
    """

    plan: TrainingPlan
    pictures: Pictures
    watched: str


def read_settings(texts: Mapping[str, object]) -> TrainSettings:
    """Read all settings; what is missing takes its default.

    Raises:
        CnnCoreError: if one is unknown or wrong, or if they make no network that can be trained.

    >>> read_settings({"learn_net_maps": "8"}).plan.maps
    8
    """
    values = read_all(SETTINGS, texts, owner="Watch it learn")
    chosen = {
        one.argument: _READ_AS.get(one.argument, str)(values[key])
        for key, one in SETTINGS.items()
        if one.argument
    }
    return TrainSettings(
        plan=TrainingPlan(**chosen),
        pictures=values["learn_net_pictures"],
        watched=values["learn_net_watched"],
    )


def watched_picture(settings: TrainSettings, pixels: np.ndarray) -> np.ndarray:
    """Return the picture whose maps are shown, uint8 (28, 28).

    `pixels` is the picture in use, uint8 (H, W, 3): its middle square is made small and gray.
    """
    if settings.watched == OWN:
        return PREPARATION.view(pixels)
    test = bundled_pictures()
    first = int(np.flatnonzero(test.labels == int(settings.watched))[0])
    return np.asarray(test.images[first])


def has_all_pictures() -> bool:
    """Whether all 60,000 training pictures are installed on this server."""
    return DEBIAN_FASHION.is_dir()
