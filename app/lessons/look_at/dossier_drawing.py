"""A unit's dossier as cards: patches, what is sent back to them, the synthetic picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from app.drawing.colors import activation, nice_limit, signed
from app.drawing.encode import encode_jpeg, encode_png
from app.drawing.legend import ALL_ZERO, scale_ends
from app.drawing.numbers import number_text
from app.live.published import publish
from cnn_core.receptive_field import receptive_field

if TYPE_CHECKING:
    from cnn_core.networks import Network, Trace

STYLE = """<style>
.dossier { display: grid; gap: 0.5rem; }
.dossier figure { margin: 0; min-width: 0; }
.dossier img { width: 100%; aspect-ratio: 1; object-fit: contain; display: block;
  image-rendering: pixelated; border-radius: 2px;
  background: color-mix(in srgb, currentColor 8%, transparent); }
.dossier img.smooth { image-rendering: auto; }
.dossier.pairs { grid-template-columns: repeat(auto-fill,
  minmax(max(8.5rem, calc((100% - 1.5rem) / 3)), 1fr)); gap: 0.6rem 0.75rem; }
.dossier .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2px; }
.dossier .waiting { aspect-ratio: 1; border-radius: 2px;
  background: color-mix(in srgb, currentColor 8%, transparent); }
.dossier .pairs figcaption { min-height: 2.5em; }
.dossier figcaption { font-size: 0.875rem; line-height: 1.25; margin-top: 0.15rem;
  overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
</style>"""
_SHARP_PX = 64
_LEAST = 24
_LEAST_PX = 5
_REST = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A picture with a line below it.

    Attributes:
        picture: encoded.
        media: its media type.
        smooth: whether a browser may smooth it where it enlarges it.
        line: what stands below it.
        alt: what it shows, for those who cannot see it.
    """

    picture: bytes
    media: str
    smooth: bool
    line: str
    alt: str


def card(picture: np.ndarray, *, line: str, alt: str) -> Card:
    """Encode a picture, uint8 (H, W) or (H, W, 3), for a card; a small one without loss."""
    picture = np.ascontiguousarray(picture)
    side = max(picture.shape[:2])
    small = side <= _SHARP_PX
    return Card(
        picture=encode_png(picture) if small else encode_jpeg(picture),
        media="image/png" if small else "image/jpeg",
        smooth=side > _LEAST,
        line=line,
        alt=alt,
    )


def map_card(trace: "Trace", layer: str, channel: int) -> Card:
    """Draw a map as it is before its activation: signed."""
    values = trace[layer][channel]
    drawn = signed(values) if values.min() < 0 else activation(values)
    ends = scale_ends(drawn.scale, drawn.limit, bounds=(drawn.low, drawn.high))
    span = f"{number_text(drawn.low, digits=3)} to {number_text(drawn.high, digits=3)}"
    return card(
        drawn.picture,
        line=ALL_ZERO if ends.all_zero else f"values {span}; colors {ends.low} to {ends.high}",
        alt=f"Map {channel} of {layer}: {span}",
    )


def window_of(
    network: "Network", layer: str, channel: int, place: tuple[int, int], sent: np.ndarray
) -> tuple[slice, slice]:
    """Find the rows and columns that tell about a unit: where most of what was sent back lies.

    `sent` is float32 (H, W, C); the window never leaves the unit's receptive field.
    """
    return _informative(sent, _seen(network, layer, channel, place, sent.shape[:2]))


def pixels_card(view: np.ndarray, window: tuple[slice, slice], line: str) -> Card:
    """Cut a window out of what the network sees."""
    return card(view[window], line=line, alt=f"Patch of the picture: {line}")


def sent_card(sent: np.ndarray, window: tuple[slice, slice], name: str = "") -> Card:
    """Draw what was sent back to the pixels of a window, gray being zero in each color."""
    cut = np.ascontiguousarray(sent[window])
    limit = nice_limit(cut)
    picture = signed(cut, limit=limit).picture
    return card(
        picture[..., 0] if picture.shape[2] == 1 else picture,
        line=", ".join(filter(None, (name, f"±{number_text(limit)}" if cut.any() else ALL_ZERO))),
        alt=f"{name or 'Values sent back'}, for these pixels; gray is 0",
    )


def maximized_card(picture: np.ndarray, value: float, best: float) -> Card:
    """Show the synthetic picture, its value, and the highest of the pictures at hand."""
    most = number_text(best, digits=3)
    line = f"value {number_text(value, digits=3)}; highest in the pictures beside it {most}"
    return card(picture, line=line, alt=f"A synthetic picture for this unit: {line}")


def card_html(cards: Sequence[Card], *, across: int) -> str:
    """Lay cards out in rows of `across`."""
    figures = "".join(_figure(card) for card in cards)
    columns = f"grid-template-columns: repeat({across}, minmax(0, 1fr));"
    return f'<div class="dossier" style="{columns}">{figures}</div>'


def pairs_html(pairs: Sequence[tuple[Card, Card] | str]) -> str:
    """Lay pairs of cards out side by side, the lines of both below them.

    A text stands for a pair that is not there yet: its place is kept.
    """
    return f'<div class="dossier pairs">{"".join(map(_pair, pairs))}</div>'


def _pair(pair: tuple[Card, Card] | str) -> str:
    if isinstance(pair, str):
        pictures, line = '<div class="waiting"></div>' * 2, pair
    else:
        pictures = "".join(picture_html(card) for card in pair)
        line = ", ".join(card.line for card in pair)
    return (
        f'<figure><div class="pair">{pictures}</div>'
        f"<figcaption>{escape(line)}</figcaption></figure>"
    )


def picture_html(card: Card) -> str:
    """Write a card's picture alone."""
    smooth = ' class="smooth"' if card.smooth else ""
    source = publish(card.picture, card.media)
    return f'<img{smooth} alt="{escape(card.alt)}" src="{source}">'


def _figure(card: Card) -> str:
    return f"<figure>{picture_html(card)}<figcaption>{escape(card.line)}</figcaption></figure>"


def _seen(
    network: "Network",
    layer: str,
    channel: int,
    place: tuple[int, int],
    shape: tuple[int, ...],
) -> tuple[slice, slice]:
    visible = receptive_field(
        network.layers, layer=layer, channel=channel, row=place[0], column=place[1]
    ).visible
    rows, columns = visible or ((0, shape[0]), (0, shape[1]))
    return slice(*rows), slice(*columns)


def _informative(sent: np.ndarray, seen: tuple[slice, slice]) -> tuple[slice, slice]:
    """Narrow a receptive field to the square that holds nearly all of what was sent back.

    Late units see most of the picture and use a small part of it.
    """
    energy = np.square(sent[seen]).sum(axis=2, dtype=np.float64)
    if energy.sum() == 0:
        return seen
    spans = []
    for axis in (0, 1):
        share = np.cumsum(energy.sum(axis=1 - axis)) / energy.sum()
        first, last = np.searchsorted(share, [_REST / 2, 1 - _REST / 2])
        spans.append((int(first), int(last) + 1))
    side = max(_LEAST_PX, *(end - first for first, end in spans))
    return (
        _around(spans[0], side, seen[0]),
        _around(spans[1], side, seen[1]),
    )


def _around(span: tuple[int, int], side: int, seen: slice) -> slice:
    """Place `side` px around a span, inside what is seen; as much as there is."""
    length = seen.stop - seen.start
    side = min(side, length)
    first = min(max(0, (span[0] + span[1] - side) // 2), length - side)
    return slice(seen.start + first, seen.start + first + side)
