"""The bundled test pictures of garments: those of a class, those that are classified wrongly."""

from dataclasses import dataclass

import numpy as np

from app.networks.settings import NetworkSettings, bundled_pictures
from cnn_core.datasets import FASHION_CLASSES
from cnn_core.networks.accuracy import recorded_classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which test pictures are looked for.

    Attributes:
        network: whose mistakes count.
        label: their class, None for every class.
        wrong: whether only pictures that the network classifies wrongly.
    """

    network: str
    label: int | None = None
    wrong: bool = False


def label_of(settings: NetworkSettings) -> str:
    """Return the true class of the test picture that a network is given, "" for other input."""
    if not settings.uses_pad or settings.source != "garment":
        return ""
    return FASHION_CLASSES[bundled_pictures().labels[settings.garment]]


def chosen(choice: Choice) -> np.ndarray:
    """List the positions of the test pictures that are looked for, ascending, int64 (N,).

    None is known to be wrong of a network whose classes were not recorded.
    """
    labels = bundled_pictures().labels
    wanted = np.ones(len(labels), bool) if choice.label is None else labels == choice.label
    if choice.wrong:
        given = recorded_classes(choice.network)
        wanted = wanted & (given != labels) if given is not None else np.zeros_like(wanted)
    return np.flatnonzero(wanted)


def next_mistakes(network: str, garment: int, count: int) -> list[int]:
    """List the next test pictures behind `garment` that are classified wrongly, around the end.

    >>> next_mistakes("fashion_cnn", 0, 3), next_mistakes("fashion_cnn", 9_999, 1)
    ([23, 25, 27], [23])
    >>> next_mistakes("efficientnet_lite0", 0, 3)
    []
    """
    mistakes = chosen(Choice(network=network, wrong=True))
    behind = np.concatenate([mistakes[mistakes > garment], mistakes[mistakes <= garment]])
    return [int(at) for at in behind[:count]]
