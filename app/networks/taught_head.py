"""A last layer that a visitor taught, in the place of a network's own: for its owner alone.

The session holds it (`app.networks.kept_head`), and it goes with the session. What leads here from
outside, the live channel, names it by 128 random bits that only its owner's page is told.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import numpy as np

from app.caching import MIB, cached
from app.networks.settings import NetworkInput
from app.networks.traces import quickly_traced, traced
from cnn_core import networks
from cnn_core.errors import CnnCoreError
from cnn_core.images import digest
from cnn_core.networks.definition import Definition
from cnn_core.networks.head_files import HeadCard
from cnn_core.networks.heads import Head
from cnn_core.networks.models import registry
from cnn_core.networks.taught import taught_definition

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace

_MAX_BYTES = 4 * MIB
"""Of networks: one of five classes takes 26 KB, as all else is shared."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class TaughtHead:
    """A taught last layer.

    Attributes:
        head: its numbers; a session holds one head, up to 50 KB of five classes.
        card: the network that it belongs to, its classes, and how many pictures each had.
        digest: fingerprint of the numbers and of the card, for caches.
        owner: a secret name, by which its owner's page asks for it.
    """

    head: Head = field(repr=False)
    card: HeadCard
    digest: str
    owner: str = field(repr=False)


_HEADS: WeakValueDictionary[str, TaughtHead] = WeakValueDictionary()
"""Every session's, by its secret name; it holds none of them in memory."""


def taught_head(head: Head, card: HeadCard) -> TaughtHead:
    """Give a head a name of its own; it is known as long as somebody holds it."""
    words = np.frombuffer(repr(card).encode(), np.uint8)
    parts = (head.weights, head.bias[None], words[None])
    made = TaughtHead(
        head=head,
        card=card,
        digest="".join(digest(one)[:16] for one in parts),
        owner=secrets.token_urlsafe(16),
    )
    _HEADS[made.owner] = made
    return made


def head_of(owner: str) -> TaughtHead:
    """Return the head of that secret name.

    Raises:
        CnnCoreError: if there is none, or it is no longer held.
    """
    found = _HEADS.get(owner)
    if found is None:
        raise CnnCoreError("This taught layer is not here; teach it again in Cats vs dogs.")
    return found


def definition_with(network: str, taught: TaughtHead | None) -> Definition:
    """Return what is known of a network before it is loaded, with a taught last layer if any.

    Raises:
        CnnCoreError: if there is no such network, or the head belongs to another one.
    """
    base = registry.defined(network)
    if taught is None:
        return base
    _check(network, taught)
    return taught_definition(base, taught.head, taught.card.classes)


def network_with(network: str, taught: TaughtHead | None) -> Network:
    """Return a network, with a taught last layer if any; all else is shared with the network.

    Raises:
        CnnCoreError: as `definition_with`, and if its weights are missing.
    """
    return networks.load(network) if taught is None else _taught_network(network, taught)


def traced_with(
    network: str, shown: NetworkInput, taught: TaughtHead | None, *, quick: bool = False
) -> Trace:
    """Return the trace of what a network is shown, with a taught last layer if any.

    The network runs once, whatever layers are taught: the outputs below the last one are those of
    `traced`, the same arrays; with `quick` those of `quickly_traced`.

    Raises:
        CnnCoreError: as `network_with`, and if the network cannot read the picture.
    """
    trace = quickly_traced(network, shown) if quick else traced(network, shown)
    return with_head(trace, taught)


def with_head(trace: Trace, taught: TaughtHead | None) -> Trace:
    """Return a trace of a network with a taught last layer in the place of its own, if any.

    Raises:
        CnnCoreError: if the head belongs to another network.
    """
    from cnn_core.networks.taught import taught_trace

    if taught is None:
        return trace
    return taught_trace(trace, _taught_network(trace.network.name, taught))


@cached(
    max_bytes=_MAX_BYTES,
    size=lambda found: 4 * next(one for one in found.layers[::-1] if one.parameters).parameters,
)
def _taught_network(network: str, taught: TaughtHead) -> Network:
    from cnn_core.networks.taught import taught_network

    _check(network, taught)
    return taught_network(networks.load(network), taught.head, taught.card.classes)


def _check(network: str, taught: TaughtHead) -> None:
    if taught.card.network != network:
        raise CnnCoreError("This taught layer belongs to another network.")
