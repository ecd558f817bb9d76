"""Attributions and what they are compared with, computed once: by network, picture and class.

Nothing here imports torch before the first attribution is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from app.caching import MIB, cached
from app.networks.attribution_drawing import DrawnAttribution, draw_attribution, strength
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput
from app.networks.traces import size_of_trace, traced
from cnn_core import networks
from cnn_core.errors import CnnCoreError
from cnn_core.networks.attribution import methods

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlations:
    """Rank correlations of attributions: -1 to 1.

    Attributes:
        methods: the keys of the methods compared.
        between: of two methods, in that order.
        randomized: of a method's attribution with the one from random weights.
    """

    methods: tuple[str, ...]
    between: Mapping[tuple[str, str], float]
    randomized: Mapping[str, float]


@cached(max_bytes=64 * MIB)
def attribution(
    network: str, shown: NetworkInput, number: int, method: str, *, randomized: bool = False
) -> np.ndarray:
    """Attribute class `number` to pixels: float32 (H, W), or (H, W, C) with a sign.

    Args:
        network: its key.
        shown: what the network is shown.
        number: the class.
        method: its key.
        randomized: whether to take the same network with random weights.

    Raises:
        CnnCoreError: if the network or the method cannot be had.
    """
    trace = randomized_trace(network, shown) if randomized else traced(network, shown)
    return np.ascontiguousarray(methods.method_of(method).compute(trace, number))


@cached(max_bytes=MIB)
def randomized_scores(network: str, shown: NetworkInput) -> np.ndarray:
    """Return the class probabilities of the network with random weights."""
    return randomized_trace(network, shown).scores.copy()


@cached(max_bytes=24 * MIB)
def attribution_figure(
    network: str, shown: NetworkInput, number: int, method: str, *, randomized: bool
) -> DrawnAttribution:
    """Compute the same and draw it."""
    values = attribution(network, shown, number, method, randomized=randomized)
    return draw_attribution(values, predicted(network, shown).view)


@cached(max_bytes=MIB)
def rank_correlations(network: str, shown: NetworkInput, number: int) -> Correlations:
    """Correlate the methods that this network allows with each other and with random weights."""
    from cnn_core.networks.attribution.sanity import rank_correlation

    strengths: dict[str, np.ndarray] = {}
    randomized: dict[str, float] = {}
    for key in methods.METHODS:
        try:
            strengths[key] = strength(attribution(network, shown, number, key))
            other = strength(attribution(network, shown, number, key, randomized=True))
        except CnnCoreError:
            continue  # the page has the reason in the place of its picture
        randomized[key] = rank_correlation(strengths[key], other)
    between = {
        (one, other): rank_correlation(strengths[one], strengths[other])
        for one, other in combinations(strengths, 2)
    }
    return Correlations(methods=tuple(strengths), between=between, randomized=randomized)


@cached(max_bytes=64 * MIB)
def randomized_network(network: str) -> "Network":
    """Return the network of the same layers with random weights; shared, and never changed."""
    from cnn_core.networks.attribution.sanity import randomized

    return randomized(networks.load(network))


@cached(max_bytes=90 * MIB, size=size_of_trace)
def randomized_trace(network: str, shown: NetworkInput) -> "Trace":
    """Return the trace of the network with random weights: one picture's, for five attributions."""
    return networks.trace(randomized_network(network), shown.pixels)
