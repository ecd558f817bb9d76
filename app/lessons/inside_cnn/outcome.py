"""What the sentences below the explorer need of a trace: a few numbers, not its 80 MB of maps."""

from dataclasses import dataclass

import numpy as np

from app.caching import MIB, cached
from app.networks.dead_maps import activation_bounds
from app.networks.settings import NetworkInput
from app.networks.taught_head import TaughtHead, traced_with

RELU6_LIMIT = 6.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapNumbers:
    """One layer's maps, each by a few numbers.

    Attributes:
        largest: float32 (C,), the largest value of each map.
        zero: float32 (C,), share of its units that are 0.
        zero_share: share of all units that are 0, exact to the last digit of a float64.
        at_limit: share of all units that are at ReLU6's limit or above.
    """

    largest: np.ndarray
    zero: np.ndarray
    zero_share: float
    at_limit: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NetworkOutcome:
    """The class probabilities, float32 (classes,), and the numbers of some layers, by name."""

    scores: np.ndarray
    maps: dict[str, MapNumbers]


@cached(max_bytes=4 * MIB)
def network_outcome(
    network: str, shown: NetworkInput, layers: tuple[str, ...], taught: TaughtHead | None = None
) -> NetworkOutcome:
    """Read these numbers off the trace, which the page and the live channel share.

    Raises:
        CnnCoreError: as `app.networks.taught_head.traced_with` does.
    """
    activation_bounds(network)  # the sentences ask for them in the rerun, where nothing may wait
    trace = traced_with(network, shown, taught)
    return NetworkOutcome(
        scores=trace.scores.copy(), maps={name: _numbers(trace[name]) for name in layers}
    )


def _numbers(maps: np.ndarray) -> MapNumbers:
    flat = maps.reshape(len(maps), -1)
    is_zero = flat == 0
    return MapNumbers(
        largest=flat.max(axis=1),
        zero=is_zero.mean(axis=1, dtype=np.float32),
        zero_share=float(is_zero.mean()),
        at_limit=float((flat >= RELU6_LIMIT).mean()),
    )
