"""Pictures being painted for a unit: one under way in each session, the finished ones for all.

Nothing here imports torch before the first picture is painted.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.session import state

if TYPE_CHECKING:
    from cnn_core.networks.visualization.maximize import Step

MOST_FINISHED = 256
STEPS = 192
_KEPT = "painting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be painted: the picture that the middle unit of a map answers to most."""

    network: str
    layer: str
    channel: int
    seed: int = 0


@dataclass(slots=True, kw_only=True)
class Painting:
    """One that was begun: what was wished, the steps still to come, and the last one made."""

    wish: Wish
    steps: "Iterator[Step]"
    last: "Step | None" = None


_FINISHED: "OrderedDict[Wish, Step]" = OrderedDict()
_LOCK = threading.Lock()


def finished(wish: Wish) -> "Step | None":
    """Return the finished picture, if anybody painted it."""
    with _LOCK:
        if wish in _FINISHED:
            _FINISHED.move_to_end(wish)
        return _FINISHED.get(wish)


def begin(wish: Wish) -> None:
    """Begin a picture for this session; one that was under way is let go."""
    from cnn_core.networks import load
    from cnn_core.networks.attribution.targets import Target
    from cnn_core.networks.visualization.maximize import maximize

    target = Target(layer=wish.layer, channel=wish.channel)
    steps = maximize(load(wish.network), target, steps=STEPS, seed=wish.seed)
    state.keep(_KEPT, Painting(wish=wish, steps=steps))


def under_way(wish: Wish) -> Painting | None:
    """Return this session's picture if it is the one wished for."""
    painting: Painting | None = state.recall(_KEPT)
    return painting if painting and painting.wish == wish else None


def stop() -> None:
    """Let this session's picture go."""
    state.keep(_KEPT, None)


def advance(painting: Painting) -> "Step | None":
    """Make one step; None when the picture is finished, which everybody can see from then on."""
    step = next(painting.steps, None)
    if step is not None:
        painting.last = step
        return step
    if painting.last is not None:
        with _LOCK:
            _FINISHED[painting.wish] = painting.last
            while len(_FINISHED) > MOST_FINISHED:
                _FINISHED.popitem(last=False)
    stop()
    return None
