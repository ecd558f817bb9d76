"""Activation maximization: one under way in each session, the finished pictures for all.

Nothing here imports torch before the first one begins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.caching import MIB, ByteCache
from app.session import state
from cnn_core import networks

if TYPE_CHECKING:
    from cnn_core.networks.visualization.maximize import MaximizationStep

STEPS = 192
_KEPT = "maximization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be maximized: the middle unit of a map."""

    network: str
    layer: str
    channel: int
    seed: int = 0


@dataclass(slots=True, kw_only=True)
class Maximization:
    """One that has begun: what is wanted, the steps still to come, and the last one made."""

    wanted: Wanted
    steps: "Iterator[MaximizationStep]"
    last: "MaximizationStep | None" = None


_FINISHED: "ByteCache[Wanted, MaximizationStep]" = ByteCache(max_bytes=24 * MIB)


def finished(wanted: Wanted) -> "MaximizationStep | None":
    """Return the finished picture, if any session has computed it."""
    return _FINISHED.get(wanted)


def begin(wanted: Wanted) -> None:
    """Begin a picture for this session; one that was under way is dropped."""
    from cnn_core.networks.attribution.targets import Target
    from cnn_core.networks.visualization.maximize import maximize

    target = Target(layer=wanted.layer, channel=wanted.channel)
    steps = maximize(networks.load(wanted.network), target, steps=STEPS, seed=wanted.seed)
    state.keep(_KEPT, Maximization(wanted=wanted, steps=steps))


def under_way(wanted: Wanted) -> Maximization | None:
    """Return this session's picture if it is the one wanted."""
    begun: Maximization | None = state.recall(_KEPT)
    return begun if begun and begun.wanted == wanted else None


def stop() -> None:
    """Drop this session's picture."""
    state.keep(_KEPT, None)


def take(begun: Maximization, step: "MaximizationStep | None") -> "MaximizationStep | None":
    """Keep a step that was made, and return it.

    With None the last one is the finished picture, which all sessions can see from then on.
    """
    if step is not None:
        begun.last = step
        return step
    if begun.last is not None:
        _FINISHED.put(begun.wanted, begun.last)
    stop()
    return None
