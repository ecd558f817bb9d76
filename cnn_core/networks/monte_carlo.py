"""Monte Carlo dropout: the class probabilities of a network under many masks, as doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnn_core.dropout import dropout
from cnn_core.errors import CnnCoreError
from cnn_core.networks.network import Network
from cnn_core.networks.tracing import Trace

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MaskedScores:
    """Class probabilities under many masks.

    Attributes:
        scores: float64 (masks, classes), each row adding up to 1.
    """

    scores: Scores

    @property
    def mean(self) -> Scores:
        """The mean probability of each class, (classes,)."""
        mean: Scores = self.scores.mean(axis=0)
        return mean

    def interval(self, share: float = 0.9) -> tuple[Scores, Scores]:
        """Return between which probabilities a `share` of the masks lies, for each class."""
        edge = (1 - share) / 2
        low, high = np.quantile(self.scores, (edge, 1 - edge), axis=0)
        return low, high

    def chosen(self) -> npt.NDArray[np.int64]:
        """Count the masks under which each class is the most probable one, (classes,)."""
        return np.bincount(self.scores.argmax(axis=1), minlength=self.scores.shape[1])


def dropout_layer(network: Network) -> str:
    """Return the last dropout layer of a network, behind which only a dense layer follows.

    Raises:
        CnnCoreError: if it has none.
    """
    *_, drop, dense, softmax = network.layers
    if (drop.kind, dense.kind, softmax.kind) == ("dropout", "dense", "softmax"):
        return drop.name
    raise CnnCoreError(f"{network.title} has no dropout before its last dense layer.")


def masked_scores(trace: Trace, *, keep: float, masks: int, seed: int) -> MaskedScores:
    """Leave dropout on before the last dense layer, and compute the scores under many masks.

    Source: Gal and Ghahramani, "Dropout as a Bayesian Approximation", 2016.

    Args:
        trace: of a picture through a network with dropout before its last dense layer.
        keep: the probability that a number is present, above 0 and up to 1.
        masks: how many are drawn, at least 1.
        seed: of the masks.

    Raises:
        CnnCoreError: if the network has no such layer, or the numbers are outside these ranges.
    """
    if masks < 1 or not 0 < keep <= 1:
        raise CnnCoreError("At least 1 mask is drawn, with a probability above 0 and up to 1.")
    network = trace.network
    drop = network.layer(dropout_layer(network))
    dense = network.layers[-2].name
    features = trace[drop.inputs[0]].ravel()
    kept = dropout(
        np.broadcast_to(features, (masks, features.size)),
        keep=keep,
        rng=np.random.default_rng(seed),
    )
    weights = network.weights(dense)
    assert weights is not None  # of a dense layer
    bias = network.module.parts[dense].bias.detach().numpy()  # type: ignore[operator]
    logits = (kept.values @ weights.reshape(len(weights), -1).T + bias).astype(np.float64)
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return MaskedScores(scores=shifted / shifted.sum(axis=1, keepdims=True))
